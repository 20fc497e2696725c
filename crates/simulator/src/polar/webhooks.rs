//! Polar's webhook: one for the client.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use physiology::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::errors;
use crate::http::basic::POLAR_CLIENT;
use crate::http::reply;
use crate::state::{Shared, Simulator};
use crate::time::utc_millis;
use crate::twins::Person;

/// What events are signed with while no webhook is registered and `webhook_target` gets them.
pub(crate) const SECRET_WITHOUT_WEBHOOK: &str = "sim-polar-webhook-secret";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EventKind {
    Exercise,
    Sleep,
    ContinuousHeartRate,
    SleepWiseCircadianBedtime,
    SleepWiseAlertness,
    ActivitySummary,
    PhysicalInformation,
}

impl EventKind {
    const ALL: [Self; 7] = [
        Self::Exercise,
        Self::Sleep,
        Self::ContinuousHeartRate,
        Self::SleepWiseCircadianBedtime,
        Self::SleepWiseAlertness,
        Self::ActivitySummary,
        Self::PhysicalInformation,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Exercise => "EXERCISE",
            Self::Sleep => "SLEEP",
            Self::ContinuousHeartRate => "CONTINUOUS_HEART_RATE",
            Self::SleepWiseCircadianBedtime => "SLEEP_WISE_CIRCADIAN_BEDTIME",
            Self::SleepWiseAlertness => "SLEEP_WISE_ALERTNESS",
            Self::ActivitySummary => "ACTIVITY_SUMMARY",
            Self::PhysicalInformation => "PHYSICAL_INFORMATION",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

/// The webhook of the client.
#[derive(Debug, Clone)]
pub(crate) struct PolarWebhook {
    id: String,
    pub(crate) events: Vec<EventKind>,
    pub(crate) url: Url,
    pub(crate) secret: String,
    pub(crate) active: bool,
}

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

#[derive(Serialize)]
struct Created<'a> {
    id: &'a str,
    events: &'a [EventKind],
    url: &'a str,
    signature_secret_key: &'a str,
}

#[derive(Serialize)]
struct Info<'a> {
    id: &'a str,
    events: &'a [EventKind],
    url: &'a str,
    active: bool,
}

impl<'a> From<&'a PolarWebhook> for Info<'a> {
    fn from(webhook: &'a PolarWebhook) -> Self {
        let PolarWebhook {
            id,
            events,
            url,
            active,
            ..
        } = webhook;
        Self {
            id,
            events,
            url: url.as_str(),
            active: *active,
        }
    }
}

fn authorised(simulator: &Simulator, headers: &HeaderMap) -> Result<(), Box<Response>> {
    if POLAR_CLIENT.signed(headers) {
        return Ok(());
    }
    let message = "Basic credentials of a client are required.";
    let status = StatusCode::UNAUTHORIZED;
    Err(Box::new(errors::error(
        simulator,
        status,
        "unauthorized",
        message,
    )))
}

/// Whether the receiver answers a ping with 200. Pings are not signed.
async fn answers_ping(simulator: &Simulator, url: &Url) -> bool {
    #[derive(Serialize)]
    struct Ping {
        timestamp: String,
        event: &'static str,
    }
    let ping = Ping {
        timestamp: utc_millis(simulator.now()),
        event: "PING",
    };
    let body = serde_json::to_string(&ping).unwrap_or_default();
    let sent = simulator
        .http
        .post(url.clone())
        .header(header::CONTENT_TYPE, "application/json")
        .header("Polar-Webhook-Event", "PING")
        .body(body)
        .send();
    sent.await
        .is_ok_and(|response| response.status() == StatusCode::OK)
}

fn no_ping(simulator: &Simulator) -> Response {
    errors::bad_request(simulator, "The url did not answer the ping with 200 OK.")
}

/// `POST /polar/v3/webhooks`: 201 with the secret, this once; 409 if there is one.
pub(crate) async fn create(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    #[derive(Deserialize)]
    struct Wish {
        events: Vec<EventKind>,
        url: Url,
    }
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    let Ok(wish) = serde_json::from_slice::<Wish>(&body) else {
        return errors::bad_request(&simulator, "events and url are required.");
    };
    let conflict = || {
        let message = "Webhook already exists.";
        errors::error(&simulator, StatusCode::CONFLICT, "webhook_exists", message)
    };
    if simulator.changing().polar_webhook.is_some() {
        return conflict();
    }
    if !answers_ping(&simulator, &wish.url).await {
        return no_ping(&simulator);
    }
    let secret = simulator.secret();
    let webhook = PolarWebhook {
        id: secret.get(..8).unwrap_or_default().to_owned(),
        events: wish.events,
        url: wish.url,
        secret,
        active: true,
    };
    let created = Created {
        id: &webhook.id,
        events: &webhook.events,
        url: webhook.url.as_str(),
        signature_secret_key: &webhook.secret,
    };
    let response = reply::json(StatusCode::CREATED, &Data { data: created });
    let raced = {
        let mut changing = simulator.changing();
        let raced = changing.polar_webhook.is_some();
        if !raced {
            changing.polar_webhook = Some(webhook);
        }
        raced
    };
    if raced { conflict() } else { response }
}

