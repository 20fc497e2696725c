use physiology::Day;
use serde::Deserialize;

/// Advice on when to go to bed.
#[derive(Clone, PartialEq, Deserialize)]
pub struct SleepTime {
    /// The day.
    pub day: Day,
    /// When to go to bed.
    pub optimal_bedtime: Option<BedtimeWindow>,
    /// `earlier_bedtime`, `follow_optimal_bedtime` …
    pub recommendation: Option<String>,
}

/// A window around midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct BedtimeWindow {
    /// Seconds local time is ahead of UTC.
    pub day_tz: i32,
    /// Its start, s after midnight; negative before.
    pub start_offset: i32,
    /// Its end, s after midnight; negative before.
    pub end_offset: i32,
}
