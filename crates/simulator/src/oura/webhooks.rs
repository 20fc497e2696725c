//! Oura's webhook subscriptions.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use physiology::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::collection::Collection;
use super::errors;
use crate::http::basic::OURA_CLIENT;
use crate::http::reply;
use crate::state::{Shared, Simulator};
use crate::time::naive;

/// Life of a subscription, s.
const LIFE_S: i64 = 90 * 86_400;
/// How long a callback may take to answer the challenge.
const PATIENCE: Duration = Duration::from_secs(10);

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EventType {
    Create,
    Update,
    Delete,
}

/// A subscription.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    id: String,
    pub(crate) callback_url: Url,
    verification_token: String,
    pub(crate) event_type: EventType,
    pub(crate) collection: Collection,
    expires: Timestamp,
}

/// The subscriptions of the client; one for each kind of data and event at most.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions(Vec<Subscription>);

impl Subscriptions {
    /// Where to send an event.
    pub(crate) fn callbacks(
        &self,
        collection: Collection,
        event_type: EventType,
        now: Timestamp,
    ) -> Vec<Url> {
        self.0
            .iter()
            .filter(|one| one.collection == collection && one.event_type == event_type)
            .filter(|one| now < one.expires)
            .map(|one| one.callback_url.clone())
            .collect()
    }

    /// A receiver answered 410: its subscriptions are over.
    pub(crate) fn cancel(&mut self, callback: &Url) {
        self.0.retain(|one| one.callback_url != *callback);
    }
}

#[derive(Serialize)]
struct Model<'a> {
    id: &'a str,
    callback_url: &'a str,
    event_type: EventType,
    data_type: &'static str,
    /// Without a zone, as Oura prints it: UTC.
    expiration_time: String,
}

impl<'a> From<&'a Subscription> for Model<'a> {
    fn from(one: &'a Subscription) -> Self {
        Self {
            id: &one.id,
            callback_url: one.callback_url.as_str(),
            event_type: one.event_type,
            data_type: one.collection.data_type(),
            expiration_time: naive(one.expires, 0),
        }
    }
}

#[derive(Deserialize)]
struct Wish {
    callback_url: Option<String>,
    verification_token: Option<String>,
    event_type: Option<EventType>,
    data_type: Option<String>,
}

fn authorised(headers: &HeaderMap) -> Result<(), Box<Response>> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("x-client-id"), text("x-client-secret")) {
        (Some(id), Some(secret)) if OURA_CLIENT.is(id, secret) => Ok(()),
        _ => Err(Box::new(errors::detail(
            StatusCode::UNAUTHORIZED,
            "x-client-id and x-client-secret do not belong to an application.",
        ))),
    }
}

fn unknown() -> Response {
    errors::detail(
        StatusCode::FORBIDDEN,
        "Webhook with specified id does not exist.",
    )
}

fn invalid(name: &str, message: &str) -> Response {
    errors::invalid("body", name, "value_error", message, "")
}

/// `GET /oura/v2/webhook/subscription`: a bare array.
pub(crate) async fn list(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let now = simulator.now();
    let mut changing = simulator.changing();
    changing.oura_webhooks.0.retain(|one| now < one.expires);
    let models: Vec<Model<'_>> = changing.oura_webhooks.0.iter().map(Model::from).collect();
    reply::json(StatusCode::OK, &models)
}

/// `GET /oura/v2/webhook/subscription/{id}`.
pub(crate) async fn show(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let changing = simulator.changing();
    let one = changing.oura_webhooks.0.iter().find(|one| one.id == id);
    one.map_or_else(unknown, |one| {
        reply::json(StatusCode::OK, &Model::from(one))
    })
}

