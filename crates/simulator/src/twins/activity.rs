//! The days: metabolic equivalents by the minute, steps, energy, stress.

use physiology::Timestamp;

use crate::traps;
use crate::versions::Versions;

use super::workout::Workout;
use super::{Person, Stream, World, publish, score};

/// Minutes of a day that begins at four in the morning.
pub(crate) const DAY_MINUTES: usize = 1_440;
/// From this index on, a day is also served while it is not over.
const PARTIAL_FROM_INDEX: i64 = 7;

/// `daily_activity`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ActivityDay {
    /// 04:00 local.
    pub(crate) start: Timestamp,
    pub(crate) offset_s: i32,
    pub(crate) score: Option<i64>,
    /// Every minute so far, one decimal.
    pub(crate) met: Vec<f64>,
    pub(crate) steps: i64,
    pub(crate) active_calories: i64,
    pub(crate) total_calories: i64,
    /// s, and MET minutes, at high, medium, low activity.
    pub(crate) active: [(i64, i64); 3],
    pub(crate) sedentary_s: i64,
    pub(crate) sedentary_met_minutes: i64,
    pub(crate) resting_s: i64,
    pub(crate) non_wear_s: i64,
    pub(crate) class_5_min: String,
    pub(crate) equivalent_walking_distance_m: i64,
    pub(crate) inactivity_alerts: i64,
    pub(crate) average_met: f64,
    pub(crate) contributors: [Option<i64>; 6],
}

/// `daily_stress`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stress {
    /// s, in quarters of an hour.
    pub(crate) stress_high_s: Option<i64>,
    pub(crate) recovery_high_s: Option<i64>,
    pub(crate) summary: Option<&'static str>,
}

/// What one minute was like.
#[derive(Debug, Clone, Copy)]
struct Minute {
    met: f64,
    steps: f64,
    worn: bool,
    asleep: bool,
}

impl World {
    fn minutes(&self, who: &Person, index: i64) -> Vec<Minute> {
        let mut rng = self.noise(Stream::Activity, who, index);
        let start = self.local(who, index, 4.0);
        let workouts = self.workouts(who, index);
        let nights: Vec<_> = [index, index + 1]
            .into_iter()
            .flat_map(|night| self.main_sleeps(who, night))
            .collect();
        let off = who.left_the_ring_off(index);
        let mut burst = 0_u32;
        (0..DAY_MINUTES)
            .map(|minute| {
                let at = start.plus_seconds(minute as i64 * 60);
                let noise = rng.unit();
                let begins = rng.chance(0.016);
                if nights
                    .iter()
                    .any(|night| night.start <= at && at < night.end())
                {
                    let worn = !(off && minute < 300);
                    let met = if worn {
                        publish(0.9 + 0.1 * noise.round(), 1)
                    } else {
                        0.1
                    };
                    return Minute {
                        met,
                        steps: 0.0,
                        worn,
                        asleep: worn,
                    };
                }
                if let Some(workout) = workouts.iter().find(|workout| workout.covers(at)) {
                    let (met, steps) = workout.sport.effort();
                    let met = publish(met * (0.85 + 0.3 * noise), 1);
                    let steps = steps * (0.85 + 0.3 * noise);
                    return Minute {
                        met,
                        steps,
                        worn: true,
                        asleep: false,
                    };
                }
                if begins {
                    burst = 2 + (noise * 9.0) as u32;
                }
                if burst > 0 {
                    burst -= 1;
                    let met = publish(2.2 + 1.6 * noise, 1);
                    return Minute {
                        met,
                        steps: 62.0 + 40.0 * noise,
                        worn: true,
                        asleep: false,
                    };
                }
                let met = publish(1.1 + 0.7 * noise, 1);
                Minute {
                    met,
                    steps: 2.0 * noise,
                    worn: true,
                    asleep: false,
                }
            })
            .collect()
    }

    /// `daily_activity`; `None` on a day the ring lay in a drawer.
    pub(crate) fn activity(&self, who: &Person, index: i64) -> Option<Versions<ActivityDay>> {
        if !self.recorded(index) || who.meets(traps::RING_IN_DRAWER, index) {
            return None;
        }
        let minutes = self.minutes(who, index);
        let start = self.local(who, index, 4.0);
        let day = |known: usize, scored: bool| {
            self.summarise(
                who,
                index,
                start,
                &minutes[..known.min(DAY_MINUTES)],
                scored,
            )
        };
        let over = (self.morning_sync(who, index + 1), day(DAY_MINUTES, true));
        if index < PARTIAL_FROM_INDEX {
            return Some(Versions::one(over.0, over.1));
        }
        let known = |at: Timestamp| (at.seconds_since(start).max(60) / 60) as usize;
        let syncs = self.syncs(who, index);
        let mut versions: Vec<_> = syncs
            .iter()
            .enumerate()
            .map(|(nth, sync)| (*sync, day(known(*sync), nth >= 2)))
            .collect();
        versions.push(over);
        Some(Versions::several(versions))
    }

