//! Training at home, hiking on the trek.

use physiology::Timestamp;

use crate::expedition::NEPAL_OFFSET_S;
use crate::rng::Rng;
use crate::traps;

use super::{Person, Stream, World, publish};

/// A sport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sport {
    Running,
    Cycling,
    Strength,
    Hiking,
}

impl Sport {
    /// As Oura writes it.
    pub(crate) const fn oura(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Cycling => "cycling",
            Self::Strength => "strength_training",
            Self::Hiking => "hiking",
        }
    }

    /// As Polar writes it.
    pub(crate) const fn polar(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Cycling => "CYCLING",
            Self::Strength => "STRENGTH_TRAINING",
            Self::Hiking => "HIKING",
        }
    }

    /// Metabolic equivalents, and steps a minute.
    pub(crate) const fn effort(self) -> (f64, f64) {
        match self {
            Self::Running => (9.2, 162.0),
            Self::Cycling => (7.0, 4.0),
            Self::Strength => (4.2, 14.0),
            Self::Hiking => (5.2, 46.0),
        }
    }

    const fn speed_m_per_s(self) -> f64 {
        match self {
            Self::Running => 2.9,
            Self::Cycling => 6.8,
            Self::Strength => 0.0,
            Self::Hiking => 0.62,
        }
    }
}

/// One workout, as both vendors recorded it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Workout {
    pub(crate) index: i64,
    pub(crate) number: usize,
    pub(crate) sport: Sport,
    pub(crate) start: Timestamp,
    pub(crate) offset_s: i32,
    pub(crate) length_s: i64,
    /// The heart rate the effort comes to, bpm.
    pub(crate) effort_bpm: f64,
    pub(crate) distance_m: Option<f64>,
    pub(crate) calories: i64,
    pub(crate) label: Option<&'static str>,
    /// Polar's cardio load (TRIMP) of it.
    pub(crate) cardio_load: f64,
    /// Uploaded before the person registered with the client: Polar never serves it.
    pub(crate) before_registration: bool,
}

/// Seconds between two heart rate samples.
pub(crate) const WORKOUT_SAMPLE_S: i64 = 5;

impl Workout {
    pub(crate) fn end(&self) -> Timestamp {
        self.start.plus_seconds(self.length_s)
    }

    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end()
    }

    /// When the watch handed it over.
    pub(crate) fn uploaded(&self) -> Timestamp {
        self.end().plus_seconds(1_260)
    }

    /// As Oura rates it.
    pub(crate) const fn intensity(&self) -> &'static str {
        match self.sport {
            Sport::Running => "hard",
            Sport::Cycling | Sport::Hiking => "moderate",
            Sport::Strength => "easy",
        }
    }
}

