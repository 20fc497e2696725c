//! What is measured once a day or night.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::source::Source;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A number with so many decimals.
    Decimal(u8),
    /// A number that always shows its sign, with so many decimals.
    Signed(u8),
    /// Seconds, shown as hours and minutes.
    Duration,
}

/// What there is to know about a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricInfo {
    /// The name in URLs, in the store and in exports.
    pub id: &'static str,
    /// The short name, on tiles.
    pub name: &'static str,
    /// The long name, on charts.
    pub long_name: &'static str,
    /// The unit of a value as kept and exported, empty where there is none; people read
    /// [`Written::unit`](crate::Written::unit).
    pub unit: &'static str,
    /// The unit of a difference of two values, likewise.
    pub difference_unit: &'static str,
    /// How a value is written.
    pub format: Format,
    /// The sources that have it, the preferred one first. A day shows the first that has a value.
    pub sources: &'static [Source],
}

macro_rules! metrics {
    ($($(#[$doc:meta])* $variant:ident => $id:literal, $name:literal, $long:literal, $unit:literal,
        $difference:literal, $format:expr, [$($source:ident),+];)+) => {
        /// A daily or nightly quantity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Metric { $($(#[$doc])* $variant),+ }

        impl Metric {
            /// Every metric, in the order pages list them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// What there is to know about it.
            pub const fn info(self) -> &'static MetricInfo {
                match self {
                    $(Self::$variant => &MetricInfo {
                        id: $id,
                        name: $name,
                        long_name: $long,
                        unit: $unit,
                        difference_unit: $difference,
                        format: $format,
                        sources: &[$(Source::$source),+],
                    }),+
                }
            }
        }
    };
}

use Format::{Decimal, Duration, Signed};

metrics! {
    /// Mean oxygen saturation of the night.
    Spo2Night => "spo2_night", "SpO₂", "SpO₂, nightly average", "%", "pp", Decimal(1), [Oura];
    /// Lowest heart rate of the main sleep.
    RestingHeartRate => "resting_heart_rate", "Resting HR", "Resting heart rate, lowest of the night", "bpm", "bpm", Decimal(0), [Oura];
    /// Mean RMSSD of the main sleep.
    HrvRmssd => "hrv_rmssd", "HRV", "HRV, nightly average RMSSD", "ms", "ms", Decimal(0), [Oura];
    /// Mean breathing rate of the main sleep.
    RespiratoryRate => "respiratory_rate", "Respiratory rate", "Respiratory rate, asleep", "/min", "/min", Decimal(1), [Oura, Polar];
    /// Oura's sleep score.
    SleepScore => "sleep_score", "Sleep score", "Sleep score", "/100", "", Decimal(0), [Oura];
    /// Oura's readiness score.
    ReadinessScore => "readiness_score", "Readiness", "Readiness score", "/100", "", Decimal(0), [Oura];
    /// Oura's activity score.
    ActivityScore => "activity_score", "Activity score", "Activity score", "/100", "", Decimal(0), [Oura];
    /// Skin temperature against the wearer's own baseline.
    TemperatureDeviation => "temperature_deviation", "Temperature", "Skin temperature deviation", "°C", "°C", Signed(2), [Oura];
    /// Time asleep in the main sleep.
    TotalSleep => "total_sleep", "Total sleep", "Time asleep", "h", "h", Duration, [Oura, Polar];
    /// Deep sleep.
    DeepSleep => "deep_sleep", "Deep sleep", "Deep sleep", "h", "h", Duration, [Oura, Polar];
    /// REM sleep.
    RemSleep => "rem_sleep", "REM sleep", "REM sleep", "h", "h", Duration, [Oura, Polar];
    /// Light sleep.
    LightSleep => "light_sleep", "Light sleep", "Light sleep", "h", "h", Duration, [Oura, Polar];
    /// Time awake in bed.
    AwakeTime => "awake_time", "Awake", "Time awake in bed", "h", "h", Duration, [Oura];
    /// Share of the time in bed spent asleep.
    SleepEfficiency => "sleep_efficiency", "Sleep efficiency", "Sleep efficiency", "%", "pp", Decimal(0), [Oura];
    /// Oura's breathing disturbance index.
    BreathingDisturbanceIndex => "breathing_disturbance_index", "Breathing disturbance", "Breathing disturbance index", "/100", "", Decimal(0), [Oura];
    /// Steps of the day.
    Steps => "steps", "Steps", "Steps", "", "", Decimal(0), [Oura, Polar];
    /// Energy spent in activity.
    ActiveCalories => "active_calories", "Active energy", "Active energy", "kcal", "kcal", Decimal(0), [Oura, Polar];
    /// Time under high physiological stress.
    StressHigh => "stress_high", "Stress", "Time in high stress", "min", "min", Decimal(0), [Oura];
    /// Time in high recovery.
    RecoveryHigh => "recovery_high", "Recovery", "Time in high recovery", "min", "min", Decimal(0), [Oura];
    /// Oura's resilience level, 1 limited, 2 adequate, 3 solid, 4 strong, 5 exceptional.
    Resilience => "resilience", "Resilience", "Resilience, 1 limited to 5 exceptional", "/5", "", Decimal(0), [Oura];
    /// Oura's cardiovascular age.
    VascularAge => "vascular_age", "Vascular age", "Vascular age", "y", "y", Decimal(0), [Oura];
    /// Estimated maximal oxygen uptake.
    Vo2Max => "vo2_max", "VO₂ max", "VO₂ max, estimated", "ml/kg/min", "ml/kg/min", Decimal(0), [Oura];
    /// Polar's mean heart rate of the first hours of sleep. Not a resting heart rate.
    NightlyRechargeHeartRate => "nightly_recharge_heart_rate", "Recharge HR", "Nightly recharge, mean heart rate", "bpm", "bpm", Decimal(0), [Polar];
    /// Polar's mean RMSSD of the first hours of sleep. Not comparable with a whole night's.
    NightlyRechargeHrvRmssd => "nightly_recharge_hrv_rmssd", "Recharge HRV", "Nightly recharge, mean RMSSD", "ms", "ms", Decimal(0), [Polar];
    /// Polar's change of the autonomic nervous system against the wearer's usual level.
    AnsCharge => "ans_charge", "ANS charge", "ANS charge", "", "", Signed(1), [Polar];
    /// Polar's nightly recharge status, 1 very poor to 6 very good.
    NightlyRecharge => "nightly_recharge", "Nightly recharge", "Nightly recharge status, 1 to 6", "/6", "", Decimal(0), [Polar];
    /// Polar's sleep score. Not Oura's.
    PolarSleepScore => "polar_sleep_score", "Polar sleep score", "Polar sleep score", "/100", "", Decimal(0), [Polar];
    /// Polar's cardio load of the day (TRIMP).
    TrainingLoad => "training_load", "Training load", "Training load, daily", "AU", "AU", Decimal(0), [Polar];
    /// Polar's strain: mean daily load of 7 days.
    Strain => "strain", "Strain", "Strain, 7 days", "AU", "AU", Decimal(0), [Polar];
    /// Polar's tolerance: mean daily load of 28 days.
    Tolerance => "tolerance", "Tolerance", "Tolerance, 28 days", "AU", "AU", Decimal(0), [Polar];
    /// Strain over tolerance.
    LoadRatio => "load_ratio", "Load ratio", "Load ratio, strain over tolerance", "", "", Decimal(2), [Polar];
}

