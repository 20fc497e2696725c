//! Which twin is which, and which are shown.

use leptos::prelude::*;
use physiology::Twin;

use super::state::State;

/// A chip for each twin, and the baseline band's colour.
#[component]
pub(super) fn Legend(state: State) -> impl IntoView {
    let has_band = move || state.source.chart.with(|chart| chart.band.is_some());
    view! {
        <div class="chart-legend" role="group" aria-label="Twins shown">
            <Chip state twin=Twin::A />
            <Chip state twin=Twin::B />
            <span class="chart-key" hidden=move || !has_band()>
                <svg class="chart-swatch" viewBox="0 0 18 12" aria-hidden="true">
                    <rect class="chart-band" x="0.5" y="0.5" width="17" height="11"></rect>
                </svg>
                "Baseline"
            </span>
        </div>
    }
}

#[component]
fn Chip(state: State, twin: Twin) -> impl IntoView {
    let index = usize::from(twin == Twin::B);
    let is_shown = move || state.shown.get()[index];
    let name = move || state.source.names.with(|names| names[index].clone());
    let class = match twin {
        Twin::A => "chart-swatch chart-swatch-a",
        Twin::B => "chart-swatch chart-swatch-b",
    };
    let mark = match twin {
        Twin::A => view! { <circle cx="15" cy="6" r="4.5"></circle> }.into_any(),
        Twin::B => view! { <rect x="10.5" y="1.5" width="9" height="9"></rect> }.into_any(),
    };
    view! {
        <button
            type="button"
            class="chart-chip"
            aria-pressed=move || is_shown().to_string()
            on:click=move |_| state.toggle(twin)
        >
            <svg class=class viewBox="0 0 30 12" aria-hidden="true">
                <line x1="0" x2="30" y1="6" y2="6"></line>
                {mark}
            </svg>
            <span class="chart-chip-name">
                <b>{twin.letter()}</b>
                " "
                {name}
            </span>
        </button>
    }
}
