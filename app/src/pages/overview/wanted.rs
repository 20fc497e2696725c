//! What the address asks the overview to show.

use leptos_router::params::ParamsMap;
use physiology::Metric;

use crate::components::{RangeAddress, WantedRange, parameter};

/// The range and metric shown, and what was wrong with those asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The range.
    pub range: WantedRange,
    /// The metric shown.
    pub metric: Metric,
    /// Whether the address names a metric that makes sense.
    pub names_metric: bool,
    /// What is wrong with the metric, as a sentence.
    pub metric_problem: Option<&'static str>,
}

impl Wanted {
    /// From `range` and `metric`. What makes no sense falls back to the default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let named = parameter(query, "metric");
        let metric = named.as_deref().map(Metric::from_id);
        Self {
            range: WantedRange::from_query(query),
            metric: metric.flatten().unwrap_or(Metric::Spo2Night),
            names_metric: metric.flatten().is_some(),
            metric_problem: (metric == Some(None))
                .then_some("There is no such metric. SpO₂ is shown instead."),
        }
    }

    /// Whether the address asks for nothing.
    pub const fn is_plain(&self) -> bool {
        !self.range.is_named
            && !self.names_metric
            && self.range.problem.is_none()
            && self.metric_problem.is_none()
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(&self) -> Vec<String> {
        let metric = self.metric_problem.map(str::to_owned);
        self.range.sentence().into_iter().chain(metric).collect()
    }

    /// The address of another metric over the same range.
    pub fn with_metric(&self, metric: Metric) -> String {
        address(metric).with(self.range.range)
    }

    /// The address of the metric over the same range where one looks into it.
    pub fn closer(&self) -> String {
        let compare = RangeAddress {
            path: "/compare",
            rest: vec![("metrics", self.metric.id().to_owned())],
        };
        compare.with(self.range.range)
    }
}

/// The addresses that show a metric.
pub(super) fn address(metric: Metric) -> RangeAddress {
    RangeAddress {
        path: "/",
        rest: vec![("metric", metric.id().to_owned())],
    }
}

#[cfg(test)]
mod tests {
    use views::overview::RangeChoice;

    use super::*;
    use crate::testing::query;

    #[test]
    fn nothing_asked_shows_the_trip() {
        let plain = Wanted::from_query(&query(&[]));
        assert_eq!(
            (plain.range.range, plain.metric),
            (RangeChoice::Trip, Metric::Spo2Night)
        );
        assert!(plain.is_plain() && plain.problems().is_empty());
    }

    #[test]
    fn ids_are_taken() {
        let wanted = Wanted::from_query(&query(&[("range", "7d"), ("metric", "hrv_rmssd")]));
        assert_eq!(
            (wanted.range.range, wanted.metric),
            (RangeChoice::Week, Metric::HrvRmssd)
        );
        assert!(!wanted.is_plain());
        assert_eq!(
            address(wanted.metric).with(RangeChoice::All),
            "/?range=all&metric=hrv_rmssd"
        );
        assert_eq!(wanted.with_metric(Metric::Steps), "/?range=7d&metric=steps");
        assert_eq!(wanted.closer(), "/compare?range=7d&metrics=hrv_rmssd");
    }

    #[test]
    fn nonsense_is_told_and_the_default_shown() {
        let wanted = Wanted::from_query(&query(&[("range", "xyz"), ("metric", "foo")]));
        assert_eq!(
            (wanted.range.range, wanted.metric),
            (RangeChoice::Trip, Metric::Spo2Night)
        );
        assert_eq!(wanted.problems().len(), 2);
        assert!(!wanted.is_plain());
    }
}
