//! `POST /login`, `POST /login/demo`, `POST /logout`

use std::net::{IpAddr, SocketAddr};

use axum::Form;
use axum::extract::{ConnectInfo, FromRequest as _, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;
use services::{NewSession, SignInError};
use views::session::SignInPage;

use crate::middleware::session;
use crate::render;
use crate::state::AppState;

#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
}

/// `POST /login`
pub(crate) async fn with_password(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let page = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let form = Form::<SignInForm>::from_request(Request::from_parts(parts, body), &()).await;
    let Ok(Form(form)) = form else {
        return again(
            &state,
            page,
            SignInForm::empty(),
            "Enter a name and a password.",
        )
        .await;
    };
    if form.name.trim().is_empty() {
        return again(&state, page, form, "Enter a name and a password.").await;
    }
    let address = address(page.headers(), peer, state.listen.trusted_proxies);
    match state
        .services
        .sign_in(&form.name, &form.password, address)
        .await
    {
        Ok(new) => enter(&state, page.headers(), &new, &form.next).await,
        Err(error) => {
            let mut response = again(&state, page, form, &error.to_string()).await;
            *response.status_mut() = match error {
                SignInError::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
                SignInError::Locked => StatusCode::TOO_MANY_REQUESTS,
                SignInError::Other(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            response
        }
    }
}

/// `POST /login/demo`: enters the demo as its clinician. There is no such address elsewhere.
pub(crate) async fn as_demo(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let Some(account) = &state.demo_account else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match state.services.sign_in_as(account).await {
        Ok(new) => enter(&state, &headers, &new, "/").await,
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}

/// `POST /logout`
pub(crate) async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if let Some(id) = session::session_of(&headers, &state.listen)
        && let Err(error) = state.services.sign_out(id).await
    {
        return (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response();
    }
    // What the browser kept of the twins' data goes with the session.
    let nothing_kept = [(HeaderName::from_static("clear-site-data"), "\"cache\"")];
    (
        session::no_cookie(&state.listen),
        nothing_kept,
        Redirect::to("/login"),
    )
        .into_response()
}

/// A new session always has a new id; the one the browser came with ends.
pub(crate) async fn enter(
    state: &AppState,
    headers: &HeaderMap,
    new: &NewSession,
    next: &str,
) -> Response {
    if let Some(old) = session::session_of(headers, &state.listen)
        && let Err(error) = state.services.sign_out(old).await
    {
        tracing::warn!(%error, "the session before was not ended");
    }
    let next = if session::is_local(next) { next } else { "/" };
    (session::cookie(new, &state.listen), Redirect::to(next)).into_response()
}

async fn again(state: &AppState, page: Request, form: SignInForm, message: &str) -> Response {
    let context = SignInPage {
        demo: state.demo_account.is_some(),
        name: form.name.chars().take(64).collect(),
        message: message.to_owned(),
        next: if session::is_local(&form.next) {
            form.next
        } else {
            String::new()
        },
    };
    let mut response = render::page_with(state, page, context).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

impl SignInForm {
    fn empty() -> Self {
        Self {
            name: String::new(),
            password: SecretString::default(),
            next: String::new(),
        }
    }
}

/// Who asks: the peer, or what the trusted proxies in front say of theirs.
fn address(headers: &HeaderMap, peer: SocketAddr, trusted_proxies: usize) -> IpAddr {
    let Some(back) = trusted_proxies.checked_sub(1) else {
        return peer.ip();
    };
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    forwarded
        .iter()
        .rev()
        .nth(back)
        .and_then(|address| address.trim().parse().ok())
        .unwrap_or(peer.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_add_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9".parse().unwrap());
        let peer: SocketAddr = "127.0.0.1:9".parse().unwrap();
        assert_eq!(address(&headers, peer, 0), peer.ip());
        assert_eq!(address(&headers, peer, 1).to_string(), "203.0.113.9");
        assert_eq!(address(&headers, peer, 3), peer.ip());
    }
}
