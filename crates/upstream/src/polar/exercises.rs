//! Exercises, with their samples and zones.

use physiology::workout::{Activity, Origin};
use physiology::{SeriesKind, SeriesPoint, Source, Workout};
use serde::{Deserialize, Deserializer};

use crate::derive::{Clock, Derived, Documents, Malformed, is_interval, positive};
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
    /// Training impulse of the exercise.
    #[serde(alias = "training-load")]
    pub training_load: Option<f64>,
    /// Training loads by what is loaded.
    #[serde(alias = "training-load-pro")]
    pub training_load_pro: Option<TrainingLoad>,
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

/// Training loads of an exercise; −1 is none.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct TrainingLoad {
    /// Of the heart: training impulse.
    #[serde(rename = "cardio-load", alias = "cardio_load")]
    pub cardio_load: Option<f64>,
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

impl Exercise {
    /// How long it took, ms: as told, else as long as its samples last.
    fn length_ms(&self) -> Option<i64> {
        let sampled_s = |sample: &ExerciseSample| {
            let rate_s = sample.recording_rate.filter(|rate| is_interval(*rate))?;
            let count = sample.data.as_deref()?.split(',').count();
            Some(count as f64 * rate_s)
        };
        let sampled_s = self.samples.iter().flatten().filter_map(sampled_s);
        let length_s = positive(self.duration).or_else(|| sampled_s.reduce(f64::max))?;
        Some((length_s * 1_000.0).round() as i64)
    }

    /// The heart's training load. Both fields hold it; older documents have but one.
    fn cardio_load(&self) -> Option<f64> {
        let pro = self.training_load_pro.and_then(|load| load.cardio_load);
        let known = |load: &f64| load.is_finite() && *load >= 0.0;
        pro.filter(known)
            .or_else(|| self.training_load.filter(known))
    }

    fn activity(&self) -> Activity {
        let detailed = self.detailed_sport_info.as_deref().map(Activity::of);
        let plain = self.sport.as_deref().map(Activity::of);
        detailed
            .filter(|activity| !activity.is_unspecific())
            .or(plain)
            .unwrap_or_else(|| Activity::of(""))
    }

    fn workout(&self, key: &str) -> Option<Workout> {
        let starts_at = self.start();
        let heart_rate =
            |bpm: fn(&HeartRate) -> Option<f64>| positive(self.heart_rate.as_ref().and_then(bpm));
        Some(Workout {
            origins: vec![Origin {
                source: Source::Polar,
                document: key.to_owned(),
            }],
            activity: self.activity(),
            label: None,
            day: self.start_time.day(),
            starts_at,
            ends_at: physiology::Timestamp(starts_at.0.saturating_add(self.length_ms()?)),
            utc_offset_s: Some(self.start_time_utc_offset.saturating_mul(60)),
            distance_m: positive(self.distance),
            calories_kcal: positive(self.calories),
            average_heart_rate_bpm: heart_rate(|rate| rate.average),
            max_heart_rate_bpm: heart_rate(|rate| rate.maximum),
            cardio_load: self.cardio_load(),
        })
    }
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Exercise, out| {
        out.workouts.extend(document.workout(key));
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
    fn an_exercise_is_a_workout() {
        let told = derived(
            r#","sport":"OTHER","detailed-sport-info":"HIKING","distance":-1,
            "training-load":96.5,"training-load-pro":{"cardio-load":-1.0}"#,
        );
        let [workout] = told.workouts.as_slice() else {
            panic!("{:?}", told.malformed)
        };
        assert_eq!(workout.activity.id(), "hiking");
        assert_eq!(workout.duration_s(), 6.5 * 3_600.0);
        assert_eq!(workout.utc_offset_s, Some(20_700));
        assert_eq!(workout.day.to_string(), "2026-10-13");
        assert_eq!(workout.average_heart_rate_bpm, Some(120.0));
        assert_eq!(workout.max_heart_rate_bpm, None, "0 is none");
        assert_eq!(workout.distance_m, None, "-1 is none");
        assert_eq!(
            workout.cardio_load,
            Some(96.5),
            "-1 is none, the other field is not"
        );
        let pro = derived(r#","training_load":96.5,"training_load_pro":{"cardio-load":0}"#);
        assert_eq!(pro.workouts[0].cardio_load, Some(0.0));
        assert_eq!(pro.workouts[0].activity.id(), "other");
    }

    #[test]
    fn one_without_a_duration_lasts_as_long_as_its_samples() {
        let body = r#"{"start_time":"2026-10-13T08:00:00","start_time_utc_offset":345,
            "samples":[{"recording-rate":5,"sample-type":0,"data":"100,null,101"}]}"#;
        let sampled = derive_all(Collection::PolarExercises, None, &[("k".into(), body)]);
        assert_eq!(sampled.workouts[0].duration_s(), 15.0);
        let body = r#"{"start_time":"2026-10-13T08:00:00","start_time_utc_offset":345}"#;
        let empty = derive_all(Collection::PolarExercises, None, &[("k".into(), body)]);
        assert!(empty.workouts.is_empty() && empty.malformed.is_empty());
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
