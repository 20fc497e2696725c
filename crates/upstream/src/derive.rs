//! From documents to readings, series and workouts.

use core::fmt;

use physiology::clock::ClockAt;
use physiology::{
    Day, Measurement, Metric, Quality, SeriesKind, SeriesPoint, Source, Timestamp, Workout,
};
use serde::de::DeserializeOwned;

use crate::collection::Collection;
use crate::time::LocalTime;
use crate::{oura, polar};

/// What documents mean. `Debug` tells how much there is, not what.
#[derive(Clone, Default, PartialEq)]
pub struct Derived {
    /// Daily and nightly values.
    pub readings: Vec<DerivedReading>,
    /// Values within the day or night, oldest first, one for an instant.
    pub series: Vec<DerivedSeries>,
    /// Workouts, one a document: two vendors' records of one workout are not yet put together.
    pub workouts: Vec<Workout>,
    /// What the wearer's clock showed, where a document tells.
    pub offsets: Vec<ClockAt>,
    /// Documents that could not be understood: the key, and which field is wrong in what way,
    /// without its value.
    pub malformed: Vec<(String, String)>,
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Derived")
            .field("readings", &self.readings.len())
            .field("series", &self.series.len())
            .field("workouts", &self.workouts.len())
            .field("offsets", &self.offsets.len())
            .field("malformed", &self.malformed)
            .finish()
    }
}

/// A value of a metric on a day.
#[derive(Clone, PartialEq)]
pub struct DerivedReading {
    /// What was measured.
    pub metric: Metric,
    /// The day, by the vendor's reckoning.
    pub day: Day,
    /// The value, in the metric's unit.
    pub measurement: Measurement,
    /// The key of the document it comes from; of two, the later night's.
    pub document: String,
}

/// Values within a day or night.
#[derive(Clone, PartialEq)]
pub struct DerivedSeries {
    /// What was measured.
    pub kind: SeriesKind,
    /// Whose sensor.
    pub source: Source,
    /// The key of the document it comes from.
    pub document: String,
    /// The samples. Never empty.
    pub points: Vec<SeriesPoint>,
    /// Whether the document tells times of day only, without an offset from UTC: then the instants
    /// are those of a clock that shows UTC, and are early by what local time was ahead of it.
    pub local_clock: bool,
}

/// Which field of a document is wrong, and in what way, without its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Malformed {
    /// `bedtime_end: expected a time with its UTC offset`.
    pub reason: String,
}

impl Malformed {
    pub(crate) fn field(field: &str, problem: &str) -> Self {
        Self {
            reason: format!("{field}: {problem}"),
        }
    }
}

/// What the documents of one collection and day mean: `(key, JSON text)` each, in any order.
///
/// Pure: the same documents always mean the same. A document that cannot be understood is reported
/// and leaves the others alone. All documents of a day have to be given together, as two sleeps
/// make one night.
///
/// `measured_at` is the end of the sleep for what comes from one; otherwise the document's own
/// time, and midnight UTC of its day where it has none.
pub fn derive(collection: Collection, day: Option<Day>, documents: &[(String, &str)]) -> Derived {
    let mut out = Derived::default();
    let docs = Documents { day, documents };
    match collection {
        Collection::OuraSleep => oura::sleep::derive(docs, &mut out),
        Collection::OuraDailySleep => oura::daily_sleep::derive(docs, &mut out),
        Collection::OuraDailyReadiness => oura::daily_readiness::derive(docs, &mut out),
        Collection::OuraDailyActivity => oura::daily_activity::derive(docs, &mut out),
        Collection::OuraDailySpo2 => oura::daily_spo2::derive(docs, &mut out),
        Collection::OuraDailyStress => oura::daily_stress::derive(docs, &mut out),
        Collection::OuraDailyResilience => oura::daily_resilience::derive(docs, &mut out),
        Collection::OuraDailyCardiovascularAge => {
            oura::daily_cardiovascular_age::derive(docs, &mut out);
        }
        Collection::OuraVo2Max => oura::vo2_max::derive(docs, &mut out),
        Collection::OuraHeartrate => oura::heartrate::derive(docs, &mut out),
        Collection::OuraWorkout => oura::workout::derive(docs, &mut out),
        Collection::OuraSession => docs.check::<oura::Session>(&mut out),
        Collection::OuraEnhancedTag => docs.check::<oura::EnhancedTag>(&mut out),
        Collection::OuraSleepTime => docs.check::<oura::SleepTime>(&mut out),
        Collection::OuraRestModePeriod => docs.check::<oura::RestModePeriod>(&mut out),
        Collection::OuraRingConfiguration => docs.check::<oura::RingConfiguration>(&mut out),
        Collection::OuraRingBatteryLevel => docs.check::<oura::RingBatteryLevels>(&mut out),
        Collection::PolarSleep => polar::sleep::derive(docs, &mut out),
        Collection::PolarNightlyRecharge => polar::nightly_recharge::derive(docs, &mut out),
        Collection::PolarActivities => polar::activities::derive(docs, &mut out),
        Collection::PolarActivitySamples => polar::activity_samples::derive(docs, &mut out),
        Collection::PolarExercises => polar::exercises::derive(docs, &mut out),
        Collection::PolarCardioLoad => polar::cardio_load::derive(docs, &mut out),
        Collection::PolarContinuousHeartRate => {
            polar::continuous_heart_rate::derive(docs, &mut out);
        }
        Collection::PolarAlertness => docs.check::<polar::Alertness>(&mut out),
        Collection::PolarCircadianBedtime => docs.check::<polar::CircadianBedtime>(&mut out),
    }
    let begun = out.workouts.iter().filter_map(|workout| {
        Some(ClockAt {
            at: workout.starts_at,
            utc_offset_s: workout.utc_offset_s?,
        })
    });
    out.offsets.extend(begun);
    out
}

