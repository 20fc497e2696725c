//! Oura's tokens: short-lived access, single-use refresh.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use physiology::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::codes::{Codes, Grant};
use crate::http::basic::{OURA_CLIENT, basic};
use crate::http::params::Params;
use crate::http::reply;
use crate::oura::scope::ScopeSet;
use crate::state::{Shared, Simulator};

/// More tokens of a kind than this are never kept.
const MOST_TOKENS: usize = 50_000;

/// Who may read what, and with which tokens.
#[derive(Debug, Default)]
pub(crate) struct OuraAuth {
    pub(crate) codes: Codes,
    access: HashMap<String, (Grant, Timestamp)>,
    /// A used token stays, so that its second use is known for what it is.
    refresh: HashMap<String, Refresh>,
    /// What each person granted last.
    latest: HashMap<usize, ScopeSet>,
}

#[derive(Debug)]
struct Refresh {
    grant: Grant,
    used: bool,
}

/// The answer of the token endpoint.
#[derive(Serialize)]
pub(crate) struct Tokens {
    token_type: &'static str,
    access_token: String,
    expires_in: u64,
    refresh_token: String,
    scope: String,
}

/// What a refresh token is worth.
enum Spent {
    Fresh(Grant),
    Reused,
    Unknown,
}

impl OuraAuth {
    /// Who the access token speaks for, unless it is unknown or has expired.
    pub(crate) fn bearer(&self, token: &str, now: Timestamp) -> Option<Grant> {
        let (grant, expires) = self.access.get(token)?;
        (now < *expires).then(|| grant.clone())
    }

    /// What a person granted last, to any client.
    pub(crate) fn latest(&self, who: usize) -> Option<ScopeSet> {
        self.latest.get(&who).copied()
    }

    fn spend(&mut self, token: &str) -> Spent {
        match self.refresh.get_mut(token) {
            None => Spent::Unknown,
            Some(refresh) if refresh.used => Spent::Reused,
            Some(refresh) => {
                refresh.used = true;
                Spent::Fresh(refresh.grant.clone())
            }
        }
    }

    fn keep(
        &mut self,
        now: Timestamp,
        expires: Timestamp,
        grant: Grant,
        access: &str,
        refresh: &str,
    ) {
        if self.access.len() >= MOST_TOKENS {
            self.access.retain(|_, (_, until)| *until > now);
        }
        if self.refresh.len() >= MOST_TOKENS {
            self.refresh.retain(|_, refresh| !refresh.used);
        }
        self.latest.insert(grant.who, grant.scopes);
        self.access
            .insert(access.to_owned(), (grant.clone(), expires));
        self.refresh
            .insert(refresh.to_owned(), Refresh { grant, used: false });
    }

    fn revoke(&mut self, token: &str) {
        let who = self.access.get(token).map(|(grant, _)| grant.who);
        let Some(who) = who.or_else(|| self.refresh.get(token).map(|refresh| refresh.grant.who))
        else {
            return;
        };
        self.access.retain(|_, (grant, _)| grant.who != who);
        self.refresh.retain(|_, refresh| refresh.grant.who != who);
    }
}

/// New tokens for a grant.
pub(crate) fn issue(simulator: &Simulator, grant: Grant) -> Tokens {
    let tokens = Tokens {
        token_type: "bearer",
        access_token: simulator.secret(),
        expires_in: simulator.config.token_ttl_s,
        refresh_token: simulator.secret(),
        scope: grant.words.clone(),
    };
    let now = simulator.now();
    let life_s = i64::try_from(simulator.config.token_ttl_s).unwrap_or(i64::MAX / 1_000_000);
    let expires = now.plus_seconds(life_s);
    simulator.changing().oura.keep(
        now,
        expires,
        grant,
        &tokens.access_token,
        &tokens.refresh_token,
    );
    tokens
}

/// `POST /oura/oauth/token`.
pub(crate) async fn token(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    if !known_client(&headers, &form) {
        return reply::oauth_error(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "Client authentication failed.",
        );
    }
    match form.get("grant_type") {
        Some("authorization_code") => exchange(&simulator, &form),
        Some("refresh_token") => refresh(&simulator, &form),
        _ => reply::oauth_error(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "grant_type is authorization_code or refresh_token.",
        ),
    }
}

fn known_client(headers: &HeaderMap, form: &Params) -> bool {
    let in_body = || {
        Some((
            form.get("client_id")?.to_owned(),
            form.get("client_secret")?.to_owned(),
        ))
    };
    basic(headers)
        .or_else(in_body)
        .is_some_and(|(id, secret)| OURA_CLIENT.is(&id, &secret))
}

fn invalid_grant(why: &str) -> Response {
    reply::oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", why)
}

fn exchange(simulator: &Simulator, form: &Params) -> Response {
    let now = simulator.now();
    let code = form.get("code").unwrap_or_default();
    let Some(code) = simulator.changing().oura.codes.take(code, now) else {
        return invalid_grant("The code is unknown, used or older than ten minutes.");
    };
    if code.redirect_uri.as_deref() != form.get("redirect_uri") {
        return reply::oauth_error(
            StatusCode::BAD_REQUEST,
            "invalid_redirect_uri",
            "redirect_uri is not the one the code was issued for.",
        );
    }
    if let Some(challenge) = &code.challenge {
        let verifier = form.get("code_verifier").unwrap_or_default();
        let hashed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        if hashed != *challenge {
            return invalid_grant("code_verifier does not match the challenge.");
        }
    }
    reply::json(StatusCode::OK, &issue(simulator, code.grant))
}

fn refresh(simulator: &Simulator, form: &Params) -> Response {
    let token = form.get("refresh_token").unwrap_or_default();
    let spent = {
        let mut changing = simulator.changing();
        let spent = changing.oura.spend(token);
        match spent {
            Spent::Fresh(_) => changing.stats.refreshes += 1,
            Spent::Reused => changing.stats.refresh_token_reuses += 1,
            Spent::Unknown => {}
        }
        spent
    };
    match spent {
        Spent::Fresh(grant) => reply::json(StatusCode::OK, &issue(simulator, grant)),
        Spent::Reused => invalid_grant("The refresh token has been used."),
        Spent::Unknown => invalid_grant("The refresh token is unknown."),
    }
}

/// `POST /oura/oauth/revoke`: everything the person granted is void.
pub(crate) async fn revoke(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    uri: axum::http::Uri,
    body: Bytes,
) -> Response {
    let form = Params::parse(&body);
    let query = Params::of_query(uri.query());
    let token = ["token", "access_token", "refresh_token"]
        .into_iter()
        .find_map(|name| form.get(name).or_else(|| query.get(name)))
        .or_else(|| crate::http::basic::bearer(&headers));
    let Some(token) = token else {
        return reply::oauth_error(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "token is missing.",
        );
    };
    simulator.changing().oura.revoke(token);
    reply::empty(StatusCode::OK)
}
