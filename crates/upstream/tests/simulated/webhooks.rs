//! Subscribing, and knowing a genuine event.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use physiology::Vendor;
use secrecy::SecretString;
use serde_json::json;
use upstream::oura::webhook as oura;
use upstream::polar::webhook as polar;
use upstream::{Collection, FetchError};
use url::Url;

use crate::world::World;

type Events = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// Somebody who answers a challenge and keeps events.
async fn listen() -> (Url, Events) {
    let events = Events::default();
    let router = Router::new()
        .fallback(axum::routing::get(challenge).post(keep))
        .with_state(Arc::clone(&events));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/hook", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, events)
}

async fn challenge(Query(query): Query<HashMap<String, String>>) -> Response {
    if query["verification_token"] == "ours" {
        axum::Json(json!({"challenge": query["challenge"]})).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn keep(State(events): State<Events>, headers: HeaderMap, body: Bytes) {
    events.lock().unwrap().push((headers, body));
}

fn header(headers: &HeaderMap, name: &str) -> String {
    headers[name].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn ouras_subscriptions() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let (url, events) = listen().await;
    let create = |token: &'static str| {
        let (client, url) = (client.clone(), url.clone());
        async move {
            oura::create(
                &client,
                &url,
                &token.into(),
                oura::EventType::Create,
                "daily_spo2",
            )
            .await
        }
    };
    assert!(create("theirs").await.is_err());
    let made = create("ours").await.unwrap();
    assert_eq!(
        (made.data_type.as_str(), made.event_type),
        ("daily_spo2", oura::EventType::Create)
    );
    assert_eq!(
        create("ours").await,
        Err(FetchError::Rejected { status: 409 })
    );
    assert_eq!(
        oura::list(&client).await.unwrap(),
        std::slice::from_ref(&made)
    );
    assert_eq!(oura::renew(&client, &made.id).await.unwrap().id, made.id);

    let event = json!({"provider": "oura", "subject": "a", "data_type": "daily_spo2",
        "event_type": "create", "day": "2026-10-10"});
    world
        .control(reqwest::Method::POST, "control/webhooks/emit", event)
        .await;
    let (headers, body) = events.lock().unwrap().pop().unwrap();
    let secret: SecretString = "sim-oura-secret".into();
    let (at, signature) = (
        header(&headers, "x-oura-timestamp"),
        header(&headers, "x-oura-signature"),
    );
    assert!(oura::verify(&secret, &at, &body, &signature));
    assert!(!oura::verify(&"another".into(), &at, &body, &signature));
    assert!(!oura::verify(&secret, &at, &body[1..], &signature));
    let event = oura::Event::parse(std::str::from_utf8(&body).unwrap()).unwrap();
    let collection = event.collection().unwrap();
    assert_eq!(collection, Collection::OuraDailySpo2);
    let token = world.token(Vendor::Oura, "a").await;
    assert_eq!(client.user_id(&token).await.unwrap(), Some(event.user_id));
    let document = client
        .document(&token, collection, &event.object_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(document.key, event.object_id);

    oura::delete(&client, &made.id).await.unwrap();
    assert_eq!(oura::list(&client).await.unwrap(), []);
    let gone = oura::delete(&client, &made.id).await;
    assert_eq!(gone, Err(FetchError::NotGranted), "of others, or of nobody");
}

#[tokio::test]
async fn polars_webhook() {
    let world = World::start().await;
    let client = world.client(Vendor::Polar);
    assert_eq!(polar::get(&client).await.unwrap(), None);
    let (url, events) = listen().await;
    let made = polar::create(&client, &url).await.unwrap();
    let (_, ping) = events.lock().unwrap().pop().unwrap();
    assert!(
        polar::Event::parse(std::str::from_utf8(&ping).unwrap())
            .unwrap()
            .is_ping()
    );
    let second = polar::create(&client, &url).await.map(|_| ());
    assert_eq!(second, Err(FetchError::Rejected { status: 409 }));
    assert_eq!(polar::get(&client).await.unwrap().unwrap().id, made.id);
    polar::activate(&client).await.unwrap();

    world.token(Vendor::Polar, "a").await;
    let event =
        json!({"provider": "polar", "subject": "a", "data_type": "SLEEP", "day": "2026-10-07"});
    world
        .control(reqwest::Method::POST, "control/webhooks/emit", event)
        .await;
    let (headers, body) = events.lock().unwrap().pop().unwrap();
    let signature = header(&headers, "polar-webhook-signature");
    assert!(polar::verify(&made.signature_secret_key, &body, &signature));
    assert!(!polar::verify(&"another".into(), &body, &signature));
    let event = polar::Event::parse(std::str::from_utf8(&body).unwrap()).unwrap();
    assert!(event.collections().contains(&Collection::PolarSleep));
    assert_eq!(event.date.unwrap().to_string(), "2026-10-07");

    polar::delete(&client, &made.id).await.unwrap();
    assert_eq!(polar::get(&client).await.unwrap(), None);
}
