//! `GET /health`, `GET /ready`

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::AppState;

/// The process is alive.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The database and the token store answer.
pub(crate) async fn ready(State(state): State<AppState>) -> (StatusCode, String) {
    match state.services.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".into()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    }
}
