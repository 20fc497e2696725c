//! A state is changed from our own pages alone.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::Url;

use crate::state::AppState;

pub(crate) async fn require(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || is_same_origin(request.headers(), &state.listen.public_url) {
        return next.run(request).await;
    }
    tracing::warn!(
        path = request.uri().path(),
        "a change from another origin was refused"
    );
    (
        StatusCode::FORBIDDEN,
        "This request did not come from Acclimate's own pages.\n",
    )
        .into_response()
}

/// Browsers send `Origin` with every change, and `Sec-Fetch-Site`; what sends neither is no page of
/// ours. The `Host` counts beside the public URL: the server may be reached under several names.
fn is_same_origin(headers: &HeaderMap, public_url: &Url) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let fetch_site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if fetch_site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    // Under a strict referrer policy a browser says `null` even to its own site.
    let Some(origin) = text(header::ORIGIN).filter(|origin| *origin != "null") else {
        return fetch_site == Some("same-origin");
    };
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    if origin.origin() == public_url.origin() {
        return true;
    }
    let authority = match (origin.host_str(), origin.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => return false,
    };
    text(header::HOST).is_some_and(|host| host.eq_ignore_ascii_case(&authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        is_same_origin(&headers, &Url::parse("https://twins.example/").unwrap())
    }

    #[test]
    fn our_own_pages_may() {
        assert!(check(&[
            ("origin", "https://twins.example"),
            ("host", "10.0.0.1")
        ]));
        assert!(check(&[
            ("origin", "http://tablet.local:3000"),
            ("host", "tablet.local:3000")
        ]));
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[
            ("origin", "null"),
            ("sec-fetch-site", "same-origin")
        ]));
    }

    #[test]
    fn others_may_not() {
        assert!(!check(&[]));
        assert!(!check(&[("host", "twins.example")]));
        assert!(!check(&[("origin", "null"), ("host", "twins.example")]));
        assert!(!check(&[
            ("origin", "https://evil.example"),
            ("host", "twins.example")
        ]));
        assert!(!check(&[
            ("origin", "https://twins.example:8443"),
            ("host", "twins.example")
        ]));
        assert!(!check(&[
            ("origin", "https://twins.example"),
            ("sec-fetch-site", "cross-site")
        ]));
    }
}
