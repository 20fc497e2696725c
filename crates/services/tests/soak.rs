//! The long ones, cut short unless `SOAK=full`: two processes on one token store, and vendors that
//! fail in every way they can.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use common::{World, client, simulator};
use physiology::{SubjectId, Timestamp, Vendor};
use serde_json::json;
use services::Viewer;
use store::{CollectionSync, SyncOutcome};
use url::Url;
use vault::{KeyRing, OpenOptions, RefreshError, Token, Vault};

fn full() -> bool {
    std::env::var("SOAK").is_ok_and(|soak| soak == "full")
}

const SUBJECT: SubjectId = SubjectId(1);
const TOKEN_TTL_S: u64 = 2;
/// 32 bytes for a test, in base64.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn system_clock() -> Timestamp {
    chrono::Utc::now().into()
}

fn shared_vault(folder: &str) -> Vault {
    let location = vault::open(&format!("file://{folder}"), &OpenOptions::default()).unwrap();
    let keys = KeyRing::from_base64(&KEY.to_owned().into(), &[]).unwrap();
    Vault::new(location.store, location.prefix, keys)
}

/// Two processes share a token store; each asks 500 times at once, through 20 expiries. A refresh
/// token is void once used, so a single double use would lose the connection.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_refresh_each_token_once() {
    let clouds = simulator(simulator::Config {
        token_ttl_s: TOKEN_TTL_S,
        ..simulator::Config::default()
    })
    .await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = clouds.base_url().join("control/token").unwrap();
    let body = json!({ "provider": "oura", "subject": "a" });
    let token: serde_json::Value = http
        .post(url)
        .json(&body)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap().to_owned();
    let text = |name: &str| token[name].as_str().unwrap().to_owned();
    let first = Token {
        access_token: text("access_token").into(),
        refresh_token: Some(text("refresh_token").into()),
        expires_at: Some(system_clock().plus_seconds(TOKEN_TTL_S as i64)),
        scopes: vec![],
        vendor_user_id: None,
        obtained_at: system_clock(),
    };
    shared_vault(&folder)
        .put(SUBJECT, Vendor::Oura, &first)
        .await
        .unwrap();

    let expiries = if full() { 20 } else { 3 };
    let spawn = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["token_worker", "--exact", "--nocapture", "--test-threads=1"])
            .env("SOAK_WORKER_FOLDER", &folder)
            .env("SOAK_WORKER_CLOUDS", clouds.base_url().as_str())
            .env("SOAK_WORKER_EXPIRIES", expiries.to_string())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let workers = [spawn(), spawn()];
    for mut worker in workers {
        let status = tokio::task::spawn_blocking(move || worker.wait())
            .await
            .unwrap()
            .unwrap();
        assert!(status.success(), "a process lost the connection");
    }
    let url = clouds.base_url().join("control/stats").unwrap();
    let stats: serde_json::Value = http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(stats["refresh_token_reuses"], 0, "{stats}");
    let refreshes = stats["refreshes"].as_u64().unwrap();
    assert!(
        refreshes >= expiries,
        "{refreshes} refreshes in {expiries} expiries"
    );
    assert!(
        refreshes <= expiries * 3,
        "{refreshes} refreshes in {expiries} expiries"
    );
}

/// One of the two processes; nothing when run by itself.
#[tokio::test(flavor = "multi_thread")]
async fn token_worker() {
    let Ok(folder) = std::env::var("SOAK_WORKER_FOLDER") else {
        return;
    };
    let base: Url = std::env::var("SOAK_WORKER_CLOUDS")
        .unwrap()
        .parse()
        .unwrap();
    let expiries: u64 = std::env::var("SOAK_WORKER_EXPIRIES")
        .unwrap()
        .parse()
        .unwrap();
    let vault = Arc::new(shared_vault(&folder));
    let vendor = client(&base, Vendor::Oura, Duration::from_secs(5));
    // The first round uses the token there is; each later one finds it expired.
    for _ in 0..=expiries {
        let asked: Vec<_> = (0..500)
            .map(|_| {
                let (vault, vendor) = (Arc::clone(&vault), vendor.clone());
                tokio::spawn(async move {
                    let refresh = |token| refresh(&vendor, token);
                    vault
                        .fresh(SUBJECT, Vendor::Oura, system_clock, refresh)
                        .await
                        .unwrap()
                })
            })
            .collect();
        let mut expires_at = system_clock();
        for token in asked {
            let token = token.await.unwrap();
            expires_at = expires_at.max(token.expires_at.unwrap());
        }
        let left_ms = (expires_at.unix_ms() - system_clock().unix_ms()).max(0) as u64;
        tokio::time::sleep(Duration::from_millis(left_ms)).await;
    }
}

async fn refresh(vendor: &upstream::Client, token: Token) -> Result<Token, RefreshError> {
    let used = token.refresh_token.unwrap();
    match vendor.refresh(&used).await {
        Ok(grant) => Ok(Token {
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            expires_at: Some(system_clock().plus_seconds(grant.expires_in_s.unwrap() as i64)),
            scopes: grant.scopes,
            vendor_user_id: None,
            obtained_at: system_clock(),
        }),
        Err(upstream::OAuthError::Refused { reason }) => Err(RefreshError::Refused { reason }),
        Err(error) => Err(RefreshError::Unavailable {
            message: error.to_string(),
        }),
    }
}

/// The vendors fail in one way, on every route, three times in ten: syncing again and again ends
/// with what an undisturbed sync gives.
async fn converges_under(fault: serde_json::Value) {
    let calm = World::synced().await;
    let expected = calm.readings().await;
    let world = calm.emptied(Duration::from_millis(250)).await;
    world.faults(json!([fault])).await;
    let visible = Viewer::System.may_see(&world.pair.ids());
    for round in 1.. {
        world.services.sync_all().await.unwrap();
        let syncs = world.store.collection_syncs(&visible).await.unwrap();
        let failed = |sync: &&CollectionSync| matches!(sync.outcome, SyncOutcome::Failed { .. });
        let failed = syncs.iter().filter(failed).count();
        if failed == 0 {
            break;
        }
        assert!(
            round < 12,
            "{failed} collections still fail after {round} syncs"
        );
    }
    assert_eq!(world.readings().await, expected);
}

fn everywhere(kind: &str) -> serde_json::Value {
    json!({ "match": "/", "kind": kind, "status": 503, "rate": 0.3, "ms": 60, "retry_after": 0 })
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_status() {
    converges_under(everywhere("status")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_latency() {
    converges_under(everywhere("latency")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_hang() {
    converges_under(everywhere("hang")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_truncate() {
    converges_under(everywhere("truncate")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_garbage() {
    converges_under(everywhere("garbage")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn converges_under_reset() {
    converges_under(everywhere("reset")).await;
}
