//! Sleep of a night.

use physiology::{Day, Metric, SeriesKind, SeriesPoint, Source, Timestamp};
use serde::Deserialize;

use super::ByClock;
use crate::derive::{Clock, Derived, Documents, Origin, positive};
use crate::time::{LocalTime, next_at};

/// Sleep of a night.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Sleep {
    /// The day it ended on.
    pub date: Day,
    /// Falling asleep.
    #[serde(alias = "sleep-start-time")]
    pub sleep_start_time: LocalTime,
    /// Waking up.
    #[serde(alias = "sleep-end-time")]
    pub sleep_end_time: LocalTime,
    /// s.
    #[serde(alias = "light-sleep")]
    pub light_sleep: Option<f64>,
    /// s.
    #[serde(alias = "deep-sleep")]
    pub deep_sleep: Option<f64>,
    /// s.
    #[serde(alias = "rem-sleep")]
    pub rem_sleep: Option<f64>,
    /// s, asleep in a stage that could not be told.
    #[serde(alias = "unrecognized-sleep-stage")]
    pub unrecognized_sleep_stage: Option<f64>,
    /// 1–100.
    #[serde(alias = "sleep-score")]
    pub sleep_score: Option<f64>,
    /// Changes of stage: 0 wake, 1 REM, 2 and 3 light, 4 deep, 5 unknown.
    pub hypnogram: Option<ByClock>,
    /// bpm, every 5 min.
    #[serde(alias = "heart-rate-samples")]
    pub heart_rate_samples: Option<ByClock>,
}

/// From one point of a stage to the next, s.
const STAGE_STEP_S: i64 = 60;
/// Clocks a little before falling asleep still belong to the night.
const SLACK_S: i64 = 3_600;

impl Sleep {
    /// When the clock showed that, in this night. The offset is that of falling asleep: a watch
    /// changes its clock when it meets its phone.
    fn at(&self, clock_s: i64) -> Timestamp {
        let start = self.sleep_start_time;
        next_at(start.at.plus_seconds(-SLACK_S), start.utc_offset_s, clock_s)
    }

    fn heart_rate(&self) -> Vec<SeriesPoint> {
        let samples = self
            .heart_rate_samples
            .iter()
            .flat_map(|by_clock| &by_clock.samples);
        samples
            .filter(|(_, value)| *value > 0.0)
            .map(|(clock_s, value)| SeriesPoint {
                at: self.at(*clock_s),
                value: *value,
            })
            .collect()
    }

    /// A point a minute from each change of stage to the next, and to waking up; none where the
    /// stage is unknown.
    fn stages(&self) -> Vec<SeriesPoint> {
        let by_clock = self.hypnogram.iter().flat_map(|by_clock| &by_clock.samples);
        let mut changes: Vec<(Timestamp, f64)> = by_clock
            .map(|(clock_s, stage)| (self.at(*clock_s), *stage))
            .collect();
        changes.sort_by_key(|(at, _)| *at);
        let ends = changes
            .iter()
            .skip(1)
            .map(|(at, _)| *at)
            .chain([self.sleep_end_time.at]);
        let mut points = Vec::new();
        for (&(start, stage), end) in changes.iter().zip(ends) {
            let Some(value) = stage_value(stage) else {
                continue;
            };
            // Changes lie within a day, so only a false end could be further away.
            let length_s = end.seconds_since(start).clamp(0, 86_400);
            let steps = (0..length_s).step_by(STAGE_STEP_S as usize);
            points.extend(steps.map(|after_s| SeriesPoint {
                at: start.plus_seconds(after_s),
                value,
            }));
        }
        points
    }
}

