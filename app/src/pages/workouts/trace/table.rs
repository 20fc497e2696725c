//! The trace as a table, for those whom a picture does not serve.

use chart::{TraceChart, TraceReadout, TraceValue, trace_readout};
use leptos::prelude::*;

use super::Source;

/// A moment every few minutes, folded up; it opens without JavaScript.
#[component]
pub(super) fn TraceTable(source: Source) -> impl IntoView {
    let rows = move || source.with(table_rows).unwrap_or_default();
    let name = move |index: usize| source.names.with(|names| names[index].clone());
    view! {
        <details class="chart-data trace-data">
            <summary>"Table"</summary>
            <div class="chart-scroll" tabindex="0" role="group" aria-label="Heart rate by time">
                <table>
                    <caption>"Heart rate at that minute"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Time"</th>
                            <th scope="col">"Altitude"</th>
                            <th scope="col">"A " {move || name(0)}</th>
                            <th scope="col">"B " {move || name(1)}</th>
                            <th scope="col">"A−B"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows().into_iter().map(table_row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

/// A row every ten minutes of the clock, every minute of a short workout.
fn table_rows(chart: &TraceChart<'_>) -> Vec<TraceReadout> {
    const MOST_ROWS: i32 = 120;
    let span_s = chart.to_s.saturating_sub(chart.from_s);
    let step_s = [60, 300, 600, 1_800]
        .into_iter()
        .find(|step_s| span_s / step_s <= 40)
        .unwrap_or(3_600);
    let first = chart.from_s.div_euclid(step_s) + 1;
    (first..first.saturating_add(MOST_ROWS))
        .map(|step| step.saturating_mul(step_s))
        .take_while(|second| *second < chart.to_s)
        .map(|second| trace_readout(chart, f64::from(second)))
        .collect()
}

fn table_row(readout: TraceReadout) -> impl IntoView {
    let cell = |value: TraceValue| match value {
        TraceValue::Measured {
            bpm,
            zone: Some(zone),
        } => format!("{bpm}, {zone}"),
        TraceValue::Measured { bpm, zone: None } => bpm,
        TraceValue::Missing(reason) => reason,
    };
    let [a, b] = readout.twins;
    view! {
        <tr>
            <th scope="row">{readout.time}</th>
            <td>{readout.altitude}</td>
            <td>{cell(a)}</td>
            <td>{cell(b)}</td>
            <td>{readout.difference}</td>
        </tr>
    }
}
