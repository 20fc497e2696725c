//! Sending webhook events, signed as the vendor signs them.

use std::fmt::Write;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use hmac::{Hmac, KeyInit, Mac};
use physiology::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use url::Url;

use super::wrong;
use crate::http::basic::OURA_CLIENT;
use crate::http::reply;
use crate::oura::collection::Collection;
use crate::oura::webhooks::EventType;
use crate::polar::webhooks as polar;
use crate::state::{Shared, Simulator};
use crate::time::utc_millis;
use crate::twins::Person;

/// An event is repeated at most so often.
const MOST_REPEATS: u32 = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    provider: String,
    subject: String,
    /// Oura's `data_type`, or Polar's event.
    data_type: String,
    #[serde(default = "create")]
    event_type: EventType,
    day: Day,
    /// How often it is delivered; vendors do deliver twice.
    #[serde(default = "once")]
    repeat: u32,
    /// Whether the signature is right.
    #[serde(default = "yes")]
    signed: bool,
    /// How far the timestamp is off, s.
    #[serde(default)]
    age_s: i64,
}

const fn create() -> EventType {
    EventType::Create
}

const fn once() -> u32 {
    1
}

const fn yes() -> bool {
    true
}

/// What is sent: body and headers.
struct Event {
    body: String,
    headers: Vec<(&'static str, String)>,
    targets: Vec<Url>,
}

/// What became of one delivery.
#[derive(Serialize)]
struct Delivery {
    url: String,
    status: Option<u16>,
    error: Option<String>,
}

#[derive(Serialize)]
struct Deliveries {
    event: serde_json::Value,
    deliveries: Vec<Delivery>,
}

/// Hexadecimal HMAC-SHA256.
fn sign(secret: &str, parts: &[&[u8]]) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize()
        .into_bytes()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// `POST /control/webhooks/emit`.
pub(super) async fn emit(State(simulator): State<Shared>, body: Bytes) -> Response {
    let wish: Wish = match serde_json::from_slice(&body) {
        Ok(wish) => wish,
        Err(error) => return wrong(&error.to_string()),
    };
    let Some(person) = simulator.world().person(&wish.subject) else {
        return wrong("no such subject");
    };
    let event = match wish.provider.as_str() {
        "oura" => oura_event(&simulator, person, &wish),
        "polar" => polar_event(&simulator, person, &wish),
        _ => Err("provider is oura or polar"),
    };
    let event = match event {
        Ok(event) => event,
        Err(why) => return wrong(why),
    };
    let mut deliveries = Vec::new();
    for _ in 0..wish.repeat.min(MOST_REPEATS) {
        for target in &event.targets {
            let delivery = deliver(&simulator, &event, target).await;
            if delivery.status == Some(410) && wish.provider == "oura" {
                simulator.changing().oura_webhooks.cancel(target);
            }
            deliveries.push(delivery);
        }
    }
    let event = serde_json::from_str(&event.body).unwrap_or_default();
    reply::json(StatusCode::OK, &Deliveries { event, deliveries })
}

async fn deliver(simulator: &Simulator, event: &Event, target: &Url) -> Delivery {
    let mut request = simulator
        .http
        .post(target.clone())
        .header(header::CONTENT_TYPE, "application/json")
        .body(event.body.clone());
    for (name, value) in &event.headers {
        request = request.header(*name, value);
    }
    let (status, error) = match request.send().await {
        Ok(response) => (Some(response.status().as_u16()), None),
        Err(error) => (None, Some(error.without_url().to_string())),
    };
    Delivery {
        url: target.to_string(),
        status,
        error,
    }
}

/// The registered callbacks, or else where the simulator was told to send events.
fn targets(simulator: &Simulator, registered: Vec<Url>) -> Vec<Url> {
    if registered.is_empty() {
        simulator.config.webhook_target.iter().cloned().collect()
    } else {
        registered
    }
}

fn oura_event(simulator: &Simulator, person: &Person, wish: &Wish) -> Result<Event, &'static str> {
    #[derive(Serialize)]
    struct Body<'a> {
        event_type: EventType,
        data_type: &'a str,
        object_id: String,
        event_time: String,
        user_id: String,
    }
    let collection = Collection::from_data_type(&wish.data_type).ok_or("no such data_type")?;
    let now = simulator.now().plus_seconds(-wish.age_s);
    let found = simulator
        .record
        .read(person.index, collection, simulator.now(), |table| {
            let mut dated = table
                .documents
                .iter()
                .filter(|document| document.day == wish.day);
            dated.next_back().map(|document| document.id.clone())
        });
    let object_id = found.flatten().ok_or("there is no document of that day")?;
    let world = simulator.world();
    let body = Body {
        event_type: wish.event_type,
        data_type: &wish.data_type,
        object_id,
        event_time: utc_millis(now),
        user_id: world.id(person, u64::MAX, world.calendar.day(0), 0),
    };
    let body = serde_json::to_string(&body).map_err(|_| "the event cannot be written")?;
    let timestamp = now.unix_s().to_string();
    let secret = if wish.signed {
        OURA_CLIENT.secret
    } else {
        "somebody else's secret"
    };
    let signature = sign(secret, &[timestamp.as_bytes(), body.as_bytes()]).to_uppercase();
    let callbacks = {
        let changing = simulator.changing();
        changing
            .oura_webhooks
            .callbacks(collection, wish.event_type, simulator.now())
    };
    Ok(Event {
        body,
        headers: vec![
            ("x-oura-timestamp", timestamp),
            ("x-oura-signature", signature),
        ],
        targets: targets(simulator, callbacks),
    })
}

fn polar_event(simulator: &Simulator, person: &Person, wish: &Wish) -> Result<Event, &'static str> {
    let event = polar::EventKind::from_name(&wish.data_type).ok_or("no such event")?;
    let now: Timestamp = simulator.now().plus_seconds(-wish.age_s);
    let body = polar::payload(simulator, person, event, wish.day, now)
        .ok_or("there is nothing of that day")?;
    let (secret, url) = {
        let changing = simulator.changing();
        let webhook = changing.polar_webhook.as_ref();
        let wanted = webhook.filter(|webhook| webhook.active && webhook.events.contains(&event));
        let secret = webhook.map_or(polar::SECRET_WITHOUT_WEBHOOK, |webhook| &webhook.secret);
        (secret.to_owned(), wanted.map(|webhook| webhook.url.clone()))
    };
    let secret = if wish.signed {
        secret
    } else {
        "somebody else's secret".to_owned()
    };
    let signature = sign(&secret, &[body.as_bytes()]);
    Ok(Event {
        body,
        headers: vec![
            ("polar-webhook-event", event.name().to_owned()),
            ("polar-webhook-signature", signature),
        ],
        targets: targets(simulator, url.into_iter().collect()),
    })
}
