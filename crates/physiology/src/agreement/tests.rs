use proptest::prelude::*;

use super::*;

fn pairs(a: &[f64], b: &[f64]) -> Vec<PairedValue> {
    let first = Day::new(2026, 9, 1).unwrap();
    a.iter()
        .zip(b)
        .zip(0..)
        .map(|((&a, &b), offset)| PairedValue {
            day: first.plus(offset),
            a,
            b,
        })
        .collect()
}

/// Peak expiratory flow by two meters, l/min: the data of Bland and Altman, Lancet 1986.
const LARGE_METER: [f64; 17] = [
    494.0, 395.0, 516.0, 434.0, 476.0, 557.0, 413.0, 442.0, 650.0, 433.0, 417.0, 656.0, 267.0,
    478.0, 178.0, 423.0, 427.0,
];
const MINI_METER: [f64; 17] = [
    512.0, 430.0, 520.0, 428.0, 500.0, 600.0, 364.0, 380.0, 658.0, 445.0, 432.0, 626.0, 260.0,
    477.0, 259.0, 350.0, 451.0,
];

#[test]
fn bland_and_altmans_meters() {
    let found = agreement(&pairs(&LARGE_METER, &MINI_METER)).unwrap();
    // As printed: mean −2.1 l/min, SD 38.8; r = 0.94. They round to 2 SD, PHYSIOLOGY says 1.96.
    assert_eq!(found.count, 17);
    assert!((found.bias + 2.1).abs() < 0.05);
    assert!((found.sd - 38.8).abs() < 0.05);
    assert!((found.pearson.unwrap() - 0.94).abs() < 0.005);
    assert!((found.spread.low - (-2.118 - 1.96 * 38.765)).abs() < 0.01);
    // Their standard error of a limit, √(3s²/n), is 16.3.
    let interval = found.spread_high_interval;
    assert!(((interval.high - interval.low) / (2.0 * 1.96) - 16.3).abs() < 0.05);
}

#[test]
fn students_sleep() {
    // Extra hours of sleep under two drugs (Student 1908): t = −4.0621 with 9 df, p = 0.002833.
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let test = agreement(&pairs(&first, &second))
        .unwrap()
        .paired_t
        .unwrap();
    assert!((test.statistic + 4.0621).abs() < 5e-5);
    assert!((test.p - 0.002_833).abs() < 5e-7);
}

#[test]
fn rounding_is_not_a_difference() {
    // Every difference is 0.2, though no two of these are in binary.
    let constant = agreement(&pairs(&[95.1, 90.1, 80.3, 71.9], &[94.9, 89.9, 80.1, 71.7])).unwrap();
    assert_eq!(constant.paired_t, None);
    assert_eq!(constant.autocorrelation, 0.0);
    // All four tie: ranks 2.5, and 2 of 16 patterns are as extreme.
    assert_eq!(
        constant.wilcoxon,
        Some(TestResult {
            statistic: 0.0,
            p: 0.125
        })
    );
    let same = agreement(&pairs(&[0.3, 0.5, 0.7], &[0.1 + 0.2, 0.5, 0.7])).unwrap();
    assert_eq!(same.wilcoxon, None);
}

#[test]
fn too_little_or_too_much() {
    assert_eq!(agreement(&[]), None);
    assert_eq!(agreement(&pairs(&[1.0, 2.0], &[1.0, 2.0])), None);
    assert_eq!(
        agreement(&pairs(&[1.0, f64::NAN, 3.0], &[1.0, 2.0, 3.0])),
        None
    );
    assert_eq!(
        agreement(&pairs(&[1.0, f64::INFINITY, 3.0], &[1.0, 2.0, 3.0])),
        None
    );
    assert_eq!(
        agreement(&pairs(&[1e308, -1e308, 1e308], &[-1e308, 1e308, -1e308])),
        None
    );
}

#[test]
fn one_day_after_another_is_not_two() {
    let rising: Vec<f64> = (0..30).map(f64::from).collect();
    let found = agreement(&pairs(&rising, &[0.0; 30])).unwrap();
    assert!(found.autocorrelation > 0.8);
    assert!(found.effective_count < 4.0 && found.effective_count >= 1.0);
    assert_eq!(effective_count(30.0, -0.5), 30.0);
}

