//! Polar's continuous heart rate: every 5 minutes, exercises left out.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::Day;
use serde::Serialize;

use super::access::Access;
use super::errors;
use crate::http::params::Params;
use crate::http::reply;
use crate::state::Shared;
use crate::traps::POLAR_NO_NIGHT;
use crate::twins::heart::HeartSource;

/// The longest range, days.
const LONGEST_DAYS: i64 = 31;

#[derive(Serialize)]
struct HeartRate {
    polar_user: String,
    date: Day,
    heart_rate_samples: Vec<Sample>,
}

#[derive(Serialize)]
struct Sample {
    heart_rate: i64,
    /// On the device's clock, which is local.
    sample_time: String,
}

fn of_day(access: &Access<'_>, day: Day) -> Option<HeartRate> {
    let (world, who) = (access.world(), access.who);
    let index = world.calendar.index(day);
    let without = POLAR_NO_NIGHT.contains(&(who.index, index));
    if without || !access.every_index().contains(&index) {
        return None;
    }
    let synced = world.last_sync(who, access.now);
    let rows = world.heart_rows(who, index);
    let samples: Vec<Sample> = rows
        .iter()
        .filter(|row| row.source != HeartSource::Workout)
        .filter(|row| access.served_from <= row.at && row.at <= synced)
        .map(|row| Sample {
            heart_rate: row.bpm,
            sample_time: row
                .at
                .plus_seconds(i64::from(who.offset_s(row.at)))
                .to_utc()
                .format("%H:%M:%S")
                .to_string(),
        })
        .collect();
    (!samples.is_empty()).then(|| HeartRate {
        polar_user: access.user_link(),
        date: day,
        heart_rate_samples: samples,
    })
}

/// `GET /polar/v3/users/continuous-heart-rate/{date}`: 404 if there is none.
pub(crate) async fn by_date(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let Ok(day) = date.parse::<Day>() else {
        return errors::bad_request(&simulator, "Invalid date.");
    };
    of_day(&access, day).map_or_else(
        || errors::not_found(&simulator),
        |one| reply::json(StatusCode::OK, &one),
    )
}

/// `GET /polar/v3/users/continuous-heart-rate?from&to`: the days that have any.
pub(crate) async fn between(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let params = Params::of_query(query.as_deref());
    let day = |name: &str| params.get(name).and_then(|text| text.parse::<Day>().ok());
    let (Some(from), Some(to)) = (day("from"), day("to")) else {
        return errors::bad_request(&simulator, "from and to are required dates.");
    };
    if to < from || to.days_since(from) > LONGEST_DAYS {
        return errors::bad_request(&simulator, "Invalid range of dates.");
    }
    let days = physiology::DayRange::new(from, to).days();
    let list: Vec<HeartRate> = days.filter_map(|day| of_day(&access, day)).collect();
    reply::json(StatusCode::OK, &list)
}
