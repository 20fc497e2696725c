//! What the address asks the overview to show.

use leptos_router::params::ParamsMap;
use physiology::Metric;
use views::overview::RangeChoice;

/// The longest text of an address that is looked at, in characters.
const LONGEST: usize = 40;

/// The range and metric shown, and what was wrong with those asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The range shown.
    pub range: RangeChoice,
    /// The metric shown.
    pub metric: Metric,
    /// Whether the address names a range that makes sense.
    pub names_range: bool,
    /// Whether the address names a metric that makes sense.
    pub names_metric: bool,
    /// Whether the range came in the date form's own two fields.
    pub from_form: bool,
    /// What is wrong with the range.
    pub range_problem: Option<RangeProblem>,
    /// What is wrong with the metric, as a sentence.
    pub metric_problem: Option<&'static str>,
}

/// What is wrong with a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RangeProblem {
    /// It is none of the choices; a sentence.
    Unknown(&'static str),
    /// Its dates do not make sense; they are kept as typed.
    Dates {
        first: String,
        last: String,
        why: &'static str,
    },
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            range: RangeChoice::Trip,
            metric: Metric::Spo2Night,
            names_range: false,
            names_metric: false,
            from_form: false,
            range_problem: None,
            metric_problem: None,
        }
    }
}

impl Wanted {
    /// From `range` and `metric`, or from `first` and `last` as the date form sends them. What
    /// makes no sense falls back to the default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let get = |key: &str| {
            query
                .get_str(key)
                .filter(|text| !text.is_empty())
                .map(shortened)
        };
        let mut wanted = Self::default();
        let typed = match (get("first"), get("last")) {
            (None, None) => None,
            (first, last) => Some((first.unwrap_or_default(), last.unwrap_or_default())),
        };
        wanted.from_form = typed.is_some();
        let asked = typed
            .as_ref()
            .map(|(first, last)| format!("{first}..{last}"));
        if let Some(id) = asked.or_else(|| get("range")) {
            match RangeChoice::from_id(&id) {
                Ok(range) => (wanted.range, wanted.names_range) = (range, true),
                Err(why) => wanted.range_problem = Some(RangeProblem::of(&id, why)),
            }
        }
        if let Some(id) = get("metric") {
            match Metric::from_id(&id) {
                Some(metric) => (wanted.metric, wanted.names_metric) = (metric, true),
                None => {
                    wanted.metric_problem = Some("There is no such metric. SpO₂ is shown instead.");
                }
            }
        }
        wanted
    }

    /// Whether the address asks for nothing.
    pub const fn is_plain(&self) -> bool {
        !self.names_range
            && !self.names_metric
            && self.range_problem.is_none()
            && self.metric_problem.is_none()
    }

    /// The address of another range of the same metric.
    pub fn with_range(&self, range: RangeChoice) -> String {
        address(range, self.metric)
    }

    /// The address of another metric over the same range.
    pub fn with_metric(&self, metric: Metric) -> String {
        address(self.range, metric)
    }
}

impl RangeProblem {
    fn of(id: &str, why: &'static str) -> Self {
        match id.split_once("..") {
            None => Self::Unknown(why),
            Some((first, last)) => Self::Dates {
                first: first.to_owned(),
                last: last.to_owned(),
                why: if first.is_empty() || last.is_empty() {
                    "Choose a first and a last day."
                } else {
                    why
                },
            },
        }
    }
}

/// The address that shows a metric over a range.
pub(super) fn address(range: RangeChoice, metric: Metric) -> String {
    format!("/?range={}&metric={}", range.id(), metric.id())
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&'static str, &str)]) -> Wanted {
        let query = pairs.iter().map(|(key, value)| (*key, (*value).to_owned()));
        Wanted::from_query(&query.collect())
    }

    #[test]
    fn nothing_asked_shows_the_trip() {
        let plain = wanted(&[]);
        assert_eq!(plain, Wanted::default());
        assert!(plain.is_plain());
    }

    #[test]
    fn ids_are_taken() {
        let wanted = wanted(&[("range", "7d"), ("metric", "hrv_rmssd")]);
        assert_eq!(
            (wanted.range, wanted.metric),
            (RangeChoice::Week, Metric::HrvRmssd)
        );
        assert!(!wanted.is_plain());
        assert_eq!(
            wanted.with_range(RangeChoice::All),
            "/?range=all&metric=hrv_rmssd"
        );
        assert_eq!(wanted.with_metric(Metric::Steps), "/?range=7d&metric=steps");
    }

    #[test]
    fn nonsense_is_told_and_the_default_shown() {
        let wanted = wanted(&[("range", "xyz"), ("metric", "foo")]);
        assert_eq!(
            (wanted.range, wanted.metric),
            (RangeChoice::Trip, Metric::Spo2Night)
        );
        assert!(matches!(
            wanted.range_problem,
            Some(RangeProblem::Unknown(_))
        ));
        assert!(wanted.metric_problem.is_some());
        assert!(!wanted.is_plain());
    }

    #[test]
    fn the_date_form_keeps_what_was_typed() {
        let good = wanted(&[("first", "2026-10-05"), ("last", "2026-10-13")]);
        assert_eq!(good.range.id(), "2026-10-05..2026-10-13");
        assert!(good.from_form && good.range_problem.is_none());

        let turned = wanted(&[("first", "2026-10-13"), ("last", "2026-10-05")]);
        let Some(RangeProblem::Dates { first, last, why }) = turned.range_problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(
            (first.as_str(), last.as_str()),
            ("2026-10-13", "2026-10-05")
        );
        assert_eq!(why, "The last day is before the first.");

        let half = wanted(&[("first", "2026-10-13"), ("last", "")]);
        let Some(RangeProblem::Dates { why, .. }) = half.range_problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(why, "Choose a first and a last day.");
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "9".repeat(10_000);
        let wanted = wanted(&[("first", &long), ("last", &long), ("metric", &long)]);
        let Some(RangeProblem::Dates { first, .. }) = wanted.range_problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(first.len(), LONGEST);
    }
}
