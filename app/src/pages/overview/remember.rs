//! The range and metric chosen last, remembered by this browser.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use physiology::Metric;
use views::overview::RangeChoice;

use super::wanted::{Wanted, address};
use crate::browser;

const RANGE: &str = "acclimate.range";
const METRIC: &str = "acclimate.metric";

/// Remembers what the address names. An address that names nothing is replaced by what is
/// remembered, and one that the date form made by its short form.
pub(super) fn keep(wanted: Memo<Wanted>) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let wanted = wanted.get();
        let instead = if wanted.is_plain() {
            remembered(&wanted)
        } else {
            (wanted.range.from_form && wanted.range.problem.is_none())
                .then(|| wanted.with_metric(wanted.metric))
        };
        if wanted.range.is_named {
            browser::remember(RANGE, &wanted.range.range.id());
        }
        if wanted.names_metric {
            browser::remember(METRIC, wanted.metric.id());
        }
        if let Some(address) = instead {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..Default::default()
            };
            navigate(&address, options);
        }
    });
}

/// The address of what is remembered, where anything is and still makes sense.
fn remembered(wanted: &Wanted) -> Option<String> {
    let range = browser::remembered(RANGE).and_then(|id| RangeChoice::from_id(&id).ok());
    let metric = browser::remembered(METRIC).and_then(|id| Metric::from_id(&id));
    (range.is_some() || metric.is_some())
        .then(|| address(metric.unwrap_or(wanted.metric)).with(range.unwrap_or(wanted.range.range)))
}
