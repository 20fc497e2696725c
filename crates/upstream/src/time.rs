//! Times as the vendors write them.

use core::fmt;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike};
use physiology::{Day, Timestamp};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An instant, and how far local time was ahead of UTC where it was taken.
///
/// Written with its offset: `2024-10-10T01:01:59+02:00`, `2024-10-09T23:01:59.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The instant.
    pub at: Timestamp,
    /// Seconds local time is ahead of UTC.
    pub utc_offset_s: i32,
}

impl LocalTime {
    /// Reads RFC 3339.
    pub fn parse(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self {
            at: Timestamp(time.timestamp_millis()),
            utc_offset_s: time.offset().local_minus_utc(),
        })
    }

    /// The day it was, there.
    pub fn day(self) -> Day {
        Day::of_local(self.at, self.utc_offset_s)
    }
}

/// A time on a clock that does not say where it hangs: `2025-08-13T08:15:30`, also without seconds
/// or with a fraction of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallTime {
    /// The instant it would be if the clock showed UTC.
    pub as_utc: Timestamp,
}

impl WallTime {
    /// Reads a date and a time of day. A `Z` behind it is allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('Z').unwrap_or(text);
        let read = |format| NaiveDateTime::parse_from_str(text, format).ok();
        let time = read("%Y-%m-%dT%H:%M:%S%.f").or_else(|| read("%Y-%m-%dT%H:%M"))?;
        Some(Self {
            as_utc: Timestamp(time.and_utc().timestamp_millis()),
        })
    }

    /// The instant, where local time is `utc_offset_s` ahead of UTC.
    pub const fn at(self, utc_offset_s: i32) -> Timestamp {
        self.as_utc.plus_seconds(-(utc_offset_s as i64))
    }

    /// The day on the same clock.
    pub fn day(self) -> Day {
        Day::of_utc(self.as_utc)
    }
}

/// A time of day, `HH:MM` or `HH:MM:SS`, in seconds after midnight.
pub(crate) fn clock_s(text: &str) -> Option<i64> {
    let read = |format| NaiveTime::parse_from_str(text, format).ok();
    let time = read("%H:%M").or_else(|| read("%H:%M:%S%.f"))?;
    Some(i64::from(time.num_seconds_from_midnight()))
}

/// The first instant from `from` on, to the minute, at which the clock `utc_offset_s` ahead of UTC
/// shows `clock_s`: how times of day past midnight find their day.
pub(crate) fn next_at(from: Timestamp, utc_offset_s: i32, clock_s: i64) -> Timestamp {
    let from = Timestamp::from_unix_s(from.unix_s().div_euclid(60).saturating_mul(60));
    let shown_s = from
        .unix_s()
        .saturating_add(i64::from(utc_offset_s))
        .rem_euclid(86_400);
    from.plus_seconds((clock_s - shown_s).rem_euclid(86_400))
}

/// An ISO 8601 duration of days, hours, minutes and seconds, in seconds: `PT2H44M45S`.
pub(crate) fn duration_s(text: &str) -> Option<f64> {
    let rest = text.strip_prefix('P')?;
    let (days, times) = rest.split_once('T').unwrap_or((rest, ""));
    let mut total = 0.0;
    for (part, units) in [(days, "D"), (times, "HMS")] {
        let mut number = String::new();
        let mut units = units.chars();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            // Each unit once, the larger first.
            units.find(|unit| *unit == letter)?;
            let seconds = match letter {
                'D' => 86_400.0,
                'H' => 3_600.0,
                'M' => 60.0,
                _ => 1.0,
            };
            total += number.parse::<f64>().ok()? * seconds;
            number.clear();
        }
        if !number.is_empty() {
            return None;
        }
    }
    (text.len() > 2 && total.is_finite()).then_some(total)
}

/// Reads a string with a parser.
struct Text<T> {
    expected: &'static str,
    parse: fn(&str) -> Option<T>,
}

impl<T> serde::de::Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).ok_or_else(|| E::custom(format_args!("expected {}", self.expected)))
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a time with its UTC offset";
        deserializer.deserialize_str(Text {
            expected,
            parse: Self::parse,
        })
    }
}

impl<'de> Deserialize<'de> for WallTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a date and a time of day";
        deserializer.deserialize_str(Text {
            expected,
            parse: Self::parse,
        })
    }
}

/// For `#[serde(deserialize_with)]`: an optional ISO 8601 duration, in seconds.
pub(crate) fn optional_duration_s<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<f64>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    let read = |text: String| {
        duration_s(&text).ok_or_else(|| D::Error::custom("expected an ISO 8601 duration"))
    };
    text.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_an_offset() {
        let time = LocalTime::parse("2024-10-10T01:01:59.000+05:45").unwrap();
        assert_eq!(time.utc_offset_s, 20_700);
        assert_eq!(
            time.at,
            LocalTime::parse("2024-10-09T19:16:59Z").unwrap().at
        );
        assert_eq!(time.day().to_string(), "2024-10-10");
        assert_eq!(LocalTime::parse("2024-10-10T01:01:59"), None);
    }

    #[test]
    fn times_without_one() {
        let utc = LocalTime::parse("2022-11-20T20:52:20.570Z").unwrap().at;
        assert_eq!(
            WallTime::parse("2022-11-20T20:52:20.57").unwrap().as_utc,
            utc
        );
        assert_eq!(
            WallTime::parse("2022-11-20T20:52:20.57Z").unwrap().as_utc,
            utc
        );
        let minute = WallTime::parse("2022-02-10T16:04").unwrap();
        assert_eq!(
            minute.at(20_700),
            LocalTime::parse("2022-02-10T10:19:00Z").unwrap().at
        );
        assert_eq!(WallTime::parse("2022-02-10"), None);
    }

    #[test]
    fn times_of_day_find_their_day_past_midnight() {
        let start = LocalTime::parse("2026-10-12T22:39:07+05:45").unwrap();
        let at = |clock: &str| next_at(start.at, start.utc_offset_s, clock_s(clock).unwrap());
        let expected = |text: &str| LocalTime::parse(text).unwrap().at;
        assert_eq!(at("22:39"), expected("2026-10-12T22:39:00+05:45"));
        assert_eq!(at("23:59"), expected("2026-10-12T23:59:00+05:45"));
        assert_eq!(at("00:04"), expected("2026-10-13T00:04:00+05:45"));
        assert_eq!(clock_s("24:00"), None);
        assert_eq!(clock_s("07:05:30"), Some(25_530));
    }

    #[test]
    fn durations() {
        assert_eq!(duration_s("PT2H44M45S"), Some(9_885.0));
        assert_eq!(duration_s("PT210.026S"), Some(210.026));
        assert_eq!(duration_s("P1DT1S"), Some(86_401.0));
        for text in [
            "", "P", "PT", "PT5", "PTS", "PT1S1H", "2H", "PT1H1H", "PT1D",
        ] {
            assert_eq!(duration_s(text), None, "{text}");
        }
    }
}