impl Metric {
    /// The six tiles of the overview, in order.
    pub const OVERVIEW: [Self; 6] = [
        Self::Spo2Night,
        Self::RestingHeartRate,
        Self::HrvRmssd,
        Self::RespiratoryRate,
        Self::SleepScore,
        Self::ReadinessScore,
    ];

    /// The name in URLs, in the store and in exports.
    pub const fn id(self) -> &'static str {
        self.info().id
    }

    /// The inverse of [`Metric::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|metric| metric.id() == id)
    }
}

/// A number with `decimals` decimals, thousands parted, minus as U+2212; `signed` also shows `+`.
pub fn decimal(value: f64, decimals: u8, signed: bool) -> String {
    let digits = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
    let is_zero = digits.bytes().all(|byte| byte == b'0' || byte == b'.');
    let mut text = String::with_capacity(digits.len() + 4);
    text.push_str(match (is_zero, value < 0.0, signed) {
        (false, true, _) => "−",
        (false, false, true) => "+",
        _ => "",
    });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

pub(crate) fn hours_and_minutes(seconds: f64, signed: bool) -> String {
    let minutes = (seconds.abs() / 60.0).round() as i64;
    let sign = match (minutes, seconds < 0.0, signed) {
        (0, _, _) => "",
        (_, true, _) => "−",
        (_, false, true) => "+",
        _ => "",
    };
    format!("{sign}{} h {:02}", minutes / 60, minutes % 60)
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text is no metric's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such metric")]
pub struct UnknownMetric;

impl FromStr for Metric {
    type Err = UnknownMetric;

    fn from_str(text: &str) -> Result<Self, UnknownMetric> {
        Self::from_id(text).ok_or(UnknownMetric)
    }
}

impl Serialize for Metric {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Metric;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a metric id")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Metric, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_round_trip() {
        for metric in Metric::ALL {
            assert_eq!(Metric::from_id(metric.id()), Some(*metric));
        }
        assert_eq!(Metric::from_id("spo2"), None);
    }
}
