//! Every document, once, as it was written.

use std::collections::BTreeSet;

use physiology::{Day, SeriesKind, Vendor};
use serde_json::{Value, json};
use upstream::{Collection, FetchError, derive};

use crate::world::{World, all};

/// Follows the pages of a list by hand, over more days than there are.
async fn by_hand(world: &World, token: &str, path: &str, rows: bool) -> Vec<Value> {
    let mut items = Vec::new();
    let starts = if rows {
        vec!["2026-09-20", "2026-10-08"]
    } else {
        vec!["2026-08-01"]
    };
    for (window, start) in starts.iter().enumerate() {
        let end = if rows && window == 0 {
            "2026-10-08"
        } else {
            "2026-10-30"
        };
        let mut next: Option<String> = None;
        loop {
            let kind = if rows { "datetime" } else { "date" };
            let mut query = vec![
                (format!("start_{kind}"), (*start).to_owned()),
                (format!("end_{kind}"), end.to_owned()),
            ];
            query.extend(next.take().map(|token| ("next_token".to_owned(), token)));
            let url = world.url(&format!("oura/v2/usercollection/{path}"));
            let request = world.http.get(url).query(&query).bearer_auth(token);
            let page: Value = request
                .header("user-agent", "by hand")
                .send()
                .await
                .unwrap()
                .json()
                .await
                .unwrap();
            items.extend(page["data"].as_array().unwrap().iter().cloned());
            match page["next_token"].as_str() {
                Some(token) => next = Some(token.to_owned()),
                None => break,
            }
        }
    }
    items
}

#[tokio::test]
async fn every_oura_document_comes_once() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let token = world.token(Vendor::Oura, "a").await;
    let bearer = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    for &collection in Collection::of(Vendor::Oura) {
        let documents = all(&client, &token, collection, &world).await.unwrap();
        let rows = matches!(
            collection,
            Collection::OuraHeartrate | Collection::OuraRingBatteryLevel
        );
        let path = if collection == Collection::OuraVo2Max {
            "vO2_max"
        } else {
            collection.id()
        };
        let expected = by_hand(&world, &bearer, path, rows).await;
        let mut found: Vec<Value> = Vec::new();
        let keys: BTreeSet<&str> = documents
            .iter()
            .map(|document| document.key.as_str())
            .collect();
        assert_eq!(keys.len(), documents.len(), "{collection:?}");
        for document in &documents {
            let body: Value = serde_json::from_str(&document.body).unwrap();
            match body {
                Value::Array(rows) => {
                    let day = document.day.unwrap();
                    let prefix = day.to_string();
                    let of_day =
                        |row: &Value| row["timestamp"].as_str().unwrap().starts_with(&prefix);
                    assert!(rows.iter().all(of_day), "{collection:?} {day}");
                    found.extend(rows);
                }
                document => found.push(document),
            }
        }
        assert!(!found.is_empty() || expected.is_empty(), "{collection:?}");
        assert_eq!(found.len(), expected.len(), "{collection:?}");
        let set = |items: &[Value]| items.iter().map(Value::to_string).collect::<BTreeSet<_>>();
        assert_eq!(set(&found), set(&expected), "{collection:?}");
    }
    // The record holds this one so that it is tried.
    let sessions = all(&client, &token, Collection::OuraSession, &world)
        .await
        .unwrap();
    let odd: Vec<_> = sessions
        .iter()
        .filter(|document| document.day.is_none())
        .collect();
    assert_eq!(odd.len(), 1);
    let derived = derive(Collection::OuraSession, None, &[("k".into(), &odd[0].body)]);
    assert_eq!(
        derived.malformed,
        [("k".into(), "day: expected a day written YYYY-MM-DD".into())]
    );
}