    fn summarise(
        &self,
        who: &Person,
        index: i64,
        start: Timestamp,
        minutes: &[Minute],
        scored: bool,
    ) -> ActivityDay {
        let mut rng = self.noise(Stream::Score, who, index * 8 + 6);
        let score = score(78.0 + 6.0 * rng.normal() + if index >= 0 { 8.0 } else { 0.0 });
        let contributors = core::array::from_fn(|_| {
            let part = super::score(score as f64 + 8.0 * rng.normal());
            scored.then_some(part)
        });
        let in_class = |class: char| minutes.iter().filter(move |minute| minute.class() == class);
        let seconds = |class: char| in_class(class).count() as i64 * 60;
        let met_minutes =
            |class: char| in_class(class).map(|minute| minute.met).sum::<f64>() as i64;
        let above = |floor: f64| {
            minutes
                .iter()
                .map(|minute| (minute.met - floor).max(0.0))
                .sum::<f64>()
                * who.weight_kg
                / 60.0
        };
        let all: f64 = minutes.iter().map(|minute| minute.met).sum();
        let resting = in_class('1').count() as i64 * 60;
        ActivityDay {
            start,
            offset_s: who.offset_s(start),
            score: scored.then_some(score),
            met: minutes.iter().map(|minute| minute.met).collect(),
            steps: minutes
                .iter()
                .map(|minute| minute.steps)
                .sum::<f64>()
                .round() as i64,
            active_calories: above(1.9).round() as i64,
            total_calories: (all * who.weight_kg / 60.0).round() as i64,
            active: ['5', '4', '3'].map(|class| (seconds(class), met_minutes(class))),
            sedentary_s: seconds('2'),
            sedentary_met_minutes: (met_minutes('2') - in_class('2').count() as i64).max(0),
            resting_s: resting,
            non_wear_s: seconds('0'),
            class_5_min: minutes
                .chunks(5)
                .map(|chunk| chunk[chunk.len() / 2].class())
                .collect(),
            equivalent_walking_distance_m: (above(1.9) * 12.5).round() as i64,
            inactivity_alerts: i64::from(scored && index < 0),
            average_met: publish(all / minutes.len().max(1) as f64, 5),
            contributors,
        }
    }

    /// `daily_stress`: nulls until the evening of a day that is not over.
    pub(crate) fn stress(&self, who: &Person, index: i64) -> Option<Versions<Stress>> {
        if !self.recorded(index) || who.left_the_ring_off(index) {
            return None;
        }
        let mut rng = self.noise(Stream::Score, who, index * 8 + 7);
        let fall = who.desaturation(self.calendar, index);
        let quarters = |value: f64| (value.round().clamp(0.0, 40.0) as i64) * 900;
        let stress = quarters(5.0 + 0.55 * fall + 2.0 * rng.normal());
        let recovery = quarters(9.0 - 0.3 * fall + 2.0 * rng.normal());
        let value = Stress {
            stress_high_s: Some(stress),
            recovery_high_s: Some(recovery),
            summary: Some(match (stress, recovery) {
                (high, low) if high > 2 * low + 3_600 => "stressful",
                (low, high) if high > 2 * low => "restored",
                _ => "normal",
            }),
        };
        let [morning, _, _, evening] = self.syncs(who, index);
        let none = Stress::default();
        Some(if index < PARTIAL_FROM_INDEX {
            Versions::one(evening, value)
        } else {
            Versions::several(vec![(morning, none), (evening, value)])
        })
    }

    /// `vO2_max`: one estimate a week, ml/kg/min.
    pub(crate) fn vo2_max(&self, who: &Person, index: i64) -> Option<Versions<i64>> {
        if !self.recorded(index) || index.rem_euclid(7) != 4 {
            return None;
        }
        let mut rng = self.noise(Stream::Activity, who, index * 16 + 3);
        let fall = who.desaturation(self.calendar, index);
        let value = (49.0 - 0.35 * fall + rng.normal()).round() as i64;
        let [_, _, afternoon, _] = self.syncs(who, index);
        Some(Versions::one(afternoon, value))
    }

    /// Whether a workout is under way.
    pub(crate) fn training(workouts: &[Workout], at: Timestamp) -> bool {
        workouts.iter().any(|workout| workout.covers(at))
    }
}

impl Minute {
    /// Oura's class: 0 not worn, 1 rest, 2 inactive, 3 low, 4 medium, 5 high.
    fn class(&self) -> char {
        match self {
            Self { worn: false, .. } => '0',
            Self { asleep: true, .. } => '1',
            Self { met, .. } if *met >= 6.0 => '5',
            Self { met, .. } if *met >= 3.5 => '4',
            Self { met, .. } if *met >= 2.0 => '3',
            _ => '2',
        }
    }
}
