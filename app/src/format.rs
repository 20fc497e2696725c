//! How times, ages and amounts are written. Small arithmetic of our own: no date library travels
//! to the browser for it.

use physiology::metric::decimal;
use physiology::{Day, Metric, Timestamp};

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// `07:42`: the time of day where local time is `utc_offset_s` ahead of UTC.
pub(crate) fn time_of_day(at: Timestamp, utc_offset_s: i32) -> String {
    let local_s = at.unix_s().saturating_add(i64::from(utc_offset_s));
    let minutes = local_s.rem_euclid(86_400) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `05:52` on the day of `now`, `12 Oct, 17:52` on another.
pub(crate) fn time_or_date(at: Timestamp, now: Timestamp, utc_offset_s: i32) -> String {
    let day = Day::of_local(at, utc_offset_s);
    let time = time_of_day(at, utc_offset_s);
    if day == Day::of_local(now, utc_offset_s) {
        time
    } else {
        format!("{}, {time}", day.short())
    }
}

/// `07:31` on the day of `now`, `12 Oct` on another: for narrow places.
pub(crate) fn time_or_day(at: Timestamp, now: Timestamp, utc_offset_s: i32) -> String {
    let day = Day::of_local(at, utc_offset_s);
    if day == Day::of_local(now, utc_offset_s) {
        time_of_day(at, utc_offset_s)
    } else {
        day.short()
    }
}

/// `UTC+5:45`, `UTC−3`, `UTC`.
pub(crate) fn zone(utc_offset_s: i32) -> String {
    let minutes = utc_offset_s.unsigned_abs() / 60;
    let sign = if utc_offset_s < 0 { '−' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// `11 min`, `49 h`, `12 days`; none within the first minute.
fn age(now: Timestamp, then: Timestamp) -> Option<String> {
    let minutes = now.seconds_since(then).max(0) / 60;
    Some(match minutes {
        0 => return None,
        1..60 => format!("{minutes}{NO_BREAK}min"),
        60..4_320 => format!("{}{NO_BREAK}h", minutes / 60),
        _ => format!("{}{NO_BREAK}days", minutes / 1_440),
    })
}

/// `11 min`, `49 h`, or `now`: after a twin's letter.
pub(crate) fn short_age(now: Timestamp, then: Timestamp) -> String {
    age(now, then).unwrap_or_else(|| "now".to_owned())
}

/// `11 min ago`, `just now`.
pub(crate) fn ago(now: Timestamp, then: Timestamp) -> String {
    age(now, then).map_or_else(
        || "just now".to_owned(),
        |age| format!("{age}{NO_BREAK}ago"),
    )
}

/// `5,164 m`.
pub(crate) fn altitude(metres: f64) -> String {
    format!("{}{NO_BREAK}m", decimal(metres, 0, false))
}

/// `78.2 %`: a value with its unit.
pub(crate) fn with_unit(metric: Metric, value: f64) -> String {
    joined(metric.write(value), metric.info().unit)
}

/// `+4.8 pp`: a difference with its unit.
pub(crate) fn difference(metric: Metric, difference: f64) -> String {
    joined(
        metric.write_difference(difference),
        metric.info().difference_unit,
    )
}

/// `4.8 pp`: the size of a difference, without its sign.
pub(crate) fn distance(metric: Metric, difference: f64) -> String {
    let written = metric.write_difference(difference.abs());
    joined(
        written.trim_start_matches('+').to_owned(),
        metric.info().difference_unit,
    )
}

/// `75 %`, `78.4 %`: a limit, without decimals it does not have.
pub(crate) fn limit(metric: Metric, value: f64) -> String {
    if value.fract() == 0.0 {
        joined(decimal(value, 0, false), metric.info().unit)
    } else {
        with_unit(metric, value)
    }
}

fn joined(number: String, unit: &str) -> String {
    if unit.is_empty() {
        number
    } else {
        format!("{number}{NO_BREAK}{unit}")
    }
}

/// `1 document`, `2 documents`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!(
        "{}{NO_BREAK}{}",
        decimal(number as f64, 0, false),
        if number == 1 { one } else { many }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-10-13T01:57:00Z, 07:42 in Nepal.
    const NOW: Timestamp = Timestamp::from_unix_s(1_791_856_620);
    const NEPAL_S: i32 = 20_700;

    fn before(seconds: i64) -> Timestamp {
        NOW.plus_seconds(-seconds)
    }

    #[test]
    fn times_are_local() {
        assert_eq!(time_of_day(NOW, NEPAL_S), "07:42");
        assert_eq!(time_of_day(NOW, 0), "01:57");
        assert_eq!(time_of_day(NOW, -3 * 3_600), "22:57");
        assert_eq!(time_of_day(Timestamp(i64::MIN), i32::MIN).len(), 5);
    }

    #[test]
    fn another_day_is_named() {
        assert_eq!(time_or_date(before(3_600), NOW, NEPAL_S), "06:42");
        assert_eq!(
            time_or_date(before(8 * 3_600), NOW, NEPAL_S),
            "12 Oct, 23:42"
        );
        assert_eq!(time_or_day(before(8 * 3_600), NOW, NEPAL_S), "12 Oct");
        assert_eq!(time_or_date(before(8 * 3_600), NOW, 10 * 3_600), "03:57");
    }

    #[test]
    fn zones_are_written_by_their_offset() {
        assert_eq!(zone(0), "UTC");
        assert_eq!(zone(NEPAL_S), "UTC+5:45");
        assert_eq!(zone(14_400), "UTC+4");
        assert_eq!(zone(-12_600), "UTC−3:30");
    }

    #[test]
    fn ages_grow_coarser() {
        let ages = [0, 59, 60, 3_599, 3_600, 49 * 3_600, 72 * 3_600, 30 * 86_400];
        let written = ages.map(|seconds| ago(NOW, before(seconds)).replace(NO_BREAK, " "));
        assert_eq!(
            written,
            [
                "just now",
                "just now",
                "1 min ago",
                "59 min ago",
                "1 h ago",
                "49 h ago",
                "3 days ago",
                "30 days ago"
            ]
        );
        assert_eq!(short_age(NOW, NOW.plus_seconds(90)), "now");
    }

    #[test]
    fn amounts_carry_their_units() {
        let plain = |text: String| text.replace(NO_BREAK, " ");
        assert_eq!(plain(with_unit(Metric::Spo2Night, 78.16)), "78.2 %");
        assert_eq!(plain(difference(Metric::Spo2Night, -4.8)), "−4.8 pp");
        assert_eq!(plain(distance(Metric::RestingHeartRate, -8.2)), "8 bpm");
        assert_eq!(plain(difference(Metric::SleepScore, 3.0)), "+3");
        assert_eq!(plain(limit(Metric::Spo2Night, 75.0)), "75 %");
        assert_eq!(plain(limit(Metric::Spo2Night, 78.4)), "78.4 %");
        assert_eq!(plain(altitude(5_164.2)), "5,164 m");
        assert_eq!(plain(count(1, "document", "documents")), "1 document");
    }
}