/// The documents of a day.
#[derive(Clone, Copy)]
pub(crate) struct Documents<'a> {
    day: Option<Day>,
    documents: &'a [(String, &'a str)],
}

impl<'a> Documents<'a> {
    /// Reads each document and adds what `read` makes of it, nothing of one that is malformed.
    pub fn each<T: DeserializeOwned>(
        self,
        out: &mut Derived,
        read: impl Fn(&str, T, &mut Derived) -> Result<(), Malformed>,
    ) {
        for (key, body) in self.documents {
            let mut found = Derived::default();
            let result = parse::<T>(body)
                .and_then(|document| read(key, document, &mut found))
                .and_then(|()| {
                    let workouts = found.workouts.iter().map(|workout| workout.day);
                    let mut days = found
                        .readings
                        .iter()
                        .map(|reading| reading.day)
                        .chain(workouts);
                    days.try_for_each(|day| self.belongs(day))
                });
            match result {
                Ok(()) => {
                    out.readings.append(&mut found.readings);
                    out.series.append(&mut found.series);
                    out.workouts.append(&mut found.workouts);
                    out.offsets.append(&mut found.offsets);
                }
                Err(malformed) => out.malformed.push((key.clone(), malformed.reason)),
            }
        }
    }

    /// Reads each document, the malformed ones left out and reported.
    pub fn all<T: DeserializeOwned>(self, out: &mut Derived) -> Vec<(&'a str, T)> {
        let mut read = Vec::with_capacity(self.documents.len());
        for (key, body) in self.documents {
            match parse::<T>(body) {
                Ok(document) => read.push((key.as_str(), document)),
                Err(malformed) => out.malformed.push((key.clone(), malformed.reason)),
            }
        }
        read
    }

    /// Reports the documents that are malformed; the others mean no metric, no series, no workout.
    fn check<T: DeserializeOwned>(self, out: &mut Derived) {
        self.all::<T>(out);
    }

    /// Refuses a document of another day than the one the documents are kept under: its values
    /// would outlive it.
    pub fn belongs(self, day: Day) -> Result<(), Malformed> {
        if self.day.is_none_or(|kept| kept == day) {
            Ok(())
        } else {
            Err(Malformed::field("day", "not the day it is kept under"))
        }
    }
}

impl Derived {
    /// Adds a value, where there is one.
    pub(crate) fn value(&mut self, of: &Origin<'_>, metric: Metric, value: Option<f64>) {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return;
        };
        let Origin {
            document,
            day,
            measured_at,
            source,
            quality,
        } = *of;
        self.readings.push(DerivedReading {
            metric,
            day,
            measurement: Measurement {
                value,
                measured_at,
                source,
                quality,
            },
            document: document.to_owned(),
        });
    }

    /// Adds what the wearer's clock showed.
    pub(crate) fn clock(&mut self, time: LocalTime) {
        self.offsets.push(ClockAt {
            at: time.at,
            utc_offset_s: time.utc_offset_s,
        });
    }

    /// Adds a series, where there is one.
    pub(crate) fn series(
        &mut self,
        document: &str,
        source: Source,
        kind: SeriesKind,
        points: Vec<SeriesPoint>,
        clock: Clock,
    ) {
        let mut points = points;
        points.retain(|point| point.value.is_finite());
        points.sort_by_key(|point| point.at);
        points.dedup_by_key(|point| point.at);
        if points.is_empty() {
            return;
        }
        self.series.push(DerivedSeries {
            kind,
            source,
            document: document.to_owned(),
            points,
            local_clock: clock == Clock::Local,
        });
    }
}