/// `GET /polar/v3/webhooks`: without the secret.
pub(crate) async fn list(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    let changing = simulator.changing();
    let data: Vec<Info<'_>> = changing.polar_webhook.iter().map(Info::from).collect();
    reply::json(StatusCode::OK, &Data { data })
}

/// `PATCH /polar/v3/webhooks/{id}`: a new url is pinged first.
pub(crate) async fn update(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    #[derive(Deserialize)]
    struct Wish {
        events: Option<Vec<EventKind>>,
        url: Option<Url>,
    }
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    let Ok(wish) = serde_json::from_slice::<Wish>(&body) else {
        return errors::bad_request(&simulator, "events and url are expected.");
    };
    let found = simulator.changing().polar_webhook.clone();
    let Some(mut webhook) = found.filter(|webhook| webhook.id == id) else {
        return errors::not_found(&simulator);
    };
    if let Some(url) = wish.url {
        if !answers_ping(&simulator, &url).await {
            return no_ping(&simulator);
        }
        webhook.url = url;
    }
    webhook.events = wish.events.unwrap_or(webhook.events);
    let response = reply::json(
        StatusCode::OK,
        &Data {
            data: [Info::from(&webhook)],
        },
    );
    simulator.changing().polar_webhook = Some(webhook);
    response
}

/// `DELETE /polar/v3/webhooks/{id}`.
pub(crate) async fn delete(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    let deleted = {
        let mut changing = simulator.changing();
        changing
            .polar_webhook
            .take_if(|webhook| webhook.id == id)
            .is_some()
    };
    if deleted {
        reply::empty(StatusCode::NO_CONTENT)
    } else {
        errors::not_found(&simulator)
    }
}

/// `POST /polar/v3/webhooks/activate`: 200 once the receiver answers a ping; 204 without webhook.
pub(crate) async fn activate(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    let url = simulator
        .changing()
        .polar_webhook
        .as_ref()
        .map(|webhook| webhook.url.clone());
    let Some(url) = url else {
        return reply::empty(StatusCode::NO_CONTENT);
    };
    if !answers_ping(&simulator, &url).await {
        return no_ping(&simulator);
    }
    switch(&simulator, true)
}

/// `POST /polar/v3/webhooks/deactivate`.
pub(crate) async fn deactivate(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    if let Err(response) = authorised(&simulator, &headers) {
        return *response;
    }
    switch(&simulator, false)
}

fn switch(simulator: &Simulator, active: bool) -> Response {
    let mut changing = simulator.changing();
    match &mut changing.polar_webhook {
        None => reply::empty(StatusCode::NO_CONTENT),
        Some(webhook) => {
            webhook.active = active;
            reply::empty(StatusCode::OK)
        }
    }
}

/// The body of an event about what a person did on a day; `None` where there is nothing.
pub(crate) fn payload(
    simulator: &Simulator,
    person: &Person,
    event: EventKind,
    day: Day,
    now: Timestamp,
) -> Option<String> {
    #[derive(Serialize)]
    struct Payload {
        event: EventKind,
        user_id: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        entity_id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<Day>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Day>,
        timestamp: String,
        url: String,
    }
    let world = simulator.world();
    let base = format!("{}polar/v3", simulator.base);
    let mut payload = Payload {
        event,
        user_id: person.polar_user,
        entity_id: None,
        date: None,
        from: None,
        to: None,
        timestamp: utc_millis(now),
        url: String::new(),
    };
    let range = format!("date?from={day}&to={day}");
    payload.url = match event {
        EventKind::Exercise => {
            let index = world.calendar.index(day);
            let workout = world.workouts(person, index).into_iter().next_back()?;
            let id = super::exercises::id_of(world, person, &workout);
            let url = format!("{base}/exercises/{id}");
            payload.entity_id = Some(id);
            url
        }
        EventKind::PhysicalInformation => format!("{base}/users/physical-info"),
        EventKind::SleepWiseAlertness => format!("{base}/users/sleepwise/alertness/{range}"),
        EventKind::SleepWiseCircadianBedtime => {
            format!("{base}/users/sleepwise/circadian-bedtime/{range}")
        }
        EventKind::Sleep => format!("{base}/users/sleep/{day}"),
        EventKind::ContinuousHeartRate => format!("{base}/users/continuous-heart-rate/{day}"),
        EventKind::ActivitySummary => format!("{base}/users/activities/{day}"),
    };
    match event {
        EventKind::Sleep | EventKind::ContinuousHeartRate | EventKind::ActivitySummary => {
            payload.date = Some(day);
        }
        EventKind::SleepWiseAlertness | EventKind::SleepWiseCircadianBedtime => {
            payload.from = Some(day);
            payload.to = Some(day);
        }
        EventKind::Exercise | EventKind::PhysicalInformation => {}
    }
    serde_json::to_string(&payload).ok()
}
