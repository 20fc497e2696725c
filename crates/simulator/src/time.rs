//! Instants as the vendors write them.

use std::fmt::Write;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use physiology::Timestamp;

fn local(at: Timestamp, offset_s: i32) -> DateTime<FixedOffset> {
    let utc = at.to_utc();
    FixedOffset::east_opt(offset_s)
        .map_or_else(|| utc.fixed_offset(), |offset| utc.with_timezone(&offset))
}

/// `2024-10-10T01:01:59+02:00`.
pub(crate) fn local_seconds(at: Timestamp, offset_s: i32) -> String {
    local(at, offset_s).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// `2024-10-10T01:01:59.000+02:00`, as inside samples.
pub(crate) fn local_millis(at: Timestamp, offset_s: i32) -> String {
    local(at, offset_s).to_rfc3339_opts(SecondsFormat::Millis, false)
}

/// `2024-10-10T01:01:59`: local, without its offset.
pub(crate) fn naive(at: Timestamp, offset_s: i32) -> String {
    at.plus_seconds(i64::from(offset_s))
        .to_utc()
        .format("%Y-%m-%dT%H:%M:%S")
        .to_string()
}

/// `01:01` on the local clock.
pub(crate) fn hour_minute(at: Timestamp, offset_s: i32) -> String {
    at.plus_seconds(i64::from(offset_s))
        .to_utc()
        .format("%H:%M")
        .to_string()
}

/// `2024-10-10T01:01:59.000Z`.
pub(crate) fn utc_millis(at: Timestamp) -> String {
    at.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// `PT2H44M45S`.
pub(crate) fn iso_duration(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let mut text = String::from("PT");
    for (count, letter) in [(hours, 'H'), (minutes, 'M'), (rest, 'S')] {
        if count > 0 {
            let _ = write!(text, "{count}{letter}");
        }
    }
    if text.len() == 2 {
        text.push_str("0S");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_the_vendors_do() {
        let at = Timestamp::from_unix_s(1_728_514_919);
        assert_eq!(local_seconds(at, 7_200), "2024-10-10T01:01:59+02:00");
        assert_eq!(local_millis(at, 20_700), "2024-10-10T04:46:59.000+05:45");
        assert_eq!(naive(at, 0), "2024-10-09T23:01:59");
        assert_eq!(hour_minute(at, 0), "23:01");
        assert_eq!(iso_duration(9_885), "PT2H44M45S");
        assert_eq!(iso_duration(0), "PT0S");
    }
}
