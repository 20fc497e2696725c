//! Whose clock is shown, and where an instant lies on it.

use core::ops::Range;

use physiology::{Day, Itinerary, Timestamp, Twin};
use views::day::{ClockChoice, ClockSpan};

use super::sleeps::Sleeps;

/// A day, s.
pub(super) const DAY_S: i32 = 86_400;
/// Nothing further from midnight than this is drawn; a document may say anything, s.
const FURTHEST_S: i64 = 10 * DAY_S as i64;

/// The clocks of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clocks {
    day: Day,
    choice: ClockChoice,
    /// How far each twin's wall clock is ahead of UTC, s, A first: that of the day's whole axis, also
    /// where the twin flies on.
    pub own_offsets_s: [i32; 2],
    /// How far the party's clock is ahead of UTC, s.
    pub party_offset_s: i32,
}

impl Clocks {
    /// A twin's clock is the one it got up by; without that night the one it went to bed by, and
    /// without either the party's. The party's is the itinerary's at noon, and UTC without one.
    pub fn new(
        day: Day,
        choice: ClockChoice,
        itinerary: Option<&Itinerary>,
        sleeps: &[Sleeps; 2],
    ) -> Self {
        let noon = day.start_utc().plus_seconds(i64::from(DAY_S / 2));
        let party_offset_s = itinerary
            .and_then(|trip| trip.utc_offset_s(noon))
            .unwrap_or(0);
        let own = |sleeps: &Sleeps| {
            let got_up = sleeps.last_night.last().map(|sleep| sleep.end);
            let to_bed = sleeps.next_night.first().map(|sleep| sleep.start);
            got_up
                .or(to_bed)
                .map_or(party_offset_s, |time| time.utc_offset_s)
        };
        let [a, b] = sleeps;
        Self {
            day,
            choice,
            own_offsets_s: [own(a), own(b)],
            party_offset_s,
        }
    }

    const fn own_offset_s(&self, twin: Twin) -> i32 {
        match twin {
            Twin::A => self.own_offsets_s[0],
            Twin::B => self.own_offsets_s[1],
        }
    }

    /// The instant at which the day begins on the clock shown for a twin.
    pub fn midnight(&self, twin: Twin) -> Timestamp {
        let offset_s = match self.choice {
            ClockChoice::Own => self.own_offset_s(twin),
            ClockChoice::Shared => self.party_offset_s,
        };
        self.day.at_second(0, offset_s)
    }

    /// The time a stretch takes with the whole day, on the clock that shows it first and the one that
    /// shows it last.
    pub fn time_around(&self, span: ClockSpan) -> Range<Timestamp> {
        let [a, b] = Twin::BOTH.map(|twin| self.midnight(twin));
        let (first, last) = (a.min(b), a.max(b));
        let from_s = i64::from(span.from_s.min(0));
        let to_s = i64::from(span.to_s.max(DAY_S));
        first.plus_seconds(from_s)..last.plus_seconds(to_s)
    }

    /// The instant of a sample. One told by the wearer's wall clock alone is kept as if that clock
    /// showed UTC.
    pub fn instant(&self, twin: Twin, at: Timestamp, is_wall_clock: bool) -> Timestamp {
        if is_wall_clock {
            at.plus_seconds(-i64::from(self.own_offset_s(twin)))
        } else {
            at
        }
    }

    /// Where an instant lies on the clock shown for a twin, s after midnight.
    pub fn place_s(&self, twin: Twin, at: Timestamp) -> i32 {
        let after_s = at.seconds_since(self.midnight(twin));
        after_s.clamp(-FURTHEST_S, FURTHEST_S) as i32
    }

    /// Where a stretch lies; none where it has no length.
    pub fn span(&self, twin: Twin, from: Timestamp, to: Timestamp) -> Option<ClockSpan> {
        let span = ClockSpan {
            from_s: self.place_s(twin, from),
            to_s: self.place_s(twin, to),
        };
        (span.from_s < span.to_s).then_some(span)
    }

