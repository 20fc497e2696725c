//! How complete the chosen metrics are.

use std::collections::BTreeMap;

use physiology::{Metric, Missing, Quality, Twin};
use views::data::{Absence, Coverage, CoverageDay, MetricCoverage};

use super::count;
use super::select::Selection;

/// The coverage of every chosen metric, in the order of the metrics.
pub(super) fn of(selection: &Selection<'_>) -> Vec<MetricCoverage> {
    let chosen: Vec<Twin> = selection.twins().collect();
    selection
        .metrics()
        .map(|metric| MetricCoverage {
            metric,
            is_nightly: is_nightly(metric),
            twins: Twin::BOTH.map(|twin| {
                chosen
                    .contains(&twin)
                    .then(|| coverage(selection, twin, metric))
            }),
        })
        .collect()
}

fn coverage(selection: &Selection<'_>, twin: Twin, metric: Metric) -> Coverage {
    let mut received = 0_usize;
    let mut missing: BTreeMap<Absence, u32> = BTreeMap::new();
    let mut strip: Vec<(CoverageDay, u32)> = Vec::new();
    for day in selection.days.days() {
        let kind = if let Some(reading) = selection.of_day(twin, metric, day).first() {
            received += 1;
            match reading.measurement.quality {
                Quality::Complete => CoverageDay::Received,
                Quality::Partial => CoverageDay::Partial,
            }
        } else {
            let absence = selection.absence(twin, metric, day);
            *missing.entry(absence).or_default() += 1;
            kind(absence)
        };
        match strip.last_mut() {
            Some((last, days)) if *last == kind => *days += 1,
            _ => strip.push((kind, 1)),
        }
    }
    Coverage {
        received: count(received),
        of: count(selection.days.len()),
        missing: missing.into_iter().collect(),
        strip,
    }
}

/// Whether a day without a value is a hole, or one that could have none.
const fn kind(absence: Absence) -> CoverageDay {
    match absence {
        Absence::Missing(Missing::NotWorn | Missing::VendorHasNone) => CoverageDay::Missing,
        Absence::BeforeConnection
        | Absence::Missing(Missing::NotConnected | Missing::NotGranted | Missing::NotSynced) => {
            CoverageDay::Outside
        }
    }
}

/// Whether a metric is of a night; the others are of a day.
const fn is_nightly(metric: Metric) -> bool {
    match metric {
        Metric::Spo2Night
        | Metric::RestingHeartRate
        | Metric::HrvRmssd
        | Metric::RespiratoryRate
        | Metric::SleepScore
        | Metric::TemperatureDeviation
        | Metric::TotalSleep
        | Metric::DeepSleep
        | Metric::RemSleep
        | Metric::LightSleep
        | Metric::AwakeTime
        | Metric::SleepEfficiency
        | Metric::BreathingDisturbanceIndex
        | Metric::NightlyRechargeHeartRate
        | Metric::NightlyRechargeHrvRmssd
        | Metric::AnsCharge
        | Metric::NightlyRecharge
        | Metric::PolarSleepScore => true,
        Metric::ReadinessScore
        | Metric::ActivityScore
        | Metric::Steps
        | Metric::ActiveCalories
        | Metric::StressHigh
        | Metric::RecoveryHigh
        | Metric::Resilience
        | Metric::VascularAge
        | Metric::Vo2Max
        | Metric::TrainingLoad
        | Metric::Strain
        | Metric::Tolerance
        | Metric::LoadRatio => false,
    }
}
