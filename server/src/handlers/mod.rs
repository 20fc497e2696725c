//! What is no page: health, sign-in, set-up, what settings are sent, the vendors' OAuth, downloads,
//! tiles of lines.

pub(crate) mod data;
pub(crate) mod health;
pub(crate) mod oauth;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod tiles;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use services::Error;

/// Why there is no answer, as a status and a sentence.
fn refused(error: &Error) -> Response {
    let status = match error {
        Error::NotSignedIn => StatusCode::UNAUTHORIZED,
        Error::Forbidden => StatusCode::FORBIDDEN,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Invalid(_) => StatusCode::BAD_REQUEST,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, format!("{error}\n")).into_response()
}
