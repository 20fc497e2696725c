//! Local time, from steps of how far it is ahead of UTC.

use physiology::{Day, Timestamp};

/// No clock on earth is further from UTC, s.
const FURTHEST_S: i32 = 26 * 3_600;
/// Nobody crosses more zones in what is looked at closely.
const MOST_STRETCHES: usize = 400;
const DAY_S: i64 = 86_400;

/// Where the clock stands.
#[derive(Clone, Copy)]
pub(crate) struct LocalTime<'a> {
    steps: &'a [(Timestamp, i32)],
    otherwise_s: i32,
}

/// A stretch of time in which the clock is not changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    /// From when, ms since the epoch.
    pub(crate) from_ms: i64,
    /// Until when, excluded.
    pub(crate) to_ms: i64,
    /// How far the clock is ahead of UTC, ms.
    pub(crate) ahead_ms: i64,
}

impl<'a> LocalTime<'a> {
    /// By steps in order of time, of which the first holds before it as well; without any, always
    /// so many seconds ahead of UTC.
    pub(crate) const fn of(steps: &'a [(Timestamp, i32)], otherwise_s: i32) -> Self {
        Self { steps, otherwise_s }
    }

    /// How far the clock is ahead of UTC at an instant, s.
    pub(crate) fn ahead_s(self, at_ms: i64) -> i32 {
        let after = self.steps.partition_point(|step| step.0.unix_ms() <= at_ms);
        let step = self.steps.get(after.saturating_sub(1));
        let ahead_s = step.map_or(self.otherwise_s, |step| step.1);
        ahead_s.clamp(-FURTHEST_S, FURTHEST_S)
    }

    /// Seconds since the epoch on the clock's own count, at an instant.
    fn clock_s(self, at_ms: i64) -> i64 {
        at_ms.div_euclid(1_000) + i64::from(self.ahead_s(at_ms))
    }

    /// The local day of an instant.
    pub(crate) fn day(self, at_ms: i64) -> Day {
        Day::of_local(Timestamp(at_ms), self.ahead_s(at_ms))
    }

    /// The local time of day of an instant, s after midnight.
    pub(crate) fn second(self, at_ms: i64) -> i64 {
        self.clock_s(at_ms).rem_euclid(DAY_S)
    }

