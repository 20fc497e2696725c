//! How the twins compare on the days both have a value.
//!
//! d = A − B. Two people are not two methods of measuring one thing, so what Bland and Altman
//! (Lancet 1986) call limits of agreement are *spread limits* here: how far apart the two usually
//! are. One pair says nothing of heritability, and two devices confound twin with sensor; the page
//! says both.

mod bootstrap;
mod correlation;
mod rank;

use serde::{Deserialize, Serialize};

use crate::baseline::{Band, Baseline};
use crate::day::Day;
use crate::numeric::distribution::t_two_sided;
use correlation::Products;

/// 95 % of a normal distribution lie within so many standard deviations.
const NORMAL_95: f64 = 1.96;
/// Differences that vary by less than this share of the values differ by rounding alone.
pub(crate) const ROUNDING: f64 = 1e-12;
/// Rank tests see differences on a grid of the largest value's power of two less this many bits,
/// about 1.5e−11 of it.
const GRID_BITS: f64 = 36.0;

/// One day both twins have a value of. Lists are sorted by day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedValue {
    /// The day; a night belongs to the day it ends on.
    pub day: Day,
    /// Twin A's value, in the metric's unit.
    pub a: f64,
    /// Twin B's value, in the metric's unit.
    pub b: f64,
}

impl PairedValue {
    /// A − B.
    pub const fn difference(&self) -> f64 {
        self.a - self.b
    }

    /// The mean of both, against which a difference is plotted.
    pub const fn mean(&self) -> f64 {
        f64::midpoint(self.a, self.b)
    }
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TestResult {
    /// The test's statistic.
    pub statistic: f64,
    /// How often chance alone would do as much or more, both sides together, 0–1.
    pub p: f64,
}

/// The comparison of two twins over some days, in the metric's unit where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Days both have a value of.
    pub count: usize,
    /// Mean of A − B.
    pub bias: f64,
    /// Sample standard deviation of A − B (n − 1).
    pub sd: f64,
    /// The spread limits: bias ± 1.96 SD.
    pub spread: Band,
    /// 95 % interval of the bias: percentiles of a seeded circular block bootstrap.
    pub bias_interval: Band,
    /// 95 % interval of the lower spread limit: ± 1.96·√(3s²/n) (Bland and Altman 1986).
    pub spread_low_interval: Band,
    /// 95 % interval of the upper spread limit.
    pub spread_high_interval: Band,
    /// Lag-1 autocorrelation of A − B, from one paired day to the next.
    pub autocorrelation: f64,
    /// How many independent days the days are worth: n(1 − ρ)/(1 + ρ), from 1 to n.
    pub effective_count: f64,
    /// Student's t for pairs; `None` where A − B does not vary.
    pub paired_t: Option<TestResult>,
    /// Wilcoxon's signed ranks; `None` where every difference is 0.
    pub wilcoxon: Option<TestResult>,
    /// Intraclass correlation ICC(A,1) over days; `None` where nothing varies.
    pub icc_a1: Option<f64>,
    /// Lin's concordance correlation, variances over n; `None` where nothing varies.
    pub concordance: Option<f64>,
    /// Pearson's correlation; `None` where a twin's values are constant.
    pub pearson: Option<f64>,
    /// Spearman's rank correlation; `None` where a twin's values are constant.
    pub spearman: Option<f64>,
}

/// Compares the twins.
///
/// `None` under three pairs, where a value is not finite, and where values are so huge that their
/// squares are not.
pub fn agreement(values: &[PairedValue]) -> Option<Agreement> {
    let differences: Vec<f64> = values.iter().map(PairedValue::difference).collect();
    let Baseline {
        mean: bias,
        sd,
        count,
    } = Baseline::of(differences.iter().copied())?;
    let largest = largest(values)?;
    // An infinite difference made one of them infinite or no number.
    if !(bias.is_finite() && sd.is_finite()) {
        return None;
    }
    let varies = sd > ROUNDING * largest;
    let autocorrelation = if varies {
        correlation::autocorrelation(&differences, bias)
    } else {
        0.0
    };
    let n = count as f64;
    let products = Products::of(values.iter().map(|pair| (pair.a, pair.b)));
    let spread = around(bias, NORMAL_95 * sd);
    let limit_half = NORMAL_95 * sd * (3.0 / n).sqrt();
    Some(Agreement {
        count,
        bias,
        sd,
        spread,
        bias_interval: bootstrap::mean_interval(&differences, bias)?,
        spread_low_interval: around(spread.low, limit_half),
        spread_high_interval: around(spread.high, limit_half),
        autocorrelation,
        effective_count: effective_count(n, autocorrelation),
        paired_t: varies.then(|| {
            let statistic = bias / (sd / n.sqrt());
            let p = t_two_sided(statistic, count - 1);
            TestResult { statistic, p }
        }),
        wilcoxon: rank::wilcoxon(&on_grid(&differences, largest)),
        icc_a1: products.icc_a1(),
        concordance: products.concordance(),
        pearson: products.pearson(),
        spearman: correlation::spearman(values),
    })
    .filter(Agreement::is_finite)
}

impl Agreement {
    fn is_finite(&self) -> bool {
        let bands = [
            self.spread,
            self.bias_interval,
            self.spread_low_interval,
            self.spread_high_interval,
        ];
        let statistic = self.paired_t.map_or(0.0, |test| test.statistic);
        bands
            .iter()
            .all(|band| band.low.is_finite() && band.high.is_finite())
            && self.autocorrelation.is_finite()
            && statistic.is_finite()
    }
}

/// The size of the largest value; `None` where one is not finite.
fn largest(values: &[PairedValue]) -> Option<f64> {
    values
        .iter()
        .flat_map(|pair| [pair.a.abs(), pair.b.abs()])
        .try_fold(0.0, |most: f64, size| {
            size.is_finite().then(|| most.max(size))
        })
}

/// Differences without their rounding error. 95.1 − 94.9 and 90.1 − 89.9 are both 0.2 and not the
/// same number: ranked as they are, ties come undone and zeros go missing.
fn on_grid(differences: &[f64], largest: f64) -> Vec<f64> {
    let grid = (largest.log2().floor() - GRID_BITS).exp2();
    let settle = |d: f64| {
        if grid.is_normal() {
            (d / grid).round_ties_even() * grid
        } else {
            d
        }
    };
    differences.iter().copied().map(settle).collect()
}

fn around(centre: f64, half: f64) -> Band {
    Band {
        low: centre - half,
        high: centre + half,
    }
}

/// n(1 − ρ)/(1 + ρ), the days' worth of a first-order autoregression (Bayley and Hammersley 1946),
/// at most n: days that alternate do not count twice.
fn effective_count(n: f64, autocorrelation: f64) -> f64 {
    (n * (1.0 - autocorrelation) / (1.0 + autocorrelation)).clamp(1.0, n)
}

#[cfg(test)]
mod tests;
