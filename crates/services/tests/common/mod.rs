//! A world for tests: the simulated clouds, and the services over them, the twins connected through
//! the real sign-in.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use physiology::{Day, DayRange, Metric, SubjectId, Timestamp, Twin, Vendor};
use secrecy::SecretString;
use services::{Callback, Clock, Config, ConnectOutcome, Services, SessionId, Viewer};
use simulator::Running;
use store::{Pair, Store};
use tokio::net::TcpListener;
use upstream::Client;
use url::Url;
use vault::{KeyRing, OpenOptions, Vault};

/// 07:45 in Nepal on the ninth day.
pub const NOW: &str = "2026-10-13T02:00:00Z";

pub struct World {
    pub simulator: Running,
    pub services: Services,
    pub store: Arc<dyn Store>,
    pub vault: Arc<Vault>,
    pub pair: Pair,
    pub http: reqwest::Client,
    pub started: Instant,
}

pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

pub async fn simulator(config: simulator::Config) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    simulator::start(config, listener).await.unwrap()
}

pub fn record() -> simulator::Config {
    simulator::Config {
        now: Some(now()),
        ..simulator::Config::default()
    }
}

/// Clients of the simulated vendors, quick to try again.
pub fn clients(base: &Url, timeout: Duration) -> BTreeMap<Vendor, Client> {
    Vendor::ALL
        .map(|vendor| (vendor, client(base, vendor, timeout)))
        .into()
}

pub fn client(base: &Url, vendor: Vendor, timeout: Duration) -> Client {
    let at = |path: &str| base.join(path).unwrap();
    let back = at(&format!("oauth/{}/callback", vendor.id()));
    let mut config = match vendor {
        Vendor::Oura => {
            let mut config = upstream::Config::oura_defaults(
                "sim-oura".into(),
                "sim-oura-secret".to_owned().into(),
                back,
            );
            config.authorize_url = at("oura/oauth/authorize");
            config.token_url = at("oura/oauth/token");
            config.revoke_url = Some(at("oura/oauth/revoke"));
            config.api_base_url = at("oura/");
            config
        }
        Vendor::Polar => {
            let mut config = upstream::Config::polar_defaults(
                "sim-polar".into(),
                "sim-polar-secret".to_owned().into(),
                back,
            );
            config.authorize_url = at("polar/oauth2/authorization");
            config.token_url = at("polar/v2/oauth2/token");
            config.api_base_url = at("polar/");
            config
        }
    };
    config.timeout = timeout;
    config.retries.attempts = 12;
    config.retries.base = Duration::from_millis(5);
    Client::new(vendor, config).unwrap()
}

impl World {
    pub async fn new() -> Self {
        Self::over(simulator(record()).await, "sqlite::memory:").await
    }

    pub async fn over(simulator: Running, database_url: &str) -> Self {
        Self::with(simulator, database_url, Duration::from_millis(1_500)).await
    }

    /// A world whose patience with the vendors is of one's own choice.
    pub async fn with(simulator: Running, database_url: &str, timeout: Duration) -> Self {
        let store = store::open(database_url).await.unwrap();
        let location = vault::open("memory:", &OpenOptions::default()).unwrap();
        let vault = Vault::new(location.store, location.prefix, KeyRing::generate());
        Self::assemble(simulator, store, Arc::new(vault), Instant::now(), timeout).await
    }

    /// The same clouds and tokens over a store that has the connections and nothing else.
    pub async fn emptied(self, timeout: Duration) -> Self {
        let store = store::open("sqlite::memory:").await.unwrap();
        let visible = Viewer::System.may_see(&self.pair.ids());
        let world = Self::assemble(
            self.simulator,
            store,
            Arc::clone(&self.vault),
            self.started,
            timeout,
        )
        .await;
        assert_eq!(world.pair.ids(), self.pair.ids());
        for connection in self.store.connections(&visible).await.unwrap() {
            world.store.put_connection(&connection).await.unwrap();
        }
        world
    }

