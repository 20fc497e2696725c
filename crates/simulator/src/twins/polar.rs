//! What Polar's watch publishes of the same nights and days.

use physiology::Timestamp;

use crate::traps;
use crate::versions::Versions;

use super::night::PlannedSleep;
use super::{Person, Stream, World, publish, score};

/// From this index on, a day is also served while it is not over.
const PARTIAL_FROM_INDEX: i64 = 7;

/// Polar's sleep. Zero and −1 mean none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolarSleep {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) start_offset_s: i32,
    pub(crate) end_offset_s: i32,
    pub(crate) light_s: i64,
    pub(crate) deep_s: i64,
    pub(crate) rem_s: i64,
    pub(crate) interruption_s: i64,
    pub(crate) sleep_score: i64,
    pub(crate) sleep_charge: i64,
    pub(crate) continuity: f64,
    /// Seconds from the start, stage: 0 wake, 1 REM, 3 light, 4 deep.
    pub(crate) hypnogram: Vec<(i64, u8)>,
    /// Seconds from the start, bpm.
    pub(crate) heart_rate: Vec<(i64, i64)>,
}

/// Polar's nightly recharge. Zero and −1 mean none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recharge {
    pub(crate) heart_rate_avg: i64,
    pub(crate) beat_to_beat_avg: i64,
    pub(crate) hrv_avg: i64,
    pub(crate) breathing_rate_avg: f64,
    pub(crate) status: i64,
    /// 0 and −1 are values here; whether there is one is told by the status.
    pub(crate) ans_charge: f64,
    pub(crate) ans_charge_status: i64,
    pub(crate) start: Timestamp,
    pub(crate) offset_s: i32,
    /// Seconds from the start, ms; and breaths/min.
    pub(crate) hrv: Vec<(i64, i64)>,
    pub(crate) breathing: Vec<(i64, f64)>,
}

/// Polar's day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolarActivity {
    pub(crate) steps: i64,
    pub(crate) active_calories: i64,
    pub(crate) calories: i64,
    pub(crate) active_s: i64,
    pub(crate) inactive_s: i64,
    pub(crate) daily_activity: f64,
    pub(crate) inactivity_alerts: i64,
    pub(crate) distance_m: f64,
    /// The hour, local, up to which it tells.
    pub(crate) until_hour: f64,
}

/// Polar's cardio load; `None` is written −1.0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CardioLoad {
    pub(crate) status: &'static str,
    pub(crate) load: Option<f64>,
    pub(crate) strain: Option<f64>,
    pub(crate) tolerance: Option<f64>,
    pub(crate) ratio: Option<f64>,
}

impl World {
    fn polar_night(&self, who: &Person, index: i64) -> Option<PlannedSleep> {
        let absent = traps::POLAR_NO_NIGHT.contains(&(who.index, index));
        let forced = who.left_the_ring_off(index)
            || who.meets(traps::POLAR_NONE_NIGHT, index)
            || who.meets(traps::POLAR_CHARGE_OF_MINUS_ONE, index);
        let mut rng = self.noise(Stream::Polar, who, index * 8);
        let worn = forced || index == 8 || rng.chance(if index >= 0 { 0.8 } else { 0.88 });
        let longest = self
            .main_sleeps(who, index)
            .into_iter()
            .max_by_key(|sleep| sleep.length_s);
        longest.filter(|_| self.recorded(index) && !absent && worn)
    }

