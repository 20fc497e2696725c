//! The course of a night: which stage of sleep, from when to when.

use serde::{Deserialize, Serialize};

use crate::series::SeriesPoint;
use crate::time::Timestamp;

/// A stage of sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SleepStage {
    /// Awake in bed.
    Awake,
    /// Rapid eye movement.
    Rem,
    /// Light.
    Light,
    /// Deep.
    Deep,
}

impl SleepStage {
    /// Every stage, the one drawn uppermost first.
    pub const ALL: [Self; 4] = [Self::Awake, Self::Rem, Self::Light, Self::Deep];

    /// `Awake`, `REM`, `Light`, `Deep`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Awake => "Awake",
            Self::Rem => "REM",
            Self::Light => "Light",
            Self::Deep => "Deep",
        }
    }

    /// The stage a sample of [`SeriesKind::SleepStage`](crate::SeriesKind::SleepStage) stands for.
    pub fn from_value(value: f64) -> Option<Self> {
        [0.0, 1.0, 2.0, 3.0]
            .into_iter()
            .zip(Self::ALL)
            .find_map(|(known, stage)| (known == value).then_some(stage))
    }
}

/// A stretch of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageSpan {
    /// When it begins, s after the midnight that is agreed on; negative before it.
    pub from_s: i32,
    /// When it ends, s after the same midnight.
    pub to_s: i32,
    /// Which stage.
    pub stage: SleepStage,
}

impl StageSpan {
    /// How long it is, s.
    pub const fn length_s(self) -> i32 {
        self.to_s.saturating_sub(self.from_s)
    }
}

/// Samples of one sleep, oldest first, as stretches of one stage each, in seconds after `midnight`.
///
/// A sample stands for one interval, the shortest step between two samples; the last ends no later
/// than `end`, which is getting up. Where a sample is missing there is no stretch.
pub fn hypnogram(points: &[SeriesPoint], end: Timestamp, midnight: Timestamp) -> Vec<StageSpan> {
    let steps = points
        .windows(2)
        .map(|pair| pair[1].at.seconds_since(pair[0].at));
    let interval_s = steps
        .filter(|step_s| *step_s > 0)
        .min()
        .unwrap_or(LONGEST_INTERVAL_S)
        .min(LONGEST_INTERVAL_S);
    let mut spans: Vec<StageSpan> = Vec::new();
    for point in points {
        let Some(stage) = SleepStage::from_value(point.value) else {
            continue;
        };
        let until = point.at.plus_seconds(interval_s).min(end);
        let (Some(from_s), Some(to_s)) = (after(point.at, midnight), after(until, midnight)) else {
            continue;
        };
        if to_s <= from_s {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.stage == stage && last.to_s == from_s => last.to_s = to_s,
            _ => spans.push(StageSpan {
                from_s,
                to_s,
                stage,
            }),
        }
    }
    spans
}

/// Vendors tell a stage every 5 minutes or finer, s.
const LONGEST_INTERVAL_S: i64 = 300;

fn after(at: Timestamp, midnight: Timestamp) -> Option<i32> {
    i32::try_from(at.seconds_since(midnight)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(values: &[(i64, f64)]) -> Vec<SeriesPoint> {
        values
            .iter()
            .map(|(at_s, value)| SeriesPoint {
                at: Timestamp::from_unix_s(*at_s),
                value: *value,
            })
            .collect()
    }

    fn spans(values: &[(i64, f64)], end_s: i64) -> Vec<(i32, i32, SleepStage)> {
        let end = Timestamp::from_unix_s(end_s);
        hypnogram(&points(values), end, Timestamp::from_unix_s(1_000))
            .into_iter()
            .map(|span| (span.from_s, span.to_s, span.stage))
            .collect()
    }

    #[test]
    fn equal_neighbours_are_one_stretch_and_a_hole_stays_one() {
        let values = [
            (1_000, 2.0),
            (1_030, 2.0),
            (1_060, 3.0),
            // 1,090 is missing.
            (1_120, 3.0),
            (1_150, 0.0),
        ];
        assert_eq!(
            spans(&values, 1_160),
            [
                (0, 60, SleepStage::Light),
                (60, 90, SleepStage::Deep),
                (120, 150, SleepStage::Deep),
                (150, 160, SleepStage::Awake),
            ]
        );
    }

    #[test]
    fn nothing_and_nonsense_make_no_stretch() {
        assert!(spans(&[], 2_000).is_empty());
        assert!(spans(&[(1_000, 7.0), (1_030, f64::NAN)], 2_000).is_empty());
        assert!(spans(&[(1_000, 1.0), (1_000, 2.0)], 900).is_empty());
        assert_eq!(spans(&[(940, 1.0)], 2_000), [(-60, 240, SleepStage::Rem)]);
    }

    proptest! {
        #[test]
        fn every_sample_counts_once(stages in prop::collection::vec(0_u8..4, 2..600)) {
            let values: Vec<(i64, f64)> = (0_i64..)
                .zip(&stages)
                .map(|(index, stage)| (index * 30, f64::from(*stage)))
                .collect();
            let end = Timestamp::from_unix_s(30 * stages.len() as i64);
            let spans = hypnogram(&points(&values), end, Timestamp(0));
            for (value, stage) in (0_u8..).zip(SleepStage::ALL) {
                let own = stages.iter().filter(|of| **of == value);
                let counted: i32 = own.map(|_| 30).sum();
                let drawn: i32 = spans
                    .iter()
                    .filter(|span| span.stage == stage)
                    .map(|span| span.length_s())
                    .sum();
                prop_assert_eq!(drawn, counted);
            }
            prop_assert!(spans.windows(2).all(|pair| pair[0].to_s == pair[1].from_s
                && pair[0].stage != pair[1].stage));
        }
    }
}
