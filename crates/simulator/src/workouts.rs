//! What the generator knows of workouts, for tests: never through the documents.

use chrono::{DateTime, Utc};
use physiology::{Day, Timestamp};

use crate::config::Config;
use crate::twins::World;
use crate::twins::workout::WORKOUT_SAMPLE_S;

/// A workout as the generator made it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueWorkout {
    /// The day.
    pub day: Day,
    /// When it began.
    pub starts_at: Timestamp,
    /// How long it took, s.
    pub length_s: i64,
    /// What local time was ahead of UTC, s.
    pub utc_offset_s: i32,
    /// What was done, as Oura writes it.
    pub activity: &'static str,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Energy, kcal.
    pub calories_kcal: f64,
    /// Polar's cardio load, AU.
    pub cardio_load: f64,
    /// Heart rate, bpm, from one sample to the next [`TrueWorkout::SAMPLE_S`]; a stretch without
    /// contact is `None`.
    pub heart_rate_bpm: Vec<Option<i64>>,
    /// Whether Polar ever serves it: what was uploaded before registration it does not.
    pub is_served_by_polar: bool,
}

impl TrueWorkout {
    /// From one sample to the next, s.
    pub const SAMPLE_S: i64 = WORKOUT_SAMPLE_S;
}

/// Every workout of one person's record that was over and handed over at `now`, in order. Empty for
/// an unknown subject.
pub fn true_workouts(config: &Config, now: DateTime<Utc>, subject: char) -> Vec<TrueWorkout> {
    let world = World::new(config, now);
    let Some(who) = world.person(subject.encode_utf8(&mut [0; 4])) else {
        return Vec::new();
    };
    let now = Timestamp::from(now);
    let last = world.calendar.index(Day::of_utc(now)) + 1;
    (world.calendar.first_index..=last)
        .flat_map(|index| world.workouts(who, index))
        .filter(|workout| world.next_sync(who, workout.end()) <= now && workout.uploaded() <= now)
        .map(|workout| TrueWorkout {
            day: world.calendar.day(workout.index),
            starts_at: workout.start,
            length_s: workout.length_s,
            utc_offset_s: workout.offset_s,
            activity: workout.sport.oura(),
            distance_m: workout.distance_m,
            calories_kcal: workout.calories as f64,
            cardio_load: workout.cardio_load,
            heart_rate_bpm: world.workout_heart_rate(who, &workout),
            is_served_by_polar: !(workout.before_registration && who.travels),
        })
        .collect()
}
