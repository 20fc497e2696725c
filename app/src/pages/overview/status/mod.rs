//! How each twin stands, explained: a line a twin, each clause with its chart and its rule.

mod rules;
mod words;

use leptos::prelude::*;
use physiology::{Day, Metric, Twin, Units};
use views::status::{Parting, Silence, Status};

use self::words::{clause_text, meaning_text, parting_text, rule_names};
use super::wanted::Wanted;
use super::whose::Whose;

pub(super) use rules::RulesInForce;

/// One twin's line.
#[component]
pub(super) fn StatusLine(
    status: Status,
    today: Day,
    units: Units,
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let Status {
        twin,
        clauses,
        meaning,
        score,
        silent,
    } = status;
    let silence = silent.map(silence);
    let is_calm = clauses.is_empty() && silence.is_none();
    let names = rule_names(&clauses);
    let why = meaning.map(|meaning| {
        view! { <p class="status-why">{meaning_text(meaning, twin, score)}</p> }
    });
    let clauses = clauses
        .into_iter()
        .enumerate()
        .map(|(index, clause)| {
            let text = clause_text(&clause, today, units);
            view! { <ClauseLink metric=clause.metric text first={index == 0} wanted /> }
        })
        .collect_view();
    view! {
        <li data-status=twin.id()>
            <Whose twins=Twin::BOTH.map(|side| side == twin) />
            <p class="changed-what">
                {silence}
                {is_calm.then_some("Nothing that stands out.")}
                {clauses}
            </p>
            {why}
            {(!names.is_empty()).then(|| view! { <p class="changed-detail">"By " {names}</p> })}
        </li>
    }
    .into_any()
}

/// What stands out in one metric; it leads to the metric's chart.
#[component]
fn ClauseLink(metric: Metric, text: String, first: bool, wanted: Memo<Wanted>) -> impl IntoView {
    view! {
        {(!first).then_some("; ")}
        <a href=move || wanted.with(|wanted| wanted.with_metric(metric)) data-noscroll>
            {text}
        </a>
    }
}

/// That nothing came of late.
fn silence(silence: Silence) -> String {
    let why = silence.why.sentence();
    match silence.since {
        Some(since) => format!(
            "Nothing newer than {}: {}. ",
            since.short(),
            why.to_lowercase()
        ),
        None => format!("No data: {}. ", why.to_lowercase()),
    }
}

/// In what the twins have parted; it leads to both curves.
#[component]
pub(super) fn PartingsLine(partings: Vec<Parting>) -> impl IntoView {
    let links = partings
        .into_iter()
        .enumerate()
        .map(|(index, parting)| {
            view! {
                {(index > 0).then_some("; ")}
                <a href=format!(
                    "/compare?metric={}",
                    parting.metric.id(),
                )>{parting_text(&parting)}</a>
            }
        })
        .collect_view();
    view! {
        <li data-status="pair">
            <Whose twins=[true, true] />
            <p class="changed-what">{links}</p>
            <p class="changed-detail">"By divergence"</p>
        </li>
    }
    .into_any()
}
