//! Every statistic beside a second one: the same inputs to ours and to numpy and scipy.
//!
//! Exact ones agree to 1e−9; what is searched for or drawn by lot has a tolerance of its own,
//! stated with its reason.

#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod python;

use physiology::acclimatisation::fit_exponential;
use physiology::agreement::{PairedValue, agreement};
use physiology::altitude::expected_sleeping_spo2;
use physiology::anomaly::fences;
use physiology::baseline::Baseline;
use physiology::divergence::divergence;
use physiology::hrv::{ln_rmssd_band, ln_rmssd_rolling};
use physiology::load::{banister_trimp, edwards_trimp, loads};
use physiology::zones::Zones;
use physiology::{Day, DayRange, Profile, SeriesPoint, Sex, Timestamp};
use python::{ask, assert_same, op};
use serde_json::{Value, json};

const EXACT: f64 = 1e-9;

/// Inputs that are the same in every run: Knuth's MMIX generator, its upper bits.
struct Inputs(u64);

impl Inputs {
    /// From 0 to under 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Roughly normal, mean 0 and SD 1: a sum of twelve uniform ones.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Two series of `count` days that go together, with differences that remember the day before,
    /// as they are (`decimals` `None`) or rounded as a vendor rounds them, with ties and zeros.
    fn twins(&mut self, count: usize, decimals: Option<i32>) -> (Vec<f64>, Vec<f64>) {
        let scale = decimals.map(|decimals| 10_f64.powi(decimals));
        let served = |value: f64| scale.map_or(value, |scale| (value * scale).round() / scale);
        let mut gap = 0.0;
        (0..count)
            .map(|_| {
                let shared = 92.0 + 2.0 * self.normal();
                gap = 0.5 * gap + 0.8 * self.normal();
                (
                    served(shared + gap + 0.4),
                    served(shared + 0.3 * self.normal()),
                )
            })
            .unzip()
    }
}

fn first() -> Day {
    Day::new(2026, 8, 1).unwrap()
}

fn pairs(a: &[f64], b: &[f64]) -> Vec<PairedValue> {
    a.iter()
        .zip(b)
        .zip(0..)
        .map(|((&a, &b), offset)| PairedValue {
            day: first().plus(offset),
            a,
            b,
        })
        .collect()
}

/// Series of every length that decides something: exact and normal tests, short and full blocks.
fn many_twins() -> Vec<(Vec<f64>, Vec<f64>)> {
    let mut inputs = Inputs(1);
    let lengths = [3, 4, 5, 6, 9, 10, 13, 14, 20, 28, 36, 49, 50, 51, 90, 365];
    let mut all: Vec<_> = lengths
        .into_iter()
        .flat_map(|count| [None, Some(1), Some(0)].map(|decimals| (count, decimals)))
        .map(|(count, decimals)| inputs.twins(count, decimals))
        .collect();
    // The same difference each day, both the same, and a twin whose value never changes.
    let (a, _) = inputs.twins(12, Some(1));
    all.push((a.clone(), a.iter().map(|value| value - 0.2).collect()));
    all.push((a.clone(), a.clone()));
    all.push((a.clone(), vec![95.0; a.len()]));
    all
}

#[test]
fn agreement_of_two_twins() {
    let series = many_twins();
    let ops: Vec<Value> = series
        .iter()
        .map(|(a, b)| op("agreement", json!({ "a": a, "b": b })))
        .collect();
    for ((a, b), theirs) in series.iter().zip(ask(&ops)) {
        let ours = json!(agreement(&pairs(a, b)).unwrap());
        assert_same(&format!("{} days", a.len()), &ours, &theirs, EXACT);
    }
}

#[test]
fn the_bootstrap_draws_what_its_generator_says() {
    let series = many_twins();
    let differences = |a: &[f64], b: &[f64]| -> Vec<f64> {
        pairs(a, b).iter().map(PairedValue::difference).collect()
    };
    let ops: Vec<Value> = series
        .iter()
        .map(|(a, b)| op("replica", json!({ "values": differences(a, b) })))
        .collect();
    for ((a, b), theirs) in series.iter().zip(ask(&ops)) {
        let ours = json!(agreement(&pairs(a, b)).unwrap().bias_interval);
        assert_same(&format!("{} days", a.len()), &ours, &theirs, EXACT);
    }
}

