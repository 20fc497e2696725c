//! Polar SleepWise: alertness and circadian bedtime. Times are UTC without a Z.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::{Day, Timestamp};
use serde::Serialize;

use super::access::Access;
use super::{WINDOW_DAYS, errors};
use crate::http::params::Params;
use crate::http::reply;
use crate::state::Shared;
use crate::time::naive;
use crate::twins::polar::PolarSleep;
use crate::twins::{Stream, publish};

#[derive(Serialize)]
struct Alertness {
    grade: f64,
    grade_validity_seconds: i64,
    grade_type: &'static str,
    grade_classification: &'static str,
    validity: &'static str,
    sleep_inertia: &'static str,
    sleep_type: &'static str,
    result_type: &'static str,
    period_start_time: String,
    period_end_time: String,
    sleep_period_start_time: String,
    sleep_period_end_time: String,
    sleep_timezone_offset_minutes: i32,
    hourly_data: Vec<Hour>,
}

#[derive(Serialize)]
struct Hour {
    validity: &'static str,
    alertness_level: &'static str,
    start_time: String,
    end_time: String,
}

#[derive(Serialize)]
struct Bedtime {
    validity: &'static str,
    quality: &'static str,
    result_type: &'static str,
    period_start_time: String,
    period_end_time: String,
    preferred_sleep_period_start_time: String,
    preferred_sleep_period_end_time: String,
    sleep_gate_start_time: String,
    sleep_gate_end_time: String,
    sleep_timezone_offset_minutes: i32,
}

const VALIDITY: &str = "VALIDITY_ESTIMATE";

fn utc(at: Timestamp) -> String {
    naive(at, 0)
}

fn alertness_of(access: &Access<'_>, index: i64, sleep: &PolarSleep) -> Alertness {
    let mut rng = access
        .world()
        .noise(Stream::Polar, access.who, index * 8 + 4);
    let fall = access.who.desaturation(access.world().calendar, index);
    let grade = publish((8.6 - 0.15 * fall + 0.6 * rng.normal()).clamp(0.0, 10.0), 1);
    let levels = [
        "ALERTNESS_LEVEL_HIGH",
        "ALERTNESS_LEVEL_VERY_HIGH",
        "ALERTNESS_LEVEL_LOW",
    ];
    let hours = (0..16_i64).map(|hour| {
        let start = sleep.end.plus_seconds(hour * 3_600);
        Hour {
            validity: VALIDITY,
            alertness_level: levels[usize::from(hour > 3) + usize::from(hour > 10)],
            start_time: utc(start),
            end_time: utc(start.plus_seconds(3_600)),
        }
    });
    Alertness {
        grade,
        grade_validity_seconds: 57_600,
        grade_type: "GRADE_TYPE_PRIMARY",
        grade_classification: match grade {
            grade if grade < 4.0 => "GRADE_CLASSIFICATION_WEAK",
            grade if grade < 6.0 => "GRADE_CLASSIFICATION_FAIR",
            grade if grade < 8.5 => "GRADE_CLASSIFICATION_STRONG",
            _ => "GRADE_CLASSIFICATION_EXCELLENT",
        },
        validity: VALIDITY,
        sleep_inertia: "SLEEP_INERTIA_MILD",
        sleep_type: "SLEEP_TYPE_PRIMARY",
        result_type: "ALERTNESS_TYPE_HISTORY",
        period_start_time: utc(sleep.end),
        period_end_time: utc(sleep.end.plus_seconds(57_600)),
        sleep_period_start_time: utc(sleep.start),
        sleep_period_end_time: utc(sleep.end),
        sleep_timezone_offset_minutes: sleep.end_offset_s / 60,
        hourly_data: hours.collect(),
    }
}

fn bedtime_of(_: &Access<'_>, _: i64, sleep: &PolarSleep) -> Bedtime {
    let evening = sleep.end.plus_seconds(57_600);
    let morning = evening.plus_seconds(28_800);
    Bedtime {
        validity: VALIDITY,
        quality: "CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE",
        result_type: "CIRCADIAN_BEDTIME_TYPE_HISTORY",
        period_start_time: utc(evening),
        period_end_time: utc(morning),
        preferred_sleep_period_start_time: utc(evening),
        preferred_sleep_period_end_time: utc(morning),
        sleep_gate_start_time: utc(evening),
        sleep_gate_end_time: utc(evening.plus_seconds(5_400)),
        sleep_timezone_offset_minutes: sleep.end_offset_s / 60,
    }
}

/// What is known of the days asked for; 204 if that is nothing.
fn answer<T: Serialize>(
    simulator: &Shared,
    headers: &HeaderMap,
    days: Option<&Params>,
    write: impl Fn(&Access<'_>, i64, &PolarSleep) -> T,
) -> Response {
    let access = match Access::new(simulator, headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let indexes = match days {
        None => access.every_index(),
        Some(params) => {
            let day = |name: &str| params.get(name).and_then(|text| text.parse::<Day>().ok());
            match (day("from"), day("to")) {
                (Some(from), Some(to)) if (0..=WINDOW_DAYS).contains(&to.days_since(from)) => {
                    access.indexes(from, to)
                }
                _ => return errors::bad_request(simulator, "Invalid range of dates."),
            }
        }
    };
    let list: Vec<T> = indexes
        .filter_map(|index| {
            let versions = access.world().polar_sleep(access.who, index)?;
            let sleep = versions.at(access.now)?;
            access
                .serves(versions.first_served())
                .then(|| write(&access, index, sleep))
        })
        .collect();
    if list.is_empty() {
        return reply::empty(StatusCode::NO_CONTENT);
    }
    reply::json(StatusCode::OK, &list)
}

/// `GET /polar/v3/users/sleepwise/alertness`.
pub(crate) async fn alertness(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    answer(&simulator, &headers, None, alertness_of)
}

/// `GET /polar/v3/users/sleepwise/alertness/date?from&to`.
pub(crate) async fn alertness_between(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::of_query(query.as_deref());
    answer(&simulator, &headers, Some(&params), alertness_of)
}

/// `GET /polar/v3/users/sleepwise/circadian-bedtime`.
pub(crate) async fn bedtime(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    answer(&simulator, &headers, None, bedtime_of)
}

/// `GET /polar/v3/users/sleepwise/circadian-bedtime/date?from&to`.
pub(crate) async fn bedtime_between(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::of_query(query.as_deref());
    answer(&simulator, &headers, Some(&params), bedtime_of)
}
