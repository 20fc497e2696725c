//! Nights outside what is usual, each with its rule, and what else happened.

use leptos::prelude::*;
use physiology::baseline::Position;
use physiology::metric::decimal;
use physiology::{Day, Metric, Written};
use views::Compare;
use views::compare::{Anomaly, EventKind};

use crate::components::TwinMark;
use crate::format::{Now, altitude};

/// So many unusual nights are listed at most, the newest.
const MOST_LISTED: usize = 200;

/// Two lists that fold out under the lanes.
#[component]
pub(super) fn Unusual(compare: Signal<Compare>) -> impl IntoView {
    let nights = move || compare.with(unusual);
    let events = move || compare.with(events);
    view! {
        <div class="compare-lists">{nights} {events}</div>
    }
    .into_any()
}

fn unusual(compare: &Compare) -> AnyView {
    let mut found: Vec<(Metric, Anomaly)> = compare
        .lanes
        .iter()
        .flat_map(|lane| lane.anomalies.iter().map(|anomaly| (lane.metric, *anomaly)))
        .collect();
    // The newest first; metrics keep their order.
    found.sort_by_key(|(_, anomaly)| core::cmp::Reverse(anomaly.day));
    let count = found.len();
    let left_out = count.saturating_sub(MOST_LISTED);
    let items = found
        .into_iter()
        .take(MOST_LISTED)
        .map(|(metric, anomaly)| {
            let written = metric.written(compare.head.units);
            view! {
                <li>
                    <TwinMark twin=anomaly.twin />
                    <p>
                        <b>
                            {anomaly.twin.letter()} " " {metric.info().name} " "
                            {written.with_unit(anomaly.value)} ", " {anomaly.day.short()}
                        </b>
                        <span>{rule(written, &anomaly)}</span>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="compare-list">
            <summary class="btn btn-quiet">"Unusual nights, " {count}</summary>
            <p class="pair-note">
                "Unusual is what lies outside Q1 − 1.5 × IQR to Q3 + 1.5 × IQR of the twin’s own 90 days before. It is a mark for looking, not an alarm."
            </p>
            <ul>{items}</ul>
            {(left_out > 0)
                .then(|| view! { <p class="pair-note">{left_out} " older ones are left out."</p> })}
        </details>
    }
    .into_any()
}

/// `Under 94.1 %, the lower fence of 34 nights, median 96.8 %; below the baseline band.`
fn rule(written: Written, anomaly: &Anomaly) -> String {
    let fences = anomaly.fences;
    let (side, fence) = if anomaly.value < fences.low {
        ("Under", fences.low)
    } else {
        ("Over", fences.high)
    };
    let which = if side == "Under" { "lower" } else { "upper" };
    let mut text = format!(
        "{side} {}, the {which} fence of {} nights, median {}",
        written.with_unit(fence),
        fences.count,
        written.with_unit(fences.median)
    );
    if !fences.ready() {
        text.push_str(" (few nights)");
    }
    text.push_str(match anomaly.against_baseline {
        Some(Position::Below) => "; below the baseline band.",
        Some(Position::Above) => "; above the baseline band.",
        Some(Position::Within) => "; within the baseline band.",
        None => ".",
    });
    text
}

fn events(compare: &Compare) -> AnyView {
    let now = Now::of(&compare.head);
    let mut days: Vec<(Day, Vec<String>)> = Vec::new();
    for event in &compare.events {
        let text = match &event.kind {
            EventKind::Arrival {
                at,
                place,
                altitude_m,
            } => {
                let is_ahead = *at > now.now;
                let word = if is_ahead { "planned for" } else { "by" };
                let (height, time) = (altitude(*altitude_m), now.time(*at));
                format!("{place}, {height}, {word} {time}")
            }
            EventKind::Workout { twin } => format!("Workout of {}", twin.letter()),
        };
        match days.last_mut() {
            Some((day, texts)) if *day == event.day => texts.push(text),
            _ => days.push((event.day, vec![text])),
        }
    }
    let count = compare.events.len();
    let items = days
        .into_iter()
        .rev()
        .map(|(day, texts)| {
            view! {
                <li>
                    <time datetime=day.to_string()>{day.with_weekday()}</time>
                    <p>{texts.join(". ")} "."</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="compare-list">
            <summary class="btn btn-quiet">
                "Arrivals and workouts, " {decimal(count as f64, 0, false)}
            </summary>
            <ul>{items}</ul>
        </details>
    }
    .into_any()
}
