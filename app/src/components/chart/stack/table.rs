//! Every night's values of every lane as a table, for those whom a picture does not serve.

use chart::{Readout, TwinReadout};
use leptos::prelude::*;
use physiology::Day;

use super::state::State;

/// A page holds so many rows at most, the newest.
const MOST_ROWS: usize = 200;

/// The table, folded up; it opens without JavaScript.
#[component]
pub(super) fn StackTable(state: State) -> impl IntoView {
    let metrics = Memo::new(move |_| {
        state.compare.with(|compare| {
            compare
                .lanes
                .iter()
                .map(|lane| lane.metric)
                .collect::<Vec<_>>()
        })
    });
    let heads = move || {
        metrics
            .get()
            .into_iter()
            .map(|metric| {
                view! {
                    <th scope="colgroup" colspan="2">
                        {metric.info().name}
                    </th>
                }
            })
            .collect_view()
    };
    let letters = move || {
        metrics
            .get()
            .iter()
            .map(|_| view! { <th scope="col">"A"</th><th scope="col">"B"</th> })
            .collect_view()
    };
    let rest = move || {
        let nights = state.compare.with(|compare| compare.nights.len());
        nights.checked_sub(MOST_ROWS + 1).map(|left_out| {
            view! {
                <p class="chart-note">
                    {format!("The {} oldest nights are left out. Choose a shorter range to see them.", left_out + 1)}
                </p>
            }
        })
    };
    view! {
        <details class="stack-data">
            <summary class="btn btn-quiet">"Values as a table"</summary>
            <div class="chart-scroll" tabindex="0" role="group" aria-label="Values">
                <table>
                    <caption>"All values shown, the newest night first"</caption>
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">
                                "Night"
                            </th>
                            <th scope="col" rowspan="2">
                                "Slept at"
                            </th>
                            {heads}
                        </tr>
                        <tr>{letters}</tr>
                    </thead>
                    <tbody>{move || rows(state)}</tbody>
                </table>
                {rest}
            </div>
        </details>
    }
    .into_any()
}

fn rows(state: State) -> AnyView {
    let days: Vec<Day> = state
        .compare
        .with(|compare| compare.nights.iter().rev().map(|night| night.day).collect());
    days.into_iter()
        .zip(state.newest_nights(MOST_ROWS))
        .map(|(day, lanes)| row(day, lanes))
        .collect_view()
        .into_any()
}

fn row(day: Day, lanes: Vec<Readout>) -> AnyView {
    // Every lane says the same of the night itself.
    let first = lanes.first().cloned();
    let (name, slept) = first.map_or_else(
        || (day.with_weekday(), String::new()),
        |words| {
            let name = match words.day {
                Some(number) => format!("{}, {number}", words.date),
                None => words.date,
            };
            let slept = match (words.place, words.altitude) {
                (Some(place), Some(altitude)) => format!("{place}, {altitude}"),
                (place, altitude) => place.or(altitude).unwrap_or_default(),
            };
            (name, slept)
        },
    );
    let cells = lanes
        .into_iter()
        .flat_map(|words| words.twins)
        .map(|twin| view! { <td>{cell(twin)}</td> })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                <time datetime=day.to_string()>{name}</time>
            </th>
            <td>{slept}</td>
            {cells}
        </tr>
    }
    .into_any()
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
