//! How times, ages and amounts are written. Small arithmetic of our own: no date library travels
//! to the browser for it.

use physiology::metric::decimal;
use physiology::zones::ZoneBasis;
use physiology::{Day, Timestamp, Twin, Units};
use views::PageHead;
use views::workouts::{HeartZones, Lacking, Provenance};

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// When and where a page is told, and how whoever reads it likes times: they count from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Now {
    /// The server's clock.
    pub now: Timestamp,
    /// Local time where the party is, ahead of UTC, s.
    pub utc_offset_s: i32,
    pub units: Units,
}

impl Now {
    pub fn of(head: &PageHead) -> Self {
        Self {
            now: head.now,
            utc_offset_s: head.utc_offset_s,
            units: head.units,
        }
    }

    /// `17:52`, or `5:52 pm` for whoever likes it so.
    pub fn time(self, at: Timestamp) -> String {
        let local_s = at.unix_s().saturating_add(i64::from(self.utc_offset_s));
        self.units.clock.time(local_s)
    }

    /// `05:52` today, `12 Oct, 17:52` on another day.
    pub fn time_or_date(self, at: Timestamp) -> String {
        match self.another_day(at) {
            None => self.time(at),
            Some(day) => format!("{}, {}", day.short(), self.time(at)),
        }
    }

    /// `07:31` today, `12 Oct` on another day: for narrow places.
    pub fn time_or_day(self, at: Timestamp) -> String {
        self.another_day(at)
            .map_or_else(|| self.time(at), Day::short)
    }

    /// The day a time is on, where that is not today.
    fn another_day(self, at: Timestamp) -> Option<Day> {
        let day = |at| Day::of_local(at, self.utc_offset_s);
        Some(day(at)).filter(|of| *of != day(self.now))
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

/// `1 document`, `2 documents`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!(
        "{}{NO_BREAK}{}",
        decimal(number as f64, 0, false),
        if number == 1 { one } else { many }
    )
}

/// Where a twin’s zones come from, or what is lacking for any.
pub(crate) fn source_of_zones(twin: Twin, zones: &Result<HeartZones, Lacking>) -> String {
    let letter = twin.letter();
    let Ok(HeartZones {
        zones,
        max_bpm,
        max_from,
    }) = zones
    else {
        return format!("{letter} has no zones: maximal heart rate unknown.");
    };
    if zones.basis == ZoneBasis::Thresholds {
        return format!("Zones of {letter} by its thresholds LT1 and LT2.");
    }
    let max = decimal(max_bpm.unwrap_or(zones.bounds_bpm[5]), 0, false);
    let from = match max_from {
        Provenance::Entered => "as entered",
        Provenance::FromAge => "by age, 208 − 0.7 × years",
        Provenance::Measured => "estimated: the highest measured so far",
    };
    format!("Zones of {letter}: share of maximal heart rate, {max}\u{a0}bpm, {from}.")
}

#[cfg(test)]
mod tests {
    use physiology::units::Clock;
    use physiology::zones::Zones;

    use super::*;

    /// 2026-10-13T01:57:00Z, 07:42 in Nepal.
    const NOW: Timestamp = Timestamp::from_unix_s(1_791_856_620);
    const NEPAL_S: i32 = 20_700;

    fn before(seconds: i64) -> Timestamp {
        NOW.plus_seconds(-seconds)
    }

    fn at(utc_offset_s: i32, clock: Clock) -> Now {
        Now {
            now: NOW,
            utc_offset_s,
            units: Units {
                clock,
                ..Units::default()
            },
        }
    }

    #[test]
    fn times_are_local_and_by_the_clock_somebody_likes() {
        let time = |offset_s, clock| at(offset_s, clock).time(NOW).replace(NO_BREAK, " ");
        assert_eq!(time(NEPAL_S, Clock::Hours24), "07:42");
        assert_eq!(time(0, Clock::Hours24), "01:57");
        assert_eq!(time(-3 * 3_600, Clock::Hours24), "22:57");
        assert_eq!(time(NEPAL_S, Clock::Hours12), "7:42 am");
        assert_eq!(time(-3 * 3_600, Clock::Hours12), "10:57 pm");
        let ends_of_time = at(i32::MIN, Clock::Hours24).time(Timestamp(i64::MIN));
        assert_eq!(ends_of_time.len(), 5);
    }

    #[test]
    fn another_day_is_named() {
        let nepal = at(NEPAL_S, Clock::Hours24);
        assert_eq!(nepal.time_or_date(before(3_600)), "06:42");
        assert_eq!(nepal.time_or_date(before(8 * 3_600)), "12 Oct, 23:42");
        assert_eq!(nepal.time_or_day(before(8 * 3_600)), "12 Oct");
        assert_eq!(nepal.time_or_day(before(3_600)), "06:42");
        let further_east = at(10 * 3_600, Clock::Hours24);
        assert_eq!(further_east.time_or_date(before(8 * 3_600)), "03:57");
        let american = at(NEPAL_S, Clock::Hours12);
        assert_eq!(
            american
                .time_or_date(before(8 * 3_600))
                .replace(NO_BREAK, " "),
            "12 Oct, 11:42 pm"
        );
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
        assert_eq!(plain(altitude(5_164.2)), "5,164 m");
        assert_eq!(plain(count(1, "document", "documents")), "1 document");
    }

    #[test]
    fn an_estimate_is_called_one() {
        let zones = |max_from| {
            Ok(HeartZones {
                zones: Zones::of_max(188.0).unwrap(),
                max_bpm: Some(188.0),
                max_from,
            })
        };
        assert!(source_of_zones(Twin::A, &zones(Provenance::Measured)).contains("estimated"));
        assert!(!source_of_zones(Twin::A, &zones(Provenance::Entered)).contains("estimated"));
        assert!(
            source_of_zones(Twin::B, &Err(Lacking::MaxHeartRate)).starts_with("B has no zones")
        );
    }
}
