//! How a twin settles at altitude: an exponential curve over the nights.

use serde::{Deserialize, Serialize};

use crate::baseline::Band;
use crate::numeric::distribution::t_critical_95;

/// Fewest nights a curve of three parameters is fitted to.
pub const FEWEST_NIGHTS: usize = 5;
/// Time constants looked at, nights: from "settled at once" to "not within this journey".
pub const TAU_NIGHTS: Band = Band {
    low: 0.3,
    high: 60.0,
};
/// Steps of the first search, evenly over the logarithm of the time constant.
const STEPS: u32 = 96;
/// A column of which less than this share is left beside others says nothing of its own.
const SAME: f64 = 1e-10;
/// The curve must explain more than a constant does, at this level.
const LEVEL: f64 = 0.05;
/// The interval of the plateau may reach so many times the range of the values to either side;
/// beyond that the values do not tell where it is.
const WIDEST_PLATEAU: f64 = 2.0;

/// plateau + (start − plateau)·e^(−night/τ), fitted by least squares, in the metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExponentialFit {
    /// The curve on night 0, the first at altitude.
    pub start: f64,
    /// Where it goes.
    pub plateau: f64,
    /// Nights in which the way to the plateau shrinks to 1/e, 37 %.
    pub tau_nights: f64,
    /// 95 % interval of the start.
    pub start_interval: Band,
    /// 95 % interval of the plateau.
    pub plateau_interval: Band,
    /// Standard deviation of the values about the curve, n − 3 degrees of freedom.
    pub residual_sd: f64,
    /// Nights it was fitted to.
    pub count: usize,
}

impl ExponentialFit {
    /// The curve `night` nights after the first at altitude.
    pub fn at(&self, night: f64) -> f64 {
        self.plateau + (self.start - self.plateau) * (-night / self.tau_nights).exp()
    }
}

/// Fits the curve to points of nights since the first at altitude, and the night's value.
///
/// Given τ the curve is a straight line in u = e^(−night/τ), whose best start and plateau are known
/// at once; what is left is a search in τ alone (separable least squares, Golub and Pereyra, SIAM J
/// Numer Anal 1973), over all of [`TAU_NIGHTS`] first, so that it ends in the least minimum and not
/// in the nearest, and then to the last digit. The intervals are ± t·SE with n − 3 degrees of
/// freedom and SE from the residual variance times (JᵀJ)⁻¹, J by all three parameters: what
/// non-linear regression programs print (Bates and Watts 1988).
///
/// `None` where the values do not tell the curve:
/// - under [`FEWEST_NIGHTS`] points, or one that is not finite;
/// - τ at an end of its bounds: a straight line, a step, or something else than settling;
/// - no more explained than by a constant: F test of two parameters at 5 %, (SSE/SST)^((n−3)/2);
/// - parameters that stand for one another, or a plateau whose interval reaches more than twice the
///   range of the values to either side.
pub fn fit_exponential(points: &[(f64, f64)]) -> Option<ExponentialFit> {
    let count = points.len();
    let are_finite = points
        .iter()
        .all(|(night, value)| night.is_finite() && value.is_finite());
    if count < FEWEST_NIGHTS || !are_finite {
        return None;
    }
    let tau_nights = best_tau(points)?;
    let curve = Curve::with_tau(points, tau_nights)?;
    let freedom = count - 3;
    let mean = points.iter().map(|(_, value)| value).sum::<f64>() / count as f64;
    let total: f64 = points.iter().map(|(_, value)| (value - mean).powi(2)).sum();
    // The F distribution's tail for two parameters, in closed form.
    let explains = (curve.squares / total).powf(freedom as f64 / 2.0) < LEVEL;
    if !explains {
        return None;
    }
    let residual_sd = (curve.squares / freedom as f64).sqrt();
    let [plateau_error, start_error] = Curve::unit_errors(points, tau_nights)?;
    let reach = t_critical_95(freedom) * residual_sd;
    let around = |centre: f64, half: f64| Band {
        low: centre - half,
        high: centre + half,
    };
    let values = || points.iter().map(|(_, value)| *value);
    let range = values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min);
    let fit = ExponentialFit {
        start: curve.start,
        plateau: curve.plateau,
        tau_nights,
        start_interval: around(curve.start, reach * start_error),
        plateau_interval: around(curve.plateau, reach * plateau_error),
        residual_sd,
        count,
    };
    let is_told = reach * plateau_error <= WIDEST_PLATEAU * range;
    let is_finite = [fit.start_interval, fit.plateau_interval]
        .iter()
        .all(|band| band.low.is_finite() && band.high.is_finite());
    (is_told && is_finite).then_some(fit)
}

