//! Oura's documents, one file per collection: what they hold, and what they mean.
//!
//! Fields nobody uses are left out, unknown ones are ignored, unknown words are no error.

pub(crate) mod daily_activity;
pub(crate) mod daily_cardiovascular_age;
pub(crate) mod daily_readiness;
pub(crate) mod daily_resilience;
pub(crate) mod daily_sleep;
pub(crate) mod daily_spo2;
pub(crate) mod daily_stress;
mod enhanced_tag;
pub(crate) mod heartrate;
mod rest_mode_period;
mod ring_battery_level;
mod ring_configuration;
mod sample;
mod session;
pub(crate) mod sleep;
mod sleep_time;
pub(crate) mod vo2_max;
pub mod webhook;
pub(crate) mod workout;

pub use daily_activity::DailyActivity;
pub use daily_cardiovascular_age::DailyCardiovascularAge;
pub use daily_readiness::DailyReadiness;
pub use daily_resilience::DailyResilience;
pub use daily_sleep::DailySleep;
pub use daily_spo2::{DailySpo2, Spo2};
pub use daily_stress::DailyStress;
pub use enhanced_tag::EnhancedTag;
pub use heartrate::HeartRateRow;
pub use rest_mode_period::RestModePeriod;
pub use ring_battery_level::{RingBatteryLevelRow, RingBatteryLevels};
pub use ring_configuration::RingConfiguration;
pub use sample::Sample;
pub use session::Session;
pub use sleep::{Sleep, SleepType};
pub use sleep_time::{BedtimeWindow, SleepTime};
pub use vo2_max::Vo2Max;
pub use workout::Workout;
