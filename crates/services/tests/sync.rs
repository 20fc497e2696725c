//! Sync: late and changed documents, failing collections, repetition, connecting.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use common::{World, callback, session};
use physiology::{Twin, Vendor};
use serde_json::json;
use services::{ConnectOutcome, Viewer};
use store::SyncOutcome;
use views::connections::{CollectionResult, ConnectionState};

#[tokio::test(flavor = "multi_thread")]
async fn late_and_changed_documents_are_picked_up() {
    let world = World::synced().await;
    let before = world.readings().await;
    let url = world.simulator.base_url().join("control/clock").unwrap();
    let later = common::now() + chrono::Duration::hours(14);
    let response = world
        .http
        .put(url)
        .json(&json!({ "now": later.to_rfc3339() }))
        .send()
        .await;
    response.unwrap().error_for_status().unwrap();
    world.services.sync_all().await.unwrap();
    let after = world.readings().await;
    assert_ne!(before, after);
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let come: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(
        come.len() > gone.len(),
        "late documents add days: {} < {}",
        come.len(),
        gone.len()
    );
    assert!(!gone.is_empty(), "a changed document replaces its values");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_writes_nothing() {
    let world = World::synced().await;
    let before = world.readings().await;
    world.services.sync_all().await.unwrap();
    assert_eq!(world.readings().await, before);
    let visible = Viewer::System.may_see(&world.pair.ids());
    let runs = world.store.sync_runs(&visible, 4).await.unwrap();
    for run in runs {
        assert_eq!((run.written, run.failed), (0, 0), "{run:?}");
        assert!(run.finished_at.is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_failing_collection_stops_nothing_else() {
    let world = World::new().await;
    world
        .faults(json!([{ "match": "/oura/v2/usercollection/daily_readiness", "kind": "status", "status": 500, "rate": 1.0 }]))
        .await;
    world.connect_all().await;
    world.services.wait_for_syncs().await;
    let page = world.services.connections(&Viewer::System).await.unwrap();
    // The head every page has.
    let settings = world.services.settings(&Viewer::System, None).await;
    let head = settings.unwrap().head;
    assert!(!page.head.alarms.is_empty());
    assert_eq!(
        (page.head.alarms, page.head.names),
        (head.alarms, head.names)
    );
    let cell = page
        .cells
        .iter()
        .find(|cell| cell.twin == Twin::A && cell.vendor == Vendor::Oura);
    for row in &cell.unwrap().collections {
        let failed = matches!(row.result, CollectionResult::Failed(_));
        assert_eq!(failed, row.name == "Readiness", "{row:?}");
    }
    world.faults(json!([])).await;
    world.services.sync_all().await.unwrap();
    let whole = World::synced().await;
    assert_eq!(world.readings().await, whole.readings().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_was_not_granted_is_told_and_is_no_failure() {
    let world = World::synced().await;
    let page = world.services.connections(&Viewer::System).await.unwrap();
    let cell = page
        .cells
        .iter()
        .find(|cell| cell.twin == Twin::B && cell.vendor == Vendor::Oura);
    let cell = cell.unwrap();
    assert_eq!(cell.state, ConnectionState::Connected);
    assert_eq!(cell.refused, ["heartrate"]);
    let refused: Vec<_> = cell
        .collections
        .iter()
        .filter(|row| row.result == CollectionResult::NotGranted)
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(refused, ["Heart rate"]);
    let malformed = page
        .cells
        .iter()
        .flat_map(|cell| &cell.collections)
        .filter(|row| matches!(row.result, CollectionResult::Malformed(_)))
        .count();
    assert!(
        malformed > 0,
        "the record's malformed document is told by its collection"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_an_old_state_and_a_foreign_browser_change_nothing() {
    let world = World::new().await;
    let subject = world.pair.a.id;
    let viewer = Viewer::System;
    let begin = || {
        world
            .services
            .begin_connect(&viewer, session(), subject, Vendor::Oura)
    };

    let denied = simulator::deny(&begin().await.unwrap(), "a").await.unwrap();
    let finish = |back: &url::Url| {
        world
            .services
            .finish_connect(&viewer, session(), Vendor::Oura, callback(back))
    };
    assert_eq!(finish(&denied).await.unwrap().0, ConnectOutcome::Denied);

    let allowed = simulator::allow(&begin().await.unwrap(), "a")
        .await
        .unwrap();
    let elsewhere = services::SessionId::of_cookie(&"another browser".to_owned().into());
    let foreign = world
        .services
        .finish_connect(&viewer, elsewhere, Vendor::Oura, callback(&allowed))
        .await
        .unwrap();
    assert_eq!(foreign.0, ConnectOutcome::Mismatch);
    // The state was taken by the attempt: it cannot be used again.
    assert_eq!(finish(&allowed).await.unwrap().0, ConnectOutcome::Expired);

    let visible = Viewer::System.may_see(&world.pair.ids());
    assert!(world.store.connections(&visible).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_vendor_account_cannot_be_both_twins() {
    let world = World::new().await;
    let [a, b] = world.pair.ids();
    assert_eq!(
        world.connect(a, Vendor::Oura, "a").await,
        ConnectOutcome::Connected
    );
    assert_eq!(
        world.connect(b, Vendor::Oura, "a").await,
        ConnectOutcome::Taken
    );
    world.services.wait_for_syncs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnecting_revokes_and_keeps_the_data() {
    let world = World::synced().await;
    let before = world.readings().await;
    let subject = world.pair.a.id;
    world
        .services
        .disconnect(&Viewer::System, subject, Vendor::Oura)
        .await
        .unwrap();
    let page = world.services.connections(&Viewer::System).await.unwrap();
    let cell = page
        .cells
        .iter()
        .find(|cell| cell.twin == Twin::A && cell.vendor == Vendor::Oura);
    assert_eq!(cell.unwrap().state, ConnectionState::NotConnected);
    assert_eq!(world.readings().await, before);
    let stats = world.stats().await;
    let revoked = stats["calls"]
        .as_object()
        .unwrap()
        .keys()
        .any(|route| route.contains("revoke"));
    assert!(revoked, "{stats}");
}

/// Polar tells a person nothing of the days before the last registration: what was received of them
/// stays.
#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_and_returns_has_lost_nothing() {
    let world = World::synced().await;
    let before = world.readings().await;
    let subject = world.pair.a.id;
    for vendor in Vendor::ALL {
        world
            .services
            .disconnect(&Viewer::System, subject, vendor)
            .await
            .unwrap();
        world.connect(subject, vendor, "a").await;
    }
    world.services.wait_for_syncs().await;
    assert_eq!(world.readings().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_revoked_elsewhere_becomes_reconnect_and_no_loop() {
    let world = World::synced().await;
    world
        .faults(json!([
            { "match": "/oura/v2/usercollection", "kind": "status", "status": 401, "rate": 1.0 },
            { "match": "/oura/oauth/token", "kind": "status", "status": 400, "rate": 1.0 }
        ]))
        .await;
    let subject = world.pair.a.id;
    world
        .services
        .sync_connection(subject, Vendor::Oura)
        .await
        .unwrap();
    let stats = world.stats().await;
    world
        .services
        .sync_connection(subject, Vendor::Oura)
        .await
        .unwrap();
    let again = world.stats().await;
    assert_eq!(stats["refresh_token_reuses"], 0);
    let tokens = |stats: &serde_json::Value| stats["calls"]["POST /oura/oauth/token"].clone();
    assert_eq!(
        tokens(&stats),
        tokens(&again),
        "a refused refresh is not tried again"
    );
    let visible = Viewer::System.may_see(&[subject]);
    let connection = world.store.connections(&visible).await.unwrap();
    let oura = connection
        .iter()
        .find(|connection| connection.vendor == Vendor::Oura)
        .unwrap();
    assert!(
        matches!(oura.state, store::ConnectionState::Reconnect { .. }),
        "{oura:?}"
    );
    let syncs = world.store.collection_syncs(&visible).await.unwrap();
    assert!(
        syncs
            .iter()
            .any(|sync| matches!(sync.outcome, SyncOutcome::Failed { .. }))
    );
}
