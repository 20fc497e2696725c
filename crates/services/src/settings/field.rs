//! Reading what was typed. What is wrong with it is a sentence for the page.

use core::ops::RangeInclusive;

use physiology::Day;
use views::settings::Field;

/// Local time nowhere is further from UTC than this, s.
const OFFSETS_S: RangeInclusive<i32> = -43_200..=50_400;
/// Nobody walked with a satellite receiver before, and nobody plans further ahead.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// Reads a field; what is wrong with it stands beside it from here on.
pub(super) fn checked<T>(
    field: &mut Field,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    match read(field.value.trim()) {
        Ok(value) => {
            field.problem.clear();
            Some(value)
        }
        Err(problem) => {
            field.problem = problem;
            None
        }
    }
}

/// Reads a field that may be left blank.
pub(super) fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some)
}

/// A line of text of at most so many characters; `what` begins the sentence: `A name`.
pub(super) fn line(text: &str, most: usize, what: &str) -> Result<String, String> {
    if text.chars().count() > most {
        return Err(format!("{what} has at most {most} characters."));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("{what} has no control characters."));
    }
    Ok(text.to_owned())
}

/// A number within a range; `what` begins the sentence: `A resting heart rate`, `unit` ends it.
pub(super) fn number(
    text: &str,
    range: RangeInclusive<f64>,
    what: &str,
    unit: &str,
) -> Result<f64, String> {
    // A comma parts thousands for some and decimals for others: neither is guessed.
    if text.contains(',') {
        return Err("Write the number without a comma, for example 5164 or 36.5.".into());
    }
    let plain = text.replace('−', "-");
    let is_plain = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let number = is_plain.then(|| plain.parse::<f64>().ok()).flatten();
    let Some(number) = number else {
        return Err(format!("{what} is a number."));
    };
    if range.contains(&number) {
        return Ok(number);
    }
    let written =
        |bound: f64| physiology::metric::decimal(bound, u8::from(bound.fract() != 0.0), false);
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    Err(format!(
        "{what} is between {} and {}{unit}.",
        written(*range.start()),
        written(*range.end())
    ))
}

/// A number as it stands in a field.
pub(super) fn written(number: f64) -> String {
    number.to_string()
}

/// `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Result<Day, String> {
    let day: Day = text
        .parse()
        .map_err(|_| "A date is written YYYY-MM-DD, for example 2026-10-13.")?;
    if !YEARS.contains(&day.year()) {
        return Err(format!(
            "The year is between {} and {}.",
            YEARS.start(),
            YEARS.end()
        ));
    }
    Ok(day)
}

/// `HH:MM`, also with seconds: seconds since midnight.
pub(super) fn time_of_day(text: &str) -> Result<i64, String> {
    let wrong = || "A time is written HH:MM, for example 17:30.".to_owned();
    let mut parts = text.split(':').map(|part| {
        let is_pair = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_pair.then(|| part.parse::<i64>().ok()).flatten()
    });
    let (hours, minutes, seconds) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Some(hours)), Some(Some(minutes)), None, None) => (hours, minutes, 0),
        (Some(Some(hours)), Some(Some(minutes)), Some(Some(seconds)), None) => {
            (hours, minutes, seconds)
        }
        _ => return Err(wrong()),
    };
    if hours > 23 || minutes > 59 || seconds > 59 {
        return Err(wrong());
    }
    Ok(hours * 3_600 + minutes * 60 + seconds)
}

/// `17:30` from seconds since midnight.
pub(super) fn written_time(second_of_day: i64) -> String {
    let minutes = second_of_day / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Local time ahead of UTC: `+05:45`, `+5:45`, `-3`, `UTC+5:45`, `Z`; in seconds.
pub(super) fn utc_offset(text: &str) -> Result<i32, String> {
    let wrong = || "An offset from UTC is written like +05:45 or -03:00.".to_owned();
    let text = text.replace('−', "-");
    let text = text.strip_prefix("UTC").unwrap_or(&text).trim();
    if matches!(text, "Z" | "z") {
        return Ok(0);
    }
    let (sign, rest) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (-1, rest),
        (None, Some(rest)) => (1, rest),
        (None, None) => (1, text),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
        None => (rest, "00"),
    };
    let digits = |part: &str, least: usize| {
        let fits = (least..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<i32>().ok()).flatten()
    };
    let (Some(hours), Some(minutes)) = (digits(hours, 1), digits(minutes, 2)) else {
        return Err(wrong());
    };
    let offset_s = sign * (hours * 3_600 + minutes * 60);
    if minutes > 59 || !OFFSETS_S.contains(&offset_s) {
        return Err("Local time is between 12 hours behind UTC and 14 ahead of it.".into());
    }
    Ok(offset_s)
}

/// `+05:45`.
pub(super) fn written_offset(utc_offset_s: i32) -> String {
    let minutes = utc_offset_s.unsigned_abs() / 60;
    let sign = if utc_offset_s < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Height above the sea, m: from the Dead Sea to Everest and a little over.
pub(super) fn altitude_m(text: &str) -> Result<f64, String> {
    let text = text.strip_suffix('m').unwrap_or(text).trim_end();
    number(text, -500.0..=9_000.0, "An altitude", "m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_or_refused_with_a_sentence() {
        let read = |text: &str| number(text, -10.0..=2_000.5, "A thing", "m");
        for (text, value) in [("5", 5.0), ("-9.5", -9.5), ("−3", -3.0), ("0", 0.0)] {
            assert_eq!(read(text), Ok(value), "{text}");
        }
        for text in ["", "five", "1e2", "inf", "NaN", "--1", "1.2.3", "0x10", "٣"] {
            assert_eq!(read(text), Err("A thing is a number.".into()), "{text}");
        }
        assert!(read("1,500").unwrap_err().contains("comma"));
        assert_eq!(
            read("2001"),
            Err("A thing is between −10 and 2,000.5 m.".into())
        );
    }

    #[test]
    fn offsets_round_trip() {
        for (text, seconds) in [
            ("+05:45", 20_700),
            ("5:45", 20_700),
            ("+0545", 20_700),
            ("UTC+5:45", 20_700),
            ("-03:00", -10_800),
            ("−3", -10_800),
            ("Z", 0),
            ("+00:00", 0),
            ("+14:00", 50_400),
        ] {
            assert_eq!(utc_offset(text), Ok(seconds), "{text}");
            assert_eq!(utc_offset(&written_offset(seconds)), Ok(seconds));
        }
        for text in [
            "", "+", "Nepal", "+5:4", "+5:60", "+14:01", "-12:30", "+123", "++1", "ééé", "ab:cd",
        ] {
            assert!(utc_offset(text).is_err(), "{text}");
        }
    }

    #[test]
    fn days_and_times_are_of_their_form() {
        assert_eq!(day("2026-10-13").unwrap().to_string(), "2026-10-13");
        for text in ["13.10.2026", "2026-02-30", "1889-01-01", "9999-01-01", ""] {
            assert!(day(text).is_err(), "{text}");
        }
        assert_eq!(time_of_day("17:30"), Ok(63_000));
        assert_eq!(time_of_day("23:59:59"), Ok(86_399));
        assert_eq!(written_time(63_000), "17:30");
        for text in ["24:00", "7:30", "17:60", "17", "17:30:00:00", "ab:cd", ""] {
            assert!(time_of_day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lines_are_short_and_plain() {
        assert_eq!(line("Bea 🏔", 5, "A name"), Ok("Bea 🏔".into()));
        assert!(line("abcdef", 5, "A name").is_err());
        assert!(line("a\u{0}b", 5, "A name").is_err());
    }
}
