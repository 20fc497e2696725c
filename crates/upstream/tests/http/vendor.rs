//! A vendor that answers as a test says, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use physiology::{Day, DayRange, Timestamp, Vendor};
use secrecy::SecretString;
use upstream::{Client, Collection, FetchError};
use url::Url;

use crate::support::{QUICK, client};

/// What the vendor saw of a call.
#[derive(Debug, Clone)]
pub struct Seen {
    pub path: String,
    pub query: HashMap<String, String>,
    pub headers: HeaderMap,
    pub body: String,
}

type Answers = dyn Fn(&Seen, usize) -> Response + Send + Sync;

/// A vendor: answers each call by what `answers` says of it and of how many came before.
pub struct Played {
    pub base: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

struct Stage {
    seen: Arc<Mutex<Vec<Seen>>>,
    answers: Box<Answers>,
}

pub async fn play(answers: impl Fn(&Seen, usize) -> Response + Send + Sync + 'static) -> Played {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let stage = Arc::new(Stage {
        seen: Arc::clone(&seen),
        answers: Box::new(answers),
    });
    let router = Router::new().fallback(answer).with_state(stage);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Played { base, seen }
}

async fn answer(
    State(stage): State<Arc<Stage>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let seen = Seen {
        path: uri.path().to_owned(),
        query: query.into_owned().collect(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let before = {
        let mut all = stage.seen.lock().unwrap();
        all.push(seen.clone());
        all.len() - 1
    };
    (stage.answers)(&seen, before)
}

impl Played {
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn client(&self, vendor: Vendor) -> Client {
        client(vendor, &self.base, QUICK)
    }
}

pub fn json(body: impl Into<String>) -> Response {
    ([("content-type", "application/json")], body.into()).into_response()
}

pub fn status(code: u16) -> Response {
    StatusCode::from_u16(code).unwrap().into_response()
}

pub fn token() -> SecretString {
    "an-access-token".into()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn range(first: &str, last: &str) -> DayRange {
    DayRange::new(day(first), day(last))
}

/// Noon UTC.
pub fn noon(text: &str) -> Timestamp {
    day(text).start_utc().plus_seconds(43_200)
}

pub const EMPTY: &str = r#"{"data":[],"next_token":null}"#;

pub async fn one_page(client: &Client, collection: Collection) -> Result<usize, FetchError> {
    let days = range("2026-10-10", "2026-10-13");
    let mut pages = client.pages(collection, days, noon("2026-10-13"));
    let mut count = 0;
    while let Some(page) = pages.next(&token()).await? {
        count += page.len();
    }
    Ok(count)
}
