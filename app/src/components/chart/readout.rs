//! The bar above the plot: what the crosshair stands on, else the newest night.

use chart::{Readout, TwinReadout};
use leptos::either::Either;
use leptos::prelude::*;
use physiology::Twin;

use super::state::State;

/// One night in words; its height never changes.
#[component]
pub(super) fn ReadoutBar(state: State) -> impl IntoView {
    view! {
        <div class="chart-readout" aria-live="polite" aria-atomic="true">
            {move || state.readout.get().map(|readout| night(readout, state.shown.get()))}
        </div>
    }
}

fn night(readout: Readout, shown: [bool; 2]) -> impl IntoView {
    let Readout {
        date,
        day,
        place,
        altitude,
        twins: [a, b],
        difference,
    } = readout;
    let [shows_a, shows_b] = shown;
    let has_where = place.is_some() || altitude.is_some();
    view! {
        <span class="chart-when">
            <b>{date}</b>
            {day.map(|day| view! { " " <span class="chart-day">{day}</span> })}
        </span>
        {has_where
            .then(|| {
                view! {
                    <span class="chart-where">
                        {place} " " <b>{altitude}</b>
                    </span>
                }
            })}
        {shows_a.then(|| twin(Twin::A, a))}
        {shows_b.then(|| twin(Twin::B, b))}
        {difference
            .filter(|_| shows_a && shows_b)
            .map(|difference| {
                view! {
                    <span class="chart-gap">
                        <span>"A−B"</span>
                        " "
                        <b>{difference}</b>
                    </span>
                }
            })}
    }
}

fn twin(twin: Twin, readout: TwinReadout) -> impl IntoView {
    let class = match twin {
        Twin::A => "chart-twin chart-twin-a",
        Twin::B => "chart-twin chart-twin-b",
    };
    view! {
        <span class=class>
            <span class="chart-mark" aria-hidden="true"></span>
            <b class="chart-letter">{twin.letter()}</b>
            " "
            {match readout {
                TwinReadout::Measured { value, against_baseline, is_partial } => {
                    Either::Left(
                        view! {
                            <b>{value}</b>
                            {is_partial
                                .then(|| view! { " " <span class="chart-partial">"partial"</span> })}
                            {against_baseline
                                .map(|difference| {
                                    view! { " " <span class="chart-base">{difference} " vs base"</span> }
                                })}
                        },
                    )
                }
                TwinReadout::Missing(reason) => {
                    Either::Right(view! { <span class="chart-missing">{reason}</span> })
                }
            }}
        </span>
    }
}
