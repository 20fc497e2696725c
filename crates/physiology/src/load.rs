//! How hard training is, and how much of it there was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::{Day, DayRange};
use crate::profile::Sex;
use crate::series::SeriesPoint;
use crate::zones::Zones;

/// The longest a heart-rate sample stands for, s. Recorders sample every second to every five; a
/// longer silence is a gap, and what the heart did then is not known.
pub const MAX_STEP_S: f64 = 30.0;
/// Days of the acute load.
pub const ACUTE_DAYS: usize = 7;
/// Days of the chronic load.
pub const CHRONIC_DAYS: usize = 28;

/// Each sample's value and for how long it stands, s: to the next sample, at most [`MAX_STEP_S`],
/// so that a gap adds no more than that. The last sample stands for nothing, and so does what is no
/// number or out of order.
pub(crate) fn held(samples: &[SeriesPoint]) -> impl Iterator<Item = (f64, f64)> + '_ {
    samples
        .iter()
        .zip(samples.iter().skip(1))
        .map(|(sample, next)| {
            let step_ms = next.at.unix_ms().saturating_sub(sample.at.unix_ms());
            (
                sample.value,
                (step_ms as f64 / 1_000.0).clamp(0.0, MAX_STEP_S),
            )
        })
        .filter(|(value, _)| value.is_finite())
}

/// Banister's training impulse (1991), arbitrary units: Σ minutes·h·a·e^(b·h) with the heart-rate
/// reserve h = (HR − rest)/(max − rest), and a 0.64, b 1.92 of men, a 0.86, b 1.67 of women.
///
/// h is a share: a rate under the resting one counts as 0 and one over the maximum as 1. Without a
/// reserve, the maximum not being above the resting rate, there is no load, and 0.
pub fn banister_trimp(samples: &[SeriesPoint], rest_bpm: f64, max_bpm: f64, sex: Sex) -> f64 {
    let (a, b) = match sex {
        Sex::Male => (0.64, 1.92),
        Sex::Female => (0.86, 1.67),
    };
    let reserve_bpm = max_bpm - rest_bpm;
    if !(reserve_bpm > 0.0 && reserve_bpm.is_finite()) {
        return 0.0;
    }
    held(samples)
        .map(|(bpm, held_s)| {
            let h = ((bpm - rest_bpm) / reserve_bpm).clamp(0.0, 1.0);
            held_s / 60.0 * h * a * (b * h).exp()
        })
        .sum()
}

/// Edwards' training impulse (1993), arbitrary units: minutes in 50–60, 60–70, 70–80, 80–90 and
/// 90–100 % of the maximal heart rate, times 1 to 5. Over the maximum counts as its last tenth.
pub fn edwards_trimp(samples: &[SeriesPoint], max_bpm: f64) -> f64 {
    let Some(zones) = Zones::of_max(max_bpm) else {
        return 0.0;
    };
    zones
        .seconds(samples)
        .iter()
        .zip(1..)
        .map(|(seconds, weight)| seconds / 60.0 * f64::from(weight))
        .sum()
}

/// The load of a day, and of the weeks up to it, in the unit of the load.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LoadDay {
    /// The day.
    pub day: Day,
    /// Its own load; 0 where there was none.
    pub load: f64,
    /// Mean of the 7 days up to it, per day.
    pub acute: f64,
    /// Mean of the 28 days up to it, per day.
    pub chronic: f64,
    /// Exponentially weighted mean, λ = 2/(7 + 1).
    pub acute_ewma: f64,
    /// Exponentially weighted mean, λ = 2/(28 + 1).
    pub chronic_ewma: f64,
    /// Acute over chronic; `None` before 28 days of record, and where chronic is 0.
    pub ratio: Option<f64>,
}

