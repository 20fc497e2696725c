//! The table of the week: a day a tab, which opens onto the sheet below.
//!
//! It is written day by day, so that a narrow screen shows the days under each other; on a wide one
//! the stylesheet turns it, and each day is a column.

use leptos::prelude::*;
use physiology::workout::Totals;
use physiology::{Day, Twin, Units};
use views::workouts::{DayCell, WeekDay, Workouts};

use super::bars::Bar;
use super::wanted::Wanted;
use super::write::{distance, duration, energy, heart_rate, listed, load, sessions};
use crate::components::TwinMark;

/// The seven days of both twins, and what they come to.
#[component]
pub(super) fn Days(
    workouts: Signal<Workouts>,
    names: Memo<[String; 2]>,
    wanted: Memo<Wanted>,
    units: Memo<Units>,
) -> impl IntoView {
    let days = Memo::new(move |_| workouts.with(|workouts| workouts.days.clone()));
    let totals = Memo::new(move |_| workouts.with(|workouts| workouts.totals));
    let shown = Memo::new(move |_| {
        workouts.with(|workouts| workouts.sheet.as_ref().map(|sheet| sheet.day))
    });
    let week = Memo::new(move |_| workouts.with(|workouts| workouts.week));
    let head = move |twin: Twin| {
        let name = move || names.with(|names| names[usize::from(twin == Twin::B)].clone());
        view! {
            <th role="columnheader" scope="col" class=format!("week-twin who-{}", twin.id())>
                <TwinMark twin />
                " "
                {name}
            </th>
        }
        .into_any()
    };
    let rows = move || {
        let days = days.get();
        let (top, units) = (highest(&days), units.get());
        days.into_iter()
            .enumerate()
            .map(|(place, day)| {
                let of = day.day;
                let address =
                    Memo::new(move |_| wanted.with(|wanted| wanted.with_day(week.get(), of)));
                view! { <Row day first={place == 0} top units shown address /> }
            })
            .collect_view()
    };
    view! {
        <table class="week" role="table" aria-label="The week's workouts">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" class="week-corner">
                        <b>"Load, AU"</b>
                        <span>"Polar"</span>
                    </th>
                    {head(Twin::A)}
                    {head(Twin::B)}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
            <tfoot role="rowgroup">
                <tr role="row">
                    <th role="rowheader" scope="row" class="week-day week-sum">
                        <b>"Week"</b>
                        <span>"Total load"</span>
                    </th>
                    {move || {
                        let [a, b] = totals.get();
                        [sum(Twin::A, a), sum(Twin::B, b)]
                    }}
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// The highest load of a day, which the longest bar stands for.
fn highest(days: &[WeekDay]) -> f64 {
    days.iter()
        .flat_map(|day| &day.cells)
        .filter_map(|cell| cell.totals.cardio_load)
        .fold(0.0, f64::max)
}

#[component]
fn Row(
    day: WeekDay,
    /// Whether the week begins with it.
    first: bool,
    top: f64,
    units: Units,
    shown: Memo<Option<Day>>,
    address: Memo<String>,
) -> impl IntoView {
    let of = day.day;
    let is_shown = move || shown.get() == Some(of);
    let name = if first || of.day_of_month() == 1 {
        of.with_weekday()
    } else {
        format!("{} {}", of.weekday_short(), of.day_of_month())
    };
    let [a, b] = day.cells;
    view! {
        <tr role="row" class:is-shown=is_shown data-day=of.to_string()>
            <th role="rowheader" scope="row" class="week-day">
                <a
                    href=move || address.get()
                    aria-current=move || is_shown().then_some("true")
                    data-noscroll
                >
                    <b>{name}</b>
                    <span>{day.stage}</span>
                </a>
            </th>
            {cell(Twin::A, a, top, units, address)}
            {cell(Twin::B, b, top, units, address)}
        </tr>
    }
    .into_any()
}

/// One twin's day. All of it leads where its day does, for a finger; the Tab key stops at the day.
fn cell(twin: Twin, cell: DayCell, top: f64, units: Units, address: Memo<String>) -> impl IntoView {
    let content = match cell.none {
        Some(none) => view! {
            <span class="week-number week-none">"–"</span>
            <span class="week-hatch" aria-hidden="true"></span>
            <span class="week-line">{none.sentence()}</span>
        }
        .into_any(),
        None => of_workouts(twin, &cell, top, units),
    };
    view! {
        <td role="cell" class="week-cell" data-subject=twin.id()>
            <a href=move || address.get() tabindex="-1" data-noscroll>
                {content}
            </a>
        </td>
    }
    .into_any()
}

fn of_workouts(twin: Twin, cell: &DayCell, top: f64, units: Units) -> AnyView {
    let totals = &cell.totals;
    let activities: Vec<String> = cell.activities.iter().map(ToString::to_string).collect();
    let first = listed([
        totals.duration_s.map(duration),
        totals.average_heart_rate_bpm.map(heart_rate),
    ]);
    let second = listed(
        activities
            .into_iter()
            .map(Some)
            .chain([totals.distance_m.map(|metres| distance(metres, units))]),
    );
    let number = totals.cardio_load.map_or_else(
        || {
            view! {
                <span class="week-number week-none">"–"</span>
                <span class="week-line">"No load told"</span>
            }
            .into_any()
        },
        |known| {
            let share = if top > 0.0 { known / top } else { 0.0 };
            view! {
                <span class="week-number" data-value=known.to_string()>
                    {load(known)}
                </span>
                <Bar twin share />
            }
            .into_any()
        },
    );
    view! {
        {number}
        <span class="week-line">{first}</span>
        <span class="week-line">{second}</span>
        <span class="week-line">{totals.calories_kcal.map(energy)}</span>
    }
    .into_any()
}

fn sum(twin: Twin, totals: Totals) -> impl IntoView + use<> {
    view! {
        <td role="cell" class="week-cell week-sum" data-subject=twin.id()>
            <span class="week-number">
                {totals.cardio_load.map_or_else(|| "–".to_owned(), load)}
            </span>
            <span class="week-line">{sessions(&totals)}</span>
            <span class="week-line">{totals.duration_s.map(duration)}</span>
        </td>
    }
    .into_any()
}