/// The same interval by another generator and 20,000 resamples. What ours may be off by is the
/// Monte-Carlo error of a 2.5 % quantile of 2,000 means: √(0.025·0.975/2000)/φ(1.96) = 0.06 of
/// their SD. Four times that is allowed for both, a sixteenth of the interval's width.
#[test]
fn the_bootstrap_interval_is_not_the_generators() {
    let series: Vec<(Vec<f64>, Vec<f64>)> = many_twins()
        .into_iter()
        .filter(|(a, b)| a.len() >= 10 && fluctuates(a, b))
        .collect();
    let ops: Vec<Value> = series
        .iter()
        .map(|(a, b)| {
            let values: Vec<f64> = pairs(a, b).iter().map(PairedValue::difference).collect();
            op(
                "bootstrap",
                json!({ "values": values, "block": 5, "resamples": 20_000 }),
            )
        })
        .collect();
    for ((a, b), theirs) in series.iter().zip(ask(&ops)) {
        let ours = agreement(&pairs(a, b)).unwrap().bias_interval;
        let of = |key: &str| theirs[key].as_f64().unwrap();
        // Series rounded to whole numbers have few different means: a quantile may fall on the next.
        let allowed = 0.24 * of("sd") + 1e-9;
        for (name, ours, theirs) in [
            ("low", ours.low, of("low")),
            ("high", ours.high, of("high")),
        ] {
            assert!(
                (ours - theirs).abs() <= allowed,
                "{} days, {name}: ours {ours}, theirs {theirs} ± {allowed}",
                a.len()
            );
        }
    }
}

fn fluctuates(a: &[f64], b: &[f64]) -> bool {
    agreement(&pairs(a, b)).is_some_and(|found| found.sd > 1e-9)
}

#[test]
fn divergence_from_the_baseline() {
    let mut inputs = Inputs(2);
    let mut found_some = 0;
    let series: Vec<(Vec<PairedValue>, usize)> = (0..60)
        .map(|index| {
            let (mut a, b) = inputs.twins(20 + index, Some(1));
            let baseline = 12 + index / 4;
            // A twin that drifts off for a while, or for good, or not at all.
            let shift = [0.0, 2.0, -2.5, 6.0][index % 4];
            let until = if index % 3 == 0 {
                baseline + 6
            } else {
                a.len()
            };
            for value in a.iter_mut().take(until).skip(baseline) {
                *value += shift;
            }
            // Some days one of them is missing.
            let mut pairs = pairs(&a, &b);
            pairs.retain(|pair| pair.day.day_of_month() % 9 != 4);
            (pairs, baseline)
        })
        .collect();
    let is_baseline = |length: usize| move |day: Day| day < first().plus(length as i64);
    let ops: Vec<Value> = series
        .iter()
        .map(|(pairs, baseline)| {
            op(
                "divergence",
                json!({
                    "days": pairs.iter().map(|pair| pair.day).collect::<Vec<_>>(),
                    "a": pairs.iter().map(|pair| pair.a).collect::<Vec<_>>(),
                    "b": pairs.iter().map(|pair| pair.b).collect::<Vec<_>>(),
                    "baseline": pairs
                        .iter()
                        .map(|pair| is_baseline(*baseline)(pair.day))
                        .collect::<Vec<_>>(),
                }),
            )
        })
        .collect();
    for (index, ((pairs, baseline), theirs)) in series.iter().zip(ask(&ops)).enumerate() {
        let ours = divergence(pairs, is_baseline(*baseline));
        found_some += usize::from(ours.is_some());
        assert_same(&format!("series {index}"), &json!(ours), &theirs, EXACT);
    }
    assert!(
        (20..60).contains(&found_some),
        "{found_some} of 60 diverged"
    );
}

