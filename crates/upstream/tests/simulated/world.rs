//! The simulator, and a way to everything it holds.

use chrono::{DateTime, Utc};
use physiology::{Day, DayRange, Timestamp, Vendor};
use secrecy::SecretString;
use serde_json::{Value, json};
use simulator::{Config, Running};
use upstream::{Client, Collection, Document, FetchError};
use url::Url;

use crate::support::{QUICK, client};

/// A quarter to four in the afternoon in Nepal: what is late or changes has done so.
pub const NOW: &str = "2026-10-13T10:00:00Z";

pub struct World {
    running: Running,
    pub http: reqwest::Client,
    pub now: DateTime<Utc>,
}

impl World {
    pub async fn start() -> Self {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = Config {
            seed: 7,
            now: Some(now),
            days: 23,
            ..Config::default()
        };
        let running = simulator::start(config, listener).await.unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .user_agent("a browser")
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { running, http, now }
    }

    pub fn url(&self, path: &str) -> Url {
        self.running.base_url().join(path).unwrap()
    }

    pub fn client(&self, vendor: Vendor) -> Client {
        client(vendor, self.running.base_url(), QUICK)
    }

    pub fn now(&self) -> Timestamp {
        self.now.into()
    }

    /// Every day there could be anything of.
    pub fn days(&self) -> DayRange {
        let today = Day::of_utc(self.now());
        DayRange::new(today.plus(-27), today.plus(1))
    }

    pub async fn control(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let request = self.http.request(method, self.url(path)).json(&body);
        let response = request.send().await.unwrap().error_for_status().unwrap();
        serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default()
    }

    /// A token of a twin's, as if they had signed in.
    pub async fn token(&self, vendor: Vendor, twin: &str) -> SecretString {
        let wish = if vendor == Vendor::Polar {
            json!({"provider": "polar", "subject": twin, "register": true})
        } else {
            json!({"provider": "oura", "subject": twin})
        };
        let tokens = self
            .control(reqwest::Method::POST, "control/token", wish)
            .await;
        tokens["access_token"].as_str().unwrap().into()
    }
}

/// All pages of a collection, repeating after passing errors as a sync does over time.
pub async fn all(
    client: &Client,
    token: &SecretString,
    collection: Collection,
    world: &World,
) -> Result<Vec<Document>, FetchError> {
    let mut pages = client.pages(collection, world.days(), world.now());
    let mut documents = Vec::new();
    while let Some(page) = pages.next(token).await? {
        documents.extend(page);
    }
    Ok(documents)
}
