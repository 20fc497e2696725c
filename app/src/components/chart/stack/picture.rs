//! The stack as SVG: lanes, and over them what follows the crosshair.

use chart::{StackLayout, svg};
use leptos::prelude::*;

use super::state::{PHONE_PX, State};
use crate::components::chart::picture::{labels, px};

/// The tablet's picture, which becomes the live one, and the phone's, which then goes.
#[component]
pub(super) fn Pictures(state: State) -> impl IntoView {
    let layout = state.layout;
    let over = Memo::new(move |_| layout.with(|layout| state.over(layout)));
    let phone = Memo::new(move |_| {
        // Once measured there is one picture.
        let is_live = state.screen.with(Option::is_some);
        (!is_live).then(|| state.laid_out(PHONE_PX))
    });
    let over_phone =
        Memo::new(move |_| phone.with(|phone| phone.as_ref().and_then(|phone| state.over(phone))));
    view! {
        <svg
            class="chart-text stack-svg stack-wide"
            viewBox=move || layout.with(view_box)
            height=move || layout.with(|layout| px(layout.size.height_px))
            preserveAspectRatio="xMidYMin meet"
            role="img"
            aria-label=move || state.summary.get()
        >
            <g inner_html=move || layout.with(|layout| svg(&layout.shapes))></g>
            <g>{move || layout.with(|layout| labels(&layout.labels))}</g>
            {overlay(over)}
        </svg>
        <svg
            class="chart-text stack-svg stack-narrow"
            viewBox=move || phone.with(|phone| phone.as_ref().map(view_box))
            height=move || {
                phone.with(|phone| phone.as_ref().map(|layout| px(layout.size.height_px)))
            }
            preserveAspectRatio="xMidYMin meet"
            role="img"
            aria-label=move || state.summary.get()
        >
            <g inner_html=move || {
                phone.with(|phone| phone.as_ref().map(|layout| svg(&layout.shapes)).unwrap_or_default())
            }></g>
            <g>{move || phone.with(|phone| phone.as_ref().map(|layout| labels(&layout.labels)))}</g>
            {overlay(over_phone)}
        </svg>
    }
}

/// The crosshair and the values beside the lanes.
fn overlay(over: Memo<Option<chart::Picture>>) -> AnyView {
    let shapes = move || {
        over.with(|over| {
            over.as_ref()
                .map(|over| svg(&over.shapes))
                .unwrap_or_default()
        })
    };
    view! {
        <g inner_html=shapes></g>
        <g>{move || over.with(|over| over.as_ref().map(|over| labels(&over.labels)))}</g>
    }
    .into_any()
}

fn view_box(layout: &StackLayout) -> String {
    let size = layout.size;
    format!("0 0 {} {}", px(size.width_px), px(size.height_px))
}
