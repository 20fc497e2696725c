//! Values within a day.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What a series holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// Heart rate around the clock, bpm, about every 5 minutes.
    HeartRate,
    /// Heart rate during a workout, bpm, every 5 seconds or finer.
    WorkoutHeartRate,
    /// Heart rate within a night's sleep, bpm, every 5 minutes.
    SleepHeartRate,
    /// RMSSD within a night's sleep, ms, every 5 minutes.
    SleepHrv,
    /// Breathing rate within a night's sleep, /min.
    SleepRespiratoryRate,
    /// Sleep stage within a night: 0 awake, 1 REM, 2 light, 3 deep.
    SleepStage,
    /// Metabolic equivalent, MET, every minute.
    Met,
    /// Steps per interval.
    Steps,
    /// Altitude during a workout, m.
    Altitude,
}

impl SeriesKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::HeartRate,
        Self::WorkoutHeartRate,
        Self::SleepHeartRate,
        Self::SleepHrv,
        Self::SleepRespiratoryRate,
        Self::SleepStage,
        Self::Met,
        Self::Steps,
        Self::Altitude,
    ];

    /// The name in the store.
    pub const fn id(self) -> &'static str {
        match self {
            Self::HeartRate => "heart_rate",
            Self::WorkoutHeartRate => "workout_heart_rate",
            Self::SleepHeartRate => "sleep_heart_rate",
            Self::SleepHrv => "sleep_hrv",
            Self::SleepRespiratoryRate => "sleep_respiratory_rate",
            Self::SleepStage => "sleep_stage",
            Self::Met => "met",
            Self::Steps => "steps",
            Self::Altitude => "altitude",
        }
    }

    /// The inverse of [`SeriesKind::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// One sample. A missing sample is absent: gaps are seen as steps in time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// When it was measured.
    pub at: Timestamp,
    /// The value, in the kind's unit.
    pub value: f64,
}
