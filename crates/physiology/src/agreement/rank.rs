//! Ranks, and Wilcoxon's signed-rank test.

use super::TestResult;
use crate::numeric::distribution::normal_two_sided;

/// Up to so many differences the exact distribution is counted, where nothing ties and none is 0.
const EXACT_UP_TO: usize = 50;
/// Up to so many it is counted in any case: ties shift the distribution, and 2ⁿ sign patterns of so
/// few are too lumpy for a normal curve.
const EXACT_WITH_TIES_UP_TO: usize = 13;

/// Ranks from 1, and how often values repeat.
#[derive(Debug)]
pub(super) struct Ranks {
    /// Each value's rank, in the order of the values; equal values share the mean of their ranks.
    pub(super) ranks: Vec<f64>,
    /// Σ(t³ − t) over groups of t equal values: 0 without ties.
    pub(super) ties: f64,
}

/// Ranks values ascending.
pub(super) fn average_ranks(values: &[f64]) -> Ranks {
    let mut sorted: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    sorted.sort_by(|(_, left), (_, right)| left.total_cmp(right));
    let mut ranks = vec![0.0; values.len()];
    let (mut before, mut ties) = (0, 0.0);
    for group in sorted.chunk_by(|(_, left), (_, right)| left == right) {
        let size = group.len() as f64;
        let rank = f64::from(before) + f64::midpoint(1.0, size);
        for &(index, _) in group {
            ranks[index] = rank;
        }
        before += group.len() as u32;
        ties += size * size * size - size;
    }
    Ranks { ranks, ties }
}

/// Wilcoxon's signed-rank test of differences, two-sided; `None` where all are 0.
///
/// Differences of 0 are dropped first (Wilcoxon's own way). The statistic is the smaller sum of
/// ranks, R⁺ or R⁻. Which distribution it is held against is scipy 1.16's
/// `wilcoxon(zero_method="wilcox", correction=False, method="auto")`:
/// - exact, over all 2ⁿ patterns of signs: with at most 50 differences, none 0 and none tied in
///   size; and with at most 13 differences (zeros counted) in any case, ties and all;
/// - else normal, variance (n(n + 1)(2n + 1) − Σ(t³ − t)/2)/24 with t the sizes of tied groups, and
///   no continuity correction.
pub(super) fn wilcoxon(differences: &[f64]) -> Option<TestResult> {
    let kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    if kept.is_empty() {
        return None;
    }
    let sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
    let Ranks { ranks, ties } = average_ranks(&sizes);
    let sum_where = |positive: bool| -> f64 {
        let of_sign = kept
            .iter()
            .zip(&ranks)
            .filter(|(d, _)| (**d > 0.0) == positive);
        of_sign.map(|(_, rank)| rank).sum()
    };
    let statistic = sum_where(true).min(sum_where(false));
    let is_plain = ties == 0.0 && kept.len() == differences.len();
    let is_exact = differences.len() <= EXACT_WITH_TIES_UP_TO
        || (differences.len() <= EXACT_UP_TO && is_plain);
    let p = if is_exact {
        exact_two_sided(&ranks, statistic)
    } else {
        let n = kept.len() as f64;
        let mean = n * (n + 1.0) / 4.0;
        let variance = (n * (n + 1.0) * (2.0 * n + 1.0) - ties / 2.0) / 24.0;
        normal_two_sided((statistic - mean) / variance.sqrt())
    };
    Some(TestResult { statistic, p })
}

/// Twice the probability that the ranks of one sign sum to at most `statistic`, when every rank's
/// sign is a fair coin. Average ranks are halves, so sums are counted in halves.
fn exact_two_sided(ranks: &[f64], statistic: f64) -> f64 {
    let halves = |rank: f64| (2.0 * rank).round() as usize;
    let most: usize = ranks.iter().map(|rank| halves(*rank)).sum();
    // After each coin: the probability of every sum so far.
    let mut probability = vec![0.0; most + 1];
    probability[0] = 1.0;
    for rank in ranks.iter().map(|rank| halves(*rank)) {
        for sum in (0..=most).rev() {
            let with = sum
                .checked_sub(rank)
                .map_or(0.0, |without| probability[without]);
            probability[sum] = 0.5 * (probability[sum] + with);
        }
    }
    let tail: f64 = probability.iter().take(halves(statistic) + 1).sum();
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_mean_rank() {
        let Ranks { ranks, ties } = average_ranks(&[3.0, 1.0, 3.0, -0.0, 0.0, 3.0]);
        assert_eq!(ranks, [5.0, 3.0, 5.0, 1.5, 1.5, 5.0]);
        assert_eq!(ties, 24.0 + 6.0);
    }

    #[test]
    fn darwins_maize() {
        // Darwin's cross- and self-fertilised Zea mays, Wilcoxon's classic: T = 24, p = 0.0413.
        let heights = [
            6.0, 8.0, 14.0, 16.0, 23.0, 24.0, 28.0, 29.0, 41.0, -48.0, 49.0, 56.0, 60.0, -67.0,
            75.0,
        ];
        let test = wilcoxon(&heights).unwrap();
        assert_eq!(test.statistic, 24.0);
        assert!((test.p - 0.041_259_765_625).abs() < 1e-15);
    }

    #[test]
    fn small_samples_are_counted() {
        // All of five positive: 2 of 32 patterns are as extreme. With ties in size it is the same.
        assert_eq!(wilcoxon(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap().p, 0.0625);
        assert_eq!(wilcoxon(&[1.0, 1.0, 1.0, 1.0, 1.0]).unwrap().p, 0.0625);
        assert_eq!(wilcoxon(&[0.0, 1.0, -1.0]).unwrap().p, 1.0);
        assert_eq!(wilcoxon(&[0.0, 0.0, 0.0]), None);
        // Of ranks 1.5, 1.5, 3 and the last negative: sums ≤ 3 are 0, 1.5, 1.5, 3, 3 of eight.
        assert_eq!(wilcoxon(&[1.0, 1.0, -2.0]).unwrap().p, 1.0);
    }
}