/// `POST /oura/v2/webhook/subscription`: asks the callback first.
pub(crate) async fn create(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let Ok(wish) = serde_json::from_slice::<Wish>(&body) else {
        return invalid("body", "Input should be a valid subscription");
    };
    let Some(callback_url) = wish
        .callback_url
        .as_deref()
        .and_then(|url| Url::parse(url).ok())
    else {
        return invalid("callback_url", "Input should be a valid URL");
    };
    let Some(verification_token) = wish.verification_token else {
        return invalid("verification_token", "Field required");
    };
    let Some(event_type) = wish.event_type else {
        return invalid("event_type", "Field required");
    };
    let Some(collection) = wish
        .data_type
        .as_deref()
        .and_then(Collection::from_data_type)
    else {
        return invalid("data_type", "Input should be a known data type");
    };
    let taken = |simulator: &Simulator| {
        let same =
            |one: &Subscription| one.collection == collection && one.event_type == event_type;
        simulator.changing().oura_webhooks.0.iter().any(same)
    };
    let conflict = || {
        errors::detail(
            StatusCode::CONFLICT,
            "There is a subscription for this data and event.",
        )
    };
    if taken(&simulator) {
        return conflict();
    }
    if !answers_challenge(&simulator, &callback_url, &verification_token).await {
        return errors::detail(
            StatusCode::BAD_REQUEST,
            "The callback did not pass verification.",
        );
    }
    // Another request may have come first while the callback was asked.
    if taken(&simulator) {
        return conflict();
    }
    let one = Subscription {
        id: uuid_of(&simulator.secret()),
        callback_url,
        verification_token,
        event_type,
        collection,
        expires: simulator.now().plus_seconds(LIFE_S),
    };
    let response = reply::json(StatusCode::CREATED, &Model::from(&one));
    simulator.changing().oura_webhooks.0.push(one);
    response
}

/// 32 hexadecimal digits in the form of a version 4 UUID.
fn uuid_of(digits: &str) -> String {
    let part = |range: core::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0..8),
        part(8..12),
        part(13..16),
        part(17..20),
        part(20..32)
    )
}

/// Whether the callback repeats a challenge when it is shown the token.
async fn answers_challenge(simulator: &Simulator, callback: &Url, token: &str) -> bool {
    #[derive(Deserialize)]
    struct Answer {
        challenge: String,
    }
    let challenge = simulator.secret();
    let mut url = callback.clone();
    url.query_pairs_mut()
        .append_pair("verification_token", token)
        .append_pair("challenge", &challenge);
    let sent = simulator
        .http
        .get(url)
        .header(header::USER_AGENT, "Oura")
        .timeout(PATIENCE)
        .send();
    let Ok(response) = sent.await else {
        return false;
    };
    if response.status() != StatusCode::OK {
        return false;
    }
    response
        .json::<Answer>()
        .await
        .is_ok_and(|answer| answer.challenge == challenge)
}

/// `PUT /oura/v2/webhook/subscription/{id}`.
pub(crate) async fn update(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let Ok(wish) = serde_json::from_slice::<Wish>(&body) else {
        return invalid("body", "Input should be a valid subscription");
    };
    let Some(token) = wish.verification_token else {
        return invalid("verification_token", "Field required");
    };
    let found = {
        let changing = simulator.changing();
        changing
            .oura_webhooks
            .0
            .iter()
            .find(|one| one.id == id)
            .cloned()
    };
    let Some(mut one) = found else {
        return unknown();
    };
    one.verification_token = token;
    if let Some(url) = &wish.callback_url {
        let Ok(url) = Url::parse(url) else {
            return invalid("callback_url", "Input should be a valid URL");
        };
        one.callback_url = url;
    }
    if let Some(name) = &wish.data_type {
        let Some(collection) = Collection::from_data_type(name) else {
            return invalid("data_type", "Input should be a known data type");
        };
        one.collection = collection;
    }
    one.event_type = wish.event_type.unwrap_or(one.event_type);
    if !answers_challenge(&simulator, &one.callback_url, &one.verification_token).await {
        return errors::detail(
            StatusCode::BAD_REQUEST,
            "The callback did not pass verification.",
        );
    }
    replace(&simulator, one)
}

/// `PUT /oura/v2/webhook/subscription/renew/{id}`.
pub(crate) async fn renew(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let found = {
        let changing = simulator.changing();
        changing
            .oura_webhooks
            .0
            .iter()
            .find(|one| one.id == id)
            .cloned()
    };
    let Some(mut one) = found else {
        return unknown();
    };
    one.expires = simulator.now().plus_seconds(LIFE_S);
    replace(&simulator, one)
}

fn replace(simulator: &Simulator, new: Subscription) -> Response {
    let response = reply::json(StatusCode::OK, &Model::from(&new));
    let mut changing = simulator.changing();
    match changing
        .oura_webhooks
        .0
        .iter_mut()
        .find(|one| one.id == new.id)
    {
        Some(one) => *one = new,
        None => return unknown(),
    }
    response
}

/// `DELETE /oura/v2/webhook/subscription/{id}`.
pub(crate) async fn delete(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if let Err(response) = authorised(&headers) {
        return *response;
    }
    let mut changing = simulator.changing();
    let before = changing.oura_webhooks.0.len();
    changing.oura_webhooks.0.retain(|one| one.id != id);
    if changing.oura_webhooks.0.len() == before {
        return unknown();
    }
    reply::empty(StatusCode::NO_CONTENT)
}
