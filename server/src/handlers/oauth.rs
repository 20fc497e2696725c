//! `GET /oauth/{vendor}/start`, `GET /oauth/{vendor}/callback`

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use physiology::{SubjectId, Vendor};
use serde::Deserialize;
use services::{Callback, Error, SessionId, Viewer};

use crate::state::AppState;

#[derive(Deserialize)]
pub(crate) struct Start {
    subject: Option<String>,
}

/// Sends the browser to the vendor's sign-in.
pub(crate) async fn start(
    State(state): State<AppState>,
    Path(vendor): Path<String>,
    Query(query): Query<Start>,
    Extension(session): Extension<SessionId>,
    Extension(viewer): Extension<Viewer>,
) -> Response {
    let Some(vendor) = Vendor::from_id(&vendor) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let subject = query
        .subject
        .and_then(|text| text.parse::<SubjectId>().ok());
    let Some(subject) = subject else {
        return back("unknown_twin", vendor, None);
    };
    match state
        .services
        .begin_connect(&viewer, session, subject, vendor)
        .await
    {
        Ok(url) => Redirect::to(url.as_str()).into_response(),
        Err(error) => back(code(&error), vendor, Some(subject)),
    }
}

/// Takes what the vendor sent the browser back with.
pub(crate) async fn callback(
    State(state): State<AppState>,
    Path(vendor): Path<String>,
    Query(callback): Query<Callback>,
    Extension(session): Extension<SessionId>,
    Extension(viewer): Extension<Viewer>,
) -> Response {
    let Some(vendor) = Vendor::from_id(&vendor) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match state
        .services
        .finish_connect(&viewer, session, vendor, callback)
        .await
    {
        Ok((outcome, subject)) => back(outcome.code(), vendor, subject),
        Err(error) => back(code(&error), vendor, None),
    }
}

/// The page has the sentence; the address has a code, and neither the vendor's code nor state.
fn back(code: &str, vendor: Vendor, subject: Option<SubjectId>) -> Response {
    let subject = subject
        .map(|subject| format!("&subject={subject}"))
        .unwrap_or_default();
    let vendor = vendor.id();
    Redirect::to(&format!(
        "/connections?notice={code}&vendor={vendor}{subject}"
    ))
    .into_response()
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::Forbidden | Error::NotSignedIn => "forbidden",
        Error::NotFound(_) => "unknown_twin",
        Error::Invalid(_) => "not_configured",
        Error::Unavailable(_) | Error::Internal => "unavailable",
    }
}