/// Acute and chronic load of every day of `days`.
///
/// `daily` holds loads of days, in any order, several of one day added up, and may begin before
/// `days`: the record begins at the earlier of both. Days of the record without a load count 0, as
/// days before it do in the rolling means. The exponentially weighted means are those of Williams
/// and others (Br J Sports Med 2017), Eₜ = λ·loadₜ + (1 − λ)·Eₜ₋₁, and start at the first day's load.
/// In the first 27 days the ratio would say more of the record's beginning than of training (28
/// days of zeros make any first workout a fourfold load), so there is none. Loads that are no
/// finite number are passed over.
pub fn loads(daily: &[(Day, f64)], days: DayRange) -> Vec<LoadDay> {
    let mut of_day = BTreeMap::<Day, f64>::new();
    for (day, load) in daily.iter().filter(|(_, load)| load.is_finite()) {
        *of_day.entry(*day).or_default() += load;
    }
    let begins = of_day
        .first_key_value()
        .map_or(days.first, |(first, _)| days.first.min(*first));
    let record: Vec<(Day, f64)> = DayRange::new(begins, days.last)
        .days()
        .map(|day| (day, of_day.get(&day).copied().unwrap_or(0.0)))
        .collect();
    let mut ewma = None::<(f64, f64)>;
    let mut answer = Vec::with_capacity(days.len());
    for (index, &(day, load)) in record.iter().enumerate() {
        let (acute_ewma, chronic_ewma) = ewma.map_or((load, load), |(acute, chronic)| {
            (
                weighted(load, acute, ACUTE_DAYS),
                weighted(load, chronic, CHRONIC_DAYS),
            )
        });
        ewma = Some((acute_ewma, chronic_ewma));
        if !days.contains(day) {
            continue;
        }
        let mean = |over: usize| -> f64 {
            let window = record
                .iter()
                .take(index + 1)
                .skip((index + 1).saturating_sub(over));
            window.map(|(_, load)| load).sum::<f64>() / over as f64
        };
        let (acute, chronic) = (mean(ACUTE_DAYS), mean(CHRONIC_DAYS));
        answer.push(LoadDay {
            day,
            load,
            acute,
            chronic,
            acute_ewma,
            chronic_ewma,
            ratio: (index + 1 >= CHRONIC_DAYS && chronic > 0.0)
                .then(|| acute / chronic)
                .filter(|ratio| ratio.is_finite()),
        });
    }
    answer
}

