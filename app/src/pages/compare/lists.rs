//! Lists of metrics and lines, as the address has them.

use leptos_router::params::ParamsMap;
use physiology::{Metric, SeriesKind};
use views::compare::{DEFAULT_METRICS, LINES, MOST_METRICS};

use crate::components::parameter;

/// The longest list of metrics that is looked at, in characters: twelve of the longest ids.
const LONGEST_LIST: usize = 600;

pub(super) fn listed(metrics: &[Metric]) -> String {
    let ids: Vec<&str> = metrics.iter().map(|metric| metric.id()).collect();
    ids.join(",")
}

pub(super) fn lines(query: &ParamsMap, problems: &mut Vec<String>) -> Vec<SeriesKind> {
    let list: Option<String> = query
        .get_str("lines")
        .map(|text| text.chars().take(LONGEST_LIST).collect());
    let list = list.unwrap_or_default();
    let named = || list.split(',').map(str::trim).filter(|id| !id.is_empty());
    if named().any(|id| !LINES.iter().any(|kind| kind.id() == id)) {
        problems.push("The address names a line that there is not; it is left out.".into());
    }
    LINES
        .into_iter()
        .filter(|kind| named().any(|id| id == kind.id()))
        .collect()
}

pub(super) fn metrics(query: &ParamsMap, problems: &mut Vec<String>) -> Vec<Metric> {
    let list: Option<String> = query
        .get_str("metrics")
        .map(|text| text.chars().take(LONGEST_LIST).collect());
    let mut metrics = Vec::new();
    let mut unknown = Vec::new();
    let mut left_out = 0_usize;
    let added = parameter(query, "add");
    let ids = list.as_deref().unwrap_or_default().split(',');
    let defaults = list.is_none().then_some(DEFAULT_METRICS);
    metrics.extend(defaults.into_iter().flatten());
    for id in ids.chain(added.as_deref()).map(str::trim) {
        match Metric::from_id(id) {
            _ if id.is_empty() => {}
            None => unknown.push(id.chars().take(40).collect::<String>()),
            Some(metric) if metrics.contains(&metric) => {}
            Some(_) if metrics.len() >= MOST_METRICS => left_out += 1,
            Some(metric) => metrics.push(metric),
        }
    }
    if !unknown.is_empty() {
        let verb = if unknown.len() == 1 {
            "There is no metric called"
        } else {
            "There are no metrics called"
        };
        problems.push(format!("{verb} {}.", unknown.join(", ")));
    }
    if left_out > 0 {
        problems.push(format!(
            "At most {MOST_METRICS} metrics are shown; the rest is left out."
        ));
    }
    if metrics.is_empty() {
        metrics.extend(DEFAULT_METRICS);
    }
    metrics
}