/// What a vendor may serve: one decimal, with ties and zeros.
fn measured() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (3_usize..40).prop_flat_map(|count| {
        let value = || (600_i32..1_000).prop_map(|tenths| f64::from(tenths) / 10.0);
        (
            prop::collection::vec(value(), count),
            prop::collection::vec(value(), count),
        )
    })
}

/// What nobody should serve: any finite numbers, often equal.
fn anything() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    use prop::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    let value = || {
        prop_oneof![
            Just(0.0),
            Just(1e300),
            Just(-1e-300),
            -5.0..5.0_f64,
            POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
        ]
    };
    (0_usize..20).prop_flat_map(move |count| {
        (
            prop::collection::vec(value(), count),
            prop::collection::vec(value(), count),
        )
    })
}

fn contains(band: Band, value: f64) -> bool {
    let slack = 1e-9 * (1.0 + value.abs());
    band.low - slack <= value && value <= band.high + slack
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * (1.0 + left.abs().max(right.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn swapping_the_twins_turns_the_difference_round((a, b) in measured()) {
        let one = agreement(&pairs(&a, &b)).unwrap();
        let other = agreement(&pairs(&b, &a)).unwrap();
        prop_assert!(close(one.bias, -other.bias));
        prop_assert!(close(one.sd, other.sd));
        prop_assert!(close(one.spread.low, -other.spread.high));
        prop_assert!(close(one.bias_interval.low, -other.bias_interval.high));
        prop_assert!(close(one.autocorrelation, other.autocorrelation));
        for (left, right) in [
            (one.icc_a1, other.icc_a1),
            (one.concordance, other.concordance),
            (one.pearson, other.pearson),
            (one.spearman, other.spearman),
            (one.wilcoxon.map(|test| test.p), other.wilcoxon.map(|test| test.p)),
            (one.paired_t.map(|test| test.p), other.paired_t.map(|test| test.p)),
            (one.paired_t.map(|test| test.statistic), other.paired_t.map(|test| -test.statistic)),
        ] {
            prop_assert_eq!(left.is_some(), right.is_some());
            prop_assert!(close(left.unwrap_or(0.0), right.unwrap_or(0.0)));
        }
    }

    #[test]
    fn intervals_hold_what_they_are_of((a, b) in measured()) {
        let found = agreement(&pairs(&a, &b)).unwrap();
        prop_assert!(contains(found.bias_interval, found.bias));
        prop_assert!(contains(found.spread, found.bias));
        prop_assert!(contains(found.spread_low_interval, found.spread.low));
        prop_assert!(contains(found.spread_high_interval, found.spread.high));
        prop_assert!(found.effective_count >= 1.0 && found.effective_count <= found.count as f64);
        // Concordance is never further from 0 than Pearson's correlation (Lin 1989).
        if let (Some(concordance), Some(pearson)) = (found.concordance, found.pearson) {
            prop_assert!(concordance.abs() <= pearson.abs() + 1e-12);
        }
    }

    #[test]
    fn a_shift_of_one_twin_moves_the_bias_alone((a, b) in measured(), shift in -20_i32..20) {
        let moved: Vec<f64> = a.iter().map(|value| value + f64::from(shift)).collect();
        let (before, after) = (agreement(&pairs(&a, &b)).unwrap(), agreement(&pairs(&moved, &b)).unwrap());
        prop_assert!(close(after.bias, before.bias + f64::from(shift)));
        prop_assert!(close(after.sd, before.sd));
        prop_assert!(close(after.bias_interval.low, before.bias_interval.low + f64::from(shift)));
        prop_assert!(close(after.pearson.unwrap_or(0.0), before.pearson.unwrap_or(0.0)));
    }

    #[test]
    fn no_finite_input_makes_something_that_is_no_number((a, b) in anything()) {
        let Some(found) = agreement(&pairs(&a, &b)) else { return Ok(()) };
        for value in [
            found.bias,
            found.sd,
            found.spread.low,
            found.spread.high,
            found.bias_interval.low,
            found.bias_interval.high,
            found.spread_low_interval.low,
            found.spread_high_interval.high,
            found.autocorrelation,
            found.effective_count,
        ]
        .into_iter()
        .chain([found.icc_a1, found.concordance, found.pearson, found.spearman].into_iter().flatten())
        .chain([found.paired_t, found.wilcoxon].into_iter().flatten().map(|test| test.statistic))
        {
            prop_assert!(value.is_finite(), "{found:?}");
        }
        for test in [found.paired_t, found.wilcoxon].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&test.p), "{test:?}");
        }
    }
}
