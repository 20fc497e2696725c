//! When the twins began to go apart.

use serde::{Deserialize, Serialize};

use crate::agreement::{PairedValue, ROUNDING};
use crate::baseline::Baseline;
use crate::day::Day;

/// Weight of the newest day in the moving average.
pub const LAMBDA: f64 = 0.2;
/// The control limits, in standard deviations of the moving average.
pub const LIMIT_SDS: f64 = 3.0;

/// Days on which the twins were further apart than their baseline explains.
///
/// d = A − B is standardised by the mean and SD of the baseline's days, z = (d − d̄)/s, and averaged
/// exponentially, E = λz + (1 − λ)E from E = 0, over every paired day from the first; days without
/// a pair are passed over. Outside ±3σ of the average it is a divergence, with the constant σ of an
/// EWMA that has run for long, √(λ/(2 − λ)), which for λ = 0.2 is a third: the limits are ± 1
/// baseline SD (Roberts, Technometrics 1959; NIST/SEMATECH e-Handbook 6.3.2.4). The limits suppose
/// independent days. Days of one person are not quite that, so a divergence is a reason to look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Divergence {
    /// The first day outside the limits.
    pub began: Day,
    /// The newest day outside the limits.
    pub newest: Day,
    /// The moving average on the newest day, in the baseline's SDs; positive where A is higher
    /// than its baseline lead.
    pub ewma_sds: f64,
    /// Whether the newest paired day is one of them.
    pub is_ongoing: bool,
    /// Whether A is higher, against B, than the baseline has it; else B is.
    pub a_is_higher: bool,
}

/// How far the average may go from 0, in the baseline's SDs.
pub fn limit_sds() -> f64 {
    LIMIT_SDS * (LAMBDA / (2.0 - LAMBDA)).sqrt()
}

/// The latest divergence of the twins: neighbouring days outside the limits on one side.
///
/// `None` without one, without three baseline pairs, where the baseline's difference does not vary,
/// and where a value is not finite.
pub fn divergence(values: &[PairedValue], is_baseline: impl Fn(Day) -> bool) -> Option<Divergence> {
    let baseline_days = values.iter().filter(|pair| is_baseline(pair.day));
    let baseline = Baseline::of(baseline_days.map(PairedValue::difference))?;
    let largest = values.iter().fold(0.0, |most: f64, pair| {
        most.max(pair.a.abs()).max(pair.b.abs())
    });
    // Differences that vary by rounding alone would make a divergence of every day.
    if baseline.sd <= ROUNDING * largest {
        return None;
    }
    let limit = limit_sds();
    let (mut average, mut latest) = (0.0, None::<Divergence>);
    for pair in values {
        let standardised = (pair.difference() - baseline.mean) / baseline.sd;
        average = LAMBDA * standardised + (1.0 - LAMBDA) * average;
        if !f64::is_finite(average) {
            return None;
        }
        let a_is_higher = average > 0.0;
        latest = if average.abs() > limit {
            let goes_on =
                latest.filter(|episode| episode.is_ongoing && episode.a_is_higher == a_is_higher);
            Some(Divergence {
                began: goes_on.map_or(pair.day, |episode| episode.began),
                newest: pair.day,
                ewma_sds: average,
                is_ongoing: true,
                a_is_higher,
            })
        } else {
            latest.map(|episode| Divergence {
                is_ongoing: false,
                ..episode
            })
        };
    }
    latest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first() -> Day {
        Day::new(2026, 9, 1).unwrap()
    }

    fn pairs(differences: impl IntoIterator<Item = f64>) -> Vec<PairedValue> {
        differences
            .into_iter()
            .zip(0..)
            .map(|(difference, offset)| PairedValue {
                day: first().plus(offset),
                a: 90.0 + difference,
                b: 90.0,
            })
            .collect()
    }

    /// Ten baseline days of ±1 about 0, sample SD √(10/9), and then `rest`.
    fn after_baseline(rest: &[f64]) -> Option<Divergence> {
        let baseline = (0..10).map(|index| if index % 2 == 0 { 1.0 } else { -1.0 });
        let values = pairs(baseline.chain(rest.iter().copied()));
        divergence(&values, |day| day < first().plus(10))
    }

    #[test]
    fn the_limits_are_one_baseline_sd() {
        assert!((limit_sds() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_steady_shift_is_found_with_its_first_day() {
        assert_eq!(after_baseline(&[]), None);
        assert_eq!(after_baseline(&[1.0, -1.0, 1.0]), None);
        // z = 3/√(10/9) = 2.846. From E₁₀ = −0.094: 0.494, 0.964, 1.341: the third day is out.
        let found = after_baseline(&[3.0; 5]).unwrap();
        assert_eq!(found.began, first().plus(12));
        assert_eq!(found.newest, first().plus(14));
        assert!(found.is_ongoing && found.a_is_higher && found.ewma_sds > 1.341);
    }

    #[test]
    fn it_ends_and_the_latest_counts() {
        let mut days = vec![4.0; 4];
        days.extend([0.0; 20]);
        let over = after_baseline(&days).unwrap();
        assert!(!over.is_ongoing && over.a_is_higher);
        days.extend([-4.0; 4]);
        let again = after_baseline(&days).unwrap();
        assert!(again.is_ongoing && !again.a_is_higher && again.ewma_sds < -1.0);
        assert!(again.began > over.newest);
    }

    #[test]
    fn the_other_side_is_another_episode() {
        let found = after_baseline(&[6.0, 6.0, 6.0, -60.0]).unwrap();
        assert_eq!(found.began, first().plus(13));
        assert!(!found.a_is_higher);
    }

    #[test]
    fn without_a_baseline_there_is_none() {
        let values = pairs([1.0, -1.0, 50.0, 50.0, 50.0]);
        assert_eq!(divergence(&values, |day| day < first().plus(2)), None);
        let constant = pairs([0.2; 12]);
        assert_eq!(divergence(&constant, |_| true), None);
        let broken = pairs([1.0, -1.0, 1.0, f64::NAN]);
        assert_eq!(divergence(&broken, |day| day < first().plus(3)), None);
    }

    proptest! {
        #[test]
        fn swapping_the_twins_swaps_who_is_higher(
            tenths in prop::collection::vec(-60_i32..60, 0..40),
        ) {
            let values = pairs(tenths.iter().map(|tenth| f64::from(*tenth) / 10.0));
            let swapped: Vec<PairedValue> = values
                .iter()
                .map(|pair| PairedValue { day: pair.day, a: pair.b, b: pair.a })
                .collect();
            let is_baseline = |day: Day| day < first().plus(8);
            let (one, other) = (divergence(&values, is_baseline), divergence(&swapped, is_baseline));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!(one.began <= one.newest);
                prop_assert_eq!((one.began, one.newest), (other.began, other.newest));
                prop_assert_eq!(one.a_is_higher, !other.a_is_higher);
                prop_assert!((one.ewma_sds + other.ewma_sds).abs() < 1e-9);
            }
        }
    }
}