/// The best curve of one time constant.
struct Curve {
    start: f64,
    plateau: f64,
    /// Sum of squared residuals.
    squares: f64,
    /// How `squares` falls with a longer τ along the best curves, but for a factor of 2/τ²:
    /// positive where a longer τ fits better. Start and plateau being the best for τ, only the
    /// curve's own change with τ counts.
    towards_longer: f64,
}

impl Curve {
    fn with_tau(points: &[(f64, f64)], tau: f64) -> Option<Self> {
        let count = points.len() as f64;
        let decay = |night: f64| (-night / tau).exp();
        let mean_u = points.iter().map(|(night, _)| decay(*night)).sum::<f64>() / count;
        let mean_y = points.iter().map(|(_, value)| value).sum::<f64>() / count;
        let (mut uu, mut uy) = (0.0, 0.0);
        for (night, value) in points {
            let u = decay(*night) - mean_u;
            uu += u * u;
            uy += u * (value - mean_y);
        }
        let slope = uy / uu;
        let plateau = mean_y - slope * mean_u;
        let (mut squares, mut along) = (0.0, 0.0);
        for (night, value) in points {
            let u = decay(*night);
            let residual = (value - mean_y) - slope * (u - mean_u);
            squares += residual * residual;
            along += residual * slope * u * night;
        }
        (slope.is_finite() && squares.is_finite() && along.is_finite()).then_some(Self {
            start: plateau + slope,
            plateau,
            squares,
            towards_longer: along,
        })
    }

    /// Standard errors of plateau and start for a residual SD of 1: the roots of the diagonal of
    /// (JᵀJ)⁻¹. Each is one over the length of what is left of the parameter's column of J beside
    /// the two others, found by projection, which keeps the digits that JᵀJ would lose.
    fn unit_errors(points: &[(f64, f64)], tau: f64) -> Option<[f64; 2]> {
        let column = |of: fn(f64, f64) -> f64| -> Vec<f64> {
            let times = points.iter().map(|(night, _)| night / tau);
            times.map(|time| of(time, (-time).exp())).collect()
        };
        let by_plateau = column(|_, u| 1.0 - u);
        let by_start = column(|_, u| u);
        // But for a factor, which a projection does not see.
        let by_tau = column(|time, u| time * u);
        Some([
            1.0 / length_beside(by_plateau.clone(), [by_start.clone(), by_tau.clone()])?,
            1.0 / length_beside(by_start, [by_plateau, by_tau])?,
        ])
    }
}

/// The time constant of the least sum of squares; `None` where that is an end of the bounds.
fn best_tau(points: &[(f64, f64)]) -> Option<f64> {
    let ratio = (TAU_NIGHTS.high / TAU_NIGHTS.low).ln() / f64::from(STEPS);
    let tau = |step: u32| TAU_NIGHTS.low * (ratio * f64::from(step)).exp();
    let (best, _) = (0..=STEPS)
        .filter_map(|step| Some((step, Curve::with_tau(points, tau(step))?.squares)))
        .min_by(|(_, left), (_, right)| left.total_cmp(right))?;
    if best == 0 || best == STEPS {
        return None;
    }
    let towards_longer = |tau: f64| Some(Curve::with_tau(points, tau)?.towards_longer);
    let (mut low, mut high) = (tau(best - 1), tau(best + 1));
    if !(towards_longer(low)? > 0.0 && towards_longer(high)? < 0.0) {
        return None;
    }
    // The slope is a far sharper guide than the sum of squares, which is level around its minimum.
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return Some(middle);
        }
        if towards_longer(middle)? > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The length of a column's part that is at right angles to two others; `None` where next to
/// nothing is left.
fn length_beside(column: Vec<f64>, [first, second]: [Vec<f64>; 2]) -> Option<f64> {
    let first = without(first, &[])?;
    let second = without(second, &[&first])?;
    let before = length(&column);
    let mut left = column;
    for unit in [&first, &second] {
        subtract_along(&mut left, unit);
    }
    Some(length(&left)).filter(|after| *after > SAME * before)
}

/// A column of length 1 along what is left of `column` beside `units`.
fn without(mut column: Vec<f64>, units: &[&Vec<f64>]) -> Option<Vec<f64>> {
    let before = length(&column);
    for unit in units {
        subtract_along(&mut column, unit);
    }
    let after = length(&column);
    for value in &mut column {
        *value /= after;
    }
    (after > SAME * before).then_some(column)
}

