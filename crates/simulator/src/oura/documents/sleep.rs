use serde::Serialize;

use super::{Document, Page, Sample, json};
use crate::time::local_seconds;
use crate::twins::night::Readiness;
use crate::twins::sleep::{SAMPLE_S, SleepKind, SleepPeriod, Stage};

use super::daily::ReadinessContributors;

#[derive(Serialize)]
struct Sleep<'a> {
    id: &'a str,
    average_breath: f64,
    average_heart_rate: f64,
    average_hrv: i64,
    awake_time: i64,
    bedtime_end: String,
    bedtime_start: String,
    day: physiology::Day,
    deep_sleep_duration: i64,
    efficiency: i64,
    heart_rate: Sample<'a>,
    hrv: Sample<'a>,
    latency: i64,
    light_sleep_duration: i64,
    low_battery_alert: bool,
    lowest_heart_rate: i64,
    movement_30_sec: &'a str,
    period: usize,
    readiness: Option<SleepReadiness>,
    readiness_score_delta: Option<i64>,
    rem_sleep_duration: i64,
    restless_periods: i64,
    sleep_algorithm_version: &'static str,
    sleep_analysis_reason: &'static str,
    sleep_phase_30_sec: String,
    sleep_phase_5_min: String,
    app_sleep_phase_5_min: String,
    sleep_score_delta: Option<i64>,
    time_in_bed: i64,
    total_sleep_duration: i64,
    #[serde(rename = "type")]
    kind: &'static str,
    ring_id: Option<String>,
}

#[derive(Serialize)]
struct SleepReadiness {
    contributors: ReadinessContributors,
    score: i64,
    temperature_deviation: f64,
    temperature_trend_deviation: f64,
}

impl SleepReadiness {
    fn new(value: &Readiness) -> Self {
        Self {
            contributors: ReadinessContributors::new(value.contributors),
            score: value.score,
            temperature_deviation: value.temperature_deviation,
            temperature_trend_deviation: value.temperature_trend_deviation,
        }
    }
}

/// Whatever stage is commonest in five minutes, light sleep where two are.
fn phases_5_min(epochs: &[Stage]) -> String {
    let commonest = |chunk: &[Stage]| {
        let count = |stage: Stage| chunk.iter().filter(|epoch| **epoch == stage).count();
        let stages = [Stage::Awake, Stage::Rem, Stage::Deep, Stage::Light];
        stages
            .into_iter()
            .max_by_key(|stage| count(*stage))
            .map_or('2', Stage::digit)
    };
    epochs.chunks(10).map(commonest).collect()
}

impl Page<'_> {
    pub(super) fn sleep(&self) -> Vec<Document> {
        let readiness = self.world.readiness(self.who, self.index);
        let readiness = readiness
            .as_ref()
            .and_then(|versions| versions.all().next());
        let sleeps = self
            .world
            .sleeps(self.who, self.index)
            .into_iter()
            .enumerate();
        sleeps
            .filter_map(|(number, versions)| {
                let id = self.id(number);
                let start = versions.all().next()?.start;
                let text = versions.map(|sleep| {
                    let main = sleep.kind == SleepKind::LongSleep;
                    let readiness = readiness.filter(|_| main).map(SleepReadiness::new);
                    json(&self.sleep_document(&id, number, sleep, readiness))
                });
                Some(Document {
                    versions: text,
                    id,
                    day: self.day,
                    start,
                })
            })
            .collect()
    }

    fn sleep_document<'a>(
        &self,
        id: &'a str,
        number: usize,
        sleep: &'a SleepPeriod,
        readiness: Option<SleepReadiness>,
    ) -> Sleep<'a> {
        let phases = phases_5_min(&sleep.epochs);
        Sleep {
            id,
            average_breath: sleep.average_breath,
            average_heart_rate: sleep.average_heart_rate,
            average_hrv: sleep.average_hrv,
            awake_time: sleep.stage_s(Stage::Awake),
            bedtime_end: local_seconds(sleep.end(), sleep.end_offset_s),
            bedtime_start: local_seconds(sleep.start, sleep.start_offset_s),
            day: self.day,
            deep_sleep_duration: sleep.stage_s(Stage::Deep),
            efficiency: sleep.efficiency(),
            heart_rate: Sample::new(
                SAMPLE_S,
                &sleep.heart_rate,
                sleep.start,
                sleep.start_offset_s,
            ),
            hrv: Sample::new(SAMPLE_S, &sleep.hrv, sleep.start, sleep.start_offset_s),
            latency: sleep.latency_s(),
            light_sleep_duration: sleep.stage_s(Stage::Light),
            low_battery_alert: false,
            lowest_heart_rate: sleep.lowest_heart_rate,
            movement_30_sec: &sleep.movement,
            period: number,
            readiness,
            readiness_score_delta: None,
            rem_sleep_duration: sleep.stage_s(Stage::Rem),
            restless_periods: sleep.restless_periods,
            sleep_algorithm_version: "v2",
            sleep_analysis_reason: if sleep.edited {
                "bedtime_edit"
            } else {
                "foreground_sleep_analysis"
            },
            sleep_phase_30_sec: sleep.epochs.iter().map(|stage| stage.digit()).collect(),
            app_sleep_phase_5_min: phases.clone(),
            sleep_phase_5_min: phases,
            sleep_score_delta: None,
            time_in_bed: sleep.time_in_bed_s(),
            total_sleep_duration: sleep.asleep_s(),
            kind: sleep.kind.name(),
            ring_id: None,
        }
    }
}
