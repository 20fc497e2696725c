//! The twins' figures of a day or workout, side by side.

use leptos::prelude::*;
use physiology::Units;
use physiology::metric::decimal;
use views::workouts::{HeartFigures, Lacking, Sheet, TwinSheet};

use super::write::{distance, duration, energy, load, share};

/// Averages, durations and loads: A, what, B.
#[component]
pub(super) fn Figures(
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    units: Memo<Units>,
) -> impl IntoView {
    let rows = move || {
        sheet.with(|sheet| {
            sheet.as_ref().map(|sheet| {
                rows(&sheet.twins, units.get())
                    .into_iter()
                    .map(row)
                    .collect_view()
            })
        })
    };
    view! {
        <table class="figures">
            <caption class="hidden">"Figures of both twins"</caption>
            <thead class="hidden">
                <tr>
                    <th scope="col">{move || names.with(|names| names[0].clone())}</th>
                    <th scope="col">"Figure"</th>
                    <th scope="col">{move || names.with(|names| names[1].clone())}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A figure: its name, and each twin's in words or the reason why there is none.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    name: &'static str,
    id: &'static str,
    cells: [Result<String, &'static str>; 2],
}

fn rows(twins: &[TwinSheet; 2], units: Units) -> Vec<Line> {
    let heart = |read: fn(&HeartFigures) -> Result<String, Lacking>| {
        twins.each_ref().map(|twin| {
            twin.heart
                .as_ref()
                .map_err(|lacking| *lacking)
                .and_then(read)
                .map_err(Lacking::sentence)
        })
    };
    let told = |read: fn(&TwinSheet, Units) -> Option<String>| {
        twins.each_ref().map(|twin| {
            let reason = if twin.workouts.is_empty() {
                Lacking::Workout.sentence()
            } else {
                "Not told"
            };
            read(twin, units).ok_or(reason)
        })
    };
    let line = |name, id, cells| Line { name, id, cells };
    vec![
        line(
            "Average, bpm",
            "average_heart_rate",
            heart(|heart| Ok(decimal(heart.average_bpm, 0, false))),
        ),
        line(
            "Maximum, bpm",
            "max_heart_rate",
            heart(|heart| Ok(decimal(heart.max_bpm, 0, false))),
        ),
        line(
            "Duration",
            "duration",
            told(|twin, _| twin.totals.duration_s.map(duration)),
        ),
        line(
            "Recorded",
            "recorded",
            heart(|heart| Ok(share(heart.recorded_share))),
        ),
        line(
            "Distance",
            "distance",
            told(|twin, units| {
                let metres = twin.totals.distance_m?;
                Some(distance(metres, units))
            }),
        ),
        line(
            "Energy",
            "energy",
            told(|twin, _| twin.totals.calories_kcal.map(energy)),
        ),
        line(
            "Load, AU, Polar",
            "cardio_load",
            told(|twin, _| twin.totals.cardio_load.map(load)),
        ),
        line(
            "TRIMP, Banister",
            "trimp_banister",
            heart(|heart| heart.banister.map(|trimp| decimal(trimp, 0, false))),
        ),
        line(
            "TRIMP, Edwards",
            "trimp_edwards",
            heart(|heart| heart.edwards.map(|trimp| decimal(trimp, 0, false))),
        ),
    ]
}

fn row(line: Line) -> impl IntoView {
    let [a, b] = line.cells;
    let cell = |value: Result<String, &'static str>, letter: &'static str| match value {
        Ok(text) => view! { <td data-subject=letter>{text}</td> }.into_any(),
        Err(reason) => view! {
            <td data-subject=letter class="figure-none">
                {reason}
            </td>
        }
        .into_any(),
    };
    view! {
        <tr data-figure=line.id>
            {cell(a, "a")}
            <th scope="row">{line.name}</th>
            {cell(b, "b")}
        </tr>
    }
}
