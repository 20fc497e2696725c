//! The values of a night, which may be of several sleeps.

use physiology::{Metric, Quality};

use super::Sleep;
use crate::derive::{Derived, Origin, positive};

/// What a sleep tells of itself.
type Of = fn(&Sleep) -> Option<f64>;

/// The vitals and the durations of a day's long sleeps.
pub(super) fn derive(origin: &Origin<'_>, night: &[&Sleep], out: &mut Derived) {
    let vitals: [(Metric, Of); 4] = [
        (Metric::RestingHeartRate, |sleep| {
            positive(sleep.lowest_heart_rate)
        }),
        (Metric::HrvRmssd, |sleep| positive(sleep.average_hrv)),
        (Metric::RespiratoryRate, Sleep::breaths_per_min),
        (Metric::SleepEfficiency, |sleep| positive(sleep.efficiency)),
    ];
    for (metric, vital) in vitals {
        out.value(origin, metric, weighted_mean(night, vital));
    }
    let durations: [(Metric, Of); 5] = [
        (Metric::TotalSleep, |sleep| sleep.total_sleep_duration),
        (Metric::DeepSleep, |sleep| sleep.deep_sleep_duration),
        (Metric::RemSleep, |sleep| sleep.rem_sleep_duration),
        (Metric::LightSleep, |sleep| sleep.light_sleep_duration),
        (Metric::AwakeTime, |sleep| sleep.awake_time),
    ];
    for (metric, duration) in durations {
        let known: Vec<f64> = night
            .iter()
            .filter_map(|sleep| duration(sleep))
            .filter(|s| *s >= 0.0)
            .collect();
        // A night of which one part is not told is longer than its sum.
        let quality = if known.len() == night.len() {
            Quality::Complete
        } else {
            Quality::Partial
        };
        let sum = (!known.is_empty()).then(|| known.iter().sum());
        out.value(&Origin { quality, ..*origin }, metric, sum);
    }
}

/// The mean over the sleeps that have the vital, weighted by time asleep.
fn weighted_mean(night: &[&Sleep], vital: impl Fn(&Sleep) -> Option<f64>) -> Option<f64> {
    let known: Vec<(f64, f64)> = night
        .iter()
        .filter_map(|sleep| {
            Some((
                vital(sleep)?,
                positive(sleep.total_sleep_duration).unwrap_or(0.0),
            ))
        })
        .collect();
    // One value is itself, to the last bit.
    if let [(only, _)] = known.as_slice() {
        return Some(*only);
    }
    let asleep: f64 = known.iter().map(|(_, weight)| weight).sum();
    if asleep > 0.0 {
        Some(
            known
                .iter()
                .map(|(value, weight)| value * weight)
                .sum::<f64>()
                / asleep,
        )
    } else if known.is_empty() {
        None
    } else {
        Some(known.iter().map(|(value, _)| value).sum::<f64>() / known.len() as f64)
    }
}
