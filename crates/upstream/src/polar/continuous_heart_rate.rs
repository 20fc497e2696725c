//! Heart rate of a day, exercises left out.

use physiology::{Day, SeriesKind, SeriesPoint, Source};
use serde::{Deserialize, Deserializer};

use crate::derive::{Clock, Derived, Documents};
use crate::time::clock_s;

/// Heart rate of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct ContinuousHeartRate {
    /// The day.
    pub date: Day,
    /// The samples.
    #[serde(alias = "heart-rate-samples")]
    pub heart_rate_samples: Option<Vec<HeartRateSample>>,
}

/// One sample.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct HeartRateSample {
    /// bpm.
    #[serde(alias = "heart-rate")]
    pub heart_rate: Option<f64>,
    /// When, s after local midnight.
    #[serde(alias = "sample-time", deserialize_with = "clock")]
    pub sample_time: i64,
}

fn clock<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    clock_s(&text).ok_or_else(|| serde::de::Error::custom("expected a time of day, HH:MM:SS"))
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: ContinuousHeartRate, out| {
        documents.belongs(document.date)?;
        let midnight = document.date.start_utc();
        let samples = document.heart_rate_samples.iter().flatten();
        let points = samples
            .filter_map(|sample| {
                let value = sample.heart_rate.filter(|bpm| *bpm > 0.0)?;
                Some(SeriesPoint {
                    at: midnight.plus_seconds(sample.sample_time),
                    value,
                })
            })
            .collect();
        out.series(
            key,
            Source::Polar,
            SeriesKind::HeartRate,
            points,
            Clock::Local,
        );
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    #[test]
    fn times_of_day_say_that_they_are_local() {
        let body = r#"{"polar_user":"u","date":"2026-10-13","heart_rate_samples":[
            {"heart_rate":63,"sample_time":"00:05:13"},{"heart_rate":0,"sample_time":"00:10:00"},
            {"heart_rate":61,"sample_time":"00:00:02"},{"heart_rate":60,"sample_time":"00:00:02"}]}"#;
        let derived = derive_all(
            Collection::PolarContinuousHeartRate,
            None,
            &[("k".into(), body)],
        );
        let [series] = derived.series.as_slice() else {
            panic!("{:?}", derived.malformed)
        };
        assert!(series.local_clock);
        let midnight = "2026-10-13".parse::<Day>().unwrap().start_utc();
        let points: Vec<_> = series
            .points
            .iter()
            .map(|p| (p.at.seconds_since(midnight), p.value))
            .collect();
        assert_eq!(points, [(2, 61.0), (313, 63.0)]);
    }
}
