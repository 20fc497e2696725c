use physiology::Day;
use serde::Deserialize;

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
