//! Which pages are asked for, and what is taken from them.

use physiology::Vendor;
use upstream::{Collection, FetchError};

use crate::vendor::{EMPTY, day, json, noon, one_page, play, range, status, token};

#[tokio::test]
async fn every_call_says_who_it_is_and_asks_a_day_more_on_either_side() {
    let vendor = play(|_, _| json(EMPTY)).await;
    let client = vendor.client(Vendor::Oura);
    assert_eq!(one_page(&client, Collection::OuraVo2Max).await, Ok(0));
    let [seen] = vendor.seen().try_into().unwrap();
    assert_eq!(seen.path, "/oura/v2/usercollection/vO2_max");
    assert_eq!(seen.query["start_date"], "2026-10-09");
    assert_eq!(seen.query["end_date"], "2026-10-14");
    let header = |name: &str| seen.headers.get(name).unwrap().to_str().unwrap();
    assert!(header("user-agent").starts_with("acclimate/"));
    assert_eq!(header("authorization"), "Bearer an-access-token");
    assert_eq!(client.calls(), 1);
}

#[tokio::test]
async fn pages_are_followed_and_what_is_outside_the_days_or_twice_is_left_out() {
    let vendor = play(|seen, _| match seen.query.get("next_token").map(String::as_str) {
        None => json(
            r#"{"data":[{"id":"0","day":"2026-10-09"},{"id":"a","day":"2026-10-10"}],"next_token":"t 1"}"#,
        ),
        Some("t 1") => json(r#"{"data":[],"next_token":"t2"}"#),
        Some(_) => json(
            r#"{"data":[{"id":"a","day":"2026-10-10"},{"id":"b","day":"2026-10-13"},
            {"id":"x","day":20375},7,{"id":"9","day":"2026-10-14"}],"next_token":null}"#,
        ),
    })
    .await;
    let days = range("2026-10-10", "2026-10-13");
    let client = vendor.client(Vendor::Oura);
    let mut pages = client.pages(Collection::OuraSession, days, noon("2026-10-13"));
    let mut keys = Vec::new();
    while let Some(page) = pages.next(&token()).await.unwrap() {
        assert!(!page.is_empty());
        keys.extend(page.into_iter().map(|document| document.key));
    }
    assert_eq!(keys[..3], ["a", "b", "x"]);
    assert!(
        keys[3].starts_with("sha256:") && keys.len() == 4,
        "{keys:?}"
    );
    assert_eq!(vendor.seen().len(), 3);
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let vendor = play(
        |seen, before| match (seen.query.get("next_token"), before) {
            (None, _) => json(r#"{"data":[{"id":"a","day":"2026-10-10"}],"next_token":"t"}"#),
            (Some(_), 1) => status(401),
            (Some(_), _) => json(r#"{"data":[{"id":"b","day":"2026-10-10"}],"next_token":null}"#),
        },
    )
    .await;
    let days = range("2026-10-10", "2026-10-13");
    let client = vendor.client(Vendor::Oura);
    let mut pages = client.pages(Collection::OuraSleep, days, noon("2026-10-13"));
    assert_eq!(pages.next(&token()).await.unwrap().unwrap()[0].key, "a");
    assert_eq!(pages.next(&token()).await, Err(FetchError::Unauthorized));
    assert_eq!(
        pages.next(&"another".into()).await.unwrap().unwrap()[0].key,
        "b"
    );
    assert_eq!(pages.next(&"another".into()).await, Ok(None));
    let seen = vendor.seen();
    assert_eq!(seen[2].headers["authorization"], "Bearer another");
}

#[tokio::test]
async fn pages_that_go_in_circles_are_left() {
    let vendor = play(|_, _| json(r#"{"data":[],"next_token":"same"}"#)).await;
    let found = one_page(&vendor.client(Vendor::Oura), Collection::OuraSleep).await;
    assert!(
        matches!(found, Err(FetchError::Malformed { .. })),
        "{found:?}"
    );
    assert_eq!(vendor.seen().len(), 2);
}

#[tokio::test]
async fn rows_come_in_whole_utc_days_or_not_at_all() {
    let vendor = play(|seen, before| {
        let row = |at: &str| format!(r#"{{"timestamp":"{at}","bpm":50,"source":"rest"}}"#);
        match (seen.query.get("next_token"), before) {
            (None, _) => json(format!(
                r#"{{"data":[{},{}],"next_token":"t"}}"#,
                row("2026-10-09T23:59:59Z"),
                row("2026-10-12T23:55:00Z")
            )),
            (Some(_), 1) => status(400),
            (Some(_), _) => json(format!(
                r#"{{"data":[{},{}],"next_token":null}}"#,
                row("2026-10-12T23:59:00Z"),
                row("2026-10-13T00:00:00Z")
            )),
        }
    })
    .await;
    let oura = vendor.client(Vendor::Oura);
    let days = range("2026-10-10", "2026-10-14");
    let mut pages = oura.pages(Collection::OuraHeartrate, days, noon("2026-10-13"));
    assert_eq!(
        pages.next(&token()).await,
        Err(FetchError::Rejected { status: 400 })
    );
    let documents = pages.next(&token()).await.unwrap().unwrap();
    let found: Vec<(&str, usize)> = documents
        .iter()
        .map(|d| (d.key.as_str(), d.body.matches("bpm").count()))
        .collect();
    assert_eq!(found, [("2026-10-12", 2), ("2026-10-13", 1)]);
    assert_eq!(pages.next(&token()).await, Ok(None));
    let first = &vendor.seen()[0];
    assert_eq!(first.query["start_datetime"], "2026-10-09T23:59:59Z");
    assert_eq!(first.query["end_datetime"], "2026-10-13T12:00:01Z");
}

#[tokio::test]
async fn long_ranges_are_cut_to_what_the_vendors_allow() {
    let vendor = play(|_, _| json(r#"{"data":[]}"#)).await;
    let oura = vendor.client(Vendor::Oura);
    let days = range("2026-08-01", "2026-10-14");
    let mut pages = oura.pages(Collection::OuraHeartrate, days, noon("2026-10-13"));
    assert_eq!(pages.next(&token()).await, Ok(None));
    for seen in vendor.seen() {
        let at = |name: &str| {
            upstream::time::LocalTime::parse(&seen.query[name])
                .unwrap()
                .at
        };
        assert!(at("end_datetime").seconds_since(at("start_datetime")) <= 30 * 86_400);
    }
    let vendor = play(|_, _| json("[]")).await;
    let polar = vendor.client(Vendor::Polar);
    let mut pages = polar.pages(Collection::PolarCardioLoad, days, noon("2026-10-13"));
    assert_eq!(pages.next(&token()).await, Ok(None));
    let asked: Vec<(String, String)> = vendor
        .seen()
        .iter()
        .map(|s| (s.query["from"].clone(), s.query["to"].clone()))
        .collect();
    let text = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        asked,
        [
            text("2026-09-15", "2026-10-12"),
            text("2026-10-13", "2026-10-14")
        ]
    );
}

#[tokio::test]
async fn a_range_that_is_answered_with_one_day_is_asked_for_day_by_day() {
    let vendor = play(|seen, _| match seen.path.rsplit('/').next() {
        Some("2026-10-12") => status(404),
        Some("continuous-heart-rate") => json(r#"{"date":"2026-10-13","heart_rate_samples":[]}"#),
        Some(day) => json(format!(r#"{{"date":"{day}","heart_rate_samples":[]}}"#)),
        None => status(500),
    })
    .await;
    let polar = vendor.client(Vendor::Polar);
    let days = range("2026-10-11", "2026-10-13");
    let mut pages = polar.pages(
        Collection::PolarContinuousHeartRate,
        days,
        noon("2026-10-13"),
    );
    let mut keys = Vec::new();
    while let Some(page) = pages.next(&token()).await.unwrap() {
        keys.extend(page.into_iter().map(|document| document.key));
    }
    assert_eq!(keys, ["2026-10-11", "2026-10-13"]);
    assert_eq!(vendor.seen().len(), 4);
}

#[tokio::test]
async fn documents_are_looked_up_where_they_have_a_route() {
    let vendor = play(|seen, _| match seen.path.as_str() {
        "/oura/v2/usercollection/sleep/a-1" => json(r#" {"id":"a-1","day":"2026-10-13"} "#),
        "/oura/v2/usercollection/heartrate" => {
            json(r#"{"data":[{"timestamp":"2026-10-13T05:00:00Z","bpm":50}]}"#)
        }
        "/polar/v3/users/cardio-load/2026-10-13" => json(r#"[{"date":"2026-10-13"}]"#),
        "/polar/v3/users/activities/2026-10-13" => status(204),
        _ => status(404),
    })
    .await;
    let (oura, polar) = (vendor.client(Vendor::Oura), vendor.client(Vendor::Polar));
    let token = token();
    let found = oura
        .document(&token, Collection::OuraSleep, "a-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.body, r#"{"id":"a-1","day":"2026-10-13"}"#);
    assert_eq!(found.day, Some(day("2026-10-13")));
    let rows = oura
        .document(&token, Collection::OuraHeartrate, "2026-10-13")
        .await
        .unwrap();
    assert_eq!(rows.unwrap().key, "2026-10-13");
    let load = polar
        .document(&token, Collection::PolarCardioLoad, "2026-10-13")
        .await
        .unwrap();
    assert_eq!(load.unwrap().body, r#"{"date":"2026-10-13"}"#);
    for (client, collection, key) in [
        (&oura, Collection::OuraSleep, "gone"),
        (&oura, Collection::OuraSleep, "../../oauth"),
        (&oura, Collection::OuraSleep, ".."),
        (&polar, Collection::PolarActivities, "2026-10-13"),
        (&polar, Collection::PolarSleep, ""),
        (&polar, Collection::OuraSleep, "a-1"),
    ] {
        assert_eq!(
            client.document(&token, collection, key).await,
            Ok(None),
            "{key}"
        );
    }
}
