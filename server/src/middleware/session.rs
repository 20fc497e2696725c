//! Nothing but sign-in, set-up, health and static files answers without a session.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use secrecy::ExposeSecret as _;
use services::{NewSession, SessionId};

use crate::config::Listen;
use crate::state::AppState;

pub(crate) async fn require(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = session_of(request.headers(), &state.listen);
    if is_static(request.uri().path()) {
        return next.run(request).await;
    }
    if let Some(id) = id {
        match state.services.viewer(id).await {
            Ok(Some(viewer)) => {
                request.extensions_mut().insert(id);
                request.extensions_mut().insert(viewer);
                return next.run(request).await;
            }
            Ok(None) => {}
            Err(error) => {
                return (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response();
            }
        }
    }
    if is_open(request.uri().path()) {
        return next.run(request).await;
    }
    if wants_page(&request) {
        return Redirect::to(&format!("/login{}", next_parameter(&request))).into_response();
    }
    (StatusCode::UNAUTHORIZED, "Sign in first.\n").into_response()
}

/// The session's cookie. Over TLS its name pins it to this host and to `Secure`.
pub(crate) fn cookie(session: &NewSession, listen: &Listen) -> [(HeaderName, String); 1] {
    set_cookie(session.cookie.expose_secret(), session.max_age_s, listen)
}

/// Takes the cookie away.
pub(crate) fn no_cookie(listen: &Listen) -> [(HeaderName, String); 1] {
    set_cookie("", 0, listen)
}

fn set_cookie(value: &str, max_age_s: i64, listen: &Listen) -> [(HeaderName, String); 1] {
    let name = cookie_name(listen);
    let secure = if listen.is_https() { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    [(header::SET_COOKIE, cookie)]
}

/// The session a request's cookie names, whether it holds or not.
pub(crate) fn session_of(headers: &HeaderMap, listen: &Listen) -> Option<SessionId> {
    let jar = CookieJar::from_headers(headers);
    let cookie = jar.get(cookie_name(listen))?;
    Some(SessionId::of_cookie(&cookie.value().to_owned().into()))
}

/// What the request's cookies say beside the session: `name=value`, in order.
pub(crate) fn other_cookies(headers: &HeaderMap, listen: &Listen) -> Vec<String> {
    let session = cookie_name(listen);
    let mut others: Vec<String> = CookieJar::from_headers(headers)
        .iter()
        .filter(|cookie| cookie.name() != session)
        .map(|cookie| format!("{}={}", cookie.name(), cookie.value()))
        .collect();
    others.sort_unstable();
    others
}

fn cookie_name(listen: &Listen) -> &'static str {
    if listen.is_https() {
        "__Host-acclimate"
    } else {
        "acclimate"
    }
}

fn is_static(path: &str) -> bool {
    path.starts_with("/assets/")
        || path.starts_with("/fonts/")
        || matches!(path, "/favicon.svg" | "/robots.txt" | "/health" | "/ready")
}

fn is_open(path: &str) -> bool {
    matches!(path, "/login" | "/login/demo" | "/setup")
}

fn wants_page(request: &Request) -> bool {
    let accepts = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accepts.is_some_and(|accept| accept.contains("text/html"))
}

/// Where to go after signing in: the page asked for, where it was asked for by GET.
fn next_parameter(request: &Request) -> String {
    let uri = request.uri();
    let page = uri.path_and_query().map_or("/", |path| path.as_str());
    if request.method() != Method::GET || page == "/" || !is_local(page) {
        return String::new();
    }
    let encoded: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    format!("?next={encoded}")
}

/// A path of this site, and nothing a browser would read as another one.
pub(crate) fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert!(is_local("/connections?notice=connected"));
        for path in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\r\nb",
        ] {
            assert!(!is_local(path), "{path}");
        }
    }
}
