//! What is looked at, as it stands in an address: `2026-10-04T18:15..2026-10-07T06:00`.
//!
//! To the second where less than two hours are looked at, else to the minute. Of a chart over days the
//! times are UTC; of one over the hours of a day they are those of the clock it shows.

use chart::View;
use physiology::{Day, Timestamp};

/// Nothing longer is looked at, in characters.
const LONGEST: usize = 48;
/// Closer than this an address tells seconds, ms.
const TELLS_SECONDS_MS: f64 = 7_200_000.0;
const BETWEEN: &str = "..";

/// The text of a view in ms since the epoch.
pub(crate) fn zoom_text(view: View) -> String {
    let tells_seconds = view.span() < TELLS_SECONDS_MS;
    let at = |at_ms: f64| instant_text(at_ms, tells_seconds);
    format!("{}{BETWEEN}{}", at(view.from), at(view.to))
}

/// The view of a text; none where it makes no sense.
pub(crate) fn zoom_of(text: &str) -> Option<View> {
    if text.len() > LONGEST {
        return None;
    }
    let (from, to) = text.split_once(BETWEEN)?;
    let (from, to) = (instant(from)?, instant(to)?);
    (from < to).then_some(View { from, to })
}

/// A view of instants as seconds after the midnight `day` begins with.
pub(crate) fn seconds_of(view: View, day: Day) -> View {
    let midnight_ms = day.start_utc().unix_ms() as f64;
    View {
        from: (view.from - midnight_ms) / 1_000.0,
        to: (view.to - midnight_ms) / 1_000.0,
    }
}

/// The inverse of [`seconds_of`].
pub(crate) fn instants_of(view: View, day: Day) -> View {
    let midnight_ms = day.start_utc().unix_ms() as f64;
    View {
        from: midnight_ms + view.from * 1_000.0,
        to: midnight_ms + view.to * 1_000.0,
    }
}

fn instant_text(at_ms: f64, tells_seconds: bool) -> String {
    let step_s = if tells_seconds { 1.0 } else { 60.0 };
    let at = Timestamp::from_unix_s(((at_ms / 1_000.0 / step_s).round() * step_s) as i64);
    let mut text = second_text(at);
    if !tells_seconds {
        text.truncate(text.len() - ":00".len());
    }
    text
}

/// `2026-10-04T18:15:30`.
pub(crate) fn second_text(at: Timestamp) -> String {
    let day = Day::of_utc(at);
    let second = at.seconds_since(day.start_utc()).clamp(0, 86_399);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{day}T{hour:02}:{minute:02}:{:02}", second % 60)
}

fn instant(text: &str) -> Option<f64> {
    let (day, time) = text.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let mut parts = time.split(':');
    let mut part = |most: u32| -> Option<i64> {
        let digits = parts.next()?;
        let is_plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        let number: u32 = digits.parse().ok().filter(|_| is_plain)?;
        (number <= most).then_some(i64::from(number))
    };
    let (hour, minute) = (part(23)?, part(59)?);
    let second = if time.len() > 5 { part(59)? } else { 0 };
    if parts.next().is_some() {
        return None;
    }
    let at = day
        .start_utc()
        .plus_seconds(hour * 3_600 + minute * 60 + second);
    Some(at.unix_ms() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "2026-10-04T18:15..2026-10-07T06:00",
            "2026-10-04T23:59:58..2026-10-05T00:00:03",
            "1969-12-31T22:00..1970-01-03T00:00",
        ] {
            assert_eq!(zoom_text(zoom_of(text).unwrap()), text);
        }
    }

    #[test]
    fn it_is_to_the_minute_unless_one_looks_closely() {
        let from = 1_791_000_012_345.0;
        let view = |span_ms: f64| View {
            from,
            to: from + span_ms,
        };
        let exact = zoom_of(&zoom_text(view(3_600_000.0))).unwrap();
        assert!((exact.from - from).abs() <= 500.0);
        let rough = zoom_of(&zoom_text(view(86_400_000.0))).unwrap();
        assert!((rough.from - from).abs() <= 30_000.0);
    }

    #[test]
    fn nonsense_is_none() {
        for text in [
            "",
            "..",
            "2026-10-04T18:15",
            "2026-10-07T06:00..2026-10-04T18:15",
            "2026-10-04T18:15..2026-10-04T18:15",
            "2026-10-04T24:00..2026-10-07T06:00",
            "2026-10-04T1:15..2026-10-07T06:00",
            "2026-10-04T+1:15..2026-10-07T06:00",
            "2026-10-04T18:15:00:00..2026-10-07T06:00",
            "2026-13-04T18:15..2026-10-07T06:00",
            "99999999999999-10-04T18:15..99999999999999-10-07T06:00",
        ] {
            assert_eq!(zoom_of(text), None, "{text}");
        }
    }
}
