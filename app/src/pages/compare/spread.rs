//! A − B against the mean of both, metric by metric: does the difference grow with the level?

use chart::{PairPoint, PairView, Size};
use leptos::prelude::*;
use physiology::{Day, Metric};
use views::Compare;
use views::compare::{LaneValue, MetricLane};

use super::pairs::{OwnPairs, PairDrawing};

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
    let metrics = Memo::new(move |_| {
        compare.with(|compare| {
            let lanes = compare.lanes.iter();
            lanes.map(|lane| lane.metric).collect::<Vec<_>>()
        })
    });
    let pictures = move || {
        let metrics = metrics.get().into_iter();
        metrics
            .map(|metric| view! { <OneSpread compare cursor metric /> })
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
    metric: Metric,
) -> impl IntoView {
    let own = Memo::new(move |_| compare.with(|compare| own(compare, metric)));
    let words = move || own.with(words);
    view! {
        <section class="spread-one">
            <h3>{metric.info().name}</h3>
            <PairDrawing
                compare
                own
                view=PairView::Level
                size=SIZE
                cursor
                name=Signal::derive(words)
            />
        </section>
    }
    .into_any()
}

/// The nights of the range both twins have a value of.
fn own(compare: &Compare, metric: Metric) -> OwnPairs {
    let lane = compare.lanes.iter().find(|lane| lane.metric == metric);
    OwnPairs {
        metric,
        points: lane.map(|lane| points(compare, lane)).unwrap_or_default(),
        baseline: lane.and_then(|lane| lane.pair.baseline),
    }
}

fn points(compare: &Compare, lane: &MetricLane) -> Vec<PairPoint> {
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

/// `SpO₂: A minus B against the mean of both, 12 nights.`
fn words(own: &OwnPairs) -> String {
    let name = own.metric.info().name;
    let count = own.points.len();
    let nights = if count == 1 { "night" } else { "nights" };
    format!("{name}: A minus B against the mean of both, {count} {nights}.")
}