/// Polar's stages as ours: 0 awake, 1 REM, 2 light, 3 deep.
fn stage_value(stage: f64) -> Option<f64> {
    [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 2.0), (4.0, 3.0)]
        .into_iter()
        .find_map(|(polar, ours)| (polar == stage).then_some(ours))
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Sleep, out| {
        out.clock(document.sleep_start_time);
        out.clock(document.sleep_end_time);
        let origin = Origin::polar(key, document.date, document.sleep_end_time.at);
        let stages = [
            (Metric::DeepSleep, positive(document.deep_sleep)),
            (Metric::RemSleep, positive(document.rem_sleep)),
            (Metric::LightSleep, positive(document.light_sleep)),
        ];
        let known = stages.iter().filter_map(|(_, seconds)| *seconds);
        let total: f64 = known
            .chain(positive(document.unrecognized_sleep_stage))
            .sum();
        out.value(&origin, Metric::TotalSleep, positive(Some(total)));
        for (metric, seconds) in stages {
            out.value(&origin, metric, seconds);
        }
        out.value(
            &origin,
            Metric::PolarSleepScore,
            positive(document.sleep_score),
        );
        let heart_rate = document.heart_rate();
        out.series(
            key,
            Source::Polar,
            SeriesKind::SleepHeartRate,
            heart_rate,
            Clock::Utc,
        );
        out.series(
            key,
            Source::Polar,
            SeriesKind::SleepStage,
            document.stages(),
            Clock::Utc,
        );
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn derived(more: &str) -> Derived {
        let body = format!(
            r#"{{"date":"2026-10-13","sleep_start_time":"2026-10-12T23:50:30+05:45",
            "sleep_end_time":"2026-10-13T00:10:00+05:45"{more}}}"#
        );
        derive_all(
            Collection::PolarSleep,
            "2026-10-13".parse().ok(),
            &[("k".into(), &body)],
        )
    }

    fn points(derived: &Derived, kind: SeriesKind) -> Vec<(String, f64)> {
        let series = derived
            .series
            .iter()
            .find(|series| series.kind == kind)
            .unwrap();
        let local = |at: Timestamp| {
            at.plus_seconds(20_700)
                .to_utc()
                .format("%d %H:%M")
                .to_string()
        };
        series
            .points
            .iter()
            .map(|point| (local(point.at), point.value))
            .collect()
    }

    #[test]
    fn zero_and_minus_one_are_no_value() {
        let none = derived(r#","light_sleep":0,"deep_sleep":-1,"rem_sleep":0,"sleep_score":-1"#);
        assert_eq!((none.readings.len(), none.series.len()), (0, 0));
        assert_eq!(none.malformed, []);
        let some = derived(
            r#","light_sleep":600,"deep-sleep":300,"rem_sleep":0,"unrecognized_sleep_stage":60,"sleep_score":71"#,
        );
        let values: Vec<(Metric, f64)> = some
            .readings
            .iter()
            .map(|r| (r.metric, r.measurement.value))
            .collect();
        let expected = [
            (Metric::TotalSleep, 960.0),
            (Metric::DeepSleep, 300.0),
            (Metric::LightSleep, 600.0),
            (Metric::PolarSleepScore, 71.0),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn a_night_tells_what_the_watch_showed_at_both_its_ends() {
        let ends = ["2026-10-12T23:50:30+05:45", "2026-10-13T00:10:00+05:45"];
        let told = derived("").offsets;
        let told: Vec<_> = told.iter().map(|c| (c.at, c.utc_offset_s)).collect();
        let expected = ends.map(|end| (LocalTime::parse(end).unwrap().at, 20_700));
        assert_eq!(told, expected);
    }

    #[test]
    fn clocks_cross_midnight_in_whatever_order_they_come() {
        let derived = derived(
            r#","heart_rate_samples":{"00:04":51,"23:54":53,"23:59":0},
            "hypnogram":{"23:50":3,"23:52":5,"23:58":4,"00:01":0}"#,
        );
        let heart = points(&derived, SeriesKind::SleepHeartRate);
        assert_eq!(
            heart,
            [("12 23:54".into(), 53.0), ("13 00:04".into(), 51.0)]
        );
        let stages = points(&derived, SeriesKind::SleepStage);
        let expected = [
            ("12 23:50", 2.0),
            ("12 23:51", 2.0), // light, then unknown until 23:58
            ("12 23:58", 3.0),
            ("12 23:59", 3.0),
            ("13 00:00", 3.0),
            ("13 00:01", 0.0),
            ("13 00:02", 0.0),
            ("13 00:03", 0.0),
            ("13 00:04", 0.0),
            ("13 00:05", 0.0),
            ("13 00:06", 0.0),
            ("13 00:07", 0.0),
            ("13 00:08", 0.0),
            ("13 00:09", 0.0),
        ];
        assert_eq!(stages, expected.map(|(at, stage)| (at.to_owned(), stage)));
    }

    #[test]
    fn a_clock_that_is_none_is_named() {
        let malformed = derived(r#","hypnogram":{"25:00":1}"#).malformed;
        assert_eq!(malformed[0].1, "hypnogram: expected times of day HH:MM");
    }
}
