//! Which days the address asks for.

use leptos_router::params::ParamsMap;
use views::overview::RangeChoice;

/// The longest text of an address that is looked at, in characters.
const LONGEST: usize = 40;

/// The range shown, and what was wrong with the one asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WantedRange {
    /// The range shown.
    pub range: RangeChoice,
    /// Whether the address names a range that makes sense.
    pub is_named: bool,
    /// Whether it came in the date form's own two fields.
    pub from_form: bool,
    /// What is wrong with it.
    pub problem: Option<RangeProblem>,
}

/// What is wrong with a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RangeProblem {
    /// It is none of the choices; a sentence.
    Unknown(&'static str),
    /// Its dates do not make sense; they are kept as typed.
    Dates {
        first: String,
        last: String,
        why: &'static str,
    },
}

impl Default for WantedRange {
    fn default() -> Self {
        Self {
            range: RangeChoice::Trip,
            is_named: false,
            from_form: false,
            problem: None,
        }
    }
}

impl WantedRange {
    /// From `range`, or from `first` and `last` as the date form sends them. What makes no sense
    /// falls back to the trip and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let get = |key: &str| parameter(query, key);
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
                Ok(range) => (wanted.range, wanted.is_named) = (range, true),
                Err(why) => wanted.problem = Some(RangeProblem::of(&id, why)),
            }
        }
        wanted
    }

    /// What is wrong with a range that is no pair of dates, as a sentence for the page.
    pub fn sentence(&self) -> Option<String> {
        match &self.problem {
            Some(RangeProblem::Unknown(why)) => Some(format!("{why} The trip is shown.")),
            _ => None,
        }
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

/// A parameter of the address that says anything, cut to a length worth looking at.
pub(crate) fn parameter(query: &ParamsMap, key: &str) -> Option<String> {
    query
        .get_str(key)
        .filter(|text| !text.is_empty())
        .map(|text| text.chars().take(LONGEST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::query;

    #[test]
    fn nothing_asked_shows_the_trip() {
        assert_eq!(WantedRange::from_query(&query(&[])), WantedRange::default());
    }

    #[test]
    fn nonsense_is_told_and_the_trip_shown() {
        let wanted = WantedRange::from_query(&query(&[("range", "xyz")]));
        assert_eq!(wanted.range, RangeChoice::Trip);
        assert!(!wanted.is_named && wanted.sentence().is_some());
    }

    #[test]
    fn the_date_form_keeps_what_was_typed() {
        let good =
            WantedRange::from_query(&query(&[("first", "2026-10-05"), ("last", "2026-10-13")]));
        assert_eq!(good.range.id(), "2026-10-05..2026-10-13");
        assert!(good.from_form && good.problem.is_none());

        let turned =
            WantedRange::from_query(&query(&[("first", "2026-10-13"), ("last", "2026-10-05")]));
        let Some(RangeProblem::Dates { first, last, why }) = turned.problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(
            (first.as_str(), last.as_str()),
            ("2026-10-13", "2026-10-05")
        );
        assert_eq!(why, "The last day is before the first.");

        let half = WantedRange::from_query(&query(&[("first", "2026-10-13"), ("last", "")]));
        let Some(RangeProblem::Dates { why, .. }) = half.problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(why, "Choose a first and a last day.");
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "9".repeat(10_000);
        let wanted = WantedRange::from_query(&query(&[("first", &long), ("last", &long)]));
        let Some(RangeProblem::Dates { first, .. }) = wanted.problem else {
            panic!("no problem with the dates");
        };
        assert_eq!(first.len(), LONGEST);
    }
}