fn subtract_along(column: &mut [f64], unit: &[f64]) {
    let along: f64 = column
        .iter()
        .zip(unit)
        .map(|(value, part)| value * part)
        .sum();
    for (value, part) in column.iter_mut().zip(unit) {
        *value -= along * part;
    }
}

fn length(column: &[f64]) -> f64 {
    column.iter().map(|value| value * value).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn curve(start: f64, plateau: f64, tau: f64, nights: u32) -> Vec<(f64, f64)> {
        (0..nights)
            .map(|night| {
                let night = f64::from(night);
                (night, plateau + (start - plateau) * (-night / tau).exp())
            })
            .collect()
    }

    #[test]
    fn what_was_put_in_comes_out() {
        for (start, plateau, tau) in [(80.0, 90.0, 3.0), (71.0, 58.0, 5.5), (10.0, 10.5, 0.8)] {
            let fit = fit_exponential(&curve(start, plateau, tau, 14)).unwrap();
            assert!((fit.start - start).abs() < 1e-8, "{fit:?}");
            assert!((fit.plateau - plateau).abs() < 1e-8, "{fit:?}");
            assert!((fit.tau_nights - tau).abs() < 1e-6, "{fit:?}");
            assert!(fit.residual_sd < 1e-9);
            assert!((fit.at(0.0) - start).abs() < 1e-8);
            assert!(
                (fit.at(tau) - (plateau + (start - plateau) / core::f64::consts::E)).abs() < 1e-6
            );
        }
    }

    #[test]
    fn what_is_not_settling_has_no_curve() {
        let line: Vec<(f64, f64)> = (0..12)
            .map(|night| (f64::from(night), f64::from(night)))
            .collect();
        assert_eq!(fit_exponential(&line), None);
        let constant = [
            (0.0, 88.1),
            (1.0, 88.1),
            (2.0, 88.1),
            (3.0, 88.1),
            (4.0, 88.1),
        ];
        assert_eq!(fit_exponential(&constant), None);
        let noise = [1.0, -1.0, 0.5, 0.3, -0.8, 1.1, -0.4, 0.2, -0.9, 0.6];
        let noise: Vec<(f64, f64)> = (0..10).map(f64::from).zip(noise).collect();
        assert_eq!(fit_exponential(&noise), None);
        let one_night = [
            (3.0, 80.0),
            (3.0, 81.0),
            (3.0, 82.0),
            (3.0, 83.0),
            (3.0, 84.0),
        ];
        assert_eq!(fit_exponential(&one_night), None);
    }

    #[test]
    fn too_little_or_too_much() {
        assert_eq!(fit_exponential(&curve(80.0, 90.0, 3.0, 4)), None);
        let mut broken = curve(80.0, 90.0, 3.0, 8);
        broken[2].1 = f64::NAN;
        assert_eq!(fit_exponential(&broken), None);
        assert_eq!(fit_exponential(&curve(1e300, -1e300, 3.0, 8)), None);
    }

    proptest! {
        #[test]
        fn a_fit_has_bounds_and_intervals_about_itself(
            points in prop::collection::vec((0.0..40.0_f64, -100.0..100.0_f64), 0..20),
        ) {
            let Some(fit) = fit_exponential(&points) else { return Ok(()) };
            prop_assert!(TAU_NIGHTS.low < fit.tau_nights && fit.tau_nights < TAU_NIGHTS.high);
            prop_assert!(fit.start_interval.low <= fit.start && fit.start <= fit.start_interval.high);
            prop_assert!(fit.plateau_interval.low <= fit.plateau && fit.plateau <= fit.plateau_interval.high);
            prop_assert!(fit.residual_sd.is_finite());
        }

        #[test]
        fn turned_upside_down_the_curve_is_too(
            noise in prop::collection::vec(-1.0..1.0_f64, 12),
            gain in 4.0..12.0_f64,
        ) {
            let up: Vec<(f64, f64)> = curve(0.0, gain, 3.0, 12)
                .into_iter()
                .zip(noise)
                .map(|((night, value), noise)| (night, value + noise))
                .collect();
            let down: Vec<(f64, f64)> = up.iter().map(|(night, value)| (*night, -value)).collect();
            let (one, other) = (fit_exponential(&up), fit_exponential(&down));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one.tau_nights - other.tau_nights).abs() < 1e-6);
                prop_assert!((one.plateau + other.plateau).abs() < 1e-6);
            }
        }

        #[test]
        fn no_finite_input_panics(
            points in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..12),
        ) {
            if let Some(fit) = fit_exponential(&points) {
                prop_assert!(fit.start.is_finite() && fit.plateau_interval.high.is_finite());
            }
        }
    }
}