/// What the instants of a series are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// They are instants.
    Utc,
    /// They are times of day, the offset unknown.
    Local,
}

/// What the values of a document have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub document: &'a str,
    pub day: Day,
    pub measured_at: Timestamp,
    pub source: Source,
    pub quality: Quality,
}

impl<'a> Origin<'a> {
    /// A whole document of Oura's.
    pub const fn oura(document: &'a str, day: Day, measured_at: Timestamp) -> Self {
        Self {
            document,
            day,
            measured_at,
            source: Source::Oura,
            quality: Quality::Complete,
        }
    }

    /// A whole document of Polar's.
    pub const fn polar(document: &'a str, day: Day, measured_at: Timestamp) -> Self {
        Self {
            document,
            day,
            measured_at,
            source: Source::Polar,
            quality: Quality::Complete,
        }
    }
}

/// A quantity that cannot be zero: zero, and less, is a vendor's way to say that it has none.
pub(crate) fn positive(value: Option<f64>) -> Option<f64> {
    value.filter(|value| *value > 0.0)
}

/// Whether samples can be this far apart, s: longer than a day, and instants run off the calendar.
pub(crate) fn is_interval(seconds: f64) -> bool {
    seconds > 0.0 && seconds <= 86_400.0
}

/// Reads a typed document.
pub(crate) fn parse<T: DeserializeOwned>(body: &str) -> Result<T, Malformed> {
    let mut text = serde_json::Deserializer::from_str(body);
    let document = serde_path_to_error::deserialize(&mut text).map_err(|error| {
        let path = tidy(&error.path().to_string());
        let problem = problem(error.inner());
        // A dot is the document itself; a question mark, tidied away, is nowhere.
        if path.is_empty() || path == "." {
            Malformed { reason: problem }
        } else {
            Malformed::field(&path, &problem)
        }
    })?;
    text.end().map_err(|_| Malformed {
        reason: "text after the document".to_owned(),
    })?;
    Ok(document)
}

/// What is wrong, from the deserializer's message, which has the value in front.
fn problem(error: &serde_json::Error) -> String {
    if !error.is_data() {
        return "not JSON".to_owned();
    }
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    if let Some((_, expected)) = message.rsplit_once("expected ") {
        return format!("expected {}", tidy(expected));
    }
    for known in ["missing field", "duplicate field"] {
        if message.starts_with(known) {
            return tidy(message);
        }
    }
    "not as expected".to_owned()
}

/// Keys come from outside too: only what names are made of, and not much of it.
fn tidy(text: &str) -> String {
    let harmless = |letter: &char| letter.is_ascii_alphanumeric() || "_-.[] `:".contains(*letter);
    text.chars().filter(harmless).take(80).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only how it fails is of interest")]
    struct Sample {
        day: Day,
        end: LocalTime,
        inner: Option<Vec<f64>>,
    }

    #[test]
    fn a_reason_names_the_field_and_never_the_value() {
        let reason = |body: &str| parse::<Sample>(body).unwrap_err().reason;
        assert_eq!(
            reason(r#"{"day":48213}"#),
            "day: expected a day written YYYY-MM-DD"
        );
        assert_eq!(
            reason(r#"{"day":"48213, expected"}"#),
            "day: expected a day written YYYY-MM-DD"
        );
        assert_eq!(reason(r#"{"day":"2026-10-13"}"#), "missing field `end`");
        assert_eq!(
            reason(r#"{"day":"2026-10-13","end":"48213"}"#),
            "end: expected a time with its UTC offset"
        );
        let inner = r#"{"day":"2026-10-13","end":"2026-10-13T00:00:00Z","inner":[1,"48213"]}"#;
        assert_eq!(reason(inner), "inner[1]: expected f64");
        assert_eq!(reason("48213"), "expected struct Sample");
        assert_eq!(reason("{"), "not JSON");
        assert_eq!(reason(""), "not JSON");
    }
}
