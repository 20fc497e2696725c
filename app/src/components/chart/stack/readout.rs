//! The bar over the stack: which night, where it was slept, which twin is which.

use chart::{StackMode, TwinReadout};
use leptos::prelude::*;
use physiology::{Metric, Twin};

use super::state::State;
use crate::components::chart::legend::TwinChip;

/// The night at the crosshair, else the newest. It stays in sight while the lanes scroll.
#[component]
pub(super) fn ReadoutBar(state: State, spoken: Memo<Metric>) -> impl IntoView {
    let night = move || {
        state.readout.get().map(|readout| {
            let slept = readout.place.is_some() || readout.altitude.is_some();
            view! {
                <span class="chart-when">
                    <b>{readout.date}</b>
                    {readout.day.map(|day| view! { " " <span class="chart-day">{day}</span> })}
                </span>
                {slept
                    .then(|| {
                        view! {
                            <span class="chart-where">
                                "Night at " <b>{readout.place}</b> " " {readout.altitude}
                            </span>
                        }
                    })}
            }
        })
    };
    view! {
        <div class="stack-readout">
            <div class="stack-night" aria-live="polite" aria-atomic="true">
                {night}
                <span class="hidden">{move || spoken_values(state, spoken.get())}</span>
            </div>
            <div class="stack-key" role="group" aria-label="Twins shown">
                {Twin::BOTH.map(|twin| key(state, twin)).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// The chosen metric's values: all nine at once would never be heard to their end.
fn spoken_values(state: State, metric: Metric) -> Option<String> {
    let words = state.words_of(metric)?;
    let [a, b] = words.twins.map(|twin| match twin {
        TwinReadout::Measured { value, .. } => value,
        TwinReadout::Missing(reason) => reason.to_owned(),
    });
    let mut text = format!("{}: A {a}, B {b}", metric.info().name);
    if let Some(difference) = words.difference {
        text.push_str(", A minus B ");
        text.push_str(&difference);
    }
    text.push('.');
    Some(text)
}

fn key(state: State, twin: Twin) -> AnyView {
    let index = usize::from(twin == Twin::B);
    let name = move || {
        let compare = state.compare;
        compare.with(|compare| compare.head.names[index].clone())
    };
    let is_difference = move || state.setting.mode.get() == StackMode::Difference;
    view! {
        <TwinChip
            twin
            name=Signal::derive(name)
            is_shown=Signal::derive(move || is_difference() || state.setting.shown.get()[index])
            toggle=Callback::new(move |()| state.setting.toggle.run(twin))
            is_fixed=Signal::derive(is_difference)
        />
    }
    .into_any()
}
