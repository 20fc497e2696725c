//! Which twin is which, and which are shown.

use leptos::prelude::*;
use physiology::Twin;

use super::state::State;

/// A chip for each twin, and the baseline band's colour.
#[component]
pub(super) fn Legend(state: State) -> impl IntoView {
    let chip = |twin| {
        view! {
            <TwinChip
                twin
                name=Signal::derive(move || state.source.names.with(|names| names[index(twin)].clone()))
                is_shown=Signal::derive(move || state.shown.get()[index(twin)])
                toggle=Callback::new(move |()| state.toggle(twin))
            />
        }
    };
    let has_band = move || state.source.chart.with(|chart| chart.band.is_some());
    view! {
        <div class="chart-legend" role="group" aria-label="Twins shown">
            {Twin::BOTH.map(chip).collect_view()}
            <span class="chart-key" hidden=move || !has_band()>
                <svg class="chart-swatch" viewBox="0 0 18 12" aria-hidden="true">
                    <rect class="chart-band" x="0.5" y="0.5" width="17" height="11"></rect>
                </svg>
                "Baseline"
            </span>
        </div>
    }
}

/// A twin's mark and name, to show or hide the twin by.
#[component]
pub(super) fn TwinChip(
    twin: Twin,
    name: Signal<String>,
    is_shown: Signal<bool>,
    toggle: Callback<()>,
    /// Where both are always shown.
    #[prop(optional, into)]
    is_fixed: Signal<bool>,
) -> impl IntoView {
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
            aria-pressed=move || is_shown.get().to_string()
            disabled=is_fixed
            on:click=move |_| toggle.run(())
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
    .into_any()
}

const fn index(twin: Twin) -> usize {
    match twin {
        Twin::A => 0,
        Twin::B => 1,
    }
}
