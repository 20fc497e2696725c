//! The bar above the plot.

use chart::{TraceReadout, TraceValue, trace_readout};
use leptos::either::Either;
use leptos::prelude::*;
use physiology::Twin;
use physiology::metric::decimal;
use views::workouts::{NoWorkout, Sheet, TwinSheet};

use super::State;

/// What the crosshair stands on, else the averages.
#[component]
pub(super) fn Readout(state: State) -> impl IntoView {
    let State { source, cursor, .. } = state;
    let content = move || match cursor.get() {
        Some(at_s) => source
            .with(|chart| trace_readout(chart, at_s))
            .map(|readout| Either::Left(moment(readout))),
        None => source
            .sheet
            .with(|sheet| sheet.as_ref().map(averages))
            .map(Either::Right),
    };
    view! {
        <div class="chart-readout trace-readout" aria-live="polite" aria-atomic="true">
            {content}
        </div>
    }
    .into_any()
}

fn moment(readout: TraceReadout) -> impl IntoView {
    let TraceReadout {
        time,
        altitude,
        twins: [a, b],
        difference,
    } = readout;
    view! {
        <span class="chart-when">
            <b>{time}</b>
        </span>
        {altitude
            .map(|altitude| {
                view! {
                    <span class="chart-where">
                        "Altitude " <b>{altitude}</b>
                    </span>
                }
            })}
        {value(Twin::A, a)}
        {value(Twin::B, b)}
        {difference
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
    .into_any()
}

fn value(twin: Twin, value: TraceValue) -> impl IntoView {
    let content = match value {
        TraceValue::Measured { bpm, zone } => view! {
            <b>{bpm}</b>
            {zone.map(|zone| view! { " " <span class="chart-base">{zone}</span> })}
        }
        .into_any(),
        TraceValue::Missing(reason) => {
            view! { <span class="chart-missing">{reason}</span> }.into_any()
        }
    };
    readout_of(twin, content)
}

fn readout_of(twin: Twin, content: AnyView) -> impl IntoView {
    view! {
        <span class=format!("chart-twin chart-twin-{}", twin.id())>
            <span class="chart-mark" aria-hidden="true"></span>
            <b class="chart-letter">{twin.letter()}</b>
            " "
            {content}
        </span>
    }
    .into_any()
}

/// Both twins' averages, while nothing is pointed at.
fn averages(sheet: &Sheet) -> impl IntoView + use<> {
    let of = |twin: &TwinSheet| twin.heart.ok().map(|heart| heart.average_bpm);
    let [a, b] = sheet.twins.each_ref().map(of);
    let difference = a
        .zip(b)
        .map(|(a, b)| format!("{}\u{a0}bpm", decimal(a - b, 0, true)));
    let written = |bpm: Option<f64>, none: Option<NoWorkout>| {
        if let Some(bpm) = bpm {
            view! { <b>{format!("{}\u{a0}bpm", decimal(bpm, 0, false))}</b> }.into_any()
        } else {
            let reason = none.map_or("No heart rate", NoWorkout::sentence);
            view! { <span class="chart-missing">{reason}</span> }.into_any()
        }
    };
    let [none_a, none_b] = sheet.twins.each_ref().map(|twin| twin.none);
    view! {
        <span class="chart-when">"Average"</span>
        {readout_of(Twin::A, written(a, none_a))}
        {readout_of(Twin::B, written(b, none_b))}
        {difference
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
    .into_any()
}
