use physiology::Day;
use serde::Serialize;

use super::{Document, Page};
use crate::versions::Versions;

#[derive(Serialize)]
struct DailySleep {
    id: String,
    contributors: SleepContributors,
    day: Day,
    score: i64,
    timestamp: String,
}

#[derive(Serialize)]
struct SleepContributors {
    deep_sleep: i64,
    efficiency: i64,
    latency: i64,
    rem_sleep: i64,
    restfulness: i64,
    timing: i64,
    total_sleep: i64,
}

#[derive(Serialize)]
struct DailyReadiness {
    id: String,
    contributors: ReadinessContributors,
    day: Day,
    score: i64,
    temperature_deviation: f64,
    temperature_trend_deviation: f64,
    timestamp: String,
}

#[derive(Serialize)]
pub(super) struct ReadinessContributors {
    activity_balance: i64,
    body_temperature: i64,
    hrv_balance: Option<i64>,
    previous_day_activity: Option<i64>,
    previous_night: i64,
    recovery_index: i64,
    resting_heart_rate: i64,
    sleep_balance: i64,
    sleep_regularity: i64,
}

impl ReadinessContributors {
    pub(super) fn new(parts: [i64; 9]) -> Self {
        let [
            activity,
            body,
            hrv,
            previous_day,
            previous_night,
            recovery,
            resting,
            balance,
            regular,
        ] = parts;
        Self {
            activity_balance: activity,
            body_temperature: body,
            // Oura leaves these out while it has too few days.
            hrv_balance: (hrv > 40).then_some(hrv),
            previous_day_activity: (previous_day > 40).then_some(previous_day),
            previous_night,
            recovery_index: recovery,
            resting_heart_rate: resting,
            sleep_balance: balance,
            sleep_regularity: regular,
        }
    }
}

#[derive(Serialize)]
struct DailySpo2 {
    id: String,
    breathing_disturbance_index: Option<i64>,
    day: Day,
    spo2_percentage: Option<Aggregate>,
}

#[derive(Serialize)]
struct Aggregate {
    average: f64,
}

#[derive(Serialize)]
struct DailyStress {
    id: String,
    day: Day,
    day_summary: Option<&'static str>,
    recovery_high: Option<i64>,
    stress_high: Option<i64>,
}

#[derive(Serialize)]
struct DailyResilience {
    id: String,
    day: Day,
    contributors: ResilienceContributors,
    level: &'static str,
}

#[derive(Serialize)]
struct ResilienceContributors {
    sleep_recovery: f64,
    daytime_recovery: f64,
    stress: f64,
}

#[derive(Serialize)]
struct DailyCardiovascularAge {
    id: String,
    day: Day,
    pulse_wave_velocity: f64,
    vascular_age: i64,
}

#[derive(Serialize)]
struct Vo2Max {
    id: String,
    day: Day,
    timestamp: String,
    vo2_max: i64,
}

#[derive(Serialize)]
struct SleepTime {
    id: String,
    day: Day,
    optimal_bedtime: Option<BedtimeWindow>,
    recommendation: Option<&'static str>,
    status: &'static str,
}

#[derive(Serialize)]
struct BedtimeWindow {
    day_tz: i32,
    end_offset: i64,
    start_offset: i64,
}

const LEVELS: [&str; 5] = ["limited", "adequate", "solid", "strong", "exceptional"];

impl Page<'_> {
    pub(super) fn daily_sleep(&self) -> Vec<Document> {
        self.one(self.world.daily_sleep(self.who, self.index), |value, id| {
            let [deep, efficiency, latency, rem, restfulness, timing, total] = value.contributors;
            DailySleep {
                id,
                contributors: SleepContributors {
                    deep_sleep: deep,
                    efficiency,
                    latency,
                    rem_sleep: rem,
                    restfulness,
                    timing,
                    total_sleep: total,
                },
                day: self.day,
                score: value.score,
                timestamp: self.timestamp(),
            }
        })
    }

    pub(super) fn daily_readiness(&self) -> Vec<Document> {
        self.one(self.world.readiness(self.who, self.index), |value, id| {
            DailyReadiness {
                id,
                contributors: ReadinessContributors::new(value.contributors),
                day: self.day,
                score: value.score,
                temperature_deviation: value.temperature_deviation,
                temperature_trend_deviation: value.temperature_trend_deviation,
                timestamp: self.timestamp(),
            }
        })
    }

    pub(super) fn daily_spo2(&self) -> Vec<Document> {
        self.one(self.world.spo2(self.who, self.index), |value, id| {
            DailySpo2 {
                id,
                breathing_disturbance_index: value.breathing_disturbance_index,
                day: self.day,
                spo2_percentage: value.average.map(|average| Aggregate { average }),
            }
        })
    }

    pub(super) fn daily_stress(&self) -> Vec<Document> {
        self.one(self.world.stress(self.who, self.index), |value, id| {
            DailyStress {
                id,
                day: self.day,
                day_summary: value.summary,
                recovery_high: value.recovery_high_s,
                stress_high: value.stress_high_s,
            }
        })
    }

    pub(super) fn daily_resilience(&self) -> Vec<Document> {
        self.one(self.world.resilience(self.who, self.index), |value, id| {
            let [sleep_recovery, daytime_recovery, stress] = value.contributors;
            DailyResilience {
                id,
                day: self.day,
                contributors: ResilienceContributors {
                    sleep_recovery,
                    daytime_recovery,
                    stress,
                },
                level: LEVELS[value.level.clamp(1, 5) - 1],
            }
        })
    }

    pub(super) fn daily_cardiovascular_age(&self) -> Vec<Document> {
        self.one(
            self.world.vascular_age(self.who, self.index),
            |value, id| DailyCardiovascularAge {
                id,
                day: self.day,
                pulse_wave_velocity: value.pulse_wave_velocity,
                vascular_age: value.years,
            },
        )
    }

    pub(super) fn vo2_max(&self) -> Vec<Document> {
        self.one(self.world.vo2_max(self.who, self.index), |value, id| {
            Vo2Max {
                id,
                day: self.day,
                timestamp: self.timestamp(),
                vo2_max: *value,
            }
        })
    }

    pub(super) fn sleep_time(&self) -> Vec<Document> {
        let settled = self.index < -2 || !self.who.travels;
        let versions = self
            .world
            .recorded(self.index)
            .then(|| Versions::one(self.world.morning_sync(self.who, self.index), settled));
        self.one(versions, |settled, id| SleepTime {
            id,
            day: self.day,
            optimal_bedtime: settled.then(|| BedtimeWindow {
                day_tz: self.who.offset_s(self.midnight()),
                end_offset: -1_800,
                start_offset: -5_400,
            }),
            recommendation: settled.then_some("follow_optimal_bedtime"),
            status: if *settled {
                "optimal_found"
            } else {
                "not_enough_recent_nights"
            },
        })
    }
}
