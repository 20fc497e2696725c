//! The control interface, for tests. Faults and limits never touch it.

mod emit;
mod settings;
mod token;
mod truth;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post, put};
use serde::Serialize;

use crate::http::reply;
use crate::state::Shared;

/// Everything below `/control`.
pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/control/token", post(token::issue))
        .route("/control/truth", get(truth::show))
        .route("/control/traps", get(truth::traps))
        .route(
            "/control/faults",
            put(settings::faults).get(settings::show_faults),
        )
        .route("/control/limits", put(settings::limits))
        .route("/control/stats", get(settings::stats))
        .route(
            "/control/clock",
            put(settings::set_clock).get(settings::clock),
        )
        .route("/control/reset", post(settings::reset))
        .route("/control/webhooks/emit", post(emit::emit))
}

/// 422 with what is wrong.
fn wrong(why: &str) -> Response {
    #[derive(Serialize)]
    struct Wrong<'a> {
        error: &'a str,
    }
    reply::json(StatusCode::UNPROCESSABLE_ENTITY, &Wrong { error: why })
}
