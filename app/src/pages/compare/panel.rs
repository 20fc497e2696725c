//! The pair: how far apart the twins are in the chosen metric, in a picture and a table.

use chart::{PairPoint, Pairs, Picture, Size, by_level, by_night};
use leptos::prelude::*;
use physiology::Day;
use views::Compare;

use super::table::PairTable;
use super::wanted::{PanelView, Wanted};
use super::words;
use crate::components::Drawing;

/// The picture's size, px: it is scaled to its place.
const SIZE: Size = Size {
    width_px: 320.0,
    height_px: 340.0,
};

/// `Difference, A−B`: by level or by night, and the table of every metric shown.
#[component]
pub(super) fn Panel(
    compare: Signal<Compare>,
    wanted: Memo<Wanted>,
    cursor: RwSignal<Option<Day>>,
) -> impl IntoView {
    let shown = Memo::new(move |_| wanted.with(|wanted| wanted.panel));
    let picture =
        Memo::new(move |_| compare.with(|compare| draw(compare, shown.get(), cursor.get())));
    let name = move || compare.with(|compare| words::picture(&compare.panel, compare.head.units));
    let metric = move || compare.with(|compare| compare.panel.metric.info().name);
    let note = move || compare.with(|compare| words::counts(&compare.panel));
    let tab = move |view: PanelView, label: &'static str| {
        view! {
            <a
                href=move || wanted.with(|wanted| wanted.with_panel(view))
                aria-current=move || (shown.get() == view).then_some("true")
                data-noscroll
            >
                {label}
            </a>
        }
    };
    view! {
        <section class="sheet pair" aria-labelledby="pair">
            <div class="pair-head">
                <h2 id="pair">
                    "Difference, A−B"
                    <span class="hidden">", " {metric}</span>
                </h2>
                <div class="seg" role="group" aria-label="Picture">
                    {tab(PanelView::Level, "By level")}
                    {tab(PanelView::Night, "By night")}
                </div>
            </div>
            <Drawing picture=picture.into() name=Signal::derive(name) />
            <p class="pair-note">{note}</p>
            <PairTable compare wanted />
        </section>
    }
    .into_any()
}

fn draw(compare: &Compare, shown: PanelView, marked: Option<Day>) -> Picture {
    let panel = &compare.panel;
    let points: Vec<PairPoint> = panel
        .pairs
        .iter()
        .map(|pair| PairPoint {
            day: pair.day,
            a: pair.a,
            b: pair.b,
            day_number: pair.day_number,
            is_baseline: pair.is_baseline,
        })
        .collect();
    let baseline = panel.row.baseline;
    let pairs = Pairs {
        written: panel.metric.written(compare.head.units),
        points: &points,
        bias: baseline.map(|baseline| baseline.bias),
        spread: baseline.map(|baseline| baseline.spread),
        day_one: compare.day_one,
        marked,
    };
    match shown {
        PanelView::Level => by_level(&pairs, SIZE),
        PanelView::Night => by_night(&pairs, SIZE),
    }
}