    /// The stretches between two instants in which the clock is not changed, in order.
    pub(crate) fn stretches(self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = Stretch> {
        let first = self
            .steps
            .partition_point(|step| step.0.unix_ms() <= from_ms);
        let later = self.steps.get(first..).unwrap_or_default().iter();
        let changes = later
            .map(|step| step.0.unix_ms())
            // The last instant is of the stretch it begins.
            .take_while(move |at_ms| *at_ms <= to_ms)
            .take(MOST_STRETCHES);
        let ends: Vec<i64> = core::iter::once(from_ms)
            .chain(changes)
            .chain([to_ms.saturating_add(1)])
            .collect();
        (1..ends.len()).filter_map(move |index| {
            let (from_ms, to_ms) = (ends[index - 1], ends[index]);
            (from_ms < to_ms).then(|| Stretch {
                from_ms,
                to_ms,
                ahead_ms: i64::from(self.ahead_s(from_ms)) * 1_000,
            })
        })
    }
}

impl Stretch {
    /// The instants at which the clock shows a multiple of `step_ms` since midnight, at most `most`.
    pub(crate) fn multiples(self, step_ms: i64, most: usize) -> impl Iterator<Item = i64> {
        let step_ms = step_ms.max(1);
        let begins = self.from_ms.saturating_add(self.ahead_ms);
        let first = begins.div_euclid(step_ms) + i64::from(begins.rem_euclid(step_ms) > 0);
        (0..most as i64)
            .map(move |index| (first + index).saturating_mul(step_ms))
            .map(move |at_ms| at_ms.saturating_sub(self.ahead_ms))
            .take_while(move |at_ms| *at_ms < self.to_ms)
    }
}

impl LocalTime<'_> {
    /// The instants between two at which a day begins that was not seen before, with that day. Where
    /// the clock is put forward over midnight, that is the instant it is put forward.
    pub(crate) fn days(self, from_ms: i64, to_ms: i64, most: usize) -> Vec<(i64, Day)> {
        let mut newest = self.clock_s(from_ms).div_euclid(DAY_S);
        let mut begin = Vec::new();
        for stretch in self.stretches(from_ms, to_ms) {
            let midnights = stretch.multiples(DAY_S * 1_000, most);
            for at_ms in core::iter::once(stretch.from_ms).chain(midnights) {
                let day = self.clock_s(at_ms).div_euclid(DAY_S);
                if day > newest && begin.len() < most {
                    newest = day;
                    begin.push((at_ms, self.day(at_ms)));
                }
            }
        }
        begin
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE_MS: i64 = 60_000;

    /// Where the clock stands, found by going through all steps.
    fn ahead_s(steps: &[(Timestamp, i32)], otherwise_s: i32, at_ms: i64) -> i64 {
        let mut ahead = steps.first().map_or(otherwise_s, |step| step.1);
        for (from, next) in steps {
            if from.unix_ms() <= at_ms {
                ahead = *next;
            }
        }
        i64::from(ahead)
    }

    /// Every minute at which the clock shows a multiple of `step_ms`, by looking at every minute.
    fn every_minute(
        steps: &[(Timestamp, i32)],
        from_ms: i64,
        to_ms: i64,
        step_ms: i64,
    ) -> Vec<i64> {
        (from_ms / MINUTE_MS..=to_ms / MINUTE_MS)
            .map(|minute| minute * MINUTE_MS)
            .filter(|at_ms| (from_ms..=to_ms).contains(at_ms))
            .filter(|at_ms| (at_ms + ahead_s(steps, 0, *at_ms) * 1_000) % step_ms == 0)
            .collect()
    }

    fn found(steps: &[(Timestamp, i32)], from_ms: i64, to_ms: i64, step_ms: i64) -> Vec<i64> {
        LocalTime::of(steps, 0)
            .stretches(from_ms, to_ms)
            .flat_map(|stretch| stretch.multiples(step_ms, 10_000))
            .collect()
    }

    #[test]
    fn a_day_of_23_hours_and_one_of_25() {
        // Zurich 2026: put forward on 29 March at 01:00 UTC, back on 25 October.
        let spring = Day::new(2026, 3, 29)
            .unwrap()
            .start_utc()
            .plus_seconds(3_600);
        let autumn = Day::new(2026, 10, 25)
            .unwrap()
            .start_utc()
            .plus_seconds(3_600);
        let steps = [(Timestamp(0), 3_600), (spring, 7_200), (autumn, 3_600)];
        let local = LocalTime::of(&steps, 0);
        for (change, hours) in [(spring, 23), (autumn, 25)] {
            let from_ms = change.plus_seconds(-86_400).unix_ms();
            let days = local.days(from_ms, change.plus_seconds(2 * 86_400).unix_ms(), 100);
            let (start, day) = days[0];
            let (end, next) = days[1];
            assert_eq!(
                (day.days_since(next), (end - start) / 3_600_000),
                (-1, hours)
            );
            let ticks = found(&steps, start, end - 1, 3_600_000);
            assert_eq!(ticks.len() as i64, hours);
        }
    }

    #[test]
    fn a_clock_put_forward_over_midnight_begins_the_day_then() {
        // At 23:00 local time to Kathmandu's, 1 h 45 min later.
        let change = Timestamp::from_unix_s(19 * 3_600);
        let steps = [(Timestamp(0), 14_400), (change, 20_700)];
        let days = LocalTime::of(&steps, 0).days(0, 86_400_000, 10);
        assert_eq!(days.len(), 1);
        assert_eq!(days[0].0, change.unix_ms());
        assert_eq!(LocalTime::of(&steps, 0).second(change.unix_ms()), 2_700);
    }

    #[test]
    fn a_clock_changed_at_the_last_instant_begins_its_day() {
        let change = Timestamp::from_unix_s(23 * 3_600);
        let steps = [(Timestamp(0), 0), (change, 7_200)];
        let days = LocalTime::of(&steps, 0).days(0, change.unix_ms(), 10);
        assert_eq!(days.len(), 1);
        assert_eq!(days[0].0, change.unix_ms());
    }

    proptest! {
        #[test]
        fn hours_and_days_are_those_of_every_minute_looked_at(
            steps in prop::collection::vec((1_i64..3_000, -48_i32..57), 0..6),
            from in 0_i64..1_000, length in 1_i64..6_000,
            step in prop::sample::select(vec![1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440]),
        ) {
            let mut at = 0;
            let steps: Vec<(Timestamp, i32)> = steps
                .into_iter()
                .map(|(minutes, quarters)| {
                    at += minutes;
                    (Timestamp(at * MINUTE_MS), quarters * 900)
                })
                .collect();
            let (from_ms, to_ms) = (from * MINUTE_MS, (from + length) * MINUTE_MS);
            let step_ms = step * MINUTE_MS;
            prop_assert_eq!(
                found(&steps, from_ms, to_ms, step_ms),
                every_minute(&steps, from_ms, to_ms, step_ms)
            );
            // A day begins at the first minute that shows it.
            let day_at = |at_ms: i64| (at_ms / 1_000 + ahead_s(&steps, 0, at_ms)).div_euclid(DAY_S);
            let mut newest = day_at(from_ms);
            let mut begin = Vec::new();
            for minute in from..=from + length {
                let day = day_at(minute * MINUTE_MS);
                if day > newest {
                    newest = day;
                    begin.push((minute * MINUTE_MS, day));
                }
            }
            let days: Vec<(i64, i64)> = LocalTime::of(&steps, 0)
                .days(from_ms, to_ms, 1_000)
                .into_iter()
                .map(|(at_ms, day)| (at_ms, day.days_since_epoch()))
                .collect();
            prop_assert_eq!(days, begin);
        }

        #[test]
        fn absurd_clocks_break_nothing(
            steps in prop::collection::vec((any::<i64>(), any::<i32>()), 0..6),
            from in any::<i64>(), to in any::<i64>(),
        ) {
            let steps: Vec<(Timestamp, i32)> =
                steps.into_iter().map(|(at, ahead)| (Timestamp(at), ahead)).collect();
            let local = LocalTime::of(&steps, i32::MIN);
            prop_assert!(local.days(from, to, 50).len() <= 50);
            let ticks = local.stretches(from, to).flat_map(|one| one.multiples(60_000, 50));
            prop_assert!(ticks.count() <= 50 * (steps.len() + 1));
            prop_assert!((0..DAY_S).contains(&local.second(from)));
        }
    }
}
