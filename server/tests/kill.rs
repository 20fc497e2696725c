//! `kill -9` in mid-sync, at random, again and again: the next sync ends with exactly the readings of
//! an undisturbed one. Fifty times with `SOAK=full`, a few otherwise.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use physiology::{SubjectId, Vendor};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use services::Viewer;
use store::{Connection, ConnectionState, ReadingsQuery};
use url::Url;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// `acclimate sync` over a folder and the simulated clouds.
fn sync(folder: &Path, clouds: &Url) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acclimate"));
    let at = |path: &str| clouds.join(path).unwrap().to_string();
    command
        .arg("sync")
        .env(
            "DATABASE_URL",
            format!("sqlite://{}", folder.join("acclimate.db").display()),
        )
        .env(
            "TOKEN_STORE_URL",
            format!("file://{}", folder.join("tokens").display()),
        )
        .env("ENCRYPTION_KEY", KEY)
        .env("OURA_CLIENT_ID", "sim-oura")
        .env("OURA_CLIENT_SECRET", "sim-oura-secret")
        .env("OURA_TOKEN_URL", at("oura/oauth/token"))
        .env("OURA_API_BASE_URL", at("oura/"))
        .env("POLAR_CLIENT_ID", "sim-polar")
        .env("POLAR_CLIENT_SECRET", "sim-polar-secret")
        .env("POLAR_TOKEN_URL", at("polar/v2/oauth2/token"))
        .env("POLAR_API_BASE_URL", at("polar/"))
        .env("RUST_LOG", "error")
        .stdout(Stdio::null());
    command
}

/// A folder with both twins connected to Oura, and nothing synced.
async fn connected(folder: &Path, clouds: &Url) {
    let url = format!("sqlite://{}", folder.join("acclimate.db").display());
    let store = store::open(&url).await.unwrap();
    let pair = store.create_pair(["Twin A", "Twin B"]).await.unwrap();
    let tokens = format!("file://{}", folder.join("tokens").display());
    let location = vault::open(&tokens, &vault::OpenOptions::default()).unwrap();
    let keys = vault::KeyRing::from_base64(&KEY.to_owned().into(), &[]).unwrap();
    let vault = vault::Vault::new(location.store, location.prefix, keys);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (subject, letter) in pair.ids().into_iter().zip(["a", "b"]) {
        let body = json!({ "provider": "oura", "subject": letter });
        let response = http
            .post(clouds.join("control/token").unwrap())
            .json(&body)
            .send()
            .await;
        let token: serde_json::Value = response.unwrap().json().await.unwrap();
        let now = chrono::Utc::now().into();
        connect(store.as_ref(), &vault, subject, &token, now).await;
    }
}

async fn connect(
    store: &dyn store::Store,
    vault: &vault::Vault,
    subject: SubjectId,
    token: &serde_json::Value,
    now: physiology::Timestamp,
) {
    let text = |name: &str| token[name].as_str().unwrap().to_owned();
    let token = vault::Token {
        access_token: text("access_token").into(),
        refresh_token: Some(text("refresh_token").into()),
        expires_at: Some(now.plus_seconds(86_400)),
        scopes: vec![],
        vendor_user_id: None,
        obtained_at: now,
    };
    vault.put(subject, Vendor::Oura, &token).await.unwrap();
    let connection = Connection {
        subject,
        vendor: Vendor::Oura,
        state: ConnectionState::Connected,
        granted: vec![],
        refused: vec![],
        vendor_user_id: None,
        device: None,
        connected_at: now,
    };
    store.put_connection(&connection).await.unwrap();
}

/// So many lives spend more calls than Oura allows in five minutes; that is another test's matter.
async fn lift_limits(clouds: &Url) {
    let limits =
        json!({ "oura_per_5min": 1_000_000, "polar_15min": 1_000_000, "polar_24h": 1_000_000 });
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = clouds.join("control/limits").unwrap();
    http.put(url)
        .json(&limits)
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
}

/// Every reading, but for when it came.
async fn readings(folder: &Path) -> Vec<String> {
    let url = format!("sqlite://{}", folder.join("acclimate.db").display());
    let store = store::open(&url).await.unwrap();
    let pair = store.pair().await.unwrap().unwrap();
    let visible = Viewer::System.may_see(&pair.ids());
    let query = ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    let rows = store.readings(&visible, &query).await.unwrap();
    rows.into_iter()
        .map(|row| {
            format!(
                "{} {} {} {:?}",
                row.subject, row.metric, row.day, row.measurement
            )
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .arg("-a")
        .arg(from.join("."))
        .arg(to)
        .status()
        .unwrap();
    assert!(status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_sync_makes_it_whole() {
    let full = std::env::var("SOAK").is_ok_and(|soak| soak == "full");
    let (lives, deaths) = if full { (10, 5) } else { (2, 3) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clouds = simulator::start(simulator::Config::default(), listener)
        .await
        .unwrap();
    let base = clouds.base_url().clone();
    lift_limits(&base).await;

    let start = tempfile::tempdir().unwrap();
    connected(start.path(), &base).await;
    let whole = tempfile::tempdir().unwrap();
    copy(start.path(), whole.path());
    let began = std::time::Instant::now();
    assert!(sync(whole.path(), &base).status().unwrap().success());
    let undisturbed = began.elapsed();
    let expected = readings(whole.path()).await;
    assert!(expected.len() > 300, "only {} readings", expected.len());

    let mut random = StdRng::seed_from_u64(5_364);
    for life in 0..lives {
        let folder = tempfile::tempdir().unwrap();
        copy(start.path(), folder.path());
        for _ in 0..deaths {
            let mut child = sync(folder.path(), &base).spawn().unwrap();
            let until = undisturbed.mul_f64(random.random_range(0.02..0.8));
            tokio::time::sleep(until.max(Duration::from_millis(1))).await;
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert!(
            sync(folder.path(), &base).status().unwrap().success(),
            "life {life}"
        );
        assert_eq!(readings(folder.path()).await, expected, "life {life}");
    }
}
