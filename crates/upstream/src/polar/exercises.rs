//! Exercises, with their samples and zones.

use physiology::{SeriesKind, SeriesPoint, Source};
use serde::{Deserialize, Deserializer};

use crate::derive::{Clock, Derived, Documents, Malformed, is_interval};
use crate::time::{WallTime, optional_duration_s};

/// An exercise.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Exercise {
    /// When it began, local time.
    #[serde(alias = "start-time")]
    pub start_time: WallTime,
    /// Minutes local time is ahead of UTC.
    #[serde(alias = "start-time-utc-offset")]
    pub start_time_utc_offset: i32,
    /// s.
    #[serde(default, deserialize_with = "optional_duration_s")]
    pub duration: Option<f64>,
    /// kcal.
    pub calories: Option<f64>,
    /// m.
    pub distance: Option<f64>,
    /// `HIKING`, `RUNNING` …
    pub sport: Option<String>,
    /// The sport in Polar's finer list.
    #[serde(alias = "detailed-sport-info")]
    pub detailed_sport_info: Option<String>,
    /// The watch.
    pub device: Option<String>,
    /// bpm.
    #[serde(alias = "heart-rate")]
    pub heart_rate: Option<HeartRate>,
    /// Time in each zone.
    #[serde(alias = "heart-rate-zones")]
    pub heart_rate_zones: Option<Vec<Zone>>,
    /// What was recorded.
    pub samples: Option<Vec<ExerciseSample>>,
}

/// Heart rate of an exercise, bpm; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct HeartRate {
    /// Mean.
    pub average: Option<f64>,
    /// Highest.
    pub maximum: Option<f64>,
}

/// Time in a zone of heart rate.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Zone {
    /// Which one, the lowest first.
    pub index: Option<f64>,
    /// bpm.
    #[serde(rename = "lower-limit", alias = "lower_limit")]
    pub lower_limit: Option<f64>,
    /// bpm.
    #[serde(rename = "upper-limit", alias = "upper_limit")]
    pub upper_limit: Option<f64>,
    /// s.
    #[serde(
        default,
        rename = "in-zone",
        alias = "in_zone",
        deserialize_with = "optional_duration_s"
    )]
    pub in_zone: Option<f64>,
}

/// What one sensor recorded.
#[derive(Clone, PartialEq, Deserialize)]
pub struct ExerciseSample {
    /// From one value to the next, s; none for beats.
    #[serde(rename = "recording-rate", alias = "recording_rate")]
    pub recording_rate: Option<f64>,
    /// Which sensor: 0 heart rate, 3 altitude …
    #[serde(
        rename = "sample-type",
        alias = "sample_type",
        deserialize_with = "sample_type"
    )]
    pub sample_type: i64,
    /// The values, parted by commas, `null` where there is none.
    pub data: Option<String>,
}

const HEART_RATE: i64 = 0;
const ALTITUDE: i64 = 3;

/// Written as a number and as a string.
fn sample_type<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Visitor;
    impl serde::de::Visitor<'_> for Visitor {
        type Value = i64;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("the number of a sample type")
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i64, E> {
            Ok(number)
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i64, E> {
            i64::try_from(number).map_err(|_| E::custom("expected the number of a sample type"))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
            text.trim()
                .parse()
                .map_err(|_| E::custom("expected the number of a sample type"))
        }
    }
    deserializer.deserialize_any(Visitor)
}

impl Exercise {
    /// When it began.
    pub const fn start(&self) -> physiology::Timestamp {
        self.start_time
            .at(self.start_time_utc_offset.saturating_mul(60))
    }

    fn points(
        &self,
        sample: &ExerciseSample,
        keep: impl Fn(f64) -> bool,
    ) -> Result<Vec<SeriesPoint>, Malformed> {
        let Some(rate_s) = sample.recording_rate.filter(|rate| is_interval(*rate)) else {
            return Err(Malformed::field(
                "samples.recording-rate",
                "expected seconds, a day at most",
            ));
        };
        let start = self.start();
        let mut points = Vec::new();
        for (index, text) in sample
            .data
            .iter()
            .flat_map(|data| data.split(','))
            .enumerate()
        {
            let text = text.trim();
            if text.is_empty() || text == "null" {
                continue;
            }
            let value: f64 = text
                .parse()
                .map_err(|_| Malformed::field("samples.data", "expected numbers and nulls"))?;
            if keep(value) {
                let after_ms = (index as f64 * rate_s * 1_000.0).round() as i64;
                let at = physiology::Timestamp(start.0.saturating_add(after_ms));
                points.push(SeriesPoint { at, value });
            }
        }
        Ok(points)
    }
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Exercise, out| {
        for sample in document.samples.iter().flatten() {
            let (kind, points) = match sample.sample_type {
                HEART_RATE => (
                    SeriesKind::WorkoutHeartRate,
                    document.points(sample, |bpm| bpm > 0.0)?,
                ),
                ALTITUDE => (SeriesKind::Altitude, document.points(sample, |_| true)?),
                _ => continue,
            };
            out.series(key, Source::Polar, kind, points, Clock::Utc);
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::LocalTime;
    use crate::{Collection, derive as derive_all};

    fn derived(more: &str) -> Derived {
        let body = format!(
            r#"{{"id":"2AC312F","start_time":"2026-10-13T08:00:00","start_time_utc_offset":345,
            "duration":"PT6H30M","heart_rate":{{"average":120,"maximum":0}},
            "heart_rate_zones":[{{"index":1,"lower-limit":110,"upper-limit":130,"in-zone":"PT4S"}}]{more}}}"#
        );
        derive_all(Collection::PolarExercises, None, &[("k".into(), &body)])
    }

    #[test]
    fn samples_start_at_local_time_minus_offset_and_nulls_are_gaps() {
        let derived = derived(
            r#","samples":[
            {"recording-rate":5,"sample-type":"0","data":"0,100,null,102"},
            {"recording_rate":1,"sample_type":3,"data":"-2.5,0,"},
            {"recording-rate":null,"sample-type":"11","data":"812,790"}]"#,
        );
        assert_eq!(derived.malformed, []);
        let start = LocalTime::parse("2026-10-13T02:15:00Z").unwrap().at;
        let all: Vec<(SeriesKind, Vec<(i64, f64)>)> = derived
            .series
            .iter()
            .map(|series| {
                let points = series.points.iter();
                (
                    series.kind,
                    points
                        .map(|p| (p.at.seconds_since(start), p.value))
                        .collect(),
                )
            })
            .collect();
        let expected = [
            (SeriesKind::WorkoutHeartRate, vec![(5, 100.0), (15, 102.0)]),
            (SeriesKind::Altitude, vec![(0, -2.5), (1, 0.0)]),
        ];
        assert_eq!(all, expected);
        assert!(derived.series.iter().all(|series| !series.local_clock));
    }

    #[test]
    fn samples_that_cannot_be_placed_or_read_are_malformed() {
        let no_rate =
            derived(r#","samples":[{"recording-rate":null,"sample-type":"0","data":"1"}]"#);
        assert_eq!(
            no_rate.malformed[0].1,
            "samples.recording-rate: expected seconds, a day at most"
        );
        let words = derived(r#","samples":[{"recording-rate":1,"sample-type":"0","data":"1,x"}]"#);
        assert_eq!(
            words.malformed[0].1,
            "samples.data: expected numbers and nulls"
        );
        assert!(words.series.is_empty());
    }
}
