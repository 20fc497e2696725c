//! Workouts: what the ring found, and what the wearer entered.

use physiology::workout::{Activity, Origin};
use physiology::{Day, Source, Workout as Known};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Malformed, positive};
use crate::time::LocalTime;

/// A workout.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Workout {
    /// The day.
    pub day: Day,
    /// What was done: `hiking`, `running` …
    pub activity: String,
    /// When it began.
    pub start_datetime: LocalTime,
    /// When it ended.
    pub end_datetime: LocalTime,
    /// `easy`, `moderate` or `hard`.
    pub intensity: Option<String>,
    /// How it came to be known: `manual`, `autodetected` …
    pub source: Option<String>,
    /// kcal.
    pub calories: Option<f64>,
    /// m.
    pub distance: Option<f64>,
    /// What the wearer called it.
    pub label: Option<String>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Workout, out| {
        if document.end_datetime.at < document.start_datetime.at {
            return Err(Malformed::field("end_datetime", "before the start"));
        }
        out.clock(document.end_datetime);
        out.workouts.push(Known {
            origins: vec![Origin {
                source: Source::Oura,
                document: key.to_owned(),
            }],
            activity: Activity::of(&document.activity),
            label: document.label.filter(|label| !label.trim().is_empty()),
            day: document.day,
            starts_at: document.start_datetime.at,
            ends_at: document.end_datetime.at,
            utc_offset_s: Some(document.start_datetime.utc_offset_s),
            distance_m: positive(document.distance),
            calories_kcal: positive(document.calories),
            average_heart_rate_bpm: None,
            max_heart_rate_bpm: None,
            cardio_load: None,
        });
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn derived(start: &str, end: &str, more: &str) -> Derived {
        let body = format!(
            r#"{{"id":"8f1c","activity":"hiking","day":"2026-10-09","intensity":"moderate",
            "source":"autodetected","start_datetime":"{start}","end_datetime":"{end}"{more}}}"#
        );
        let day = "2026-10-09".parse().unwrap();
        derive_all(
            Collection::OuraWorkout,
            Some(day),
            &[("8f1c".into(), &body)],
        )
    }

    const START: &str = "2026-10-09T08:04:00+05:45";
    const END: &str = "2026-10-09T13:26:30+05:45";

    #[test]
    fn a_workout_keeps_its_clock_and_has_no_zeros() {
        let derived = derived(START, END, r#","calories":0,"distance":9120.5,"label":" ""#);
        assert_eq!(derived.malformed, []);
        let [workout] = derived.workouts.as_slice() else {
            panic!("{derived:?}")
        };
        assert_eq!(workout.starts_at, LocalTime::parse(START).unwrap().at);
        assert_eq!(workout.duration_s(), 5.0 * 3_600.0 + 22.0 * 60.0 + 30.0);
        assert_eq!(workout.utc_offset_s, Some(20_700));
        let told = derived.offsets.iter().map(|c| (c.at, c.utc_offset_s));
        let ends = [workout.ends_at, workout.starts_at].map(|at| (at, 20_700));
        assert_eq!(told.collect::<Vec<_>>(), ends);
        assert_eq!(workout.day.to_string(), "2026-10-09");
        assert_eq!(workout.distance_m, Some(9_120.5));
        assert_eq!((workout.calories_kcal, &workout.label), (None, &None));
        assert_eq!(workout.origins[0].document, "8f1c");
    }

    #[test]
    fn one_that_ends_before_it_began_is_malformed() {
        let derived = derived(END, START, "");
        assert_eq!(derived.malformed[0].1, "end_datetime: before the start");
        assert!(derived.workouts.is_empty());
    }
}
