//! Polar's sleep and nightly recharge.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::{Day, Timestamp};
use serde::Serialize;

use super::access::Access;
use super::errors;
use crate::http::reply;
use crate::state::Shared;
use crate::time::{hour_minute, local_seconds};
use crate::twins::polar::{PolarSleep, Recharge};

/// Values at local times `HH:MM`, in the order they were measured; JSON objects keep it.
struct Clocked<'a, T> {
    start: Timestamp,
    offset_s: i32,
    values: &'a [(i64, T)],
}

impl<T: Serialize> Serialize for Clocked<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = |after_s: i64| hour_minute(self.start.plus_seconds(after_s), self.offset_s);
        serializer.collect_map(
            self.values
                .iter()
                .map(|(after_s, value)| (at(*after_s), value)),
        )
    }
}

#[derive(Serialize)]
struct Night<'a> {
    polar_user: String,
    date: Day,
    sleep_start_time: String,
    sleep_end_time: String,
    device_id: &'static str,
    continuity: f64,
    continuity_class: i64,
    light_sleep: i64,
    deep_sleep: i64,
    rem_sleep: i64,
    unrecognized_sleep_stage: i64,
    sleep_score: i64,
    total_interruption_duration: i64,
    sleep_charge: i64,
    sleep_goal: i64,
    sleep_rating: i64,
    short_interruption_duration: i64,
    long_interruption_duration: i64,
    sleep_cycles: i64,
    group_duration_score: f64,
    group_solidity_score: f64,
    group_regeneration_score: f64,
    hypnogram: Clocked<'a, u8>,
    heart_rate_samples: Clocked<'a, i64>,
}

#[derive(Serialize)]
struct NightlyRecharge<'a> {
    polar_user: String,
    date: Day,
    heart_rate_avg: i64,
    beat_to_beat_avg: i64,
    heart_rate_variability_avg: i64,
    breathing_rate_avg: f64,
    nightly_recharge_status: i64,
    ans_charge: f64,
    ans_charge_status: i64,
    hrv_samples: Clocked<'a, i64>,
    breathing_samples: Clocked<'a, f64>,
}

fn night<'a>(access: &Access<'_>, date: Day, sleep: &'a PolarSleep) -> Night<'a> {
    let share = |score: i64, share: f64| (score as f64 * share).clamp(-1.0, 100.0);
    let short = sleep.interruption_s / 3;
    Night {
        polar_user: access.user_link(),
        date,
        sleep_start_time: local_seconds(sleep.start, sleep.start_offset_s),
        sleep_end_time: local_seconds(sleep.end, sleep.end_offset_s),
        device_id: "1111AAAA",
        continuity: sleep.continuity,
        continuity_class: sleep.continuity.round() as i64,
        light_sleep: sleep.light_s,
        deep_sleep: sleep.deep_s,
        rem_sleep: sleep.rem_s,
        unrecognized_sleep_stage: 0,
        sleep_score: sleep.sleep_score,
        total_interruption_duration: sleep.interruption_s,
        sleep_charge: sleep.sleep_charge,
        sleep_goal: 28_800,
        // The person never rated a night.
        sleep_rating: 0,
        short_interruption_duration: short,
        long_interruption_duration: sleep.interruption_s - short,
        sleep_cycles: sleep.end.seconds_since(sleep.start) / 5_700,
        group_duration_score: share(sleep.sleep_score, 1.1),
        group_solidity_score: share(sleep.sleep_score, 0.95),
        group_regeneration_score: share(sleep.sleep_score, 0.9),
        hypnogram: Clocked {
            start: sleep.start,
            offset_s: sleep.start_offset_s,
            values: &sleep.hypnogram,
        },
        heart_rate_samples: Clocked {
            start: sleep.start,
            offset_s: sleep.start_offset_s,
            values: &sleep.heart_rate,
        },
    }
}

