//! What the product costs, each figure beside a reference measured in the same run:
//!
//! - a year of two twins synced, against the same pages fetched and thrown away;
//! - start to ready, against starting the executable to print its version;
//! - resident memory of `serve` holding that year, against `serve` holding nothing.
//!
//! Printed as a table and written to `target/bench/product.json`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends at its first failure"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use physiology::Vendor;
use secrecy::SecretString;
use serde_json::{Value, json};
use services::{Callback, Clock, Config, ConnectOutcome, Services, SessionId, Viewer};
use store::Store;
use tokio::net::TcpListener;
use upstream::Client;
use url::Url;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const PASSWORD: &str = "a-password-for-benches";
const STARTS: usize = 15;

struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    aim: &'static str,
    reference: &'static str,
    reference_value: f64,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut figures, calls) = runtime.block_on(sync_a_year(folder.path()));
    figures.extend(runtime.block_on(serve_it(folder.path())));
    report(&figures, calls);
}

// A year synced

async fn sync_a_year(folder: &Path) -> (Vec<Figure>, u64) {
    let config = simulator::Config {
        days: 365,
        ..simulator::Config::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clouds = simulator::start(config, listener).await.unwrap();
    let base = clouds.base_url().clone();
    lift_limits(&base).await;

    let clients: BTreeMap<Vendor, Client> = Vendor::ALL
        .map(|vendor| (vendor, client(&base, vendor)))
        .into();
    let services = services(folder, clients.clone()).await;
    // Once beforehand, so that the simulator has made its record for both measurements.
    let reference_s = fetch_and_forget(&base)
        .await
        .min(fetch_and_forget(&base).await);

    let calls = || clients.values().map(Client::calls).sum::<u64>();
    let (before, started) = (calls(), Instant::now());
    services.sync_all().await.unwrap();
    let value = started.elapsed().as_secs_f64();
    let made = calls() - before;
    let figure = Figure {
        name: "a year of two twins synced",
        value,
        unit: "s",
        aim: "10 s or less",
        reference: "its Oura pages fetched and forgotten",
        reference_value: reference_s,
    };
    (vec![figure], made)
}

async fn lift_limits(base: &Url) {
    let limits =
        json!({ "oura_per_5min": 1_000_000, "polar_15min": 1_000_000, "polar_24h": 1_000_000 });
    let http = plain();
    let response = http
        .put(base.join("control/limits").unwrap())
        .json(&limits)
        .send()
        .await;
    response.unwrap().error_for_status().unwrap();
}

fn plain() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .user_agent("bench")
        .build()
        .unwrap()
}

fn client(base: &Url, vendor: Vendor) -> Client {
    let at = |path: &str| base.join(path).unwrap();
    let back = at(&format!("oauth/{}/callback", vendor.id()));
    let mut config = match vendor {
        Vendor::Oura => upstream::Config::oura_defaults(
            "sim-oura".into(),
            "sim-oura-secret".to_owned().into(),
            back,
        ),
        Vendor::Polar => upstream::Config::polar_defaults(
            "sim-polar".into(),
            "sim-polar-secret".to_owned().into(),
            back,
        ),
    };
    let (authorize, token, api) = match vendor {
        Vendor::Oura => ("oura/oauth/authorize", "oura/oauth/token", "oura/"),
        Vendor::Polar => (
            "polar/oauth2/authorization",
            "polar/v2/oauth2/token",
            "polar/",
        ),
    };
    config.authorize_url = at(authorize);
    config.token_url = at(token);
    config.api_base_url = at(api);
    Client::new(vendor, config).unwrap()
}

