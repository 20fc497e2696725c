//! What the clock on somebody's wrist showed, and when it was put on.
//!
//! Some documents tell how far local time was ahead of UTC; most do not. Between two that do, the
//! nearer one decides: the change lies half-way.

use crate::time::Timestamp;

/// No clock is further from UTC, s: −12 h to +14 h are in use.
const FURTHEST_S: i32 = 18 * 3_600;
/// The itinerary is believed where no document speaks within so long, ms: every night speaks.
const SILENCE_MS: u64 = 86_400_000;

/// How far a wearer's clock was ahead of UTC at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockAt {
    /// When.
    pub at: Timestamp,
    /// How far local time was ahead of UTC, s.
    pub utc_offset_s: i32,
}

impl ClockAt {
    /// Whether there is a place on earth with such a clock.
    pub const fn is_on_earth(self) -> bool {
        self.utc_offset_s.unsigned_abs() <= FURTHEST_S.unsigned_abs()
    }
}

/// A wearer's clock over a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WornClock {
    steps: Vec<ClockAt>,
}

impl WornClock {
    /// From what documents tell, and from what was planned where they are silent: outside of what
    /// they tell, and between two that do not agree. Both oldest first.
    pub fn new(told: &[ClockAt], planned: &[ClockAt]) -> Self {
        let is_silent = |at: Timestamp| {
            let index = told.partition_point(|clock| clock.at < at);
            let before = index.checked_sub(1).and_then(|index| told.get(index));
            let after = told.get(index);
            let is_far = |clock: &ClockAt| clock.at.0.abs_diff(at.0) > SILENCE_MS;
            let agree = before
                .zip(after)
                .is_some_and(|(before, after)| before.utc_offset_s == after.utc_offset_s);
            !agree && before.is_none_or(is_far) && after.is_none_or(is_far)
        };
        let planned = planned.iter().filter(|clock| is_silent(clock.at));
        let mut known: Vec<ClockAt> = told.iter().chain(planned).copied().collect();
        known.retain(|clock| clock.is_on_earth());
        known.sort_by_key(|clock| clock.at);
        let mut steps: Vec<ClockAt> = Vec::new();
        let mut before: Option<ClockAt> = None;
        for clock in known {
            let at = match before {
                None => clock.at,
                Some(before) => Timestamp(middle(before.at.0, clock.at.0)),
            };
            if steps.last().map(|step| step.utc_offset_s) != Some(clock.utc_offset_s) {
                // Of two at one instant the later in order stands.
                if steps.last().is_some_and(|step| step.at == at) {
                    steps.pop();
                }
                if steps.last().map(|step| step.utc_offset_s) != Some(clock.utc_offset_s) {
                    steps.push(ClockAt { at, ..clock });
                }
            }
            before = Some(clock);
        }
        Self { steps }
    }

    /// When it was put on, oldest first, no two alike in a row. What the first says holds before it
    /// too. None where nothing is known.
    pub fn steps(&self) -> &[ClockAt] {
        &self.steps
    }

    /// How far it was ahead of UTC, s; 0 where nothing is known.
    pub fn utc_offset_s(&self, at: Timestamp) -> i32 {
        let after = self.steps.partition_point(|step| step.at <= at);
        self.steps
            .get(after.saturating_sub(1))
            .map_or(0, |step| step.utc_offset_s)
    }

    /// How far it was ahead of UTC when it showed a time, s; `shown` is that time as if it were UTC.
    /// Of a time it showed twice either may be meant; one it never showed is taken as the nearer.
    pub fn offset_when_shown_s(&self, shown: Timestamp) -> i32 {
        let guess_s = i64::from(self.utc_offset_s(shown));
        let better_s = i64::from(self.utc_offset_s(shown.plus_seconds(-guess_s)));
        self.utc_offset_s(shown.plus_seconds(-better_s))
    }

    /// The least and the most it was ahead of UTC within a stretch, s.
    pub fn range_s(&self, from: Timestamp, to: Timestamp) -> (i32, i32) {
        let within = self
            .steps
            .iter()
            .filter(|step| from < step.at && step.at <= to);
        let offsets = within.map(|step| step.utc_offset_s);
        let first = self.utc_offset_s(from);
        offsets.fold((first, first), |(least, most), offset_s| {
            (least.min(offset_s), most.max(offset_s))
        })
    }
}