fn recharge<'a>(access: &Access<'_>, date: Day, value: &'a Recharge) -> NightlyRecharge<'a> {
    NightlyRecharge {
        polar_user: access.user_link(),
        date,
        heart_rate_avg: value.heart_rate_avg,
        beat_to_beat_avg: value.beat_to_beat_avg,
        heart_rate_variability_avg: value.hrv_avg,
        breathing_rate_avg: value.breathing_rate_avg,
        nightly_recharge_status: value.status,
        ans_charge: value.ans_charge,
        ans_charge_status: value.ans_charge_status,
        hrv_samples: Clocked {
            start: value.start,
            offset_s: value.offset_s,
            values: &value.hrv,
        },
        breathing_samples: Clocked {
            start: value.start,
            offset_s: value.offset_s,
            values: &value.breathing,
        },
    }
}

fn sleep_of(access: &Access<'_>, index: i64) -> Option<PolarSleep> {
    let versions = access.world().polar_sleep(access.who, index)?;
    access
        .serves(versions.first_served())
        .then(|| versions.at(access.now).cloned())?
}

fn recharge_of(access: &Access<'_>, index: i64) -> Option<Recharge> {
    let versions = access.world().recharge(access.who, index)?;
    access
        .serves(versions.first_served())
        .then(|| versions.at(access.now).cloned())?
}

/// Everything that is kept, newest first as Polar lists it.
fn nights<T>(access: &Access<'_>, of: impl Fn(&Access<'_>, i64) -> Option<T>) -> Vec<(Day, T)> {
    let calendar = access.world().calendar;
    let nights = access.every_index().rev();
    nights
        .filter_map(|index| Some((calendar.day(index), of(access, index)?)))
        .collect()
}

fn wrapped<T: Serialize>(name: &'static str, list: Vec<T>) -> Response {
    reply::json(StatusCode::OK, &BTreeMap::from([(name, list)]))
}

/// `GET /polar/v3/users/sleep`.
pub(crate) async fn sleeps(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let list = nights(&access, sleep_of);
    wrapped(
        "nights",
        list.iter()
            .map(|(day, sleep)| night(&access, *day, sleep))
            .collect(),
    )
}

/// `GET /polar/v3/users/sleep/available`.
pub(crate) async fn available(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    #[derive(Serialize)]
    struct Available {
        date: Day,
        start_time: String,
        end_time: String,
    }
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let list = nights(&access, sleep_of)
        .into_iter()
        .map(|(date, sleep)| Available {
            date,
            start_time: local_seconds(sleep.start, sleep.start_offset_s),
            end_time: local_seconds(sleep.end, sleep.end_offset_s),
        });
    wrapped("available", list.collect())
}

/// `GET /polar/v3/users/nightly-recharge`.
pub(crate) async fn recharges(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let list = nights(&access, recharge_of);
    wrapped(
        "recharges",
        list.iter()
            .map(|(day, value)| recharge(&access, *day, value))
            .collect(),
    )
}

/// The index of a date in a path, or 400; `None` for a day that is not kept.
fn kept(access: &Access<'_>, date: &str) -> Result<(Day, Option<i64>), Box<Response>> {
    let Ok(day) = date.parse::<Day>() else {
        let message = "Invalid date.";
        return Err(Box::new(errors::bad_request(access.simulator, message)));
    };
    let index = access.world().calendar.index(day);
    Ok((day, access.every_index().contains(&index).then_some(index)))
}

/// `GET /polar/v3/users/sleep/{date}`: 404 if there is none.
pub(crate) async fn sleep(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        let (day, index) = kept(&access, &date)?;
        let sleep = index.and_then(|index| sleep_of(&access, index));
        let sleep = sleep.ok_or_else(|| Box::new(errors::not_found(&simulator)))?;
        Ok(reply::json(StatusCode::OK, &night(&access, day, &sleep)))
    };
    answer().unwrap_or_else(|response| *response)
}

/// `GET /polar/v3/users/nightly-recharge/{date}`: 404 if there is none.
pub(crate) async fn recharge_by_date(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        let (day, index) = kept(&access, &date)?;
        let value = index.and_then(|index| recharge_of(&access, index));
        let value = value.ok_or_else(|| Box::new(errors::not_found(&simulator)))?;
        Ok(reply::json(StatusCode::OK, &recharge(&access, day, &value)))
    };
    answer().unwrap_or_else(|response| *response)
}