/// The next exponentially weighted mean over about `days` days.
fn weighted(load: f64, before: f64, days: usize) -> f64 {
    let lambda = 2.0 / (days as f64 + 1.0);
    lambda * load + (1.0 - lambda) * before
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Timestamp;

    fn steady(bpm: f64, seconds: i64, step_s: usize) -> Vec<SeriesPoint> {
        (0..=seconds)
            .step_by(step_s)
            .map(|second| SeriesPoint {
                at: Timestamp::from_unix_s(second),
                value: bpm,
            })
            .collect()
    }

    fn first() -> Day {
        Day::new(2026, 9, 1).unwrap()
    }

    #[test]
    fn an_hour_of_physiologys_check() {
        // 60 min at 155, rest 55, max 190 make 118.
        let hour = steady(155.0, 3_600, 5);
        assert_eq!(banister_trimp(&hour, 55.0, 190.0, Sex::Male).round(), 118.0);
        // 155 of 190 is 82 %: zone 4.
        assert!((edwards_trimp(&hour, 190.0) - 240.0).abs() < 1e-9);
    }

    #[test]
    fn sampling_does_not_change_the_load_and_a_gap_adds_nothing() {
        let load = |samples: &[SeriesPoint]| banister_trimp(samples, 50.0, 185.0, Sex::Female);
        let (fine, coarse) = (steady(140.0, 1_800, 1), steady(140.0, 1_800, 30));
        assert!((load(&fine) - load(&coarse)).abs() < 1e-9);
        let mut with_gap = fine.clone();
        with_gap.extend(fine.iter().map(|point| SeriesPoint {
            at: point.at.plus_seconds(5_400),
            ..*point
        }));
        // Twice the load, and 30 s of the hour without samples.
        let thirty_seconds = load(&steady(140.0, 30, 30));
        assert!((load(&with_gap) - 2.0 * load(&fine) - thirty_seconds).abs() < 1e-9);
    }

    #[test]
    fn out_of_bounds() {
        assert_eq!(
            banister_trimp(&steady(40.0, 600, 5), 55.0, 190.0, Sex::Male),
            0.0
        );
        assert_eq!(
            banister_trimp(&steady(220.0, 600, 5), 55.0, 190.0, Sex::Male),
            banister_trimp(&steady(190.0, 600, 5), 55.0, 190.0, Sex::Male)
        );
        assert_eq!(
            banister_trimp(&steady(150.0, 600, 5), 190.0, 55.0, Sex::Male),
            0.0
        );
        assert_eq!(edwards_trimp(&steady(150.0, 600, 5), 0.0), 0.0);
        assert_eq!(edwards_trimp(&[], 190.0), 0.0);
    }

    #[test]
    fn a_steady_load_has_a_ratio_of_one_after_four_weeks() {
        let days = DayRange::new(first(), first().plus(34));
        let daily: Vec<(Day, f64)> = days.days().map(|day| (day, 70.0)).collect();
        let found = loads(&daily, days);
        assert_eq!(found.len(), 35);
        assert_eq!((found[6].acute, found[6].chronic), (70.0, 17.5));
        assert_eq!(found[26].ratio, None);
        assert_eq!(found[27].ratio, Some(1.0));
        assert!(found.iter().all(|day| (day.acute_ewma - 70.0).abs() < 1e-9));
    }

    #[test]
    fn what_was_before_the_range_counts() {
        let all = DayRange::new(first(), first().plus(40));
        let daily: Vec<(Day, f64)> = all
            .days()
            .zip(0..)
            .filter(|(_, index)| index % 3 != 0)
            .map(|(day, index)| (day, f64::from(index)))
            .collect();
        let late = DayRange::new(first().plus(30), first().plus(40));
        let whole = loads(&daily, DayRange::new(first().plus(1), all.last));
        assert_eq!(loads(&daily, late)[..], whole[29..]);
        // Two workouts on one day add up.
        let twice = [(first(), 10.0), (first(), 5.0), (first(), f64::NAN)];
        assert_eq!(loads(&twice, DayRange::new(first(), first()))[0].load, 15.0);
        assert_eq!(loads(&twice, DayRange::new(first(), first().plus(-1))), []);
    }

    proptest! {
        #[test]
        fn banister_is_a_sum_over_time(
            bpm in prop::collection::vec(30.0..230.0_f64, 2..60),
            cut in 1_usize..59,
        ) {
            let samples: Vec<SeriesPoint> = bpm
                .iter()
                .zip(0..)
                .map(|(value, index)| SeriesPoint { at: Timestamp::from_unix_s(index * 5), value: *value })
                .collect();
            let cut = cut.min(samples.len() - 1);
            let load = |samples: &[SeriesPoint]| banister_trimp(samples, 55.0, 190.0, Sex::Male);
            let parts = load(&samples[..=cut]) + load(&samples[cut..]);
            prop_assert!((load(&samples) - parts).abs() < 1e-9);
            prop_assert!(load(&samples) >= 0.0 && edwards_trimp(&samples, 190.0) >= 0.0);
        }

        #[test]
        fn no_input_makes_something_that_is_no_number(
            values in prop::collection::vec((prop::num::i64::ANY, prop::num::f64::ANY), 0..20),
            rest in prop::num::f64::ANY,
            max in prop::num::f64::ANY,
        ) {
            let samples: Vec<SeriesPoint> = values
                .iter()
                .map(|(at, value)| SeriesPoint { at: Timestamp(*at), value: *value })
                .collect();
            prop_assert!(banister_trimp(&samples, rest, max, Sex::Female).is_finite());
            prop_assert!(edwards_trimp(&samples, max).is_finite());
        }
    }
}
