use physiology::Day;
use serde::Deserialize;

use super::Sample;
use crate::time::LocalTime;

/// A guided or unguided session.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Session {
    /// The day.
    pub day: Day,
    /// When it began.
    pub start_datetime: LocalTime,
    /// When it ended.
    pub end_datetime: LocalTime,
    /// `breathing`, `meditation`, `nap` …
    #[serde(rename = "type")]
    pub kind: String,
    /// How it felt: `bad`, `worse`, `same`, `good`, `great`.
    pub mood: Option<String>,
    /// bpm.
    pub heart_rate: Option<Sample>,
    /// ms.
    pub heart_rate_variability: Option<Sample>,
}