/// Half-way between two instants in order.
const fn middle(from_ms: i64, to_ms: i64) -> i64 {
    let apart = to_ms.wrapping_sub(from_ms) as u64;
    from_ms.wrapping_add((apart / 2) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_S: i64 = 3_600;

    fn at(hour: i64, offset_h: i32) -> ClockAt {
        ClockAt {
            at: Timestamp::from_unix_s(hour * HOUR_S),
            utc_offset_s: offset_h * 3_600,
        }
    }

    fn hour(hour: i64) -> Timestamp {
        Timestamp::from_unix_s(hour * HOUR_S)
    }

    #[test]
    fn the_nearest_that_is_known_decides() {
        let told = [at(0, 2), at(8, 2), at(24, 5), at(32, 5)];
        let clock = WornClock::new(&told, &[]);
        assert_eq!(clock.steps(), [at(0, 2), at(16, 5)]);
        for hour_of_day in -30_i64..60 {
            let nearest = told
                .iter()
                .rev()
                .min_by_key(|known| known.at.0.abs_diff(hour(hour_of_day).0));
            assert_eq!(
                clock.utc_offset_s(hour(hour_of_day)),
                nearest.unwrap().utc_offset_s,
                "{hour_of_day}"
            );
        }
    }

    #[test]
    fn plans_count_where_documents_are_silent() {
        let planned = [at(10, 9), at(40, 9), at(100, 7), at(200, 7)];
        // Two documents agree about 10:00, and one at 30:00 is nearer than a day to 40:00.
        let clock = WornClock::new(&[at(0, 2), at(30, 2)], &planned);
        assert_eq!(clock.steps(), [at(0, 2), at(65, 7)]);
        let clock = WornClock::new(&[at(30, 2), at(240, 5)], &planned);
        assert_eq!(clock.steps(), [at(30, 2), at(65, 7), at(220, 5)]);
        assert_eq!(
            WornClock::new(&[], &planned).utc_offset_s(hour(0)),
            9 * 3_600
        );
        assert_eq!(WornClock::new(&[], &[]).utc_offset_s(hour(0)), 0);
    }

    #[test]
    fn a_time_shown_finds_its_instant() {
        let clock = WornClock::new(&[at(0, 2), at(40, 5)], &[]);
        for hour_of_day in -10..60 {
            // The clock went forward at 20:00 UTC, from 22:00 to 01:00.
            let offset_s = clock.utc_offset_s(hour(hour_of_day));
            let shown = hour(hour_of_day).plus_seconds(i64::from(offset_s));
            assert_eq!(clock.offset_when_shown_s(shown), offset_s, "{hour_of_day}");
        }
        assert_eq!(clock.range_s(hour(0), hour(19)), (7_200, 7_200));
        assert_eq!(clock.range_s(hour(0), hour(30)), (7_200, 18_000));
    }

    #[test]
    fn absurd_clocks_are_not_believed_and_absurd_times_are_harmless() {
        let extremes = [
            ClockAt {
                at: Timestamp(i64::MIN),
                utc_offset_s: 0,
            },
            ClockAt {
                at: Timestamp(0),
                utc_offset_s: i32::MIN,
            },
            ClockAt {
                at: Timestamp(i64::MAX),
                utc_offset_s: 3_600,
            },
        ];
        let clock = WornClock::new(&extremes, &extremes);
        assert_eq!(clock.steps().len(), 2);
        assert_eq!(clock.offset_when_shown_s(Timestamp(i64::MIN)), 0);
        assert_eq!(clock.offset_when_shown_s(Timestamp(i64::MAX)), 3_600);
    }

    #[test]
    fn two_at_one_instant_leave_one_step() {
        let clock = WornClock::new(&[at(0, 2), at(0, 5), at(3, 5)], &[]);
        assert_eq!(clock.steps(), [at(0, 5)]);
    }
}