/// scipy's optimiser stops where its steps no longer lower the sum of squares, about √ε from the
/// minimum that ours finds by its slope: 1e−6 is what both can promise. Whether a series has a curve
/// at all has to be the same.
#[test]
fn acclimatisation_curves() {
    let mut inputs = Inputs(3);
    let points: Vec<Vec<(f64, f64)>> = (0..60)
        .map(|index| {
            let nights = [4, 6, 9, 14, 28][index % 5];
            let tau = [1.2, 3.0, 6.0][index % 3];
            let gain = [8.0, -9.0, 4.0, 0.0][index % 4];
            (0..nights)
                // Some nights are missing.
                .filter(|night| nights < 9 || (night + index) % 7 != 5)
                .map(|night| {
                    let night = night as f64;
                    let value = 80.0 + gain * (1.0 - (-night / tau).exp());
                    (night, value + 0.7 * inputs.normal())
                })
                .collect()
        })
        .collect();
    let ops: Vec<Value> = points
        .iter()
        .map(|points| op("exponential", json!({ "points": points })))
        .collect();
    let mut fitted = 0;
    for (index, (points, theirs)) in points.iter().zip(ask(&ops)).enumerate() {
        let ours = fit_exponential(points);
        fitted += usize::from(ours.is_some());
        assert_same(&format!("series {index}"), &json!(ours), &theirs, 1e-6);
    }
    assert!((20..50).contains(&fitted), "{fitted} of 60 have a curve");
}

fn workout(inputs: &mut Inputs, minutes: usize) -> Vec<SeriesPoint> {
    let mut second = 0;
    (0..minutes * 12)
        .map(|index| {
            // Every 5 s, now and then later, and once a long pause.
            second += if index % 97 == 96 {
                600
            } else {
                5 + index as i64 % 13 / 12 * 20
            };
            let effort = (index as f64 / 60.0).sin();
            SeriesPoint {
                at: Timestamp::from_unix_s(1_790_000_000 + second),
                value: (130.0 + 55.0 * effort + 4.0 * inputs.normal()).round(),
            }
        })
        .collect()
}

fn samples(points: &[SeriesPoint]) -> Vec<(f64, f64)> {
    let seconds = |point: &SeriesPoint| point.at.unix_ms() as f64 / 1_000.0;
    points
        .iter()
        .map(|point| (seconds(point), point.value))
        .collect()
}

#[test]
fn training_impulses_and_zones() {
    let mut inputs = Inputs(4);
    let thresholds = Profile {
        max_heart_rate_bpm: Some(188.0),
        lt1_bpm: Some(141.0),
        lt2_bpm: Some(169.0),
        ..Profile::default()
    };
    let zones = Zones::of(&thresholds, 2026).unwrap();
    let workouts = [1, 20, 90].map(|minutes| workout(&mut inputs, minutes));
    let mut ops = Vec::new();
    for points in &workouts {
        let samples = samples(points);
        let impulse =
            |sex: &str| json!({ "samples": samples, "rest": 52.0, "max": 188.0, "sex": sex });
        ops.extend([
            op("banister", impulse("male")),
            op("banister", impulse("female")),
            op("edwards", json!({ "samples": samples, "max": 188.0 })),
            op(
                "zone_seconds",
                json!({ "samples": samples, "bounds": zones.bounds_bpm }),
            ),
        ]);
    }
    for (points, theirs) in workouts.iter().zip(ask(&ops).chunks(4)) {
        let ours = json!([
            banister_trimp(points, 52.0, 188.0, Sex::Male),
            banister_trimp(points, 52.0, 188.0, Sex::Female),
            edwards_trimp(points, 188.0),
            zones.seconds(points),
        ]);
        assert_same(
            &format!("{} samples", points.len()),
            &ours,
            &json!(theirs),
            EXACT,
        );
        assert!(ours[0].as_f64().unwrap() > 1.0);
    }
}

