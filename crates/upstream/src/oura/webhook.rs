//! Oura's webhooks: subscriptions, and whether an event is genuine.

use ::http::{HeaderName, Method};
use physiology::Vendor;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::client::Client;
use crate::collection::Collection;
use crate::derive::{Malformed, parse};
use crate::error::FetchError;
use crate::http::{Answer, Call, Repeat};
use crate::signature::signs;

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventType {
    /// It appeared.
    Create,
    /// It changed.
    Update,
    /// It was taken back.
    Delete,
}

/// An event: that there is something to fetch, not what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// What happened.
    pub event_type: EventType,
    /// The kind of document, as Oura writes it.
    pub data_type: String,
    /// The document's id.
    pub object_id: String,
    /// Oura's id of the wearer.
    pub user_id: String,
}

impl Event {
    /// Reads the body of an event, which must be verified first.
    pub fn parse(body: &str) -> Result<Self, Malformed> {
        parse(body)
    }

    /// The collection the document is in, unless it is one we do not keep.
    pub fn collection(&self) -> Option<Collection> {
        Collection::from_id(Vendor::Oura, &self.data_type)
    }
}

/// Whether Oura signed this: `timestamp` and `signature` are the headers `x-oura-timestamp` and
/// `x-oura-signature`, `raw_body` the bytes as received. Takes the same time for any signature.
///
/// How old a timestamp may be is for the caller to judge, who has a clock.
pub fn verify(
    client_secret: &SecretString,
    timestamp: &str,
    raw_body: &[u8],
    signature: &str,
) -> bool {
    signs(client_secret, &[timestamp.as_bytes(), raw_body], signature)
}

/// A subscription to one kind of event of one kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subscription {
    /// Which one.
    pub id: String,
    /// Where events go.
    pub callback_url: String,
    /// What happens.
    pub event_type: EventType,
    /// The kind of document, as Oura writes it.
    pub data_type: String,
    /// When it ends unless it is renewed, as Oura writes it; UTC where no zone is given.
    pub expiration_time: String,
}

/// Every subscription of this application. Needs no one's token.
pub async fn list(client: &Client) -> Result<Vec<Subscription>, FetchError> {
    client.fetch(&call(client, Method::GET, &[]), read).await
}

/// Subscribes. Oura asks `callback_url` for `verification_token` before it answers; what is
/// subscribed to already is `Rejected` with status 409.
pub async fn create(
    client: &Client,
    callback_url: &Url,
    verification_token: &SecretString,
    event_type: EventType,
    data_type: &str,
) -> Result<Subscription, FetchError> {
    #[derive(Serialize)]
    struct Body<'a> {
        callback_url: &'a str,
        verification_token: &'a str,
        event_type: EventType,
        data_type: &'a str,
    }
    let body = Body {
        callback_url: callback_url.as_str(),
        verification_token: verification_token.expose_secret(),
        event_type,
        data_type,
    };
    let call = call(client, Method::POST, &[])
        .json(&body)
        .repeated(Repeat::OnlyUnsent);
    client.fetch(&call, read).await
}

/// Prolongs a subscription.
pub async fn renew(client: &Client, id: &str) -> Result<Subscription, FetchError> {
    client
        .fetch(&call(client, Method::PUT, &["renew", id]), read)
        .await
}

/// Ends a subscription. Oura answers `NotGranted` for one that is not ours, or not any more.
pub async fn delete(client: &Client, id: &str) -> Result<(), FetchError> {
    client
        .fetch(&call(client, Method::DELETE, &[id]), |_| Ok(()))
        .await
}

fn call(client: &Client, method: Method, rest: &[&str]) -> Call {
    let config = client.config();
    Call::new(method, client.url("v2/webhook/subscription", rest))
        .secret(HeaderName::from_static("x-client-id"), &config.client_id)
        .secret(
            HeaderName::from_static("x-client-secret"),
            config.client_secret.expose_secret(),
        )
}

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> Result<T, FetchError> {
    if answer.status == ::http::StatusCode::NOT_FOUND {
        return Err(FetchError::NotFound);
    }
    serde_json::from_slice(&answer.body).map_err(|_| FetchError::malformed("no subscription"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timestamp_is_signed_with_the_body() {
        // Computed with: printf '1760300000{"a":1}' | openssl dgst -sha256 -hmac sim-oura-secret
        let signature = "978951f01db36832d0d3251b01dbd7193d2556f177c2ceb5f37e8774f33b9c8e";
        let secret: SecretString = "sim-oura-secret".into();
        assert!(verify(&secret, "1760300000", br#"{"a":1}"#, signature));
        assert!(verify(
            &secret,
            "1760300000",
            br#"{"a":1}"#,
            &signature.to_uppercase()
        ));
        assert!(!verify(&secret, "1760300001", br#"{"a":1}"#, signature));
        assert!(!verify(&secret, "1760300000", br#"{"a": 1}"#, signature));
    }

    #[test]
    fn an_event_names_its_collection() {
        let body = r#"{"event_type":"update","data_type":"vo2_max","object_id":"o",
            "event_time":"2026-10-13T00:00:00Z","user_id":"u"}"#;
        assert_eq!(
            Event::parse(body).unwrap().collection(),
            Some(Collection::OuraVo2Max)
        );
    }
}
