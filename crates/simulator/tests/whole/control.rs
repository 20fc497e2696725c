//! The control interface: faults, clock, counters.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Lab;

const PATH: &str = "/oura/v2/usercollection/daily_sleep";

async fn fault(lab: &Lab, fault: Value) {
    let answer = lab.control("PUT", "faults", json!([fault])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn a_status_can_be_forced() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let wish =
        json!({"match": PATH, "kind": "status", "status": 503, "rate": 1.0, "retry_after": 2});
    fault(&lab, wish).await;
    let answer = lab.get(PATH, &token).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "2"));
    assert_eq!(
        lab.get("/oura/v2/usercollection/sleep", &token)
            .await
            .status,
        200
    );
    assert_eq!(lab.get("/control/stats", "").await.json()["faults"], 1);
    lab.control("POST", "reset", Value::Null).await;
    assert_eq!(
        lab.get(PATH, &token).await.status,
        200,
        "reset keeps the tokens"
    );
    lab.control("POST", "reset?connections=true", Value::Null)
        .await;
    assert_eq!(lab.get(PATH, &token).await.status, 401);
}

#[tokio::test]
async fn a_rate_is_kept_and_repeats_with_the_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let lab = Lab::new().await;
        let token = lab.token("oura", "a").await;
        fault(
            &lab,
            json!({"match": "/oura/v2", "kind": "status", "status": 500, "rate": 0.3}),
        )
        .await;
        let mut statuses = Vec::new();
        for _ in 0..100 {
            statuses.push(lab.get(PATH, &token).await.status);
        }
        let struck = statuses.iter().filter(|status| **status == 500).count();
        assert!((15..=45).contains(&struck), "{struck}");
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn answers_can_be_late_or_nonsense() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    fault(&lab, json!({"match": PATH, "kind": "latency", "ms": 60})).await;
    let begun = Instant::now();
    assert_eq!(lab.get(PATH, &token).await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(60));
    fault(&lab, json!({"match": PATH, "kind": "garbage"})).await;
    let answer = lab.get(PATH, &token).await;
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
}

#[tokio::test]
async fn answers_can_break_off() {
    let lab = Lab::new().await;
    let token = lab.token("oura", "a").await;
    let whole = lab.get(PATH, &token).await.text.len();
    let request = || lab.http.get(lab.url(PATH)).bearer_auth(&token);
    fault(&lab, json!({"match": PATH, "kind": "truncate"})).await;
    let mut response = request().send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole as u64));
    let mut read = 0;
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => read += chunk.len(),
            Ok(None) => panic!("the answer came whole"),
            Err(error) => break error,
        }
    };
    assert!(
        read == whole / 2 && error.is_decode(),
        "{read} of {whole}: {error:?}"
    );
    fault(&lab, json!({"match": PATH, "kind": "reset"})).await;
    let error = request().send().await.unwrap_err();
    let text = format!("{error:?}");
    assert!(error.is_request() && text.contains("reset"), "{text}");
    fault(&lab, json!({"match": PATH, "kind": "hang", "ms": 40})).await;
    let begun = Instant::now();
    assert!(request().send().await.is_err());
    assert!(begun.elapsed() >= Duration::from_millis(40));
    fault(&lab, json!({"match": PATH, "kind": "hang"})).await;
    let patience = Duration::from_millis(50);
    assert!(
        request()
            .timeout(patience)
            .send()
            .await
            .unwrap_err()
            .is_timeout()
    );
}

#[tokio::test]
async fn the_control_interface_has_no_faults() {
    let lab = Lab::new().await;
    fault(&lab, json!({"match": "/", "kind": "reset"})).await;
    assert_eq!(lab.get("/control/stats", "").await.status, 200);
    assert_eq!(lab.control("PUT", "faults", json!([])).await.status, 200);
    let wrong = [
        ("PUT", "faults", json!([{"match": "/", "kind": "fire"}])),
        (
            "PUT",
            "faults",
            json!([{"match": "/", "kind": "reset", "rate": 2}]),
        ),
        ("PUT", "clock", json!({"now": "tomorrow"})),
        ("PUT", "clock", json!({"now": "2999-01-01T00:00:00Z"})),
        ("POST", "token", json!({"provider": "oura", "subject": "z"})),
        (
            "POST",
            "token",
            json!({"provider": "garmin", "subject": "a"}),
        ),
        ("PUT", "limits", json!({"oura": 1})),
        ("POST", "webhooks/emit", json!({"provider": "oura"})),
    ];
    for (method, path, body) in wrong {
        assert_eq!(
            lab.control(method, path, body.clone()).await.status,
            422,
            "{path} {body}"
        );
    }
}

