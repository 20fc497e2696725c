//! The nights both twins have a value of, as a picture.

use chart::{PairPoint, PairView, Pairs, Picture, Size, pair, pair_mark};
use leptos::prelude::*;
use physiology::agreement::Agreement;
use physiology::{Day, Metric};
use views::Compare;

use crate::components::Drawing;

/// One metric's pairs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnPairs {
    pub metric: Metric,
    pub points: Vec<PairPoint>,
    /// Over the baseline.
    pub baseline: Option<Agreement>,
}

/// How far apart the twins are, the night at the crosshair filled.
#[component]
pub(super) fn PairDrawing(
    compare: Signal<Compare>,
    own: Memo<OwnPairs>,
    #[prop(into)] view: Signal<PairView>,
    /// It is scaled to its place.
    size: Size,
    /// The night that is filled.
    cursor: RwSignal<Option<Day>>,
    #[prop(into)] name: Signal<String>,
) -> impl IntoView {
    let read = move |draw: &dyn Fn(&Pairs<'_>) -> Picture| {
        compare.with(|compare| own.with(|own| draw(&pairs(compare, own))))
    };
    let picture = Memo::new(move |_| read(&|pairs| pair(pairs, view.get(), size)));
    let over = Memo::new(move |_| match cursor.get() {
        Some(day) => read(&|pairs| pair_mark(pairs, view.get(), size, day)),
        None => Picture::empty(size),
    });
    view! { <Drawing picture=picture.into() over=over.into() name /> }.into_any()
}

fn pairs<'a>(compare: &Compare, own: &'a OwnPairs) -> Pairs<'a> {
    Pairs {
        written: own.metric.written(compare.head.units),
        points: &own.points,
        bias: own.baseline.map(|baseline| baseline.bias),
        spread: own.baseline.map(|baseline| baseline.spread),
        day_one: compare.day_one,
    }
}
