//! How closely two series go together.

use super::PairedValue;
use super::rank::average_ranks;

/// Sums of squares and products about the means, in one stable pass (Welford; for the products
/// Chan, Golub and LeVeque 1983). Exactly 0 for a constant series.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Products {
    count: f64,
    mean_a: f64,
    mean_b: f64,
    aa: f64,
    bb: f64,
    ab: f64,
}

impl Products {
    /// Of two series, pair by pair.
    pub(super) fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut sums = Self::default();
        for (a, b) in pairs {
            sums.count += 1.0;
            let (from_a, from_b) = (a - sums.mean_a, b - sums.mean_b);
            sums.mean_a += from_a / sums.count;
            sums.mean_b += from_b / sums.count;
            sums.aa += from_a * (a - sums.mean_a);
            sums.bb += from_b * (b - sums.mean_b);
            sums.ab += from_a * (b - sums.mean_b);
        }
        sums
    }

    /// Pearson's product-moment correlation; `None` where a series is constant.
    pub(super) fn pearson(&self) -> Option<f64> {
        // Each root by itself: the product of two large squares may be beyond all numbers.
        share(self.ab, self.aa.sqrt() * self.bb.sqrt()).map(|r| r.clamp(-1.0, 1.0))
    }

    /// Lin's concordance correlation, 2s_ab/(s_a² + s_b² + (ā − b̄)²), with variances and
    /// covariance over n, as Lin defined it (Biometrics 1989). Packages that divide by n − 1 answer
    /// a little more. `None` where both series are the same constant.
    pub(super) fn concordance(&self) -> Option<f64> {
        let apart = self.mean_a - self.mean_b;
        share(
            2.0 * self.ab / self.count,
            (self.aa + self.bb) / self.count + apart * apart,
        )
    }

    /// The intraclass correlation ICC(A,1): two-way random effects, absolute agreement, single
    /// measurement (McGraw and Wong, Psychol Methods 1996, case 2A; Shrout and Fleiss' ICC(2,1)).
    ///
    /// (MS_R − MS_E)/(MS_R + (k − 1)·MS_E + k/n·(MS_C − MS_E)) with days as rows and the k = 2
    /// twins as columns. Of two columns the mean squares are MS_R = (s_a² + s_b² + 2s_ab)/2,
    /// MS_E = (s_a² + s_b² − 2s_ab)/2 and MS_C = n·(ā − b̄)²/2, variances over n − 1, from which
    /// 2s_ab/(s_a² + s_b² + (ā − b̄)² − 2·MS_E/n): Lin's concordance but for how it is made unbiased.
    /// It may be negative, and for few days under −1.
    pub(super) fn icc_a1(&self) -> Option<f64> {
        let freedom = self.count - 1.0;
        let apart = self.mean_a - self.mean_b;
        let error = (self.aa + self.bb - 2.0 * self.ab) / freedom;
        share(
            2.0 * self.ab / freedom,
            (self.aa + self.bb) / freedom + apart * apart - error / self.count,
        )
    }
}

/// Spearman's rank correlation: Pearson's of the average ranks, so that ties are right.
pub(super) fn spearman(values: &[PairedValue]) -> Option<f64> {
    let a: Vec<f64> = values.iter().map(|pair| pair.a).collect();
    let b: Vec<f64> = values.iter().map(|pair| pair.b).collect();
    let (a, b) = (average_ranks(&a), average_ranks(&b));
    Products::of(a.ranks.into_iter().zip(b.ranks)).pearson()
}

/// Lag-1 autocorrelation of a series about `mean`: Σ(xᵢ − x̄)(xᵢ₊₁ − x̄)/Σ(xᵢ − x̄)² (Box and
/// Jenkins). Neighbours in the list count as neighbours, whatever lies between their days. 0 for a
/// constant series.
pub(super) fn autocorrelation(values: &[f64], mean: f64) -> f64 {
    let next = values.iter().skip(1);
    let products: f64 = values
        .iter()
        .zip(next)
        .map(|(x, y)| (x - mean) * (y - mean))
        .sum();
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    share(products, squares).unwrap_or(0.0)
}

/// A quotient of finite numbers over something.
fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0 && whole.is_finite())
        .then(|| part / whole)
        .filter(|share| share.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    fn pairs(list: &[(f64, f64)]) -> Vec<PairedValue> {
        let day = Day::new(2026, 1, 1).unwrap();
        list.iter()
            .zip(0..)
            .map(|(&(a, b), offset)| PairedValue {
                day: day.plus(offset),
                a,
                b,
            })
            .collect()
    }

    #[test]
    fn a_published_rank_correlation() {
        // The worked example of IQ against hours of television: ρ = −29/165.
        let values = pairs(&[
            (86.0, 2.0),
            (97.0, 20.0),
            (99.0, 28.0),
            (100.0, 27.0),
            (101.0, 50.0),
            (103.0, 29.0),
            (106.0, 7.0),
            (110.0, 17.0),
            (112.0, 6.0),
            (113.0, 12.0),
        ]);
        assert!((spearman(&values).unwrap() + 29.0 / 165.0).abs() < 1e-12);
    }

    #[test]
    fn a_shift_lowers_agreement_and_not_correlation() {
        let same = Products::of([(1.0, 1.0), (2.0, 2.0), (4.0, 4.0)]);
        assert!((same.icc_a1().unwrap() - 1.0).abs() < 1e-12);
        assert!((same.concordance().unwrap() - 1.0).abs() < 1e-12);
        let shifted = Products::of([(1.0, 4.0), (2.0, 5.0), (4.0, 7.0)]);
        assert!((shifted.pearson().unwrap() - 1.0).abs() < 1e-12);
        // Over n: s² = s_ab = 14/9, shift 3: 2·14/9 ÷ (2·14/9 + 9) = 28/109. Over n − 1: 7/3, and
        // no error: 2·7/3 ÷ (2·7/3 + 9) = 14/41.
        assert!((shifted.concordance().unwrap() - 28.0 / 109.0).abs() < 1e-12);
        assert!((shifted.icc_a1().unwrap() - 14.0 / 41.0).abs() < 1e-12);
    }

    #[test]
    fn constants_have_no_correlation() {
        let constant = Products::of([(0.1, 1.0), (0.1, 2.0), (0.1, 4.0)]);
        assert_eq!(constant.pearson(), None);
        assert_eq!(constant.concordance(), Some(0.0));
        let both = Products::of([(0.1, 0.1), (0.1, 0.1), (0.1, 0.1)]);
        assert_eq!((both.concordance(), both.icc_a1()), (None, None));
    }

    #[test]
    fn neighbours_that_alternate_correlate_negatively() {
        let values = [1.0, -1.0, 1.0, -1.0];
        assert_eq!(autocorrelation(&values, 0.0), -0.75);
        assert_eq!(autocorrelation(&[2.0, 2.0, 2.0], 2.0), 0.0);
    }
}