/// Both twins connected to both vendors; nothing synced.
async fn services(folder: &Path, clients: BTreeMap<Vendor, Client>) -> Services {
    let store = store::open(&database(folder)).await.unwrap();
    let location = vault::open("memory:", &vault::OpenOptions::default()).unwrap();
    let keys = vault::KeyRing::generate();
    let vault = Arc::new(vault::Vault::new(location.store, location.prefix, keys));
    // Connecting starts a first sync: it goes to a store that is thrown away.
    let scratch = store::open("sqlite::memory:").await.unwrap();
    let of = |store: Arc<dyn Store>| {
        let (vault, clients) = (Arc::clone(&vault), clients.clone());
        Services::new(store, vault, clients, Clock::system(), Config::default())
    };
    let connecting = of(Arc::clone(&scratch));
    let pair = connecting.ensure_pair().await.unwrap();
    for (subject, letter) in pair.ids().into_iter().zip(["a", "b"]) {
        for vendor in Vendor::ALL {
            let session = SessionId::of_cookie(&SecretString::from("bench".to_owned()));
            let viewer = Viewer::System;
            let url = connecting
                .begin_connect(&viewer, session, subject, vendor)
                .await
                .unwrap();
            let back = simulator::allow(&url, letter).await.unwrap();
            let get = |wanted: &str| {
                let pair = back.query_pairs().find(|(name, _)| name == wanted);
                pair.map(|(_, value)| value.into_owned())
            };
            let callback = Callback {
                code: get("code"),
                state: get("state"),
                scope: get("scope"),
                error: get("error"),
            };
            let (outcome, _) = connecting
                .finish_connect(&viewer, session, vendor, callback)
                .await
                .unwrap();
            assert!(matches!(
                outcome,
                ConnectOutcome::Connected | ConnectOutcome::Partial
            ));
        }
    }
    connecting.wait_for_syncs().await;
    let services = of(Arc::clone(&store));
    services.ensure_pair().await.unwrap();
    let today = chrono::Utc::now();
    let record = simulator::Config {
        days: 365,
        now: Some(today),
        ..simulator::Config::default()
    };
    let itinerary = simulator::expedition(&record, today);
    services
        .set_itinerary(&Viewer::System, &itinerary)
        .await
        .unwrap();
    let visible = Viewer::System.may_see(&pair.ids());
    for connection in scratch.connections(&visible).await.unwrap() {
        store.put_connection(&connection).await.unwrap();
    }
    let password = SecretString::from(PASSWORD.to_owned());
    services
        .ensure_administrator("clinic", &password)
        .await
        .unwrap();
    services
}

fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("acclimate.db").display())
}

/// The reference: every page of Oura's collections for both twins, read and dropped.
async fn fetch_and_forget(base: &Url) -> f64 {
    let http = plain();
    let mut tokens = Vec::new();
    for subject in ["a", "b"] {
        let body = json!({ "provider": "oura", "subject": subject });
        let response = http
            .post(base.join("control/token").unwrap())
            .json(&body)
            .send()
            .await;
        let token: Value = response.unwrap().json().await.unwrap();
        tokens.push(token["access_token"].as_str().unwrap().to_owned());
    }
    let started = Instant::now();
    let walks = tokens
        .iter()
        .map(|token| walk_collections(&http, base, token));
    futures::future::join_all(walks).await;
    started.elapsed().as_secs_f64()
}

async fn walk_collections(http: &reqwest::Client, base: &Url, token: &str) {
    let day = |back: i64| (chrono::Utc::now() - chrono::Duration::days(back)).date_naive();
    let mut lists: Vec<Url> = Vec::new();
    for collection in [
        "sleep",
        "daily_sleep",
        "daily_readiness",
        "daily_activity",
        "daily_spo2",
        "daily_stress",
        "daily_resilience",
        "daily_cardiovascular_age",
        "vO2_max",
        "workout",
        "session",
        "enhanced_tag",
        "sleep_time",
        "rest_mode_period",
    ] {
        let path = format!("oura/v2/usercollection/{collection}");
        let mut url = base.join(&path).unwrap();
        url.query_pairs_mut()
            .append_pair("start_date", &day(401).to_string())
            .append_pair("end_date", &day(-2).to_string());
        lists.push(url);
    }
    for window in 0..14 {
        let mut url = base.join("oura/v2/usercollection/heartrate").unwrap();
        url.query_pairs_mut()
            .append_pair(
                "start_datetime",
                &format!("{}T00:00:00Z", day(29 * (window + 1))),
            )
            .append_pair("end_datetime", &format!("{}T00:00:00Z", day(29 * window)));
        lists.push(url);
    }
    futures::stream::iter(lists)
        .for_each_concurrent(4, |url| async move {
            let mut next: Option<String> = None;
            loop {
                let mut request = http.get(url.clone()).bearer_auth(token);
                if let Some(next) = &next {
                    request = request.query(&[("next_token", next)]);
                }
                let response = request.send().await.unwrap();
                // Twin B did not grant heart rate; anything else would make the reference a lie.
                if matches!(response.status().as_u16(), 401 | 403) {
                    return;
                }
                let page: Value = response.error_for_status().unwrap().json().await.unwrap();
                next = page["next_token"].as_str().map(str::to_owned);
                if next.is_none() {
                    return;
                }
            }
        })
        .await;
}