    /// A stretch, cut to the day shown; none where it lies outside.
    pub fn within_day(span: ClockSpan) -> Option<ClockSpan> {
        let span = ClockSpan {
            from_s: span.from_s.max(0),
            to_s: span.to_s.min(DAY_S),
        };
        (span.from_s < span.to_s).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use physiology::Source;
    use upstream::time::LocalTime;

    use super::super::sleeps::MainSleep;
    use super::*;

    fn sleep(start: &str, end: &str) -> MainSleep {
        MainSleep {
            source: Source::Oura,
            document: "x".into(),
            start: LocalTime::parse(start).unwrap(),
            end: LocalTime::parse(end).unwrap(),
        }
    }

    /// B woke in Nepal; A, without that night, went to bed in Dubai.
    fn sleeps() -> [Sleeps; 2] {
        [
            Sleeps {
                next_night: vec![sleep(
                    "2026-10-04T23:00:00+04:00",
                    "2026-10-05T05:00:00+05:45",
                )],
                ..Sleeps::default()
            },
            Sleeps {
                last_night: vec![sleep(
                    "2026-10-03T22:00:00+04:00",
                    "2026-10-04T06:00:00+05:45",
                )],
                ..Sleeps::default()
            },
        ]
    }

    fn clocks(choice: ClockChoice) -> Clocks {
        Clocks::new("2026-10-04".parse().unwrap(), choice, None, &sleeps())
    }

    #[test]
    fn each_twin_has_the_clock_it_got_up_or_went_to_bed_by() {
        let clocks = clocks(ClockChoice::Own);
        assert_eq!(clocks.own_offsets_s, [14_400, 20_700]);
        assert_eq!(clocks.party_offset_s, 0);
        let at = LocalTime::parse("2026-10-04T06:00:00+05:45").unwrap().at;
        assert_eq!(clocks.place_s(Twin::B, at), 6 * 3_600);
        assert_eq!(clocks.place_s(Twin::A, at), 6 * 3_600 - 6_300);
    }

    #[test]
    fn on_one_clock_an_instant_is_at_one_place() {
        let clocks = clocks(ClockChoice::Shared);
        let at = LocalTime::parse("2026-10-04T06:00:00Z").unwrap().at;
        for twin in Twin::BOTH {
            assert_eq!(clocks.place_s(twin, at), 6 * 3_600);
        }
    }

    #[test]
    fn a_wall_clock_time_lies_where_the_wall_clock_says() {
        let clocks = clocks(ClockChoice::Own);
        // 07:30 on B's wrist, kept as if that were UTC.
        let kept = LocalTime::parse("2026-10-04T07:30:00Z").unwrap().at;
        let at = clocks.instant(Twin::B, kept, true);
        assert_eq!(
            at,
            LocalTime::parse("2026-10-04T07:30:00+05:45").unwrap().at
        );
        assert_eq!(clocks.place_s(Twin::B, at), 7 * 3_600 + 1_800);
        assert_eq!(clocks.instant(Twin::B, kept, false), kept);
    }

    #[test]
    fn absurd_times_stay_numbers() {
        let clocks = clocks(ClockChoice::Own);
        for at in [Timestamp(i64::MIN), Timestamp(i64::MAX / 2)] {
            assert!(clocks.place_s(Twin::A, at).abs() <= 10 * DAY_S);
        }
    }

    #[test]
    fn stretches_are_cut_to_the_day() {
        let within = |from_s, to_s| Clocks::within_day(ClockSpan { from_s, to_s });
        assert_eq!(
            within(-5_000, 20_000),
            Some(ClockSpan {
                from_s: 0,
                to_s: 20_000
            })
        );
        assert_eq!(within(-5_000, 0), None);
        assert_eq!(within(DAY_S, DAY_S + 60), None);
    }
}
