//! Oura's sign-in page.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use crate::codes::{Code, Grant};
use crate::http::basic::OURA_CLIENT;
use crate::http::page::{Consent, redirect_target, refused, with_query};
use crate::http::params::Params;
use crate::http::reply;
use crate::oura::scope::{Scope, ScopeSet};
use crate::state::{Shared, Simulator};

const ACTION: &str = "/oura/oauth/authorize";

/// A request that can be shown to a person.
struct Request {
    redirect_uri: String,
    target: url::Url,
    /// The words of the request, each with what it means.
    asked: Vec<(String, Scope)>,
    challenge: Option<String>,
}

impl Request {
    /// `Err` holds the page or the redirect that says what is wrong.
    fn read(params: &Params) -> Result<Self, Box<Response>> {
        if params.get("client_id") != Some(OURA_CLIENT.id) {
            let why = "invalid_client: no application has this client_id.";
            return Err(refused("Oura", why).into());
        }
        let redirect_uri = params.get("redirect_uri").unwrap_or_default().to_owned();
        let Some(target) = redirect_target(&redirect_uri) else {
            let why = "invalid_redirect_uri: not an address to go back to.";
            return Err(refused("Oura", why).into());
        };
        let fail = |error: &str| {
            let pairs = [("error", Some(error)), ("state", params.get("state"))];
            Err(reply::see_other(&with_query(target.clone(), &pairs)).into())
        };
        if params.get("response_type") != Some("code") {
            return fail("unsupported_response_type");
        }
        let challenge = params.get("code_challenge").map(str::to_owned);
        if challenge.is_some() && params.get("code_challenge_method") != Some("S256") {
            return fail("invalid_request");
        }
        let words = params
            .get("scope")
            .unwrap_or("email personal daily")
            .split_whitespace();
        let asked: Option<Vec<_>> = words
            .map(|word| Some((word.to_owned(), Scope::from_word(word)?)))
            .collect();
        let Some(asked) = asked else {
            return fail("invalid_scope");
        };
        Ok(Self {
            redirect_uri,
            target,
            asked,
            challenge,
        })
    }
}

fn person(simulator: &Simulator, letter: Option<&str>) -> Option<usize> {
    letter
        .and_then(|letter| simulator.world().person(letter))
        .map(|person| person.index)
}

/// `GET /oura/oauth/authorize`: the page.
pub(crate) async fn show(State(simulator): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::of_query(query.as_deref());
    let request = match Request::read(&params) {
        Ok(request) => request,
        Err(response) => return *response,
    };
    let scopes: Vec<Scope> = request.asked.iter().map(|(_, scope)| *scope).collect();
    let consent = Consent {
        vendor: "Oura",
        action: ACTION,
        people: &simulator.world().people,
        chosen: person(&simulator, params.get("login_hint")).unwrap_or(0),
        scopes: &scopes,
        request: &params,
    };
    consent.page()
}

/// `POST /oura/oauth/authorize`: what the person decided.
pub(crate) async fn decide(State(simulator): State<Shared>, body: Bytes) -> Response {
    let form = Params::parse(&body);
    let request = match Request::read(&form) {
        Ok(request) => request,
        Err(response) => return *response,
    };
    let state = form.get("state");
    let Some(who) = person(&simulator, form.get("subject")) else {
        return refused("Oura", "Nobody of that name signs in here.");
    };
    if form.get("decision") != Some("allow") {
        let pairs = [("error", Some("access_denied")), ("state", state)];
        return reply::see_other(&with_query(request.target, &pairs));
    }
    let ticked: Vec<&str> = form.all("grant").collect();
    let granted = request
        .asked
        .iter()
        .filter(|(_, scope)| ticked.contains(&scope.name()));
    let scopes = ScopeSet::of(granted.clone().map(|(_, scope)| *scope));
    let words: Vec<&str> = granted.map(|(word, _)| word.as_str()).collect();
    let grant = Grant {
        who,
        scopes,
        words: words.join(" "),
    };
    let text = simulator.secret();
    let pairs = [
        ("code", Some(text.as_str())),
        ("scope", Some(&grant.words)),
        ("state", state),
    ];
    let target = with_query(request.target, &pairs);
    let code = Code {
        grant,
        redirect_uri: Some(request.redirect_uri),
        challenge: request.challenge,
        issued: simulator.now(),
    };
    simulator.changing().oura.codes.keep(text.clone(), code);
    reply::see_other(&target)
}
