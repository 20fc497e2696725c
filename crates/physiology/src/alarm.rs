//! When a value needs somebody, in the spirit of IEC 60601-1-8.

use serde::{Deserialize, Serialize};

use crate::altitude::expected_sleeping_spo2;

/// How soon somebody must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Be aware. Cyan, `!`.
    Low,
    /// Prompt action. Yellow, `!!`.
    Medium,
    /// Act now. Red, `!!!`.
    High,
}

impl Priority {
    /// `low`, `medium`, `high`, as in `data-priority`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// `Low`, `Medium`, `High`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// `!`, `!!`, `!!!`.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Low => "!",
            Self::Medium => "!!",
            Self::High => "!!!",
        }
    }
}

/// A person's limits for the night's SpO₂. The defaults are PHYSIOLOGY's; each is configuration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spo2Limits {
    /// Below this the night is always shown, %.
    pub shown_percent: f64,
    /// Below this at any altitude: medium, %.
    pub medium_percent: f64,
    /// Below this at any altitude: high, %.
    pub high_percent: f64,
    /// Below this at low altitude: high, %.
    pub high_at_low_altitude_percent: f64,
    /// Sleeping altitudes under this are low, m.
    pub low_altitude_m: f64,
    /// So many SDs under what is expected at that altitude: medium.
    pub expected_sds: f64,
}

impl Default for Spo2Limits {
    fn default() -> Self {
        Self {
            shown_percent: 90.0,
            medium_percent: 75.0,
            high_percent: 65.0,
            high_at_low_altitude_percent: 85.0,
            low_altitude_m: 1_500.0,
            expected_sds: 2.0,
        }
    }
}

/// Which rule an alarm rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spo2Rule {
    /// Under a fixed limit.
    Limit,
    /// Under what is expected at that altitude after that many nights.
    Expected,
}

/// A night whose SpO₂ needs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spo2Alarm {
    /// How soon.
    pub priority: Priority,
    /// By which rule.
    pub rule: Spo2Rule,
    /// The limit it is under, %.
    pub limit_percent: f64,
}

impl Spo2Limits {
    /// Judges a night. `value_percent` is unrounded: a limit is compared before rounding.
    /// Without an itinerary the night counts as slept at low altitude.
    pub fn judge(
        &self,
        value_percent: f64,
        sleeping_altitude_m: Option<f64>,
        nights: Option<u32>,
    ) -> Option<Spo2Alarm> {
        let altitude_m = sleeping_altitude_m.unwrap_or(0.0);
        let low_altitude = altitude_m < self.low_altitude_m;
        let expected_percent = expected_sleeping_spo2(altitude_m, nights.unwrap_or(1))
            .band(self.expected_sds)
            .low;
        let under = |limit_percent: f64, priority: Priority, rule: Spo2Rule| {
            (value_percent < limit_percent).then_some(Spo2Alarm {
                priority,
                rule,
                limit_percent,
            })
        };
        let shown = if low_altitude {
            Priority::Medium
        } else {
            Priority::Low
        };
        low_altitude
            .then(|| {
                under(
                    self.high_at_low_altitude_percent,
                    Priority::High,
                    Spo2Rule::Limit,
                )
            })
            .flatten()
            .or_else(|| under(self.high_percent, Priority::High, Spo2Rule::Limit))
            .or_else(|| under(self.medium_percent, Priority::Medium, Spo2Rule::Limit))
            .or_else(|| {
                sleeping_altitude_m
                    .and_then(|_| under(expected_percent, Priority::Medium, Spo2Rule::Expected))
            })
            .or_else(|| under(self.shown_percent, shown, Spo2Rule::Limit))
    }

    /// The limit to draw on a chart of nights at this altitude, with its priority.
    pub fn drawn(&self, sleeping_altitude_m: Option<f64>) -> (f64, Priority) {
        if sleeping_altitude_m.unwrap_or(0.0) < self.low_altitude_m {
            (self.shown_percent, Priority::Medium)
        } else {
            (self.medium_percent, Priority::Medium)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn priority(value: f64, altitude_m: f64, nights: u32) -> Option<Priority> {
        Spo2Limits::default()
            .judge(value, Some(altitude_m), Some(nights))
            .map(|alarm| alarm.priority)
    }

    #[test]
    fn at_low_altitude() {
        // Expected 94 ± 1 there, so under 92 is already more than 2 SD low.
        assert_eq!(priority(92.0, 100.0, 30), None);
        assert_eq!(priority(91.9, 100.0, 30), Some(Priority::Medium));
        assert_eq!(priority(89.95, 100.0, 30), Some(Priority::Medium));
        assert_eq!(priority(84.9, 1_400.0, 1), Some(Priority::High));
    }

    #[test]
    fn at_altitude() {
        // 5,164 m: expected 71 ± 4, so the fixed limits decide.
        assert_eq!(priority(78.2, 5_164.0, 1), Some(Priority::Low));
        assert_eq!(priority(74.99, 5_164.0, 1), Some(Priority::Medium));
        assert_eq!(priority(75.0, 5_164.0, 1), Some(Priority::Low));
        assert_eq!(priority(64.9, 5_164.0, 1), Some(Priority::High));
        // 3,000 m, first night: expected 86 ± 3, so under 80 is medium; a week later 90 ± 1: 88.
        assert_eq!(priority(79.9, 3_000.0, 1), Some(Priority::Medium));
        assert_eq!(priority(80.1, 3_000.0, 1), Some(Priority::Low));
        assert_eq!(priority(87.9, 3_000.0, 7), Some(Priority::Medium));
    }

    #[test]
    fn without_an_itinerary_the_sea_level_rules_hold() {
        let limits = Spo2Limits::default();
        assert_eq!(limits.judge(93.0, None, None), None);
        assert_eq!(
            limits.judge(89.0, None, None).map(|alarm| alarm.priority),
            Some(Priority::Medium)
        );
    }
}
