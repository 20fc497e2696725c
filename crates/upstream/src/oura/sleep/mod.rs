//! Sleeps, naps and rests.
//!
//! Only `long_sleep` is a night. A day can hold two: their durations add, their vitals are means
//! weighted by time asleep over the sleeps that have the vital.

mod night;
mod series;

use std::collections::BTreeMap;

use physiology::{Day, Source};
use serde::Deserialize;

use self::series::{Part, parts};
use super::Sample;
use crate::derive::{Clock, Derived, Documents, Origin, positive};
use crate::time::LocalTime;

/// A time in bed.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Sleep {
    /// The day it belongs to: for a night, the one it ends on.
    pub day: Day,
    /// What kind of sleep it is.
    #[serde(rename = "type")]
    pub kind: Option<SleepType>,
    /// Going to bed.
    pub bedtime_start: LocalTime,
    /// Getting up.
    pub bedtime_end: LocalTime,
    /// Breaths a minute; in older documents, where it is below 1, a second.
    pub average_breath: Option<f64>,
    /// ms, RMSSD.
    pub average_hrv: Option<f64>,
    /// bpm.
    pub lowest_heart_rate: Option<f64>,
    /// s.
    pub total_sleep_duration: Option<f64>,
    /// s.
    pub deep_sleep_duration: Option<f64>,
    /// s.
    pub light_sleep_duration: Option<f64>,
    /// s.
    pub rem_sleep_duration: Option<f64>,
    /// s.
    pub awake_time: Option<f64>,
    /// Percent of the time in bed.
    pub efficiency: Option<f64>,
    /// bpm, every 5 min.
    pub heart_rate: Option<Sample>,
    /// ms, every 5 min.
    pub hrv: Option<Sample>,
    /// A digit for each 5 min from going to bed: 1 deep, 2 light, 3 REM, 4 awake.
    pub sleep_phase_5_min: Option<String>,
    /// The same for each 30 s; older documents are without.
    pub sleep_phase_30_sec: Option<String>,
}

/// What kind of sleep it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SleepType {
    /// The wearer took it back.
    Deleted,
    /// A nap.
    Sleep,
    /// A night.
    LongSleep,
    /// A nap late in the day.
    LateNap,
    /// Lying still.
    Rest,
    /// A word this version does not know.
    #[serde(other)]
    Unknown,
}

impl Sleep {
    fn breaths_per_min(&self) -> Option<f64> {
        let breaths = positive(self.average_breath)?;
        Some(if breaths < 1.0 {
            breaths * 60.0
        } else {
            breaths
        })
    }
}

