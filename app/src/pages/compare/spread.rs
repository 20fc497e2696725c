//! A − B against the mean of both, metric by metric: does the difference grow with the level?

use chart::{PairPoint, Pairs, Picture, Size, by_level};
use leptos::prelude::*;
use physiology::{Day, Metric};
use views::Compare;
use views::compare::LaneValue;

use crate::components::Drawing;

/// Each picture's size, px: it is scaled to its place.
const SIZE: Size = Size {
    width_px: 320.0,
    height_px: 260.0,
};

/// A picture a metric, of the nights of the range both twins have a value of:
/// `figure[data-chart="spread"]`.
#[component]
pub(super) fn SpreadFigure(
    compare: Signal<Compare>,
    /// The night that is marked.
    cursor: RwSignal<Option<Day>>,
) -> impl IntoView {
    let count = Memo::new(move |_| compare.with(|compare| compare.lanes.len()));
    let pictures = move || {
        (0..count.get())
            .map(|place| view! { <OneSpread compare cursor place /> })
            .collect_view()
    };
    view! {
        <figure class="spread" data-chart="spread">
            <figcaption class="hidden">
                "Difference of the twins against their mean, metric by metric"
            </figcaption>
            {pictures}
        </figure>
    }
    .into_any()
}

#[component]
fn OneSpread(
    compare: Signal<Compare>,
    cursor: RwSignal<Option<Day>>,
    /// Which lane.
    place: usize,
) -> impl IntoView {
    let picture = Memo::new(move |_| {
        let marked = cursor.get();
        compare.with(|compare| draw(compare, place, marked).unwrap_or(nothing()))
    });
    let metric = move || compare.with(|compare| Some(compare.lanes.get(place)?.metric));
    let name = move || metric().map_or("", |metric: Metric| metric.info().name);
    let words = move || compare.with(|compare| words(compare, place));
    view! {
        <section class="spread-one">
            <h3>{name}</h3>
            <Drawing picture=picture.into() name=Signal::derive(words) />
        </section>
    }
    .into_any()
}

fn nothing() -> Picture {
    Picture {
        size: SIZE,
        shapes: Vec::new(),
        labels: Vec::new(),
    }
}

/// The nights of the range both twins have a value of.
fn points(compare: &Compare, place: usize) -> Vec<PairPoint> {
    let Some(lane) = compare.lanes.get(place) else {
        return Vec::new();
    };
    let [a, b] = &lane.values;
    let nights = compare.nights.iter().zip(a.iter().zip(b));
    nights
        .filter_map(|(night, values)| match values {
            (LaneValue::Measured(a, ..), LaneValue::Measured(b, ..)) => Some(PairPoint {
                day: night.day,
                a: *a,
                b: *b,
                day_number: night.day_number,
                is_baseline: compare.day_one.is_none_or(|day_one| night.day < day_one),
            }),
            _ => None,
        })
        .collect()
}

fn draw(compare: &Compare, place: usize, marked: Option<Day>) -> Option<Picture> {
    let lane = compare.lanes.get(place)?;
    let points = points(compare, place);
    let baseline = lane.pair.baseline;
    let pairs = Pairs {
        written: lane.metric.written(compare.head.units),
        points: &points,
        bias: baseline.map(|baseline| baseline.bias),
        spread: baseline.map(|baseline| baseline.spread),
        day_one: compare.day_one,
        marked,
    };
    Some(by_level(&pairs, SIZE))
}

/// `SpO₂: A − B against the mean of both, 12 nights.`
fn words(compare: &Compare, place: usize) -> String {
    let name = compare
        .lanes
        .get(place)
        .map_or("", |lane| lane.metric.info().name);
    let count = points(compare, place).len();
    let nights = if count == 1 { "night" } else { "nights" };
    format!("{name}: A minus B against the mean of both, {count} {nights}.")
}
