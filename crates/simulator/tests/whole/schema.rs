//! Every document keeps to the vendors' schemas, but the one that is malformed on purpose.

use crate::support::Lab;
use crate::support::oura_rules::{BATTERY, COLLECTIONS, HEART_RATE, PERSONAL_INFO};
use crate::support::polar_rules as polar;
use crate::support::rules::{Field, check};
use serde_json::Value;

const MONTH: &str = "start_datetime=2026-09-20T00:00:00Z&end_datetime=2026-10-14T00:00:00%2B00:00";

#[tokio::test]
async fn every_oura_document_keeps_to_its_schema() {
    let lab = Lab::new().await;
    let mut malformed = Vec::new();
    for who in ["a", "b"] {
        let token = lab.token("oura", who).await;
        for (collection, fields) in COLLECTIONS {
            let documents = lab.all(collection, &token).await;
            if !(collection == "rest_mode_period" && who == "a") {
                assert!(!documents.is_empty(), "{who} has {collection}");
            }
            for document in &documents {
                if let Err(why) = check(document, fields) {
                    malformed.push(format!("{who} {collection} {why}"));
                }
                let id = document["id"].as_str().unwrap();
                let path = format!("/oura/v2/usercollection/{collection}/{id}");
                let one = lab.get(&path, &token).await;
                assert_eq!((one.status, &one.json()), (200, document), "{path}");
            }
        }
        let answer = lab
            .get("/oura/v2/usercollection/personal_info", &token)
            .await;
        check(&answer.json(), PERSONAL_INFO).unwrap();
        let (rows, _) = lab.pages("ring_battery_level", &token, MONTH).await;
        assert!(rows.len() > 500);
        for row in &rows {
            check(row, BATTERY).unwrap();
        }
    }
    assert_eq!(malformed.len(), 1, "{malformed:?}");
    assert!(malformed[0].starts_with("a session day: "), "{malformed:?}");
    let token = lab.token("oura", "a").await;
    let (rows, _) = lab.pages("heartrate", &token, MONTH).await;
    assert!(rows.len() > 20_000, "{}", rows.len());
    for row in &rows {
        check(row, HEART_RATE).unwrap();
    }
}

#[tokio::test]
async fn every_polar_document_keeps_to_its_schema() {
    let lab = Lab::new().await;
    let wrapped: [(&str, &str, &[Field]); 2] = [
        ("users/sleep", "nights", polar::NIGHT),
        ("users/nightly-recharge", "recharges", polar::RECHARGE),
    ];
    let bare: [(&str, &[Field]); 7] = [
        (
            "users/activities?steps=true&activity_zones=true&inactivity_stamps=true",
            polar::ACTIVITY,
        ),
        ("users/activities/samples", polar::SAMPLES),
        (
            "exercises?samples=true&zones=true&route=true",
            polar::EXERCISE,
        ),
        ("users/cardio-load", polar::CARDIO_LOAD),
        ("users/sleepwise/alertness", polar::ALERTNESS),
        ("users/sleepwise/circadian-bedtime", polar::BEDTIME),
        (
            "users/continuous-heart-rate?from=2026-09-20&to=2026-10-13",
            polar::CONTINUOUS_HEART_RATE,
        ),
    ];
    for who in ["a", "b"] {
        let token = lab.registered(who).await;
        let valid = |path: &str, list: &Value, fields: &[Field]| {
            let list = list.as_array().unwrap();
            assert!(list.len() > 10, "{who} {path} {}", list.len());
            for document in list {
                check(document, fields).unwrap_or_else(|why| panic!("{who} {path} {why}"));
            }
        };
        for (path, key, fields) in wrapped {
            let answer = lab.get(&format!("/polar/v3/{path}"), &token).await;
            valid(path, &answer.json()[key], fields);
        }
        for (path, fields) in bare {
            let answer = lab.get(&format!("/polar/v3/{path}"), &token).await;
            valid(path, &answer.json(), fields);
        }
        let info = lab.get("/polar/v3/users/physical-info", &token).await;
        check(&info.json(), polar::PHYSICAL_INFO).unwrap();
        let id = if who == "a" { 62_000_001 } else { 62_000_002 };
        let user = lab.get(&format!("/polar/v3/users/{id}"), &token).await;
        check(&user.json(), polar::USER).unwrap();
    }
}
