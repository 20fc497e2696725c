//! What the address asks the day's page to show.

use leptos_router::params::ParamsMap;
use physiology::Day;
use views::day::ClockChoice;

use crate::components::parameter;

/// The day and clock shown, and what was wrong with those asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Which day; none is the newest with data.
    pub day: Option<Day>,
    /// Whose clock.
    pub clock: ClockChoice,
    day_is_wrong: bool,
    clock_is_wrong: bool,
}

impl Wanted {
    /// From `day` and `clock`. What makes no sense falls back to the default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let day = parameter(query, "day").map(|text| text.parse::<Day>());
        let clock = parameter(query, "clock").map(|id| ClockChoice::from_id(&id));
        Self {
            day: day.and_then(Result::ok),
            clock: clock.flatten().unwrap_or_default(),
            day_is_wrong: matches!(day, Some(Err(_))),
            clock_is_wrong: clock == Some(None),
        }
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(self) -> Vec<String> {
        let day = "A date is written YYYY-MM-DD, for example 2026-10-13. The newest day is shown.";
        let clock = "The clock is own or shared. Each twin’s own is shown.";
        [(self.day_is_wrong, day), (self.clock_is_wrong, clock)]
            .into_iter()
            .filter(|(is_wrong, _)| *is_wrong)
            .map(|(_, sentence)| sentence.to_owned())
            .collect()
    }
}

/// The address of a day on a clock.
pub(super) fn address(day: Day, clock: ClockChoice) -> String {
    match clock {
        ClockChoice::Own => format!("/day?day={day}"),
        ClockChoice::Shared => format!("/day?day={day}&clock={}", clock.id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&'static str, &str)]) -> Wanted {
        let query = pairs.iter().map(|(key, value)| (*key, (*value).to_owned()));
        Wanted::from_query(&query.collect())
    }

    #[test]
    fn nothing_asked_is_the_newest_day_by_own_clocks() {
        assert_eq!(wanted(&[]), Wanted::default());
        assert!(wanted(&[]).problems().is_empty());
    }

    #[test]
    fn addresses_read_back() {
        let day: Day = "2026-10-09".parse().unwrap();
        let wanted = wanted(&[("day", "2026-10-09"), ("clock", "shared")]);
        assert_eq!((wanted.day, wanted.clock), (Some(day), ClockChoice::Shared));
        assert_eq!(
            address(day, ClockChoice::Shared),
            "/day?day=2026-10-09&clock=shared"
        );
        assert_eq!(address(day, ClockChoice::Own), "/day?day=2026-10-09");
    }

    #[test]
    fn nonsense_is_told_and_the_default_shown() {
        let wanted = wanted(&[("day", "yesterday"), ("clock", "moon")]);
        assert_eq!((wanted.day, wanted.clock), (None, ClockChoice::Own));
        assert_eq!(wanted.problems().len(), 2);
    }
}
