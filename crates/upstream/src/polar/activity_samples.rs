//! Steps through a day.

use physiology::{Day, SeriesKind, SeriesPoint, Source};
use serde::Deserialize;

use crate::derive::{Clock, Derived, Documents, Malformed};
use crate::time::WallTime;

/// Samples of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct ActivitySamples {
    /// The day.
    pub date: Day,
    /// Steps.
    pub steps: Option<StepSamples>,
}

/// Steps per interval.
#[derive(Clone, PartialEq, Deserialize)]
pub struct StepSamples {
    /// From one sample to the next, ms.
    #[serde(alias = "interval-ms")]
    pub interval_ms: Option<f64>,
    /// Steps of the day.
    #[serde(alias = "total-steps")]
    pub total_steps: Option<f64>,
    /// The samples, oldest first.
    pub samples: Option<Vec<StepSample>>,
}

/// Steps of one interval.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct StepSample {
    /// Steps.
    pub steps: Option<f64>,
    /// When the interval begins, local time.
    pub timestamp: WallTime,
}

/// A day has no more intervals than it has seconds.
const MOST_POINTS: usize = 86_400;

impl StepSamples {
    /// The samples, those put back in that were left out because they repeat the one before.
    ///
    /// Whether any were is told by the day's total: as many steps as the samples add up to leave
    /// no room for more.
    fn points(&self) -> Result<Vec<SeriesPoint>, Malformed> {
        let told = |sample: &StepSample| {
            Some(SeriesPoint {
                at: sample.timestamp.as_utc,
                value: sample.steps.filter(|s| *s >= 0.0)?,
            })
        };
        let samples = self.samples.as_deref().unwrap_or_default();
        let as_told: Vec<SeriesPoint> = samples.iter().filter_map(told).collect();
        let sum: f64 = as_told.iter().map(|point| point.value).sum();
        let Some(interval_ms) = self.interval_ms else {
            return Ok(as_told);
        };
        if !(interval_ms.is_finite() && interval_ms >= 1_000.0) {
            return Err(Malformed::field(
                "steps.interval_ms",
                "expected 1000 or more",
            ));
        }
        if self.total_steps.is_none_or(|total| total <= sum) {
            return Ok(as_told);
        }
        let interval_ms = interval_ms as i64;
        let mut points = Vec::new();
        for (index, sample) in samples.iter().enumerate() {
            let Some(point) = told(sample) else { continue };
            let next = samples.get(index + 1).map(|next| next.timestamp.as_utc);
            let end_ms = next.map_or(point.at.0 + 1, |next| next.0);
            let mut at_ms = point.at.0;
            while at_ms < end_ms && points.len() < MOST_POINTS {
                points.push(SeriesPoint {
                    at: physiology::Timestamp(at_ms),
                    ..point
                });
                at_ms = at_ms.saturating_add(interval_ms);
            }
        }
        Ok(points)
    }
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: ActivitySamples, out| {
        if let Some(steps) = &document.steps {
            out.series(
                key,
                Source::Polar,
                SeriesKind::Steps,
                steps.points()?,
                Clock::Local,
            );
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn steps(total: u32) -> Vec<(i64, f64)> {
        let body = format!(
            r#"{{"date":"2025-08-14","steps":{{"interval_ms":60000,"total_steps":{total},"samples":[
            {{"steps":10,"timestamp":"2025-08-14T00:02"}},{{"steps":0,"timestamp":"2025-08-14T00:05"}},
            {{"steps":null,"timestamp":"2025-08-14T00:06"}},{{"steps":7,"timestamp":"2025-08-14T00:09"}}
            ]}}}}"#
        );
        let derived = derive_all(
            Collection::PolarActivitySamples,
            None,
            &[("k".into(), &body)],
        );
        let start = WallTime::parse("2025-08-14T00:00").unwrap().as_utc;
        assert!(derived.series[0].local_clock);
        let points = derived.series[0].points.iter();
        points
            .map(|point| (point.at.seconds_since(start) / 60, point.value))
            .collect()
    }

    #[test]
    fn repeats_that_were_left_out_are_put_back_when_the_total_asks_for_them() {
        assert_eq!(steps(17), [(2, 10.0), (5, 0.0), (9, 7.0)]);
        assert_eq!(
            steps(37),
            [(2, 10.0), (3, 10.0), (4, 10.0), (5, 0.0), (9, 7.0)]
        );
    }
}
