//! Polar's errors.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use crate::http::reply;
use crate::state::Simulator;
use crate::time::utc_millis;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    timestamp: String,
    status: u16,
    error_type: &'a str,
    message: &'a str,
    corr_id: String,
}

/// An error with Polar's body.
pub(crate) fn error(
    simulator: &Simulator,
    status: StatusCode,
    kind: &str,
    message: &str,
) -> Response {
    let problem = Problem {
        timestamp: utc_millis(simulator.now()),
        status: status.as_u16(),
        error_type: kind,
        message,
        corr_id: simulator.secret(),
    };
    reply::json(status, &problem)
}

/// 401.
pub(crate) fn unauthorized(simulator: &Simulator) -> Response {
    let message = "The access token is missing, expired or revoked.";
    error(simulator, StatusCode::UNAUTHORIZED, "unauthorized", message)
}

/// 403: the user has not been registered with the client.
pub(crate) fn not_registered(simulator: &Simulator) -> Response {
    let message = "User has not been registered or has not accepted all mandatory consents.";
    error(
        simulator,
        StatusCode::FORBIDDEN,
        "user_not_registered",
        message,
    )
}

/// 404.
pub(crate) fn not_found(simulator: &Simulator) -> Response {
    error(
        simulator,
        StatusCode::NOT_FOUND,
        "not_found",
        "No data found.",
    )
}

/// 400.
pub(crate) fn bad_request(simulator: &Simulator, message: &str) -> Response {
    error(simulator, StatusCode::BAD_REQUEST, "bad_request", message)
}