    /// Polar's sleep of the night that ends on the day of `index`.
    pub(crate) fn polar_sleep(&self, who: &Person, index: i64) -> Option<Versions<PolarSleep>> {
        let night = self.polar_night(who, index)?;
        let mut rng = self.noise(Stream::Polar, who, index * 8 + 1);
        let fall = who.desaturation(self.calendar, index);
        let start = night.start.plus_seconds(600 + (rng.unit() * 600.0) as i64);
        let end = night.end().plus_seconds(-240);
        let length_s = end.seconds_since(start).max(3_600);
        let share = |share: f64| (length_s as f64 * share) as i64 / 30 * 30;
        let interruption_s = share(0.04 + 0.006 * fall + 0.02 * rng.unit());
        let deep_s = share(0.17 - 0.003 * fall + 0.03 * rng.unit());
        let rem_s = share(0.21 - 0.003 * fall + 0.03 * rng.unit());
        let none = who.meets(traps::POLAR_NONE_NIGHT, index);
        let value = PolarSleep {
            start,
            end,
            start_offset_s: who.offset_s(start),
            end_offset_s: who.offset_s(end),
            light_s: length_s - interruption_s - deep_s - rem_s,
            deep_s,
            rem_s,
            interruption_s,
            sleep_score: if none {
                -1
            } else {
                score(who.sleep_score - 6.0 - 0.9 * fall + 4.0 * rng.normal())
            },
            sleep_charge: if none {
                0
            } else {
                1 + (rng.unit() * 5.0) as i64
            },
            continuity: publish((4.2 - 0.1 * fall + 0.3 * rng.normal()).clamp(1.0, 5.0), 1),
            hypnogram: hypnogram(length_s),
            heart_rate: every_5_min(length_s, |_| {
                (who.resting_heart_rate + 6.0 + 0.95 * fall + 2.5 * rng.normal()).round() as i64
            }),
        };
        Some(Versions::one(self.morning_sync(who, index), value))
    }

    /// Nightly recharge; there is one wherever there is a sleep.
    pub(crate) fn recharge(&self, who: &Person, index: i64) -> Option<Versions<Recharge>> {
        let night = self.polar_night(who, index)?;
        let mut rng = self.noise(Stream::Polar, who, index * 8 + 2);
        let fall = who.desaturation(self.calendar, index);
        let heart = (who.resting_heart_rate + 5.0 + 0.95 * fall + rng.normal()).round();
        let hrv = (who.hrv * 0.92 * (-0.031 * fall).exp() * (1.0 + 0.06 * rng.normal())).round();
        let breath = publish(who.breath + 0.1 + 0.22 * fall + 0.25 * rng.normal(), 1);
        let charge = publish(
            (1.5 - 0.45 * fall + 1.8 * rng.normal()).clamp(-10.0, 10.0),
            1,
        );
        let charge = if who.meets(traps::POLAR_CHARGE_OF_MINUS_ONE, index) {
            -1.0
        } else {
            charge
        };
        let none = who.meets(traps::POLAR_NONE_NIGHT, index);
        let start = night.start.plus_seconds(2_400);
        let hours_s = night.end().seconds_since(start).clamp(3_600, 14_400);
        let value = Recharge {
            heart_rate_avg: if none { 0 } else { heart as i64 },
            beat_to_beat_avg: if none {
                -1
            } else {
                (60_000.0 / heart).round() as i64
            },
            hrv_avg: if none { -1 } else { hrv as i64 },
            breathing_rate_avg: if none { -1.0 } else { breath },
            status: if none {
                0
            } else {
                (4.4 - 0.14 * fall + 0.7 * rng.normal())
                    .round()
                    .clamp(1.0, 6.0) as i64
            },
            ans_charge: if none { 0.0 } else { charge },
            ans_charge_status: if none {
                -1
            } else {
                (3.0 + charge / 3.0).round().clamp(1.0, 5.0) as i64
            },
            start,
            offset_s: who.offset_s(start),
            hrv: every_5_min(hours_s, |_| {
                (hrv * (1.0 + 0.14 * rng.normal())).max(5.0) as i64
            }),
            breathing: every_5_min(hours_s, |nth| {
                publish(breath + ((nth % 5) as f64 - 2.0) * 0.1, 1)
            }),
        };
        Some(Versions::one(self.morning_sync(who, index), value))
    }