#[tokio::test]
async fn late_and_changed_documents_come_with_the_clock() {
    let lab = Lab::new().await;
    let (a, b) = (lab.token("oura", "a").await, lab.token("oura", "b").await);
    let day = |list: &[(String, f64)], day: &str| {
        list.iter()
            .find(|(other, _)| other == day)
            .map(|(_, value)| *value)
    };
    let readiness = |documents: &[Value]| {
        documents
            .iter()
            .any(|document| document["day"] == "2026-10-11")
    };
    assert!(!readiness(&lab.all("daily_readiness", &a).await));
    assert_eq!(
        day(&lab.truth("a", "readiness_score").await, "2026-10-11"),
        None
    );
    let asleep = |documents: Vec<Value>| {
        let night = documents
            .into_iter()
            .find(|document| document["day"] == "2026-10-12")
            .unwrap();
        (
            night["id"].clone(),
            night["total_sleep_duration"].as_f64().unwrap(),
        )
    };
    let (id, first) = asleep(lab.all("sleep", &b).await);
    assert_eq!(
        day(&lab.truth("b", "total_sleep").await, "2026-10-12"),
        Some(first)
    );
    let score = day(&lab.truth("b", "sleep_score").await, "2026-10-12").unwrap();
    let steps = day(&lab.truth("a", "steps").await, "2026-10-13").unwrap();

    // 14:30 in Nepal.
    lab.clock("2026-10-13T08:45:00Z").await;
    assert!(readiness(&lab.all("daily_readiness", &a).await));
    assert!(day(&lab.truth("a", "readiness_score").await, "2026-10-11").is_some());
    let (same, second) = asleep(lab.all("sleep", &b).await);
    assert_eq!(same, id, "the same document");
    assert!(second > first);
    assert_eq!(
        day(&lab.truth("b", "total_sleep").await, "2026-10-12"),
        Some(second)
    );
    assert_eq!(
        day(&lab.truth("b", "sleep_score").await, "2026-10-12"),
        Some(score + 6.0)
    );
    assert!(day(&lab.truth("a", "steps").await, "2026-10-13").unwrap() > 10.0 * steps);

    // A week on, the twins are home.
    lab.clock("2026-10-20T12:00:00Z").await;
    let spo2 = lab.truth("b", "spo2_night").await;
    assert!(day(&spo2, "2026-10-20").unwrap() > 95.0);
    let documents = lab.all("daily_spo2", &lab.token("oura", "b").await).await;
    assert_eq!(documents.last().unwrap()["day"], "2026-10-20");
    // And back again.
    lab.control("POST", "reset", Value::Null).await;
    assert!(!readiness(&lab.all("daily_readiness", &a).await));
}

#[tokio::test]
async fn no_question_is_too_strange() {
    let lab = Lab::new().await;
    let (oura, polar) = (lab.token("oura", "a").await, lab.registered("a").await);
    let strange = [
        "",
        "0000-00-00",
        "9999-12-31",
        "-0001-01-01",
        "2026-10-13T99:99:99Z",
        "%00",
        "%F0%9F%A7%8A",
        "1e309",
        "-9223372036854775808",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "c2xlZXAuMHw5OTk5OTk5OTk5OTl8fA",
        "aGVhcnRyYXRlLjB8OTIyMzM3MjAzNjg1NDc3NTgwN3x8OTIyMzM3MjAzNjg1NDc3NTgwNw",
    ];
    for word in strange {
        for path in [
            format!("/oura/v2/usercollection/sleep?start_date={word}&end_date={word}"),
            format!("/oura/v2/usercollection/sleep?next_token={word}"),
            format!("/oura/v2/usercollection/sleep?fields={word}"),
            format!("/oura/v2/usercollection/sleep/{word}"),
            format!("/oura/v2/usercollection/heartrate?start_datetime={word}&latest={word}"),
            format!("/oura/v2/usercollection/heartrate?next_token={word}"),
            format!("/oura/v2/usercollection/ring_battery_level?end_datetime={word}"),
            format!("/oura/oauth/authorize?client_id=sim-oura&redirect_uri={word}&scope={word}"),
        ] {
            let answer = lab.get(&path, &oura).await;
            assert!(answer.status < 500, "{path} {}", answer.status);
        }
        for path in [
            format!("/polar/v3/users/activities?from={word}&to={word}"),
            format!("/polar/v3/users/activities/{word}"),
            format!("/polar/v3/users/cardio-load/date?from={word}&to={word}"),
            format!("/polar/v3/users/cardio-load/period/days/{word}"),
            format!("/polar/v3/users/cardio-load/period/months/{word}"),
            format!("/polar/v3/users/sleepwise/alertness/date?from={word}&to={word}"),
            format!("/polar/v3/users/continuous-heart-rate?from={word}&to={word}"),
            format!("/polar/v3/users/continuous-heart-rate/{word}"),
            format!("/polar/v3/exercises/{word}/fit"),
        ] {
            let answer = lab.get(&path, &polar).await;
            assert!(answer.status < 500, "{path} {}", answer.status);
        }
        let query = format!("subject={word}&metric=spo2_night&start={word}&end={word}");
        assert!(lab.get(&format!("/control/truth?{query}"), "").await.status < 500);
    }
}
