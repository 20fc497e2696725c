//! A third of everything fails, and everything still comes.

use std::collections::BTreeMap;

use physiology::Vendor;
use serde_json::{Value, json};
use upstream::{Collection, FetchError};

use crate::world::{World, all};

async fn bodies(world: &World, vendor: Vendor) -> BTreeMap<(Collection, String), String> {
    let client = world.client(vendor);
    let token = world.token(vendor, "a").await;
    let mut bodies = BTreeMap::new();
    for &collection in Collection::of(vendor) {
        for document in all(&client, &token, collection, world).await.unwrap() {
            bodies.insert((collection, document.key), document.body);
        }
    }
    bodies
}

async fn converges(faults: Value) {
    let world = World::start().await;
    for vendor in Vendor::ALL {
        world
            .control(reqwest::Method::PUT, "control/faults", json!([]))
            .await;
        let calm = bodies(&world, vendor).await;
        world
            .control(reqwest::Method::PUT, "control/faults", faults.clone())
            .await;
        let rough = bodies(&world, vendor).await;
        assert!(calm == rough, "{}", vendor.id());
    }
    let stats = world
        .control(reqwest::Method::GET, "control/stats", json!(null))
        .await;
    assert!(stats["faults"].as_u64().unwrap() > 10, "{stats}");
}

#[tokio::test]
async fn through_statuses() {
    converges(json!([{"match": "/", "kind": "status", "status": 503, "rate": 0.3}])).await;
    converges(json!([{"match": "/", "kind": "status", "status": 500, "rate": 0.3}])).await;
}

#[tokio::test]
async fn through_garbage() {
    converges(json!([{"match": "/", "kind": "garbage", "rate": 0.3}])).await;
}

#[tokio::test]
async fn through_truncation() {
    converges(json!([{"match": "/", "kind": "truncate", "rate": 0.3}])).await;
}

#[tokio::test]
async fn through_resets() {
    converges(json!([{"match": "/", "kind": "reset", "rate": 0.3}])).await;
}

#[tokio::test]
async fn through_latency_and_hangs() {
    converges(json!([
        {"match": "/", "kind": "latency", "ms": 20, "rate": 0.3},
        {"match": "/", "kind": "hang", "ms": 30, "rate": 0.3},
    ]))
    .await;
}

#[tokio::test]
async fn limits_are_obeyed() {
    let world = World::start().await;
    let polar = world.client(Vendor::Polar);
    let token = world.token(Vendor::Polar, "a").await;
    world
        .control(
            reqwest::Method::PUT,
            "control/limits",
            json!({"polar_15min": 3}),
        )
        .await;
    for collection in [Collection::PolarSleep, Collection::PolarCardioLoad] {
        // The cardio load takes two.
        all(&polar, &token, collection, &world).await.unwrap();
    }
    let left = polar.limit().map(|limit| (limit.left, limit.limit));
    assert_eq!(left, Some((0, 3)));
    let calls = polar.calls();
    let error = all(&polar, &token, Collection::PolarSleep, &world)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            FetchError::LimitReached {
                retry_after_s: 800..=900
            }
        ),
        "{error}"
    );
    assert_eq!(polar.calls(), calls, "nothing was sent");

    let oura = world.client(Vendor::Oura);
    let token = world.token(Vendor::Oura, "a").await;
    world
        .control(
            reqwest::Method::PUT,
            "control/limits",
            json!({"oura_per_5min": 2}),
        )
        .await;
    let error = all(&oura, &token, Collection::OuraSleep, &world)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            FetchError::LimitReached {
                retry_after_s: 250..=300
            }
        ),
        "{error}"
    );
    assert_eq!(oura.calls(), 3);
}
