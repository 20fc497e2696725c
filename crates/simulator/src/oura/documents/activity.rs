use physiology::Day;
use serde::Serialize;

use super::{Document, Page, Sample, json};
use crate::time::local_seconds;
use crate::versions::Versions;

#[derive(Serialize)]
struct DailyActivity<'a> {
    id: String,
    active_calories: i64,
    average_met_minutes: f64,
    class_5_min: &'a str,
    contributors: ActivityContributors,
    day: Day,
    equivalent_walking_distance: i64,
    high_activity_met_minutes: i64,
    high_activity_time: i64,
    inactivity_alerts: i64,
    low_activity_met_minutes: i64,
    low_activity_time: i64,
    medium_activity_met_minutes: i64,
    medium_activity_time: i64,
    met: Sample<'a>,
    meters_to_target: i64,
    non_wear_time: i64,
    resting_time: i64,
    score: Option<i64>,
    sedentary_met_minutes: i64,
    sedentary_time: i64,
    steps: i64,
    target_calories: i64,
    target_meters: i64,
    timestamp: String,
    total_calories: i64,
}

#[derive(Serialize)]
struct ActivityContributors {
    meet_daily_targets: Option<i64>,
    move_every_hour: Option<i64>,
    recovery_time: Option<i64>,
    stay_active: Option<i64>,
    training_frequency: Option<i64>,
    training_volume: Option<i64>,
}

#[derive(Serialize)]
struct Workout<'a> {
    id: &'a str,
    activity: &'static str,
    calories: Option<f64>,
    day: Day,
    distance: Option<f64>,
    end_datetime: String,
    intensity: &'static str,
    label: Option<&'static str>,
    source: &'static str,
    start_datetime: String,
}

/// Oura's goal of a day, m and kcal.
const TARGET_M: i64 = 9_000;
const TARGET_KCAL: i64 = 450;

impl Page<'_> {
    pub(super) fn daily_activity(&self) -> Vec<Document> {
        let Some(versions) = self.world.activity(self.who, self.index) else {
            return Vec::new();
        };
        let id = self.id(0);
        let text = versions.map(|day| {
            let items: Vec<Option<f64>> = day.met.iter().copied().map(Some).collect();
            let [high, medium, low] = day.active;
            let [meet, hourly, recovery, active, frequency, volume] = day.contributors;
            json(&DailyActivity {
                id: id.clone(),
                active_calories: day.active_calories,
                average_met_minutes: day.average_met,
                class_5_min: &day.class_5_min,
                contributors: ActivityContributors {
                    meet_daily_targets: meet,
                    move_every_hour: hourly,
                    recovery_time: recovery,
                    stay_active: active,
                    training_frequency: frequency,
                    training_volume: volume,
                },
                day: self.day,
                equivalent_walking_distance: day.equivalent_walking_distance_m,
                high_activity_met_minutes: high.1,
                high_activity_time: high.0,
                inactivity_alerts: day.inactivity_alerts,
                low_activity_met_minutes: low.1,
                low_activity_time: low.0,
                medium_activity_met_minutes: medium.1,
                medium_activity_time: medium.0,
                met: Sample::new(60, &items, day.start, day.offset_s),
                meters_to_target: (TARGET_M - day.equivalent_walking_distance_m).max(0),
                non_wear_time: day.non_wear_s,
                resting_time: day.resting_s,
                score: day.score,
                sedentary_met_minutes: day.sedentary_met_minutes,
                sedentary_time: day.sedentary_s,
                steps: day.steps,
                target_calories: TARGET_KCAL,
                target_meters: TARGET_M,
                timestamp: local_seconds(day.start, day.offset_s),
                total_calories: day.total_calories,
            })
        });
        let start = self.world.local(self.who, self.index, 4.0);
        vec![Document {
            id,
            day: self.day,
            start,
            versions: text,
        }]
    }

    pub(super) fn workout(&self) -> Vec<Document> {
        if !self.world.recorded(self.index) {
            return Vec::new();
        }
        let workouts = self.world.workouts(self.who, self.index);
        workouts
            .iter()
            .map(|workout| {
                let id = self.id(workout.number);
                let text = json(&Workout {
                    id: &id,
                    activity: workout.sport.oura(),
                    calories: Some(workout.calories as f64),
                    day: self.day,
                    distance: workout.distance_m,
                    end_datetime: local_seconds(workout.end(), workout.offset_s),
                    intensity: workout.intensity(),
                    label: workout.label,
                    source: if workout.label.is_some() {
                        "manual"
                    } else {
                        "autodetected"
                    },
                    start_datetime: local_seconds(workout.start, workout.offset_s),
                });
                let from = self.world.next_sync(self.who, workout.end());
                let versions = Versions::one(from, text);
                Document {
                    id,
                    day: self.day,
                    start: workout.start,
                    versions,
                }
            })
            .collect()
    }
}
