//! Polar's cardio load. −1.0 stands for what is not available.

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
use crate::twins::polar::CardioLoad;

/// What stands for a number that is not available.
const NONE: f64 = -1.0;
/// The longest list, days: two years.
const LONGEST_DAYS: i64 = 731;

#[derive(Serialize)]
struct Load {
    date: Day,
    cardio_load_status: &'static str,
    cardio_load: f64,
    strain: f64,
    tolerance: f64,
    cardio_load_ratio: f64,
    cardio_load_level: Levels,
}

#[derive(Serialize)]
struct Levels {
    very_low: f64,
    low: f64,
    medium: f64,
    high: f64,
    #[serde(rename = "very-high")]
    very_high: f64,
}

/// A day's load. Days nothing is kept of are told too, as not available.
fn load(access: &Access<'_>, day: Day) -> Load {
    let index = access.world().calendar.index(day);
    let kept = access.every_index().contains(&index);
    let versions = kept
        .then(|| access.world().cardio_load(access.who, index))
        .flatten();
    let value = versions.as_ref().and_then(|versions| {
        access
            .serves(versions.first_served())
            .then(|| versions.at(access.now))?
    });
    let number = |of: fn(&CardioLoad) -> Option<f64>| value.and_then(of).unwrap_or(NONE);
    let known = value.is_some_and(|value| value.load.is_some());
    let level = |limit: f64| if known { limit } else { NONE };
    Load {
        date: day,
        cardio_load_status: value.map_or("LOAD_STATUS_NOT_AVAILABLE", |value| value.status),
        cardio_load: number(|value| value.load),
        strain: number(|value| value.strain),
        tolerance: number(|value| value.tolerance),
        cardio_load_ratio: number(|value| value.ratio),
        cardio_load_level: Levels {
            very_low: level(20.0),
            low: level(45.0),
            medium: level(80.0),
            high: level(130.0),
            very_high: level(200.0),
        },
    }
}

fn answer(access: &Access<'_>, from: Day, to: Day) -> Response {
    if to < from || to.days_since(from) > LONGEST_DAYS {
        return errors::bad_request(access.simulator, "Invalid range of dates.");
    }
    let days = physiology::DayRange::new(from, to).days();
    let list: Vec<Load> = days.map(|day| load(access, day)).collect();
    reply::json(StatusCode::OK, &list)
}

/// The last so many days, today the last of them.
fn last(simulator: &Shared, headers: &HeaderMap, days: Option<i64>) -> Response {
    let access = match Access::new(simulator, headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let Some(days) = days.filter(|days| (1..=LONGEST_DAYS).contains(days)) else {
        return errors::bad_request(simulator, "Invalid period.");
    };
    // The user's own day: in the east it is already tomorrow.
    let today = Day::of_local(access.now, access.who.offset_s(access.now));
    answer(&access, today.plus(1 - days), today)
}

/// `GET /polar/v3/users/cardio-load`: the last 28 days.
pub(crate) async fn list(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    last(&simulator, &headers, Some(super::WINDOW_DAYS))
}

/// `GET /polar/v3/users/cardio-load/period/days/{days}`.
pub(crate) async fn days(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(days): Path<String>,
) -> Response {
    last(&simulator, &headers, days.parse().ok())
}

/// `GET /polar/v3/users/cardio-load/period/months/{months}`.
pub(crate) async fn months(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(months): Path<String>,
) -> Response {
    let days = months
        .parse::<i64>()
        .ok()
        .and_then(|months| months.checked_mul(30));
    last(&simulator, &headers, days)
}

/// `GET /polar/v3/users/cardio-load/{date}`: an array of one.
pub(crate) async fn by_date(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    match date.parse::<Day>() {
        Ok(day) => answer(&access, day, day),
        Err(_) => errors::bad_request(&simulator, "Invalid date."),
    }
}

/// `GET /polar/v3/users/cardio-load/date?from&to`: both days included.
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
    match (day("from"), day("to")) {
        (Some(from), Some(to)) => answer(&access, from, to),
        _ => errors::bad_request(&simulator, "from and to are required dates."),
    }
}
