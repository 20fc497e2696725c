//! Every night's values as a table, for those whom a picture does not serve.

use chart::{Night, Readout, TwinReadout, readout};
use leptos::prelude::*;
use physiology::Day;

use super::state::State;

/// A page holds so many rows at most, the newest.
const MOST_ROWS: usize = 400;

/// A night and its values.
struct Row {
    day: Day,
    readout: Readout,
}

/// The table, folded up; it opens without JavaScript.
#[component]
pub(super) fn ValueTable(state: State) -> impl IntoView {
    let name = move |index: usize| state.source.names.with(|names| names[index].clone());
    let title = move || {
        state
            .source
            .chart
            .with(|chart| chart.metric.info().long_name)
    };
    let rest = move || {
        let nights = state
            .source
            .chart
            .with(|chart| chart.days.len() + chart.baseline_days.len());
        nights.checked_sub(MOST_ROWS + 1).map(|left_out| {
            view! {
                <p class="chart-note">
                    {format!("The {} oldest nights are left out. Choose a shorter range to see them.", left_out + 1)}
                </p>
            }
        })
    };
    view! {
        <details class="chart-data">
            <summary>"Table"</summary>
            <div class="chart-scroll" tabindex="0" role="group" aria-label="Values">
                <table>
                    <caption>{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Night"</th>
                            <th scope="col">"Slept at"</th>
                            <th scope="col">"A " {move || name(0)}</th>
                            <th scope="col">"B " {move || name(1)}</th>
                            <th scope="col">"A−B"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows(state).into_iter().map(row).collect_view()}</tbody>
                </table>
                {rest}
            </div>
        </details>
    }
}

/// The newest nights first, the baseline's last.
fn rows(state: State) -> Vec<Row> {
    state.source.with([true, true], |chart| {
        let shown = (0..chart.days.len()).rev().map(Night::Shown);
        let baseline = (0..chart.baseline_days.len()).rev().map(Night::Baseline);
        let baseline = baseline.filter(|_| chart.split);
        shown
            .chain(baseline)
            .take(MOST_ROWS)
            .filter_map(|night| {
                let day = match night {
                    Night::Shown(index) => chart.days.get(index)?.day,
                    Night::Baseline(index) => chart.baseline_days.get(index)?.day,
                };
                Some(Row {
                    day,
                    readout: readout(chart, night)?,
                })
            })
            .collect()
    })
}

fn row(Row { day, readout }: Row) -> impl IntoView {
    let Readout {
        date,
        day: number,
        place,
        altitude,
        twins: [a, b],
        difference,
    } = readout;
    let night = number.map_or(date.clone(), |number| format!("{date}, {number}"));
    let slept = match (place, altitude) {
        (Some(place), Some(altitude)) => format!("{place}, {altitude}"),
        (place, altitude) => place.or(altitude).unwrap_or_default(),
    };
    view! {
        <tr>
            <th scope="row">
                <time datetime=day.to_string()>{night}</time>
            </th>
            <td>{slept}</td>
            <td>{cell(a)}</td>
            <td>{cell(b)}</td>
            <td>{difference}</td>
        </tr>
    }
}

fn cell(twin: TwinReadout) -> String {
    match twin {
        TwinReadout::Measured {
            value,
            is_partial: false,
            ..
        } => value,
        TwinReadout::Measured { value, .. } => format!("{value}, partial"),
        TwinReadout::Missing(reason) => reason.to_owned(),
    }
}
