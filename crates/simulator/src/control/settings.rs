use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::wrong;
use crate::clock::REACH_S;
use crate::faults::{Fault, Faults, MOST_FAULTS};
use crate::http::params::Params;
use crate::http::reply;
use crate::limits::Overrides;
use crate::state::{Shared, Simulator};
use crate::time::utc_millis;

/// `PUT /control/faults`: these, and no others, from now on.
pub(super) async fn faults(State(simulator): State<Shared>, body: Bytes) -> Response {
    let faults: Vec<Fault> = match serde_json::from_slice(&body) {
        Ok(faults) => faults,
        Err(error) => return wrong(&error.to_string()),
    };
    if faults.len() > MOST_FAULTS {
        return wrong("too many faults");
    }
    if faults
        .iter()
        .any(|fault| !(0.0..=1.0).contains(&fault.rate))
    {
        return wrong("rate is between 0 and 1");
    }
    simulator.changing().faults = Faults::new(faults);
    show(&simulator)
}

/// `GET /control/faults`.
pub(super) async fn show_faults(State(simulator): State<Shared>) -> Response {
    show(&simulator)
}

fn show(simulator: &Simulator) -> Response {
    reply::json(StatusCode::OK, &simulator.changing().faults.list)
}

/// `PUT /control/limits {"oura_per_5min", "polar_15min", "polar_24h"}`: what is left out or null
/// is the vendor's own again.
pub(super) async fn limits(State(simulator): State<Shared>, body: Bytes) -> Response {
    let overrides: Overrides = match serde_json::from_slice(&body) {
        Ok(overrides) => overrides,
        Err(error) => return wrong(&error.to_string()),
    };
    simulator.changing().limits.overrides = overrides;
    reply::json(StatusCode::OK, &overrides)
}

/// `GET /control/stats`.
pub(super) async fn stats(State(simulator): State<Shared>) -> Response {
    reply::json(StatusCode::OK, &simulator.changing().stats)
}

#[derive(Serialize)]
struct Shown {
    now: String,
}

/// `GET /control/clock`.
pub(super) async fn clock(State(simulator): State<Shared>) -> Response {
    reply::json(
        StatusCode::OK,
        &Shown {
            now: utc_millis(simulator.now()),
        },
    )
}

/// `PUT /control/clock {"now": RFC 3339}`.
pub(super) async fn set_clock(State(simulator): State<Shared>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wish {
        now: DateTime<Utc>,
    }
    let wish: Wish = match serde_json::from_slice(&body) {
        Ok(wish) => wish,
        Err(error) => return wrong(&error.to_string()),
    };
    if !simulator.clock.set(wish.now.into()) {
        return wrong(&format!("at most {} days from the start", REACH_S / 86_400));
    }
    reply::json(
        StatusCode::OK,
        &Shown {
            now: utc_millis(simulator.now()),
        },
    )
}

/// `POST /control/reset`: clock, faults, limits and counters. With `?connections=true` also
/// everything anybody has allowed, registered or subscribed to.
pub(super) async fn reset(State(simulator): State<Shared>, RawQuery(query): RawQuery) -> Response {
    simulator.reset();
    if Params::of_query(query.as_deref()).flag("connections") {
        simulator.forget_everybody();
    }
    reply::empty(StatusCode::NO_CONTENT)
}
