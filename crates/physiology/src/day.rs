//! Days, as vendors and people count them.

use core::fmt;
use core::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Timestamp;

/// A calendar day in the subject's own zone. A night belongs to the day it ends on.
///
/// Written `YYYY-MM-DD`, on the wire and in the store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// The text is not a day of the form `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a day written YYYY-MM-DD")]
pub struct DayError;

impl Day {
    /// The day of a year, month (1–12) and day of month (1–31), if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// From chrono's date.
    pub const fn from_date(date: NaiveDate) -> Self {
        Self(date)
    }

    /// As chrono's date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The UTC day an instant falls on.
    pub fn of_utc(instant: Timestamp) -> Self {
        Self(instant.to_utc().date_naive())
    }

    /// The day an instant falls on where local time is `utc_offset_s` ahead of UTC.
    pub fn of_local(instant: Timestamp, utc_offset_s: i32) -> Self {
        Self::of_utc(instant.plus_seconds(i64::from(utc_offset_s)))
    }

    /// Midnight UTC at the start of this day.
    pub fn start_utc(self) -> Timestamp {
        Timestamp::from_unix_s(self.days_since_epoch() * 86_400)
    }

    /// The instant so many seconds after this day's midnight where local time is `utc_offset_s` ahead
    /// of UTC.
    pub fn at_second(self, second: i64, utc_offset_s: i32) -> Timestamp {
        let shown = self.start_utc().plus_seconds(second);
        shown.plus_seconds(-i64::from(utc_offset_s))
    }

    /// The inverse of [`Day::at_second`]: negative before the day, beyond 86,400 after it.
    pub fn second_of(self, instant: Timestamp, utc_offset_s: i32) -> i64 {
        let shown = instant.plus_seconds(i64::from(utc_offset_s));
        shown.seconds_since(self.start_utc())
    }

    /// Days since 1970-01-01; negative before.
    pub fn days_since_epoch(self) -> i64 {
        i64::from(self.0.num_days_from_ce()) - 719_163
    }

    /// This day moved by `days`; stops at the ends of the calendar.
    pub fn plus(self, days: i64) -> Self {
        let step = Days::new(days.unsigned_abs());
        let moved = if days < 0 {
            self.0.checked_sub_days(step)
        } else {
            self.0.checked_add_days(step)
        };
        Self(moved.unwrap_or(self.0))
    }

    /// Whole days from `earlier` to this one; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.days_since_epoch() - earlier.days_since_epoch()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// `Oct`: the month's short English name.
    pub fn month_short(self) -> &'static str {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        MONTHS.get(self.0.month0() as usize).copied().unwrap_or("")
    }

    /// `Tue`: the weekday's short English name.
    pub fn weekday_short(self) -> &'static str {
        const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let index = self.0.weekday().num_days_from_monday() as usize;
        WEEKDAYS.get(index).copied().unwrap_or("")
    }

    /// `13 Oct`: how a day is written where its year is plain.
    pub fn short(self) -> String {
        format!("{} {}", self.day_of_month(), self.month_short())
    }

    /// `Tue 13 Oct`.
    pub fn with_weekday(self) -> String {
        format!("{} {}", self.weekday_short(), self.short())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day_of_month()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DayError);
        }
        let number = |range: core::ops::Range<usize>| -> Result<u32, DayError> {
            bytes[range].iter().try_fold(0_u32, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + u32::from(byte - b'0'))
                    .ok_or(DayError)
            })
        };
        let year = i32::try_from(number(0..4)?).map_err(|_| DayError)?;
        Self::new(year, number(5..7)?, number(8..10)?).ok_or(DayError)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day written YYYY-MM-DD")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// Days from `first` to `last`, both included. Empty when `last` is before `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
}

impl DayRange {
    /// From `first` to `last`, both included.
    pub const fn new(first: Day, last: Day) -> Self {
        Self { first, last }
    }

    /// Whether `day` is in the range.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many days the range holds; 0 when it is empty.
    pub fn len(self) -> usize {
        usize::try_from(self.last.days_since(self.first) + 1).unwrap_or(0)
    }

    /// Whether the range holds no day.
    pub fn is_empty(self) -> bool {
        self.last < self.first
    }

    /// Every day, oldest first.
    pub fn days(self) -> impl DoubleEndedIterator<Item = Day> + Clone {
        (0..self.len() as i64).map(move |offset| self.first.plus(offset))
    }

    /// The range cut into pieces of at most `days` days, oldest first.
    pub fn windows(self, days: usize) -> impl Iterator<Item = Self> {
        let step = days.max(1) as i64;
        let count = self.len().div_ceil(days.max(1)) as i64;
        (0..count).map(move |window| {
            let first = self.first.plus(window * step);
            Self::new(first, first.plus(step - 1).min(self.last))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_is_not_a_day() {
        for text in [
            "",
            "2026-2-03",
            "2026-02-30",
            "2026-13-01",
            "20260203",
            "2026-02-03T00:00:00Z",
            "２０26-1-1",
        ] {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
    }

    #[test]
    fn epoch_and_names() {
        let day: Day = "1970-01-01".parse().unwrap();
        assert_eq!(day.days_since_epoch(), 0);
        assert_eq!(
            "2026-10-13".parse::<Day>().unwrap().with_weekday(),
            "Tue 13 Oct"
        );
    }

    #[test]
    fn a_day_is_local() {
        let instant =
            Timestamp::from_unix_s(Day::new(2026, 10, 13).unwrap().start_utc().unix_s() - 3_600);
        assert_eq!(Day::of_utc(instant).to_string(), "2026-10-12");
        assert_eq!(Day::of_local(instant, 20_700).to_string(), "2026-10-13");
    }

    #[test]
    fn seconds_are_those_of_the_local_clock() {
        let day = Day::new(2026, 10, 13).unwrap();
        // 04:00 in Nepal, on the evening before in UTC.
        let instant = day.at_second(4 * 3_600, 20_700);
        assert_eq!(instant.to_utc().to_rfc3339(), "2026-10-12T22:15:00+00:00");
        assert_eq!(day.second_of(instant, 20_700), 4 * 3_600);
        assert_eq!(day.second_of(instant, 0), -6_300);
    }

    proptest! {
        #[test]
        fn text_round_trips(days in -100_000_i64..100_000) {
            let day = Day::new(1970, 1, 1).unwrap().plus(days);
            prop_assume!(day.year() >= 0 && day.year() <= 9999);
            prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
            prop_assert_eq!(day.days_since_epoch(), days);
            prop_assert_eq!(Day::of_utc(day.start_utc()), day);
        }

        #[test]
        fn windows_cover_the_range_once(length in 0_i64..100, size in 1_usize..40) {
            let first = Day::new(2026, 1, 1).unwrap();
            let range = DayRange::new(first, first.plus(length - 1));
            let days: Vec<Day> = range.windows(size).flat_map(DayRange::days).collect();
            prop_assert_eq!(days, range.days().collect::<Vec<_>>());
            prop_assert!(range.windows(size).all(|window| window.len() <= size));
        }
    }
}