/// Days on which something was measured, as offsets from the first, and what.
fn now_and_then(
    inputs: &mut Inputs,
    days: i64,
    mut value: impl FnMut(&mut Inputs) -> f64,
) -> Vec<(i64, f64)> {
    (0..days)
        .filter_map(|offset| {
            let is_measured = inputs.uniform() < 0.6;
            is_measured.then(|| (offset, value(inputs)))
        })
        .collect()
}

fn on_days(values: &[(i64, f64)]) -> Vec<(Day, f64)> {
    values
        .iter()
        .map(|(offset, value)| (first().plus(*offset), *value))
        .collect()
}

#[test]
fn acute_and_chronic_load() {
    let mut inputs = Inputs(5);
    let ranges = [(0, 0), (0, 40), (30, 80), (5, 119)].map(|(begins, ends)| {
        let load = |inputs: &mut Inputs| (120.0 * inputs.uniform()).round();
        let mut daily = now_and_then(&mut inputs, ends + 1, load);
        // Two workouts on one day.
        daily.push((ends, 33.0));
        (daily, begins, ends)
    });
    let ops = ranges.each_ref().map(|(daily, begins, ends)| {
        op(
            "loads",
            json!({ "daily": daily, "first": begins, "last": ends }),
        )
    });
    for ((daily, begins, ends), theirs) in ranges.iter().zip(ask(&ops)) {
        let range = DayRange::new(first().plus(*begins), first().plus(*ends));
        let ours = json!(loads(&on_days(daily), range));
        assert_same(&format!("days {begins} to {ends}"), &ours, &theirs, EXACT);
    }
}

#[test]
fn heart_rate_variability() {
    let mut inputs = Inputs(6);
    let nights = now_and_then(&mut inputs, 60, |inputs| 45.0 + 8.0 * inputs.normal());
    let reference: Vec<f64> = nights
        .iter()
        .take(20)
        .map(|(_, rmssd_ms)| *rmssd_ms)
        .collect();
    let theirs = ask(&[
        op("hrv", json!({ "nights": nights, "first": 0, "last": 70 })),
        op("hrv_band", json!({ "values": reference })),
    ]);
    let range = DayRange::new(first(), first().plus(70));
    let ours = json!([
        ln_rmssd_rolling(&on_days(&nights), range),
        ln_rmssd_band(reference)
    ]);
    assert_same("HRV", &ours, &json!(theirs), EXACT);
}

#[test]
fn baselines_and_fences() {
    let mut inputs = Inputs(7);
    let series = [3, 6, 7, 8, 20, 21, 90].map(|count| -> Vec<f64> {
        (0..count)
            .map(|_| (60.0 + 5.0 * inputs.normal()).round())
            .collect()
    });
    let ops: Vec<Value> = series
        .iter()
        .flat_map(|values| ["fences", "baseline"].map(|name| op(name, json!({ "values": values }))))
        .collect();
    for (values, theirs) in series.iter().zip(ask(&ops).chunks(2)) {
        let ours = json!([
            fences(values.iter().copied()),
            Baseline::of(values.iter().copied()),
        ]);
        assert_same(
            &format!("{} values", values.len()),
            &ours,
            &json!(theirs),
            EXACT,
        );
    }
}

#[test]
fn the_expected_band_at_altitude() {
    let nights = [1, 2, 4, 7, 20];
    let places: Vec<(f64, u32)> = (0..130)
        .map(|step| (f64::from(step) * 43.0, nights[step as usize % nights.len()]))
        .collect();
    let ops: Vec<Value> = places
        .iter()
        .map(|(altitude_m, nights)| {
            op(
                "expected_spo2",
                json!({ "altitude_m": altitude_m, "nights": nights }),
            )
        })
        .collect();
    for ((altitude_m, nights), theirs) in places.iter().zip(ask(&ops)) {
        let expected = expected_sleeping_spo2(*altitude_m, *nights);
        let ours =
            json!({ "mean_percent": expected.mean_percent, "sd_percent": expected.sd_percent });
        assert_same(
            &format!("{altitude_m} m, night {nights}"),
            &ours,
            &theirs,
            EXACT,
        );
    }
}
