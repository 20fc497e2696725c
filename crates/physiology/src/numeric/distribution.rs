//! Tails of the normal and of Student's t distribution.

use core::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

/// More terms than any argument here takes.
const MOST_TERMS: u32 = 2_000;
/// Stands in for a zero that a continued fraction would divide by (Lentz).
const TINY: f64 = 1e-300;

/// The probability that a standard normal value is at least as far from 0 as `z`.
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    complementary_error(z.abs() * FRAC_1_SQRT_2)
}

/// The probability that a value of Student's t distribution with `freedom` ≥ 1 degrees of freedom
/// is at least as far from 0 as `t`: the incomplete beta function Iₓ(ν/2, 1/2) at x = ν/(ν + t²)
/// (DLMF 8.17; Abramowitz and Stegun 26.7.1).
pub(crate) fn t_two_sided(t: f64, freedom: usize) -> f64 {
    let half = freedom as f64 / 2.0;
    let odds = t * t / freedom as f64;
    if odds.is_infinite() {
        return 0.0;
    }
    let (x, rest) = (1.0 / (1.0 + odds), odds / (1.0 + odds));
    let front = (-half * odds.ln_1p()).exp() * rest.sqrt() / beta_with_half(freedom);
    // The fraction converges fast on the near side of the mean alone.
    if x < (half + 1.0) / (half + 2.5) {
        front * beta_fraction(half, 0.5, x) / half
    } else {
        1.0 - front * beta_fraction(0.5, half, rest) / 0.5
    }
}

/// The t that 5 % of the distribution with `freedom` ≥ 1 degrees of freedom lie beyond, both sides
/// together.
pub(crate) fn t_critical_95(freedom: usize) -> f64 {
    // With one degree of freedom it is 12.7, and it falls from there.
    let (mut low, mut high) = (0.0, 16.0);
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if t_two_sided(middle, freedom) > 0.05 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// B(`freedom`/2, 1/2), by B(a + 1, b) = B(a, b)·a/(a + b) from B(1/2, 1/2) = π or B(1, 1/2) = 2.
fn beta_with_half(freedom: usize) -> f64 {
    let (mut a, mut beta) = if freedom % 2 == 1 {
        (0.5, PI)
    } else {
        (1.0, 2.0)
    };
    for _ in 0..(freedom.saturating_sub(1)) / 2 {
        beta *= a / (a + 0.5);
        a += 1.0;
    }
    beta
}

/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut above = 1.0;
    let mut below = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = below;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            below = 1.0 / away_from_zero(1.0 + coefficient * below);
            above = away_from_zero(1.0 + coefficient / above);
            change *= above * below;
        }
        fraction *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

/// erfc of x ≥ 0: one less the series of erf (DLMF 7.6.2) while that keeps its digits, and the
/// continued fraction (DLMF 7.9.1) beyond.
fn complementary_error(x: f64) -> f64 {
    let scale = (-x * x).exp() / PI.sqrt();
    if x < SQRT_2 {
        let (mut term, mut sum) = (x, x);
        for n in 1..MOST_TERMS {
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
            if term <= f64::EPSILON * sum {
                break;
            }
        }
        1.0 - 2.0 * scale * sum
    } else {
        // Evaluated from its far end: at x = √2, its slowest, 100 terms give every digit.
        let fraction = (1..=100)
            .rev()
            .fold(x, |below, k| x + f64::from(k) / 2.0 / below);
        scale / fraction
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(ours: f64, other: f64, relative: f64) {
        assert!(
            (ours - other).abs() <= relative * other.abs(),
            "{ours} is not {other}"
        );
    }

    #[test]
    fn t_has_closed_forms_for_one_and_two_degrees() {
        for t in [1e-6, 0.1, 0.7, 1.0, 2.5, 12.7, 1e3, 1e8] {
            let t: f64 = t;
            assert_close(t_two_sided(t, 1), 2.0 / PI * (1.0 / t).atan(), 1e-13);
            let root = (2.0 + t * t).sqrt();
            assert_close(t_two_sided(t, 2), 2.0 / (root * (root + t)), 1e-13);
        }
        assert_eq!(t_two_sided(0.0, 9), 1.0);
        assert_eq!(t_two_sided(1e200, 9), 0.0);
    }

    #[test]
    fn critical_values_of_the_printed_tables() {
        // NIST/SEMATECH e-Handbook 1.3.6.7.2, two-sided 95 %.
        for (freedom, critical) in [
            (1, 12.706),
            (2, 4.303),
            (5, 2.571),
            (10, 2.228),
            (30, 2.042),
            (100, 1.984),
        ] {
            assert!(
                (t_critical_95(freedom) - critical).abs() < 5e-4,
                "{freedom}"
            );
        }
    }

    #[test]
    fn normal_tails() {
        // Abramowitz and Stegun, table 26.1 and 26.2; the two branches meet at z = 2.
        assert_close(normal_two_sided(1.959_963_984_540_054), 0.05, 1e-13);
        assert_close(normal_two_sided(2.575_829_303_548_901), 0.01, 1e-13);
        assert_close(normal_two_sided(-6.0), 1.973_175_290_075_4e-9, 1e-12);
        assert_close(normal_two_sided(2.0 - 1e-12), normal_two_sided(2.0), 1e-11);
        assert_eq!(normal_two_sided(0.0), 1.0);
        assert_eq!(normal_two_sided(1e200), 0.0);
    }
}
