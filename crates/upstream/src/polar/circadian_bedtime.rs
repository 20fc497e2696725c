use serde::Deserialize;

use crate::time::WallTime;

/// When the wearer's body is ready for sleep. Times are UTC.
#[derive(Clone, PartialEq, Deserialize)]
pub struct CircadianBedtime {
    /// Where the period begins.
    pub period_start_time: WallTime,
    /// Where it ends.
    pub period_end_time: WallTime,
    /// The best time to fall asleep begins.
    pub sleep_gate_start_time: Option<WallTime>,
    /// The best time to fall asleep ends.
    pub sleep_gate_end_time: Option<WallTime>,
    /// `CIRCADIAN_BEDTIME_TYPE_PREDICTION` or `CIRCADIAN_BEDTIME_TYPE_HISTORY`.
    pub result_type: Option<String>,
    /// Minutes local time is ahead of UTC.
    pub sleep_timezone_offset_minutes: Option<i32>,
}