/// What is planned for a day: sport, hour, minutes, share of the heart rate reserve, label.
type Plan = (Sport, f64, f64, f64, Option<&'static str>);

const HOME_WEEK: [&[Plan]; 7] = [
    &[(Sport::Running, 18.0, 45.0, 0.68, None)],
    &[(Sport::Strength, 18.5, 40.0, 0.42, None)],
    &[],
    &[(Sport::Running, 7.5, 52.0, 0.74, Some("Intervals"))],
    &[],
    &[(Sport::Hiking, 9.0, 130.0, 0.5, Some("With a pack"))],
    &[(Sport::Cycling, 10.0, 75.0, 0.58, None)],
];

const TREK: [&[Plan]; 12] = [
    &[(Sport::Hiking, 10.0, 110.0, 0.5, Some("Around Lukla"))],
    &[(Sport::Hiking, 8.0, 390.0, 0.56, Some("Lukla to Namche"))],
    &[(
        Sport::Hiking,
        9.0,
        330.0,
        0.5,
        Some("Everest View and back"),
    )],
    &[(Sport::Hiking, 8.0, 330.0, 0.58, Some("Namche to Tengboche"))],
    &[(
        Sport::Hiking,
        8.0,
        340.0,
        0.58,
        Some("Tengboche to Dingboche"),
    )],
    &[(
        Sport::Hiking,
        8.0,
        300.0,
        0.52,
        Some("Nangkartshang and back"),
    )],
    &[(Sport::Hiking, 8.0, 330.0, 0.6, Some("Dingboche to Lobuche"))],
    &[(
        Sport::Hiking,
        8.0,
        230.0,
        0.6,
        Some("Lobuche to Gorak Shep"),
    )],
    &[(Sport::Hiking, 8.5, 150.0, 0.62, Some("Everest Base Camp"))],
    &[(Sport::Hiking, 8.0, 420.0, 0.5, Some("Down to Pheriche"))],
    &[(Sport::Hiking, 8.0, 420.0, 0.48, Some("Down to Namche"))],
    &[(Sport::Hiking, 8.0, 400.0, 0.46, Some("Down to Lukla"))],
];

impl World {
    fn plans(who: &Person, index: i64) -> &'static [Plan] {
        if !who.travels || !(-3..14).contains(&index) {
            let week = HOME_WEEK.len() as i64;
            return HOME_WEEK[(index + who.index as i64 / 2).rem_euclid(week) as usize];
        }
        usize::try_from(index)
            .ok()
            .and_then(|day| TREK.get(day).copied())
            .unwrap_or(&[])
    }

    /// The workouts of a day, in order.
    pub(crate) fn workouts(&self, who: &Person, index: i64) -> Vec<Workout> {
        let plans = Self::plans(who, index).iter().enumerate();
        plans
            .map(|(number, (sport, hour, minutes, share, label))| {
                let mut rng = self.noise(Stream::Workout, who, index * 4 + number as i64);
                let offset_s = if index >= 0 && who.travels {
                    NEPAL_OFFSET_S
                } else {
                    self.offset_at(who, index)
                };
                let start = self
                    .calendar
                    .at(index, hour + rng.between(-0.15, 0.15), offset_s);
                let length_s = ((minutes * 60.0 * rng.between(0.94, 1.08)) as i64)
                    .div_euclid(WORKOUT_SAMPLE_S)
                    * WORKOUT_SAMPLE_S;
                let strain = if who.index == 1 { 0.03 } else { 0.0 };
                let share = (share + strain + 0.02 * rng.normal()).clamp(0.3, 0.9);
                let rest = who.resting_heart_rate;
                let reserve = who.max_heart_rate - rest;
                let minutes = length_s as f64 / 60.0;
                let speed = sport.speed_m_per_s() * rng.between(0.92, 1.06);
                Workout {
                    index,
                    number,
                    sport: *sport,
                    start,
                    offset_s,
                    length_s,
                    effort_bpm: rest + share * reserve,
                    distance_m: (speed > 0.0).then(|| publish(speed * length_s as f64, 1)),
                    calories: (sport.effort().0 * who.weight_kg * minutes / 60.0).round() as i64,
                    label: *label,
                    // Banister's training impulse for men.
                    cardio_load: publish(minutes * share * 0.64 * (1.92 * share).exp() * 0.6, 2),
                    before_registration: traps::BEFORE_REGISTRATION.contains(&index),
                }
            })
            .collect()
    }

    fn offset_at(&self, who: &Person, index: i64) -> i32 {
        who.offset_s(self.local(who, index, 12.0))
    }

    /// Heart rate every 5 s; a stretch without contact is `None`.
    pub(crate) fn workout_heart_rate(&self, who: &Person, workout: &Workout) -> Vec<Option<i64>> {
        let key = workout.index * 4 + workout.number as i64;
        let mut rng = self.noise(Stream::Heart, who, key);
        let samples = (workout.length_s / WORKOUT_SAMPLE_S) as usize;
        let lost_from = (samples as f64 * rng.between(0.3, 0.8)) as usize;
        let lost = lost_from..lost_from + if workout.length_s > 14_000 { 24 } else { 3 };
        let mut wander = Wander::new(&mut rng);
        (0..samples)
            .map(|sample| {
                let elapsed_s = sample as f64 * WORKOUT_SAMPLE_S as f64;
                let warm = 1.0 - (-elapsed_s / 240.0).exp();
                let start = who.resting_heart_rate + 25.0;
                let hills = wander.next(&mut rng, elapsed_s);
                let bpm = start + (workout.effort_bpm - start) * warm + hills;
                let bpm = bpm.clamp(50.0, who.max_heart_rate).round() as i64;
                (!lost.contains(&sample)).then_some(bpm)
            })
            .collect()
    }
}

/// Hills: two slow waves and a walk that comes back.
struct Wander {
    phase: f64,
    drift: f64,
}

impl Wander {
    fn new(rng: &mut Rng) -> Self {
        Self {
            phase: rng.between(0.0, 6.0),
            drift: 0.0,
        }
    }

    fn next(&mut self, rng: &mut Rng, elapsed_s: f64) -> f64 {
        self.drift = self.drift * 0.97 + (rng.unit() - 0.5) * 2.4;
        let slow = (elapsed_s / 840.0 + self.phase).sin() * 7.0;
        let fast = (elapsed_s / 170.0 + 2.0 * self.phase).sin() * 3.5;
        slow + fast + self.drift
    }
}