    /// Polar's daily activity; `None` where the watch lay at home.
    pub(crate) fn polar_activity(
        &self,
        who: &Person,
        index: i64,
    ) -> Option<Versions<PolarActivity>> {
        if !self.recorded(index) || who.meets(traps::POLAR_NO_ACTIVITY, index) {
            return None;
        }
        let mut rng = self.noise(Stream::Polar, who, index * 8 + 3);
        let workouts = self.workouts(who, index);
        let (mut steps, mut energy, mut active_s) = (4_600.0, 380.0, 7_200);
        for workout in &workouts {
            let minutes = workout.length_s as f64 / 60.0;
            steps += workout.sport.effort().1 * minutes;
            energy += workout.calories as f64;
            active_s += workout.length_s;
        }
        let (steps, energy) = (
            steps * rng.between(0.9, 1.2),
            energy * rng.between(0.9, 1.15),
        );
        let day = |share: f64, until_hour: f64| {
            let steps = (steps * share).round();
            PolarActivity {
                steps: steps as i64,
                active_calories: (energy * share).round() as i64,
                calories: (energy * share + 1_750.0 * until_hour / 24.0).round() as i64,
                active_s: (active_s as f64 * share) as i64,
                inactive_s: (until_hour * 3_600.0 * 0.42) as i64,
                daily_activity: publish(steps / 110.0, 1),
                inactivity_alerts: i64::from(workouts.is_empty()),
                distance_m: publish(steps * 0.71, 2),
                until_hour,
            }
        };
        let [_, noon, _, evening] = self.syncs(who, index);
        let over = (evening.plus_seconds(1_500), day(1.0, 24.0));
        Some(if index < PARTIAL_FROM_INDEX {
            Versions::one(over.0, over.1)
        } else {
            Versions::several(vec![(noon, day(0.45, 12.5)), over])
        })
    }

    fn day_load(&self, who: &Person, index: i64) -> f64 {
        self.workouts(who, index)
            .iter()
            .map(|workout| workout.cardio_load)
            .sum()
    }

    /// Cardio load: from local midnight on, and again after the last upload of the day.
    pub(crate) fn cardio_load(&self, who: &Person, index: i64) -> Option<Versions<CardioLoad>> {
        if !self.recorded(index) {
            return None;
        }
        let midnight = self.local(who, index, 0.0);
        if who.travels && index == traps::POLAR_NONE_LOAD_INDEX {
            let none = CardioLoad {
                status: "LOAD_STATUS_NOT_AVAILABLE",
                load: None,
                strain: None,
                tolerance: None,
                ratio: None,
            };
            return Some(Versions::one(midnight, none));
        }
        let before: Vec<f64> = (1..28)
            .map(|back| self.day_load(who, index - back))
            .collect();
        let value = |load: f64| {
            let strain = (load + before[..6].iter().sum::<f64>()) / 7.0;
            let tolerance = (load + before.iter().sum::<f64>()) / 28.0;
            let ratio = strain / tolerance.max(0.01);
            CardioLoad {
                status: match ratio {
                    ratio if ratio < 0.8 => "DETRAINING",
                    ratio if ratio < 1.0 => "MAINTAINING",
                    ratio if ratio < 1.3 => "PRODUCTIVE",
                    _ => "OVERREACHING",
                },
                load: Some(publish(load, 2)),
                strain: Some(publish(strain, 2)),
                tolerance: Some(publish(tolerance, 2)),
                ratio: Some(publish(ratio, 2)),
            }
        };
        let mut versions = vec![(midnight, value(0.0))];
        if let Some(last) = self.workouts(who, index).last() {
            versions.push((last.uploaded(), value(self.day_load(who, index))));
        }
        Some(Versions::several(versions))
    }
}

fn every_5_min<T>(length_s: i64, mut value: impl FnMut(i64) -> T) -> Vec<(i64, T)> {
    (0..length_s / 300)
        .map(|nth| (nth * 300, value(nth)))
        .collect()
}

/// Transitions in cycles of 95 minutes.
fn hypnogram(length_s: i64) -> Vec<(i64, u8)> {
    let cycle = [
        (0, 3),
        (1_260, 4),
        (3_000, 3),
        (4_080, 1),
        (5_100, 0),
        (5_220, 3),
    ];
    (0..length_s)
        .step_by(5_700)
        .flat_map(|start| cycle.map(|(at_s, stage)| (start + at_s, stage)))
        .filter(|(at_s, _)| *at_s < length_s)
        .collect()
}
