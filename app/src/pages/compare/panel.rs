//! The pair: how far apart the twins are in the chosen metric, in a picture and a table.

use chart::{PairPoint, PairView, Size};
use leptos::prelude::*;
use physiology::Day;
use views::Compare;
use views::compare::Pair;

use super::pairs::{OwnPairs, PairDrawing};
use super::table::PairTable;
use super::wanted::Wanted;
use super::words;

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
    let own = Memo::new(move |_| compare.with(own));
    let name = move || compare.with(|compare| words::picture(&compare.panel, compare.head.units));
    let metric = move || compare.with(|compare| compare.panel.metric.info().name);
    let note = move || compare.with(|compare| words::counts(&compare.panel));
    let tab = move |view: PairView, label: &'static str| {
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
                    {tab(PairView::Level, "By level")}
                    {tab(PairView::Night, "By night")}
                </div>
            </div>
            <PairDrawing compare own view=shown size=SIZE cursor name=Signal::derive(name) />
            <p class="pair-note">{note}</p>
            <PairTable compare wanted />
        </section>
    }
    .into_any()
}

/// The whole baseline and trip, whatever is shown.
fn own(compare: &Compare) -> OwnPairs {
    let panel = &compare.panel;
    let point = |pair: &Pair| PairPoint {
        day: pair.day,
        a: pair.a,
        b: pair.b,
        day_number: pair.day_number,
        is_baseline: pair.is_baseline,
    };
    OwnPairs {
        metric: panel.metric,
        points: panel.pairs.iter().map(point).collect(),
        baseline: panel.row.baseline,
    }
}
