//! The agreement of every metric shown, a line each.

use leptos::prelude::*;
use physiology::agreement::Agreement;
use physiology::baseline::Band;
use physiology::{Metric, Written};
use views::Compare;
use views::compare::PairRow;

use super::wanted::Wanted;

/// Baseline and trip side by side; a metric's name leads to its own picture.
#[component]
pub(super) fn PairTable(compare: Signal<Compare>, wanted: Memo<Wanted>) -> impl IntoView {
    let rows = move || {
        let (chosen, units) = compare.with(|compare| (compare.panel.metric, compare.head.units));
        let lanes: Vec<(Metric, PairRow)> = compare.with(|compare| {
            let lanes = compare.lanes.iter();
            lanes.map(|lane| (lane.metric, lane.pair)).collect()
        });
        lanes
            .into_iter()
            .map(|(metric, pair)| {
                let address = wanted.with(|wanted| wanted.with_metric(metric));
                row(metric.written(units), &pair, metric == chosen, address)
            })
            .collect_view()
    };
    let later = move || compare.with(later);
    view! {
        <table class="pair-table">
            <caption class="hidden">"Mean difference A−B of nights with a value of both"</caption>
            <thead>
                <tr>
                    <th scope="col">"Paired nights, mean A−B"</th>
                    <th scope="col">"Baseline (limits)"</th>
                    <th scope="col">{later} " (95 % CI)"</th>
                    <th scope="col">"Outside limits"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="pair-note">
            "Limits: baseline mean ± 1.96 SD, the spread limits. CI: block bootstrap of 5 nights, because nights are not independent."
        </p>
    }
    .into_any()
}

/// What follows the baseline: `Trip`, or, without an itinerary, `Later`.
pub(super) const fn later(compare: &Compare) -> &'static str {
    match compare.day_one {
        Some(_) => "Trip",
        None => "Later",
    }
}

fn row(written: Written, pair: &PairRow, is_chosen: bool, address: String) -> AnyView {
    let outside = pair.outside.filter(|_| pair.trip_count > 0).map_or_else(
        || "–".to_owned(),
        |outside| format!("{outside} of {}", pair.trip_count),
    );
    view! {
        <tr class:is-chosen=is_chosen>
            <th scope="row">
                <a href=address aria-current=is_chosen.then_some("true") data-noscroll>
                    <b>{written.metric().info().name}</b>
                    " "
                    <span>{written.difference_unit()}</span>
                </a>
            </th>
            <td>{cell(written, pair.baseline, |agreement| agreement.spread)}</td>
            <td>{cell(written, pair.trip, |agreement| agreement.bias_interval)}</td>
            <td>{outside}</td>
        </tr>
    }
    .into_any()
}

/// A mean difference and an interval under it.
fn cell(written: Written, agreement: Option<Agreement>, of: fn(&Agreement) -> Band) -> AnyView {
    let Some(agreement) = agreement else {
        return view! { <span class="pair-none">"Too few pairs"</span> }.into_any();
    };
    let band = of(&agreement);
    view! {
        <b>{written.mean_difference(agreement.bias)}</b>
        <small>
            {written.mean_difference(band.low)} " to " {written.mean_difference(band.high)}
        </small>
    }
    .into_any()
}
