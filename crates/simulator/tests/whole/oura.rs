//! Oura: lists, documents, limits.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::Lab;

#[tokio::test]
async fn callers_have_to_say_what_they_are() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let anonymous = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = anonymous.get(lab.url("/oura/v2/usercollection/daily_sleep"));
    assert_eq!(lab.send(request.bearer_auth(&token)).await.status, 403);
}

#[tokio::test]
async fn pages_of_ten_hold_everything_once() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let window = "start_date=2026-09-01&end_date=2026-12-01";
    let (documents, lengths) = lab.pages("sleep", &token, window).await;
    assert_eq!(lengths, [10, 10, documents.len() - 20]);
    let ids: BTreeSet<&str> = documents
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), documents.len());
    let days: Vec<&str> = documents
        .iter()
        .map(|one| one["day"].as_str().unwrap())
        .collect();
    assert!(days.is_sorted());
    // A token is no use to somebody else, nor for another collection.
    let first = lab
        .get(&format!("/oura/v2/usercollection/sleep?{window}"), &token)
        .await
        .json();
    let next = first["next_token"].as_str().unwrap();
    let other = lab.token("oura", "b").await;
    let path = |name: &str| format!("/oura/v2/usercollection/{name}?next_token={next}");
    assert_eq!(lab.get(&path("sleep"), &other).await.status, 400);
    assert_eq!(lab.get(&path("workout"), &token).await.status, 400);
    // The window travels with the token.
    assert_eq!(
        lab.get(&path("sleep"), &token).await.json()["data"]
            .as_array()
            .unwrap()
            .len(),
        10
    );
}

#[tokio::test]
async fn the_last_day_is_left_out_by_some_collections() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let count = |name: &'static str, end: &'static str| {
        let (lab, token) = (&lab, &token);
        async move {
            let query = format!("start_date=2026-10-05&end_date={end}");
            lab.pages(name, token, &query).await.0.len()
        }
    };
    for name in ["sleep", "daily_activity", "workout"] {
        assert_eq!(count(name, "2026-10-05").await, 0, "{name}");
        assert_eq!(count(name, "2026-10-06").await, 1, "{name}");
    }
    for name in [
        "daily_sleep",
        "daily_readiness",
        "daily_spo2",
        "daily_stress",
    ] {
        assert_eq!(count(name, "2026-10-05").await, 1, "{name}");
    }
    // With a time in it, a bound is compared with when a document starts.
    let window = "start_date=2026-10-04T12:00:00Z&end_date=2026-10-05T00:00:00Z";
    assert_eq!(lab.pages("sleep", &token, window).await.0.len(), 1);
}

#[tokio::test]
async fn parameters_are_validated() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let get = |path: &'static str| {
        let (lab, token) = (&lab, &token);
        async move {
            lab.get(&format!("/oura/v2/usercollection/{path}"), token)
                .await
        }
    };
    let wrong = get("daily_sleep?start_date=soon").await;
    assert_eq!(wrong.status, 422);
    let problem = &wrong.json()["detail"][0];
    assert_eq!(problem["loc"], json!(["query", "start_date"]));
    assert!(problem["msg"].is_string() && problem["type"].is_string());
    assert_eq!(
        get("daily_sleep?start_date=2026-10-02&end_date=2026-10-01")
            .await
            .status,
        400
    );
    let missing = get("sleep/7f2c").await;
    let expected = json!({"detail": "Document not found."});
    assert_eq!((missing.status, missing.json()), (404, expected));
    let long = "heartrate?start_datetime=2026-09-01T00:00:00Z&end_datetime=2026-10-02T00:00:00Z";
    assert_eq!(get(long).await.status, 400);
    let latest = get("heartrate?latest=true").await.json();
    assert_eq!(latest["data"].as_array().unwrap().len(), 1);
    let narrow = get("daily_sleep?start_date=2026-10-01&end_date=2026-10-02&fields=score").await;
    for document in narrow.json()["data"].as_array().unwrap() {
        let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["day", "id", "score"]);
    }
}

#[tokio::test]
async fn a_window_of_five_minutes_has_its_limit() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    lab.control("PUT", "limits", json!({"oura_per_5min": 3}))
        .await;
    let path = "/oura/v2/usercollection/daily_sleep";
    for _ in 0..3 {
        assert_eq!(lab.get(path, &token).await.status, 200);
    }
    let refused = lab.get(path, &token).await;
    assert_eq!(refused.status, 429);
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!((290..=300).contains(&seconds), "{seconds}");
    assert_eq!(refused.header("x-ratelimit-limit"), "3");
    assert_eq!(refused.header("x-ratelimit-window"), "300");
    assert!(refused.header("x-ratelimit-reset").parse::<i64>().unwrap() > 1_791_000_000);
    assert!(!refused.header("x-ratelimit-tier").is_empty());
    lab.clock("2026-10-13T02:06:00Z").await;
    assert_eq!(lab.get(path, &token).await.status, 200);
    lab.control("PUT", "limits", json!({})).await;
    for _ in 0..5 {
        assert_eq!(lab.get(path, &token).await.status, 200);
    }
}
