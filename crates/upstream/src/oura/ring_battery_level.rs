use serde::Deserialize;

use crate::time::LocalTime;

/// The rows of a UTC day.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct RingBatteryLevels {
    /// The rows, oldest first.
    pub rows: Vec<RingBatteryLevelRow>,
}

/// The battery of the ring at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct RingBatteryLevelRow {
    /// When.
    pub timestamp: LocalTime,
    /// %.
    pub level: f64,
    /// Whether it was charging.
    pub charging: Option<bool>,
}
