//! Polar's documents, one file per collection: what they hold, and what they mean.
//!
//! Polar writes 0 and −1 where it has no value, and some keys with hyphens, some with underscores:
//! both are read. Where a document tells times without an offset from UTC, what comes of it says
//! so.

pub(crate) mod activities;
pub(crate) mod activity_samples;
mod alertness;
pub(crate) mod cardio_load;
mod circadian_bedtime;
mod clock;
pub(crate) mod continuous_heart_rate;
pub(crate) mod exercises;
pub(crate) mod nightly_recharge;
pub(crate) mod sleep;
pub mod webhook;

pub use activities::Activity;
pub use activity_samples::{ActivitySamples, StepSample, StepSamples};
pub use alertness::Alertness;
pub use cardio_load::CardioLoad;
pub use circadian_bedtime::CircadianBedtime;
pub use clock::ByClock;
pub use continuous_heart_rate::{ContinuousHeartRate, HeartRateSample};
pub use exercises::{Exercise, ExerciseSample, HeartRate, TrainingLoad, Zone};
pub use nightly_recharge::NightlyRecharge;
pub use sleep::Sleep;
