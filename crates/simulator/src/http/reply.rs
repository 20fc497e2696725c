//! Answers.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// JSON with this status.
pub(crate) fn json<T: Serialize>(status: StatusCode, body: &T) -> Response {
    text(status, serde_json::to_string(body).unwrap_or_default())
}

/// JSON that is already written.
pub(crate) fn text(status: StatusCode, body: String) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        Body::from(body),
    )
        .into_response()
}

/// Nothing but a status.
pub(crate) fn empty(status: StatusCode) -> Response {
    status.into_response()
}

/// The error of a token endpoint (RFC 6749, 5.2).
pub(crate) fn oauth_error(status: StatusCode, error: &str, description: &str) -> Response {
    #[derive(Serialize)]
    struct Error<'a> {
        error: &'a str,
        error_description: &'a str,
    }
    json(
        status,
        &Error {
            error,
            error_description: description,
        },
    )
}

/// On to another page.
pub(crate) fn see_other(to: &url::Url) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.as_str())]).into_response()
}
