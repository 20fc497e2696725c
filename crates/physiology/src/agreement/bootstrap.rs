//! The interval of a mean whose values depend on their neighbours.

use crate::baseline::Band;
use crate::numeric::quantile;
use crate::numeric::random::SplitMix64;

/// Length of a block, pairs. Nights a few apart go together; a block keeps them so.
const BLOCK: usize = 5;
/// How many times the series is drawn anew.
const RESAMPLES: usize = 2_000;
/// The same page has the same interval, wherever and whenever it is worked out.
const SEED: u64 = 2_026;

/// The 95 % interval of the mean of `values`: the percentile interval of a circular block
/// bootstrap (Politis and Romano 1992; Künsch 1989 for blocks).
///
/// Blocks of five neighbours, the first following the last, are drawn with replacement until the
/// series is full again, the last block cut short; 2,000 such series have 2,000 means, and the
/// interval runs from their 2.5th to their 97.5th percentile, linear between neighbours. On the
/// circle every value is drawn as often as any other, so the means centre on `mean`.
///
/// Under ten values a block is half of them, rounded down: one block of five out of five would be
/// the whole series each time, and the interval would shrink to a point. With few blocks it is too
/// narrow even so, which is why the count and the effective count stand beside it.
pub(super) fn mean_interval(values: &[f64], mean: f64) -> Option<Band> {
    let count = values.len();
    let block = BLOCK.min(count / 2).max(1);
    // About the mean, so that a constant series has exactly its mean for an interval.
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let mut random = SplitMix64::new(SEED);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (mut sum, mut missing) = (0.0, count);
            while missing > 0 {
                let start = random.below(count);
                let length = block.min(missing);
                sum += (start..start + length)
                    .map(|place| centred[place % count])
                    .sum::<f64>();
                missing -= length;
            }
            sum / count as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    Some(Band {
        low: mean + quantile(&means, 0.025)?,
        high: mean + quantile(&means, 0.975)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::Baseline;

    fn width(values: &[f64]) -> f64 {
        let mean = Baseline::of(values.iter().copied()).unwrap().mean;
        let interval = mean_interval(values, mean).unwrap();
        assert!(interval.low <= mean && mean <= interval.high);
        interval.high - interval.low
    }

    #[test]
    fn neighbours_alike_widen_the_interval() {
        // The same 60 values, shuffled by a stride of 7 and in runs of alike ones.
        let runs: Vec<f64> = (0..60).map(|index| f64::from(index / 6 % 2)).collect();
        let mixed: Vec<f64> = (0..60).map(|index| runs[index * 7 % 60]).collect();
        assert!(width(&runs) > 1.5 * width(&mixed));
    }

    #[test]
    fn few_values_keep_an_interval_and_constants_none() {
        for count in 3..12 {
            let values: Vec<f64> = (0..count).map(f64::from).collect();
            assert!(width(&values) > 0.5, "{count}");
        }
        assert_eq!(width(&[0.1; 20]), 0.0);
    }

    #[test]
    fn the_same_values_have_the_same_interval() {
        let values = [1.0, 3.0, 2.0, 5.0, 4.0, 4.5, 1.0];
        assert_eq!(mean_interval(&values, 3.0), mean_interval(&values, 3.0));
    }
}
