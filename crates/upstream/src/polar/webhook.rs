//! Polar's webhook, one per application, and whether an event is genuine.

use ::http::header::AUTHORIZATION;
use ::http::{Method, StatusCode};
use physiology::Day;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::client::Client;
use crate::collection::Collection;
use crate::derive::{Malformed, parse};
use crate::error::FetchError;
use crate::http::{Answer, Call, Repeat};
use crate::signature::signs;

/// Every event that leads to a collection.
pub const EVENTS: [&str; 6] = [
    "EXERCISE",
    "SLEEP",
    "CONTINUOUS_HEART_RATE",
    "SLEEP_WISE_CIRCADIAN_BEDTIME",
    "SLEEP_WISE_ALERTNESS",
    "ACTIVITY_SUMMARY",
];

/// An event: that there is something to fetch, not what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// What happened; `PING` asks only whether anybody is there.
    pub event: String,
    /// Polar's id of the wearer; none in a ping.
    pub user_id: Option<u64>,
    /// The exercise's id.
    pub entity_id: Option<String>,
    /// The day.
    pub date: Option<Day>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Event {
    /// Reads the body of an event, which must be verified first unless it is a ping.
    pub fn parse(body: &str) -> Result<Self, Malformed> {
        parse(body)
    }

    /// Whether it only asks whether anybody is there. A ping comes unsigned, before the key is
    /// known.
    pub fn is_ping(&self) -> bool {
        self.event == "PING"
    }

    /// The collections there may be something new in.
    pub fn collections(&self) -> &'static [Collection] {
        match self.event.as_str() {
            "EXERCISE" => &[Collection::PolarExercises, Collection::PolarCardioLoad],
            "SLEEP" => &[Collection::PolarSleep, Collection::PolarNightlyRecharge],
            "CONTINUOUS_HEART_RATE" => &[Collection::PolarContinuousHeartRate],
            "SLEEP_WISE_CIRCADIAN_BEDTIME" => &[Collection::PolarCircadianBedtime],
            "SLEEP_WISE_ALERTNESS" => &[Collection::PolarAlertness],
            "ACTIVITY_SUMMARY" => &[
                Collection::PolarActivities,
                Collection::PolarActivitySamples,
            ],
            _ => &[],
        }
    }
}

/// Whether Polar signed this: `signature` is the header `Polar-Webhook-Signature`, `raw_body` the
/// bytes as received. Takes the same time for any signature.
pub fn verify(signature_key: &SecretString, raw_body: &[u8], signature: &str) -> bool {
    signs(signature_key, &[raw_body], signature)
}

/// The webhook of this application.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Webhook {
    /// Which one.
    pub id: String,
    /// What it tells.
    pub events: Vec<String>,
    /// Where events go.
    pub url: String,
    /// Whether it is on; Polar turns it off after a week of failures.
    pub active: Option<bool>,
}

/// A new webhook, with the key that is shown this once.
#[derive(Debug, Clone, Deserialize)]
pub struct CreatedWebhook {
    /// Which one.
    pub id: String,
    /// What its events are signed with.
    pub signature_secret_key: SecretString,
}

#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

/// The webhook of this application, where there is one.
pub async fn get(client: &Client) -> Result<Option<Webhook>, FetchError> {
    let call = call(client, Method::GET, &[]);
    let webhooks = client.fetch(&call, |answer| {
        if matches!(
            answer.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_FOUND
        ) {
            return Ok(Vec::new());
        }
        read::<Vec<Webhook>>(answer)
    });
    Ok(webhooks.await?.into_iter().next())
}

/// Makes a webhook. Polar sends `url` a ping that has to be answered with 200 before it answers;
/// where there is a webhook already it is `Rejected` with status 409.
///
/// An answer that is lost takes the key with it: delete the webhook and make another.
pub async fn create(client: &Client, url: &Url) -> Result<CreatedWebhook, FetchError> {
    #[derive(Serialize)]
    struct Body<'a> {
        events: &'a [&'a str],
        url: &'a str,
    }
    let body = Body {
        events: &EVENTS,
        url: url.as_str(),
    };
    let call = call(client, Method::POST, &[])
        .json(&body)
        .repeated(Repeat::OnlyUnsent);
    client.fetch(&call, read).await
}

/// Turns the webhook on again.
pub async fn activate(client: &Client) -> Result<(), FetchError> {
    client
        .fetch(&call(client, Method::POST, &["activate"]), |_| Ok(()))
        .await
}

/// Deletes a webhook; one that is gone already is no error.
pub async fn delete(client: &Client, id: &str) -> Result<(), FetchError> {
    client
        .fetch(&call(client, Method::DELETE, &[id]), |_| Ok(()))
        .await
}

fn call(client: &Client, method: Method, rest: &[&str]) -> Call {
    Call::new(method, client.url("v3/webhooks", rest)).secret(AUTHORIZATION, &client.basic())
}

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> Result<T, FetchError> {
    if answer.status == StatusCode::NOT_FOUND {
        return Err(FetchError::NotFound);
    }
    serde_json::from_slice::<Data<T>>(&answer.body)
        .map(|answer| answer.data)
        .map_err(|_| FetchError::malformed("no webhook"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_body_is_signed() {
        // Computed with: printf '{"event":"SLEEP"}' | openssl dgst -sha256 -hmac key
        let signature = "0b6572df0bfe0722ec5390718a4f816fd26b2ec27058728ad2078234c1649cdf";
        assert!(verify(&"key".into(), br#"{"event":"SLEEP"}"#, signature));
        assert!(!verify(&"key".into(), br#"{"event":"SLEEP"} "#, signature));
        assert!(!verify(&"kez".into(), br#"{"event":"SLEEP"}"#, signature));
    }

    #[test]
    fn every_event_leads_somewhere() {
        for name in EVENTS {
            let event = Event::parse(&format!(r#"{{"event":"{name}","user_id":475}}"#)).unwrap();
            assert!(!event.collections().is_empty(), "{name}");
        }
        let ping = r#"{"timestamp":"2018-05-15T14:22:24Z","event":"PING"}"#;
        let ping = Event::parse(ping).unwrap();
        assert!(ping.is_ping() && ping.collections().is_empty());
    }
}