#[tokio::test]
async fn every_polar_document_comes_once() {
    let world = World::start().await;
    let client = world.client(Vendor::Polar);
    for (twin, without_night) in [("a", 1), ("b", 1)] {
        let token = world.token(Vendor::Polar, twin).await;
        for &collection in Collection::of(Vendor::Polar) {
            let documents = all(&client, &token, collection, &world).await.unwrap();
            assert!(
                documents.len() > 5,
                "{twin} {collection:?}: {}",
                documents.len()
            );
            let keys: BTreeSet<_> = documents.iter().map(|document| &document.key).collect();
            assert_eq!(keys.len(), documents.len(), "{collection:?}");
            for document in &documents {
                assert!(document.day.is_some(), "{collection:?}");
                let pairs = [(document.key.clone(), document.body.as_str())];
                let derived = derive(collection, document.day, &pairs);
                assert_eq!(derived.malformed, [], "{collection:?}");
            }
            if let Some(document) = documents.last() {
                let again = client
                    .document(&token, collection, &document.key)
                    .await
                    .unwrap();
                assert!(
                    again.as_ref() == Some(document),
                    "{collection:?} {document:?} {again:?}"
                );
            }
            if collection == Collection::PolarContinuousHeartRate {
                let first = documents
                    .iter()
                    .filter_map(|document| document.day)
                    .min()
                    .unwrap();
                let last = documents
                    .iter()
                    .filter_map(|document| document.day)
                    .max()
                    .unwrap();
                assert_eq!(
                    last.days_since(first) + 1 - without_night,
                    documents.len() as i64
                );
            }
        }
        let exercises = all(&client, &token, Collection::PolarExercises, &world)
            .await
            .unwrap();
        for document in &exercises {
            let pairs = [(document.key.clone(), document.body.as_str())];
            let derived = derive(Collection::PolarExercises, document.day, &pairs);
            let heart = derived
                .series
                .iter()
                .find(|s| s.kind == SeriesKind::WorkoutHeartRate)
                .unwrap();
            let first = heart.points[0].at;
            let day = document.day.unwrap();
            assert!((Day::of_utc(first).days_since(day)).abs() <= 1);
            let gaps = heart
                .points
                .windows(2)
                .any(|pair| pair[1].at.seconds_since(pair[0].at) > 5);
            assert!(gaps, "a stretch without contact is a gap");
        }
    }
}

#[tokio::test]
async fn polars_steps_add_up_once_the_repeats_are_back() {
    let world = World::start().await;
    let client = world.client(Vendor::Polar);
    let token = world.token(Vendor::Polar, "a").await;
    let samples = all(&client, &token, Collection::PolarActivitySamples, &world)
        .await
        .unwrap();
    for document in samples {
        let pairs = [(document.key.clone(), document.body.as_str())];
        let derived = derive(document.collection, document.day, &pairs);
        let sum: f64 = derived.series[0]
            .points
            .iter()
            .map(|point| point.value)
            .sum();
        let body: Value = serde_json::from_str(&document.body).unwrap();
        assert_eq!(
            sum,
            body["steps"]["total_steps"].as_f64().unwrap(),
            "{document:?}"
        );
    }
}

#[tokio::test]
async fn what_was_not_granted_is_told_apart_from_a_dead_token() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let token = world.token(Vendor::Oura, "b").await;
    let refused = all(&client, &token, Collection::OuraHeartrate, &world)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, FetchError::NotGranted | FetchError::Unauthorized),
        "{refused}"
    );
    assert!(
        all(&client, &token, Collection::OuraSleep, &world)
            .await
            .is_ok()
    );
    let dead = all(&client, &"dead".into(), Collection::OuraSleep, &world)
        .await
        .unwrap_err();
    assert_eq!(dead, FetchError::Unauthorized);
    assert_eq!(
        client.device(&token).await.unwrap().as_deref(),
        Some("Gen 4")
    );
    assert!(
        client
            .user_id(&token)
            .await
            .unwrap()
            .is_some_and(|id| !id.is_empty())
    );
    let polar = world.client(Vendor::Polar);
    let unregistered = world.control(
        reqwest::Method::POST,
        "control/token",
        json!({"provider": "polar", "subject": "a"}),
    );
    let token = unregistered.await["access_token"].as_str().unwrap().into();
    let refused = all(&polar, &token, Collection::PolarSleep, &world)
        .await
        .unwrap_err();
    assert_eq!(refused, FetchError::NotGranted);
    let token = world.token(Vendor::Polar, "b").await;
    assert_eq!(
        polar.device(&token).await.unwrap().as_deref(),
        Some("Polar Vantage V3")
    );
}

#[tokio::test]
async fn a_document_that_changes_keeps_its_key() {
    let mut world = World::start().await;
    let client = world.client(Vendor::Oura);
    let token = world.token(Vendor::Oura, "b").await;
    let later = world.now;
    // Ten in the morning in Nepal: the night has not been analysed a second time.
    world.now = "2026-10-13T04:15:00Z".parse().unwrap();
    world
        .control(
            reqwest::Method::PUT,
            "control/clock",
            json!({"now": world.now}),
        )
        .await;
    let first = all(&client, &token, Collection::OuraSleep, &world)
        .await
        .unwrap();
    world.now = later;
    world
        .control(
            reqwest::Method::PUT,
            "control/clock",
            json!({"now": world.now}),
        )
        .await;
    let second = all(&client, &token, Collection::OuraSleep, &world)
        .await
        .unwrap();
    let changed: Vec<_> = first
        .iter()
        .filter_map(|old| {
            second
                .iter()
                .find(|new| new.key == old.key && new.body != old.body)
        })
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].day.unwrap().to_string(), "2026-10-12");
}