    async fn assemble(
        simulator: Running,
        store: Arc<dyn Store>,
        vault: Arc<Vault>,
        started: Instant,
        timeout: Duration,
    ) -> Self {
        let begun: Timestamp = now().into();
        let clock = Clock::new(move || Timestamp(begun.0 + started.elapsed().as_millis() as i64));
        let services = Services::new(
            Arc::clone(&store),
            Arc::clone(&vault),
            clients(simulator.base_url(), timeout),
            clock,
            Config::default(),
        );
        let pair = services.ensure_pair().await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            simulator,
            services,
            store,
            vault,
            pair,
            http,
            started,
        }
    }

    /// A world on its expedition, with both twins connected to both vendors and synced.
    pub async fn synced() -> Self {
        let world = Self::new().await;
        let itinerary = simulator::expedition(&record(), now());
        world
            .services
            .set_itinerary(&Viewer::System, &itinerary)
            .await
            .unwrap();
        world.connect_all().await;
        world.services.wait_for_syncs().await;
        world
    }

    pub async fn connect_all(&self) {
        for (subject, letter) in self.pair.ids().into_iter().zip(["a", "b"]) {
            for vendor in Vendor::ALL {
                let outcome = self.connect(subject, vendor, letter).await;
                assert!(
                    matches!(outcome, ConnectOutcome::Connected | ConnectOutcome::Partial),
                    "{outcome:?}"
                );
            }
        }
    }

    /// Connects as a browser does.
    pub async fn connect(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        letter: &str,
    ) -> ConnectOutcome {
        let session = session();
        let viewer = Viewer::System;
        let authorize = self
            .services
            .begin_connect(&viewer, session, subject, vendor)
            .await
            .unwrap();
        let back = simulator::allow(&authorize, letter).await.unwrap();
        let (outcome, _) = self
            .services
            .finish_connect(&viewer, session, vendor, callback(&back))
            .await
            .unwrap();
        outcome
    }

    pub async fn faults(&self, faults: serde_json::Value) {
        let url = self.simulator.base_url().join("control/faults").unwrap();
        self.http
            .put(url)
            .json(&faults)
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
    }

    pub async fn stats(&self) -> serde_json::Value {
        let url = self.simulator.base_url().join("control/stats").unwrap();
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Every reading and workout, as comparable rows: all but when it came.
    pub async fn readings(&self) -> Vec<String> {
        readings(self.store.as_ref(), &self.pair).await
    }
}

/// Values by day.
pub type Values = BTreeMap<Day, f64>;

/// What the generator of the twins knows.
pub async fn truth(world: &World, twin: Twin, metric: Metric, range: DayRange) -> Values {
    let url = world.simulator.base_url().join("control/truth").unwrap();
    let query = [
        ("subject", twin.id().to_owned()),
        ("metric", metric.id().to_owned()),
        ("start", range.first.to_string()),
        ("end", range.last.to_string()),
    ];
    let answer: serde_json::Value = world
        .http
        .get(url)
        .query(&query)
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap()
        .json()
        .await
        .unwrap();
    answer["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["day"].as_str().unwrap().parse().unwrap(),
                item["value"].as_f64().unwrap(),
            )
        })
        .collect()
}

pub async fn readings(store: &dyn Store, pair: &Pair) -> Vec<String> {
    let visible = Viewer::System.may_see(&pair.ids());
    let query = store::ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    let mut rows: Vec<String> = store
        .readings(&visible, &query)
        .await
        .unwrap()
        .into_iter()
        .map(|row| {
            format!(
                "{} {} {} {:?} {:x} {} {}",
                row.subject,
                row.metric,
                row.day,
                row.measurement.source,
                row.measurement.value.to_bits(),
                row.measurement.measured_at.unix_ms(),
                row.measurement.quality.id()
            )
        })
        .collect();
    rows.extend(workouts(store, pair).await);
    rows.sort();
    rows
}

/// Every workout as a vendor tells it, as comparable rows.
async fn workouts(store: &dyn Store, pair: &Pair) -> Vec<String> {
    let visible = Viewer::System.may_see(&pair.ids());
    let today = Day::of_utc(now().into());
    let days = DayRange::new(today.plus(-400), today.plus(2));
    let workouts = store.workouts(&visible, days).await.unwrap();
    workouts
        .into_iter()
        // Of floating-point numbers this writes every bit.
        .map(|one| format!("{} {:?}", one.subject, one.workout))
        .collect()
}

pub fn session() -> SessionId {
    SessionId::of_cookie(&SecretString::from("a browser".to_owned()))
}

pub fn callback(back: &Url) -> Callback {
    let get = |wanted: &str| {
        back.query_pairs()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    Callback {
        code: get("code"),
        state: get("state"),
        scope: get("scope"),
        error: get("error"),
    }
}
