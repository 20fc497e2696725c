//! Polar's tokens: good for a year, never refreshed.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::Timestamp;
use serde::Serialize;

use crate::codes::{Code, Codes, Grant};
use crate::http::basic::POLAR_CLIENT;
use crate::http::page::{Consent, redirect_target, refused, with_query};
use crate::http::params::Params;
use crate::http::reply;
use crate::oura::scope::ScopeSet;
use crate::state::{Shared, Simulator};

const ACTION: &str = "/polar/oauth2/authorization";
/// The one scope there is.
const SCOPE: &str = "accesslink.read_all";
/// Where a person comes back to whose request named no address.
const DEFAULT_REDIRECT: &str = "http://127.0.0.1:3000/oauth/polar/callback";
/// Life of an access token, s.
const TOKEN_LIFE_S: i64 = 31_535_999;
/// More tokens than this are never kept.
const MOST_TOKENS: usize = 10_000;
/// Twin B was registered with this client before.
const REGISTERED_BEFORE: usize = 1;

/// Somebody who is registered with the client.
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    pub(crate) at: Timestamp,
    pub(crate) member_id: String,
    /// Only what was uploaded from here on is served. A first registration counts the whole record
    /// as uploaded after it.
    pub(crate) served_from: Timestamp,
}

/// Who may read what at Polar.
#[derive(Debug, Default)]
pub(crate) struct PolarAuth {
    pub(crate) codes: Codes,
    access: HashMap<String, (usize, Timestamp)>,
    pub(crate) registered: HashMap<usize, Registration>,
    /// Everybody who has been registered before; what they did until the next time is lost.
    pub(crate) known: Vec<usize>,
}

impl PolarAuth {
    pub(crate) fn new(now: Timestamp) -> Self {
        let registration = Registration {
            at: now.plus_seconds(-40 * 86_400),
            member_id: "earlier-connection".into(),
            served_from: Timestamp(i64::MIN),
        };
        Self {
            registered: HashMap::from([(REGISTERED_BEFORE, registration)]),
            known: vec![REGISTERED_BEFORE],
            ..Self::default()
        }
    }

    /// Who the access token speaks for.
    pub(crate) fn bearer(&self, token: &str, now: Timestamp) -> Option<usize> {
        let (who, expires) = self.access.get(token)?;
        (now < *expires).then_some(*who)
    }

    /// Takes every token of a person away.
    pub(crate) fn revoke(&mut self, who: usize) {
        self.access.retain(|_, (other, _)| *other != who);
    }
}

/// The answer of the token endpoint.
#[derive(Serialize)]
pub(crate) struct Token {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    x_user_id: i64,
}

/// A new token for a person.
pub(crate) fn issue(simulator: &Simulator, who: usize) -> Token {
    let token = simulator.secret();
    let now = simulator.now();
    let mut changing = simulator.changing();
    if changing.polar.access.len() >= MOST_TOKENS {
        changing.polar.access.retain(|_, (_, until)| *until > now);
    }
    let expires = now.plus_seconds(TOKEN_LIFE_S);
    changing.polar.access.insert(token.clone(), (who, expires));
    let user = simulator
        .world()
        .people
        .get(who)
        .map_or(0, |person| person.polar_user);
    Token {
        access_token: token,
        token_type: "bearer",
        expires_in: TOKEN_LIFE_S,
        x_user_id: user,
    }
}

/// The address to go back to, or the page or redirect that says what is wrong.
fn check(params: &Params) -> Result<url::Url, Box<Response>> {
    if params.get("client_id") != Some(POLAR_CLIENT.id) {
        let why = "invalid_client: no application has this client_id.";
        return Err(refused("Polar", why).into());
    }
    let address = params.get("redirect_uri").unwrap_or(DEFAULT_REDIRECT);
    let Some(target) = redirect_target(address) else {
        let why = "invalid redirect_uri: not an address to go back to.";
        return Err(refused("Polar", why).into());
    };
    let wrong = if params.get("response_type") != Some("code") {
        Some("unsupported_response_type")
    } else if params.get("scope").is_some_and(|scope| scope != SCOPE) {
        Some("invalid_scope")
    } else {
        None
    };
    match wrong {
        None => Ok(target),
        Some(error) => {
            let pairs = [("error", Some(error)), ("state", params.get("state"))];
            Err(reply::see_other(&with_query(target, &pairs)).into())
        }
    }
}

/// `GET /polar/oauth2/authorization`: the page.
pub(crate) async fn show(State(simulator): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::of_query(query.as_deref());
    if let Err(response) = check(&params) {
        return *response;
    }
    let hinted = params
        .get("login_hint")
        .and_then(|letter| simulator.world().person(letter));
    let consent = Consent {
        vendor: "Polar",
        action: ACTION,
        people: &simulator.world().people,
        chosen: hinted.map_or(0, |person| person.index),
        scopes: &[],
        request: &params,
    };
    consent.page()
}

/// `POST /polar/oauth2/authorization`: what the person decided.
pub(crate) async fn decide(State(simulator): State<Shared>, body: Bytes) -> Response {
    let form = Params::parse(&body);
    let target = match check(&form) {
        Ok(target) => target,
        Err(response) => return *response,
    };
    let state = form.get("state");
    let person = form
        .get("subject")
        .and_then(|letter| simulator.world().person(letter));
    let Some(who) = person.map(|person| person.index) else {
        return refused("Polar", "Nobody of that name signs in here.");
    };
    if form.get("decision") != Some("allow") {
        let pairs = [("error", Some("access_denied")), ("state", state)];
        return reply::see_other(&with_query(target, &pairs));
    }
    let text = simulator.secret();
    let target = with_query(target, &[("code", Some(&text)), ("state", state)]);
    let grant = Grant {
        who,
        scopes: ScopeSet::all(),
        words: SCOPE.into(),
    };
    let redirect_uri = form.get("redirect_uri").map(str::to_owned);
    let code = Code {
        grant,
        redirect_uri,
        challenge: None,
        issued: simulator.now(),
    };
    simulator.changing().polar.codes.keep(text, code);
    reply::see_other(&target)
}

/// `POST /polar/v2/oauth2/token`.
pub(crate) async fn token(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !POLAR_CLIENT.signed(&headers) {
        let why = "Client authentication failed: Basic credentials are required.";
        return reply::oauth_error(StatusCode::UNAUTHORIZED, "invalid_client", why);
    }
    let form = Params::parse(&body);
    if form.get("grant_type") != Some("authorization_code") {
        let why = "grant_type is authorization_code.";
        return reply::oauth_error(StatusCode::BAD_REQUEST, "unsupported_grant_type", why);
    }
    let now = simulator.now();
    let code = form.get("code").unwrap_or_default();
    let Some(code) = simulator.changing().polar.codes.take(code, now) else {
        let why = "The code is unknown, used or older than ten minutes.";
        return reply::oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", why);
    };
    if code.redirect_uri.as_deref() != form.get("redirect_uri") {
        let why = "redirect_uri has to be sent again exactly if it was sent to authorize.";
        return reply::oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", why);
    }
    reply::json(StatusCode::OK, &issue(&simulator, code.grant.who))
}
