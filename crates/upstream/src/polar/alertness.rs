use serde::Deserialize;

use crate::time::WallTime;

/// How alert the wearer is expected to be after a sleep. Times are UTC.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Alertness {
    /// Where the period begins.
    pub period_start_time: WallTime,
    /// Where it ends.
    pub period_end_time: WallTime,
    /// 0–10.
    pub grade: Option<f64>,
    /// `GRADE_CLASSIFICATION_STRONG` …
    pub grade_classification: Option<String>,
    /// `ALERTNESS_TYPE_PREDICTION` or `ALERTNESS_TYPE_HISTORY`.
    pub result_type: Option<String>,
    /// Minutes local time is ahead of UTC.
    pub sleep_timezone_offset_minutes: Option<i32>,
}
