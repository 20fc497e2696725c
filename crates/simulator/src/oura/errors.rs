//! Oura's errors.

use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use physiology::Timestamp;
use serde::Serialize;

use crate::http::reply;

#[derive(Serialize)]
struct Detail<'a> {
    detail: &'a str,
}

/// `{"detail": "…"}`.
pub(crate) fn detail(status: StatusCode, detail: &str) -> Response {
    reply::json(status, &Detail { detail })
}

/// One parameter that does not validate, as FastAPI tells it.
pub(crate) fn invalid(place: &str, name: &str, kind: &str, message: &str, input: &str) -> Response {
    #[derive(Serialize)]
    struct Problem<'a> {
        r#type: &'a str,
        loc: [&'a str; 2],
        msg: &'a str,
        input: &'a str,
    }
    #[derive(Serialize)]
    struct Problems<'a> {
        detail: [Problem<'a>; 1],
    }
    let problem = Problem {
        r#type: kind,
        loc: [place, name],
        msg: message,
        input,
    };
    reply::json(
        StatusCode::UNPROCESSABLE_ENTITY,
        &Problems { detail: [problem] },
    )
}

/// 404 for a document.
pub(crate) fn not_found() -> Response {
    detail(StatusCode::NOT_FOUND, "Document not found.")
}

/// 429, with when to come back.
pub(crate) fn too_many(now: Timestamp, retry_after_s: i64, limit: u32, window_s: i64) -> Response {
    let mut response = detail(
        StatusCode::TOO_MANY_REQUESTS,
        "Request Rate Limit Exceeded.",
    );
    let reset = now.unix_s() + retry_after_s;
    let headers = [
        ("retry-after", retry_after_s.to_string()),
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-window", window_s.to_string()),
        ("x-ratelimit-reset", reset.to_string()),
        ("x-ratelimit-tier", "standard".to_owned()),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
