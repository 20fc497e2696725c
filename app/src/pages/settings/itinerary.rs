//! Where the twins go: a table of points.

use leptos::prelude::*;
use views::settings::{Field, ItineraryForm, WaypointRow};

use super::field::{Input, Named, Summary, Typed, Value, Wrong, wrong};
use super::import::Report;
use crate::format::count;

/// Name, days and points; a form for who may change them.
#[component]
pub(super) fn ItineraryTable(form: ItineraryForm, may_change: bool) -> impl IntoView {
    if may_change {
        view! { <TableForm form /> }.into_any()
    } else {
        view! { <Table form /> }.into_any()
    }
}

fn head(form: &ItineraryForm) -> [(Named, Field, Typed); 3] {
    let named = |name, label| Named::new("trip", name, label);
    [
        (named("name", "Name"), form.name.clone(), Typed::Text),
        (
            named("first_day", "Day 1"),
            form.first_day.clone(),
            Typed::Date,
        ),
        (
            named("last_day", "Last day"),
            form.last_day.clone(),
            Typed::Date,
        ),
    ]
}

/// So many rows stand open; more would hide what follows.
const FEW: usize = 8;

const COLUMNS: [&str; 5] = ["Date", "Local time", "Ahead of UTC", "Altitude, m", "Place"];

fn column_heads() -> impl IntoView {
    COLUMNS
        .map(|name| view! { <th scope="col">{name}</th> })
        .collect_view()
}

/// The cells of a row: its name in the form, its column, its kind, what stands in it.
fn cells(row: WaypointRow) -> [(&'static str, &'static str, &'static str, Field); 5] {
    let [date, time, utc_offset, altitude, place] = COLUMNS;
    [
        ("date", date, "date", row.date),
        ("time", time, "time", row.time),
        ("utc_offset", utc_offset, "text", row.utc_offset),
        ("altitude", altitude, "text", row.altitude),
        ("place", place, "text", row.place),
    ]
}

#[component]
fn TableForm(form: ItineraryForm) -> impl IntoView {
    let head = head(&form);
    let mut summary = wrong(head.iter().map(|(named, field, _)| (named, field)));
    for (index, row) in form.rows.iter().enumerate() {
        for (name, label, _, field) in cells(row.clone()) {
            if !field.problem.is_empty() {
                let label = format!("{label} of point {}", index + 1);
                summary.push((format!("point-{index}-{name}"), label));
            }
        }
    }
    let draft = (form.is_draft && form.read.is_none()).then(|| {
        view! {
            <p class="set-report" role="status">
                <b>"Nothing is saved yet."</b>
                " A new row goes to its place by its time when the itinerary is saved."
            </p>
        }
    });
    let inputs = head
        .into_iter()
        .map(|(named, field, typed)| view! { <Input named field typed /> })
        .collect_view();
    let points = form.rows.iter().filter(|row| !row.date.value.is_empty());
    let points = count(points.count() as u64, "point", "points");
    let is_open = form.rows.len() <= FEW || form.is_draft || !summary.is_empty();
    let rows = form
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| view! { <Row index row /> })
        .collect_view();
    view! {
        <form class="set-itinerary" method="post" action="/settings?form=itinerary#itinerary">
            {form.read.map(|report| view! { <Report report /> })} {draft}
            <Summary problem=form.problem fields=summary />
            <input type="hidden" name="is_draft" value=form.is_draft.to_string() />
            <div class="set-fields set-fields-3">{inputs}</div>
            <details class="set-points" open=is_open>
                <summary class="btn">"The altitude profile, " {points}</summary>
                <table class="points">
                    <caption class="hidden">
                        "Points of the altitude profile. A row left blank is no point."
                    </caption>
                    <thead>
                        <tr>
                            {column_heads()}
                            <th scope="col">
                                <span>"Remove"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
            <div class="set-buttons">
                <button class="btn" type="submit">
                    "Save the itinerary"
                </button>
                <button class="btn btn-quiet" type="submit" name="do" value="add">
                    "Add a row"
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Row(index: usize, row: WaypointRow) -> impl IntoView {
    let number = index + 1;
    let gone = row.remove;
    let inputs = cells(row)
        .map(|(name, column, kind, field)| {
            let id = format!("point-{index}-{name}");
            let problem_id = (!field.problem.is_empty()).then(|| format!("{id}-problem"));
            view! {
                <td class=format!("points-{name}")>
                    <span class="points-label" aria-hidden="true">
                        {column}
                    </span>
                    <input
                        class="field"
                        id=id.clone()
                        name=name
                        type=kind
                        value=field.value
                        inputmode=(name == "altitude").then_some("decimal")
                        autocomplete="off"
                        aria-label=format!("{column}, point {number}")
                        aria-invalid=problem_id.is_some().then_some("true")
                        aria-describedby=problem_id
                    />
                    <Wrong id problem=field.problem />
                </td>
            }
        })
        .collect_view();
    view! {
        <tr>
            {inputs} <td class="points-remove">
                <label>
                    <input
                        type="checkbox"
                        name="remove"
                        value=index.to_string()
                        checked=gone
                        aria-label=format!("Remove point {number} when saved")
                    />
                    <span class="points-label" aria-hidden="true">
                        "Remove"
                    </span>
                </label>
            </td>
        </tr>
    }
    .into_any()
}

/// For who may not change it.
#[component]
fn Table(form: ItineraryForm) -> impl IntoView {
    let head = head(&form)
        .map(|(named, field, _)| {
            view! { <Value label=named.label value=field.value unit="" /> }
        })
        .collect_view();
    let rows = form
        .rows
        .into_iter()
        .filter(|row| !row.date.value.is_empty())
        .map(|row| {
            let values = cells(row)
                .map(|(name, column, _, field)| {
                    view! {
                        <td class=format!("points-{name}")>
                            <span class="points-label">{column}</span>
                            {field.value}
                        </td>
                    }
                })
                .collect_view();
            view! { <tr>{values}</tr> }
        })
        .collect_view();
    view! {
        <dl class="set-values set-values-3">{head}</dl>
        <table class="points">
            <caption class="hidden">"Points of the altitude profile"</caption>
            <thead>
                <tr>{column_heads()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
