//! Weeks, Monday to Sunday, as ISO 8601 counts them.

use core::fmt;
use core::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::day::Day;

/// Seven days from a Monday on. Written `2026-W41`, on the wire and in addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: Day,
}

/// The text is neither a week of the form `2026-W41` nor a day of the form `2026-10-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a week written 2026-W41, or one of its days, 2026-10-05")]
pub struct WeekError;

impl Week {
    /// The week a day is in.
    pub fn of(day: Day) -> Self {
        let since_monday = i64::from(day.date().weekday().num_days_from_monday());
        Self {
            monday: day.plus(-since_monday),
        }
    }

    /// The week of an ISO year and number (1–53), if there is one.
    pub fn new(year: i32, number: u32) -> Option<Self> {
        let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
        Some(Self {
            monday: Day::from_date(monday),
        })
    }

    /// Its first day.
    pub const fn monday(self) -> Day {
        self.monday
    }

    /// Its number in its ISO year, 1–53.
    pub fn number(self) -> u32 {
        self.monday.date().iso_week().week()
    }

    /// The ISO year it is counted in, which at the turn of the year is not that of all its days.
    pub fn year(self) -> i32 {
        self.monday.date().iso_week().year()
    }

    /// This week moved by `weeks`.
    pub fn plus(self, weeks: i64) -> Self {
        Self {
            monday: self.monday.plus(weeks.saturating_mul(7)),
        }
    }

    /// A day of the week an address names: the Monday of `2026-W41`, `2026-10-07` itself. Which
    /// days the week has depends on where weeks begin for whoever looks.
    ///
    /// # Errors
    /// [`WeekError`] where the text names neither.
    pub fn named_day(text: &str) -> Result<Day, WeekError> {
        match text.parse() {
            Ok(day) => Ok(day),
            Err(_) => text.parse().map(Self::monday),
        }
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year(), self.number())
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        let (year, number) = text.split_once("-W").ok_or(WeekError)?;
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<u32>().ok())
                .flatten()
        };
        let year = digits(year, 4).ok_or(WeekError)?;
        let number = digits(number, 2).ok_or(WeekError)?;
        let year = i32::try_from(year).map_err(|_| WeekError)?;
        Self::new(year, number).ok_or(WeekError)
    }
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Week;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a week written 2026-W41")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Week, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weeks_are_those_of_the_calendar() {
        // ISO 8601's own examples of the turn of a year.
        let of = |text: &str| Week::of(text.parse().unwrap());
        assert_eq!(of("2005-01-01").to_string(), "2004-W53");
        assert_eq!(of("2008-12-29").to_string(), "2009-W01");
        let trip: Week = "2026-W41".parse().unwrap();
        assert_eq!(trip.monday().with_weekday(), "Mon 5 Oct");
        assert_eq!(of("2026-10-11"), trip);
        assert_eq!(of("2026-10-12"), trip.plus(1));
        assert_eq!(trip.plus(1).to_string(), "2026-W42");
    }

    #[test]
    fn addresses_name_a_day_of_the_week() {
        let named = |text| Week::named_day(text).map(|day| day.to_string());
        assert_eq!(named("2026-W41").as_deref(), Ok("2026-10-05"));
        assert_eq!(named("2026-10-11").as_deref(), Ok("2026-10-11"));
        assert_eq!(named("October"), Err(WeekError));
    }

    #[test]
    fn what_is_no_week_is_refused() {
        for text in [
            "",
            "2026",
            "2026-W",
            "2026-W00",
            "2026-W54",
            "2025-W53",
            "2026-w41",
            "26-W41",
            "2026-W4",
            "2026-W+1",
            "2026-10-32",
        ] {
            assert_eq!(text.parse::<Week>(), Err(WeekError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_in_its_week(days in -100_000_i64..100_000) {
            let day = Day::new(1970, 1, 1).unwrap().plus(days);
            prop_assume!(day.year() > 0 && day.year() < 9_999);
            let week = Week::of(day);
            prop_assert!((0..7).contains(&day.days_since(week.monday())));
            prop_assert_eq!(week.monday().weekday_short(), "Mon");
            prop_assert_eq!(week.to_string().parse::<Week>(), Ok(week));
        }
    }
}
