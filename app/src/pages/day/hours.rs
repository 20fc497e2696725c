//! The pictures as tables, hour by hour, for those whom a picture does not serve.

use leptos::prelude::*;
use physiology::metric::decimal;
use physiology::units::Clock;
use views::day::{DayView, Night, NightHour};

use super::part::Part;

const HOUR_S: i32 = 3_600;

/// A table: its columns beside the hour, and its rows.
#[derive(Debug, Clone, PartialEq)]
struct Hours {
    clock: Clock,
    columns: Vec<String>,
    rows: Vec<(i32, Vec<String>)>,
}

/// Hourly means, folded up; it opens without JavaScript.
#[component]
pub(super) fn HourTable(day: Signal<DayView>, part: Part) -> impl IntoView {
    let table = Memo::new(move |_| {
        day.with(|day| match part {
            Part::Night => night(day),
            Part::Heart => heart(day),
        })
    });
    let columns = move || {
        table.with(|table| {
            table
                .columns
                .iter()
                .map(|name| view! { <th scope="col">{name.clone()}</th> })
                .collect_view()
        })
    };
    let rows = move || {
        table.with(|table| {
            table
                .rows
                .iter()
                .map(|(from_s, cells)| {
                    let hour = table.clock.time((*from_s).into());
                    let cells = cells.iter().map(|cell| view! { <td>{cell.clone()}</td> });
                    view! {
                        <tr>
                            <th scope="row">{hour}</th>
                            {cells.collect_view()}
                        </tr>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <details class="day-hours">
            <summary class="btn btn-quiet">"Table"</summary>
            <div class="day-scroll" tabindex="0" role="group" aria-label="Hourly means">
                <table>
                    <caption>"Means of each hour"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Hour from"</th>
                            {columns}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn night(day: &DayView) -> Hours {
    let hours = |index: usize| match &day.nights.twins[index] {
        Night::Slept(night) => night.hours.as_slice(),
        Night::Missing(_) => &[],
    };
    let twins = [hours(0), hours(1)];
    let mut starts: Vec<i32> = twins
        .iter()
        .flat_map(|hours| hours.iter())
        .map(|hour| hour.from_s)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let rows = starts.into_iter().map(|from_s| {
        let of = |hours: &[NightHour], value: fn(&NightHour) -> Option<f64>| {
            let hour = hours.iter().find(|hour| hour.from_s == from_s);
            written(hour.and_then(value))
        };
        let cells = twins.iter().flat_map(|hours| {
            [
                of(hours, |hour| hour.heart_rate),
                of(hours, |hour| hour.hrv),
            ]
        });
        (from_s, cells.collect())
    });
    Hours {
        clock: day.head.units.clock,
        columns: [
            "A heart rate, bpm",
            "A HRV, ms",
            "B heart rate, bpm",
            "B HRV, ms",
        ]
        .map(str::to_owned)
        .into(),
        rows: rows.collect(),
    }
}

fn heart(day: &DayView) -> Hours {
    let value = |index: usize, hour: usize| {
        let trace = day.hearts[index].trace.measured();
        written(trace.and_then(|trace| *trace.hours.get(hour)?))
    };
    Hours {
        clock: day.head.units.clock,
        columns: ["A, bpm", "B, bpm"].map(str::to_owned).into(),
        rows: (0..24_usize)
            .map(|hour| {
                let cells = vec![value(0, hour), value(1, hour)];
                (hour as i32 * HOUR_S, cells)
            })
            .collect(),
    }
}

/// A value of the table; what was not measured is a dash.
fn written(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| decimal(value, 0, false))
}