/// A long sleep: its key, and its series.
type Night<'a> = (&'a str, Sleep, Vec<Part>);

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    let mut nights: BTreeMap<Day, Vec<Night<'_>>> = BTreeMap::new();
    for (key, sleep) in documents.all::<Sleep>(out) {
        if sleep.kind != Some(SleepType::LongSleep) {
            continue;
        }
        match documents.belongs(sleep.day).and_then(|()| parts(&sleep)) {
            Ok(parts) => nights
                .entry(sleep.day)
                .or_default()
                .push((key, sleep, parts)),
            Err(malformed) => out.malformed.push((key.to_owned(), malformed.reason)),
        }
    }
    for (day, mut sleeps) in nights {
        sleeps.sort_by_key(|(_, sleep, _)| sleep.bedtime_end.at);
        if let Some((key, last, _)) = sleeps.last() {
            let origin = Origin::oura(key, day, last.bedtime_end.at);
            let night: Vec<&Sleep> = sleeps.iter().map(|(_, sleep, _)| sleep).collect();
            night::derive(&origin, &night, out);
        }
        for (key, sleep, parts) in sleeps {
            out.clock(sleep.bedtime_start);
            out.clock(sleep.bedtime_end);
            for (kind, points) in parts {
                out.series(key, Source::Oura, kind, points, Clock::Utc);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use physiology::{Metric, Quality, SeriesKind};

    use super::*;
    use crate::{Collection, derive as derive_all};

    fn sleep(kind: &str, start: &str, end: &str, more: &str) -> String {
        format!(
            r#"{{"id":"x","day":"2026-10-13","type":"{kind}","bedtime_start":"{start}",
            "bedtime_end":"{end}","low_battery_alert":false,"period":0,"time_in_bed":1{more}}}"#
        )
    }

    fn derived(bodies: &[String]) -> Derived {
        let documents: Vec<(String, &str)> = bodies
            .iter()
            .enumerate()
            .map(|(index, body)| (format!("k{index}"), body.as_str()))
            .collect();
        derive_all(Collection::OuraSleep, "2026-10-13".parse().ok(), &documents)
    }

    fn value(derived: &Derived, metric: Metric) -> Option<f64> {
        let mut found = derived
            .readings
            .iter()
            .filter(|reading| reading.metric == metric);
        let value = found.next().map(|reading| reading.measurement.value);
        assert!(found.next().is_none(), "{metric} twice");
        value
    }

    const NIGHT: (&str, &str) = ("2026-10-12T22:00:00+05:45", "2026-10-13T05:30:00+05:45");

    #[test]
    fn naps_rests_and_the_deleted_never_feed_a_night() {
        let vitals = r#","lowest_heart_rate":80,"average_hrv":10,"total_sleep_duration":3600"#;
        let kinds = ["sleep", "late_nap", "rest", "deleted", "hibernation"];
        let mut bodies: Vec<String> = kinds
            .iter()
            .map(|kind| {
                sleep(
                    kind,
                    "2026-10-13T12:00:00+05:45",
                    "2026-10-13T13:00:00+05:45",
                    vitals,
                )
            })
            .collect();
        assert_eq!(derived(&bodies), Derived::default());
        let night = r#","lowest_heart_rate":50,"average_hrv":60,"total_sleep_duration":25200"#;
        bodies.push(sleep("long_sleep", NIGHT.0, NIGHT.1, night));
        let derived = derived(&bodies);
        assert_eq!(value(&derived, Metric::RestingHeartRate), Some(50.0));
        assert_eq!(value(&derived, Metric::TotalSleep), Some(25_200.0));
        let reading = &derived.readings[0];
        assert_eq!(reading.document, "k5");
        assert_eq!(
            reading.measurement.measured_at,
            LocalTime::parse(NIGHT.1).unwrap().at
        );
        assert_eq!(reading.measurement.quality, Quality::Complete);
        let ends = [NIGHT.0, NIGHT.1].map(|end| LocalTime::parse(end).unwrap());
        let told = derived.offsets.iter().map(|c| (c.at, c.utc_offset_s));
        let expected = ends.map(|end| (end.at, end.utc_offset_s));
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn two_nights_add_and_are_weighted_by_time_asleep() {
        let first = r#","lowest_heart_rate":60,"average_hrv":40,"average_breath":0.25,
            "total_sleep_duration":10800,"deep_sleep_duration":600,"efficiency":80"#;
        let second = r#","lowest_heart_rate":50,"average_hrv":null,"average_breath":13,
            "total_sleep_duration":3600,"deep_sleep_duration":300,"efficiency":90,"awake_time":60"#;
        let bodies = [
            sleep(
                "long_sleep",
                "2026-10-13T04:00:00+05:45",
                "2026-10-13T06:00:00+05:45",
                second,
            ),
            sleep(
                "long_sleep",
                "2026-10-12T21:00:00+05:45",
                "2026-10-13T01:00:00+05:45",
                first,
            ),
        ];
        let derived = derived(&bodies);
        assert_eq!(value(&derived, Metric::TotalSleep), Some(14_400.0));
        assert_eq!(value(&derived, Metric::DeepSleep), Some(900.0));
        assert_eq!(value(&derived, Metric::RestingHeartRate), Some(57.5));
        assert_eq!(value(&derived, Metric::SleepEfficiency), Some(82.5));
        // 15 for three hours, 13 for one.
        assert_eq!(value(&derived, Metric::RespiratoryRate), Some(14.5));
        assert_eq!(value(&derived, Metric::HrvRmssd), Some(40.0));
        let awake = derived
            .readings
            .iter()
            .find(|r| r.metric == Metric::AwakeTime)
            .unwrap();
        assert_eq!(awake.measurement.quality, Quality::Partial);
        assert_eq!(awake.document, "k0", "the later of the two");
    }

    #[test]
    fn zero_is_no_vital_and_absent_is_no_value() {
        let body = sleep(
            "long_sleep",
            NIGHT.0,
            NIGHT.1,
            r#","lowest_heart_rate":0,"average_hrv":0"#,
        );
        assert!(derived(&[body]).readings.is_empty());
    }

    #[test]
    fn series_skip_nulls_and_keep_their_place() {
        let more = r#","heart_rate":{"interval":300,"items":[null,52,null,50.5],
            "timestamp":"2026-10-12T22:00:00.000+05:45"},"sleep_phase_5_min":"41?3""#;
        let derived = derived(&[sleep("long_sleep", NIGHT.0, NIGHT.1, more)]);
        let start = LocalTime::parse(NIGHT.0).unwrap().at;
        let points = |kind| {
            let series = derived
                .series
                .iter()
                .find(|series| series.kind == kind)
                .unwrap();
            assert!(!series.local_clock);
            let points = series.points.iter();
            points
                .map(|p| (p.at.seconds_since(start), p.value))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            points(SeriesKind::SleepHeartRate),
            [(300, 52.0), (900, 50.5)]
        );
        assert_eq!(
            points(SeriesKind::SleepStage),
            [(0, 0.0), (300, 3.0), (900, 1.0)]
        );
    }

    #[test]
    fn stages_are_the_finest_there_are() {
        let digits = |more: &str| {
            let derived = derived(&[sleep("long_sleep", NIGHT.0, NIGHT.1, more)]);
            let start = LocalTime::parse(NIGHT.0).unwrap().at;
            derived
                .series
                .iter()
                .flat_map(|series| &series.points)
                .map(|point| (point.at.seconds_since(start), point.value))
                .collect::<Vec<_>>()
        };
        let both = r#","sleep_phase_5_min":"41","sleep_phase_30_sec":"442""#;
        assert_eq!(digits(both), [(0, 0.0), (30, 0.0), (60, 2.0)]);
        let empty = r#","sleep_phase_5_min":"41","sleep_phase_30_sec":"""#;
        assert_eq!(digits(empty), [(0, 0.0), (300, 3.0)]);
    }

    #[test]
    fn one_malformed_document_leaves_the_others_alone() {
        let good = sleep("long_sleep", NIGHT.0, NIGHT.1, r#","average_hrv":60"#);
        let bad = sleep("long_sleep", NIGHT.0, "yesterday", r#","average_hrv":61"#);
        let no_interval = sleep(
            "long_sleep",
            NIGHT.0,
            NIGHT.1,
            r#","average_hrv":62,"hrv":{"interval":0,"items":[1],"timestamp":"2026-10-12T22:00:00Z"}"#,
        );
        let derived = derived(&[bad, good, no_interval, "[]".into()]);
        assert_eq!(value(&derived, Metric::HrvRmssd), Some(60.0));
        let keys: Vec<&str> = derived
            .malformed
            .iter()
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(keys, ["k0", "k3", "k2"]);
        assert_eq!(
            derived.malformed[0].1,
            "bedtime_end: expected a time with its UTC offset"
        );
    }
}
