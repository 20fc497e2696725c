//! One explained score of what changed for the worse.

use serde::{Deserialize, Serialize};

/// Points of a rule at its full step.
pub const FULL_POINTS: u32 = 25;
/// Points of a rule at its half step.
pub const HALF_POINTS: u32 = 15;

/// What the rules look at; changes against the baseline are shares, −0.12 being −12 %. Everything
/// may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct InsightInput {
    /// Change of HRV.
    pub hrv_change: Option<f64>,
    /// Change of sleep.
    pub sleep_change: Option<f64>,
    /// Change of the resting heart rate.
    pub resting_heart_rate_change: Option<f64>,
    /// Acute over chronic load.
    pub load_ratio: Option<f64>,
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InsightRule {
    /// HRV fell by 10 %, or by 5.
    HrvDown,
    /// Sleep fell by 10 %, or by 5.
    SleepDown,
    /// The resting heart rate rose by 5 %, or by 2.5.
    RestingHeartRateUp,
    /// Load was over 1.5 times the usual, or over 1.25.
    LoadRatioHigh,
}

impl InsightRule {
    /// Every rule.
    pub const ALL: [Self; 4] = [
        Self::HrvDown,
        Self::SleepDown,
        Self::RestingHeartRateUp,
        Self::LoadRatioHigh,
    ];

    /// What the rule looks at.
    pub const fn change(self, input: &InsightInput) -> Option<f64> {
        match self {
            Self::HrvDown => input.hrv_change,
            Self::SleepDown => input.sleep_change,
            Self::RestingHeartRateUp => input.resting_heart_rate_change,
            Self::LoadRatioHigh => input.load_ratio,
        }
    }

    /// Where the full step is, as [`InsightRule::change`] is given.
    pub const fn full_step(self) -> f64 {
        match self {
            Self::HrvDown | Self::SleepDown => -0.10,
            Self::RestingHeartRateUp => 0.05,
            Self::LoadRatioHigh => 1.5,
        }
    }

    /// Where the half step is: half of the change, and of a ratio half of what is over 1.
    pub const fn half_step(self) -> f64 {
        match self {
            Self::HrvDown | Self::SleepDown => -0.05,
            Self::RestingHeartRateUp => 0.025,
            Self::LoadRatioHigh => 1.25,
        }
    }

    /// Whether a change reaches a step. A ratio has to be over it.
    fn reaches(self, change: f64, step: f64) -> bool {
        match self {
            Self::HrvDown | Self::SleepDown => change <= step,
            Self::RestingHeartRateUp => change >= step,
            Self::LoadRatioHigh => change > step,
        }
    }
}

/// A rule that fired.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct InsightPart {
    /// Which.
    pub rule: InsightRule,
    /// What it adds to the score.
    pub points: u32,
    /// What it looked at: a change as a share, or the load ratio.
    pub change: f64,
}

/// The rules that fire, in their order: 25 points at the full step and 15 at the half. Their sum is
/// [`score`], 0 to 100. These are rules of thumb that ask for a look, and no diagnosis.
pub fn insight(input: &InsightInput) -> Vec<InsightPart> {
    InsightRule::ALL
        .into_iter()
        .filter_map(|rule| {
            let change = rule.change(input).filter(|change| change.is_finite())?;
            let points = if rule.reaches(change, rule.full_step()) {
                FULL_POINTS
            } else if rule.reaches(change, rule.half_step()) {
                HALF_POINTS
            } else {
                return None;
            };
            Some(InsightPart {
                rule,
                points,
                change,
            })
        })
        .collect()
}

/// The sum of the parts' points, 0 to 100.
pub fn score(parts: &[InsightPart]) -> u32 {
    parts.iter().map(|part| part.points).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(rule: InsightRule, value: f64) -> u32 {
        let mut input = InsightInput::default();
        match rule {
            InsightRule::HrvDown => input.hrv_change = Some(value),
            InsightRule::SleepDown => input.sleep_change = Some(value),
            InsightRule::RestingHeartRateUp => input.resting_heart_rate_change = Some(value),
            InsightRule::LoadRatioHigh => input.load_ratio = Some(value),
        }
        let parts = insight(&input);
        assert!(
            parts
                .iter()
                .all(|part| part.rule == rule && part.change == value)
        );
        score(&parts)
    }

    #[test]
    fn each_rule_at_its_steps() {
        use InsightRule::{HrvDown, LoadRatioHigh, RestingHeartRateUp, SleepDown};
        for (rule, value, expected) in [
            (HrvDown, -0.10, 25),
            (HrvDown, -0.099, 15),
            (HrvDown, -0.05, 15),
            (HrvDown, -0.049, 0),
            (HrvDown, 0.5, 0),
            (SleepDown, -0.3, 25),
            (SleepDown, -0.07, 15),
            (RestingHeartRateUp, 0.05, 25),
            (RestingHeartRateUp, 0.03, 15),
            (RestingHeartRateUp, 0.02, 0),
            (RestingHeartRateUp, -0.2, 0),
            (LoadRatioHigh, 1.51, 25),
            (LoadRatioHigh, 1.5, 15),
            (LoadRatioHigh, 1.25, 0),
            (LoadRatioHigh, f64::NAN, 0),
        ] {
            assert_eq!(points(rule, value), expected, "{rule:?} {value}");
        }
    }

    #[test]
    fn what_is_unknown_says_nothing_and_all_is_a_hundred() {
        assert_eq!(insight(&InsightInput::default()), []);
        let worst = insight(&InsightInput {
            hrv_change: Some(-0.4),
            sleep_change: Some(-0.2),
            resting_heart_rate_change: Some(0.2),
            load_ratio: Some(2.0),
        });
        assert_eq!(score(&worst), 100);
    }
}
