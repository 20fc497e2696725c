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

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HeartRate => "Heart rate",
            Self::WorkoutHeartRate => "Heart rate in workouts",
            Self::SleepHeartRate => "Heart rate asleep",
            Self::SleepHrv => "HRV asleep, RMSSD",
            Self::SleepRespiratoryRate => "Breathing rate asleep",
            Self::SleepStage => "Sleep stages",
            Self::Met => "Metabolic equivalent",
            Self::Steps => "Steps",
            Self::Altitude => "Altitude in workouts",
        }
    }

    /// The unit of its values; empty where they are none.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::HeartRate | Self::WorkoutHeartRate | Self::SleepHeartRate => "bpm",
            Self::SleepHrv => "ms",
            Self::SleepRespiratoryRate => "/min",
            Self::Met => "MET",
            Self::Altitude => "m",
            Self::SleepStage | Self::Steps => "",
        }
    }

    /// The inverse of [`SeriesKind::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// From one sample to the next where nothing is missing, ms: the longest a vendor steps by.
    pub const fn interval_ms(self) -> u32 {
        match self {
            Self::HeartRate
            | Self::SleepHeartRate
            | Self::SleepHrv
            | Self::SleepRespiratoryRate
            | Self::SleepStage => 300_000,
            Self::Met | Self::Steps => 60_000,
            Self::WorkoutHeartRate | Self::Altitude => 5_000,
        }
    }

    /// The finest level of [`bucket`](crate::bucket)s that are kept: the coarsest whose buckets are
    /// narrower than the step of the kind's usual samples, so that each bucket holds one of them.
    /// Of samples that come faster a bucket keeps four, which is all a screen shows of them until
    /// it shows less than that step in a few pixels.
    pub const fn finest_level(self) -> u8 {
        match self {
            // Every 5 min: 262 s.
            Self::HeartRate
            | Self::SleepHeartRate
            | Self::SleepHrv
            | Self::SleepRespiratoryRate => 9,
            // Stages every 30 s, of older rings and of watches a minute or five; the others every
            // minute: 16 s, for the next level's 66 s are wider.
            Self::SleepStage | Self::Met | Self::Steps => 7,
            // Every 5 s, and every second where the wearer chose so: 1.02 s. One level coarser would
            // do for the former alone.
            Self::WorkoutHeartRate | Self::Altitude => 5,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::width_ms;

    #[test]
    fn the_finest_buckets_are_narrower_than_a_step() {
        for kind in SeriesKind::ALL {
            let width_ms = width_ms(kind.finest_level());
            assert!(width_ms < i64::from(kind.interval_ms()), "{kind:?}");
        }
    }
}