// Served

struct Served {
    child: Child,
    url: Url,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve_it(folder: &Path) -> Vec<Figure> {
    let http = plain();
    let mut starts = Vec::new();
    let mut versions = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let served = serve(&database(folder), &http).await;
        starts.push(started.elapsed().as_secs_f64() * 1e3);
        drop(served);
        let started = Instant::now();
        let status = Command::new(acclimate())
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success());
        versions.push(started.elapsed().as_secs_f64() * 1e3);
    }
    let holding = serve(&database(folder), &http).await;
    look_around(&holding.url, &http).await;
    let nothing = serve("sqlite::memory:", &http).await;
    vec![
        Figure {
            name: "start to ready",
            value: median(&mut starts),
            unit: "ms",
            aim: "100 ms or less",
            reference: "start to print the version",
            reference_value: median(&mut versions),
        },
        Figure {
            name: "resident memory of serve holding that year",
            value: resident_mb(&holding.child),
            unit: "MB",
            aim: "60 MB or less",
            reference: "serve holding nothing",
            reference_value: resident_mb(&nothing.child),
        },
    ]
}

fn acclimate() -> &'static str {
    env!("CARGO_BIN_EXE_acclimate")
}

async fn serve(database: &str, http: &reqwest::Client) -> Served {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let child = Command::new(acclimate())
        .arg("serve")
        .env("ADDR", format!("127.0.0.1:{port}"))
        .env("DATABASE_URL", database)
        .env("TOKEN_STORE_URL", "memory:")
        .env("ENCRYPTION_KEY", KEY)
        .env("AUTHORIZED_USER_PASSWORD", PASSWORD)
        .env("SYNC_ON_STARTUP", "false")
        .env("RUST_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    let served = Served { child, url };
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let ready = http.get(served.url.join("ready").unwrap()).send().await;
        if ready.is_ok_and(|response| response.status().is_success()) {
            return served;
        }
        assert!(Instant::now() < deadline, "serve does not become ready");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// What a clinician does in a minute: signs in, looks at every range.
async fn look_around(url: &Url, http: &reqwest::Client) {
    let origin = url.origin().ascii_serialization();
    let browser = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let form = [("name", "clinic"), ("password", PASSWORD)];
    let request = browser
        .post(url.join("login").unwrap())
        .header("origin", origin)
        .form(&form);
    let response = request.send().await.unwrap();
    let cookie = response.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    for range in ["trip", "7d", "14d", "all"].iter().cycle().take(24) {
        let page = url.join(&format!("/?range={range}")).unwrap();
        let response = http
            .get(page)
            .header("cookie", &cookie)
            .send()
            .await
            .unwrap();
        let body = response.error_for_status().unwrap().text().await.unwrap();
        assert!(body.contains("data-value"), "the overview shows no value");
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn resident_mb(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024.0
}

// Told

fn report(figures: &[Figure], calls: u64) {
    println!(
        "\n{:<44} {:>10}  {:<16} {:>10}  {:>6}  reference",
        "figure", "", "aim", "reference", "ratio"
    );
    let rows: Vec<Value> = figures
        .iter()
        .map(|figure| {
            let ratio = figure.value / figure.reference_value;
            println!(
                "{:<44} {:>7.1} {:<2}  {:<16} {:>7.1} {:<2}  {:>6.2}  {}",
                figure.name,
                figure.value,
                figure.unit,
                figure.aim,
                figure.reference_value,
                figure.unit,
                ratio,
                figure.reference
            );
            json!({
                "name": figure.name, "value": figure.value, "unit": figure.unit, "aim": figure.aim,
                "reference": figure.reference, "reference_value": figure.reference_value,
                "ratio": ratio,
            })
        })
        .collect();
    println!("calls to the vendors in that sync: {calls}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let report = json!({ "figures": rows, "upstream_calls": calls });
    std::fs::write(folder.join("product.json"), format!("{report:#}\n")).unwrap();
}
