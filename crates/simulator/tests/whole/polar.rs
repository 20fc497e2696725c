//! Polar: tokens, registration, what is kept and for whom, limits.

use serde_json::{Value, json};
use simulator::Config;
use url::Url;

use crate::support::polar_rules::{ERROR, USER};
use crate::support::rules::check;
use crate::support::{Answer, Lab, config};

const BACK: &str = "http://127.0.0.1:3000/oauth/polar/callback";

impl Lab {
    async fn polar(&self, path: &str, token: &str) -> Answer {
        self.get(&format!("/polar/v3/{path}"), token).await
    }

    async fn register(&self, token: &str, member: &str) -> Answer {
        let body = json!({"member-id": member}).to_string();
        let request = self
            .http
            .post(self.url("/polar/v3/users"))
            .bearer_auth(token);
        self.send(request.body(body)).await
    }
}

async fn exchange(lab: &Lab, code: &str, redirect_uri: &str) -> Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
    ];
    let request = lab.http.post(lab.url("/polar/v2/oauth2/token"));
    lab.send(
        request
            .basic_auth("sim-polar", Some("sim-polar-secret"))
            .form(&form),
    )
    .await
}

async fn code(lab: &Lab) -> String {
    let mut url = Url::parse(&lab.url("/polar/oauth2/authorization")).unwrap();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", "sim-polar")
        .append_pair("redirect_uri", BACK)
        .append_pair("state", "s");
    let back = simulator::allow(&url, "a").await.unwrap();
    back.query_pairs()
        .find(|(key, _)| key == "code")
        .unwrap()
        .1
        .into_owned()
}

#[tokio::test]
async fn a_code_becomes_a_token_for_a_year_once() {
    let lab = Lab::new().await;
    let first = code(&lab).await;
    let answer = exchange(&lab, &first, BACK).await;
    let token = answer.json();
    assert_eq!(token["x_user_id"], 62_000_001);
    assert_eq!(token["expires_in"], 31_535_999);
    assert!(token["refresh_token"].is_null());
    assert_eq!(
        exchange(&lab, &first, BACK).await.json()["error"],
        "invalid_grant"
    );
    let second = code(&lab).await;
    assert_eq!(
        exchange(&lab, &second, "http://elsewhere/").await.json()["error"],
        "invalid_grant"
    );
    let form = [("grant_type", "authorization_code"), ("code", "x")];
    let stranger = lab.http.post(lab.url("/polar/v2/oauth2/token")).form(&form);
    assert_eq!(lab.send(stranger).await.status, 401);
}

#[tokio::test]
async fn nothing_is_told_of_somebody_who_is_not_registered() {
    let lab = Lab::new().await;
    let token = lab.token("polar", "a").await;
    let refused = lab.polar("users/sleep", &token).await;
    assert_eq!(refused.status, 403);
    check(&refused.json(), ERROR).unwrap();
    assert_eq!(lab.polar("users/sleep", "nonsense").await.status, 401);
    let user = lab.register(&token, "acclimate-1").await;
    assert_eq!(user.status, 200, "{}", user.text);
    check(&user.json(), USER).unwrap();
    assert_eq!(user.json()["member-id"], "acclimate-1");
    assert_eq!(lab.polar("users/sleep", &token).await.status, 200);
    assert_eq!(lab.register(&token, "acclimate-1").await.status, 409);
    // B was registered by an earlier connection.
    let token = lab.token("polar", "b").await;
    assert_eq!(lab.register(&token, "acclimate-2").await.status, 409);
    assert_eq!(lab.polar("users/sleep", &token).await.status, 200);
}

#[tokio::test]
async fn whoever_registers_again_starts_anew() {
    let lab = Lab::new().await;
    let token = lab.registered("a").await;
    let all = lab.polar("exercises", &token).await.json();
    let request = lab
        .http
        .delete(lab.url("/polar/v3/users/62000001"))
        .bearer_auth(&token);
    assert_eq!(lab.send(request).await.status, 204);
    assert_eq!(
        lab.polar("users/sleep", &token).await.status,
        401,
        "the token went too"
    );
    let token = lab.token("polar", "a").await;
    assert_eq!(lab.register(&token, "again").await.status, 200);
    assert_eq!(lab.polar("exercises", &token).await.json(), json!([]));
    assert_eq!(
        lab.polar("users/sleep", &token).await.json()["nights"],
        json!([])
    );
    assert_eq!(
        lab.polar("users/sleepwise/alertness", &token).await.status,
        204
    );
    // Today's hike is uploaded later.
    lab.clock("2026-10-13T12:00:00Z").await;
    let later = lab.polar("exercises", &token).await.json();
    assert_eq!(later.as_array().unwrap().len(), 1);
    assert!(all.as_array().unwrap().len() > 10);
}

#[tokio::test]
async fn empty_days_are_204_or_404() {
    let lab = Lab::new().await;
    let (a, b) = (lab.registered("a").await, lab.registered("b").await);
    assert_eq!(
        lab.polar("users/activities/2026-09-25", &a).await.status,
        204
    );
    assert_eq!(
        lab.polar("users/activities/samples/2026-09-25", &a)
            .await
            .status,
        204
    );
    assert_eq!(
        lab.polar("users/activities/2026-09-26", &a).await.status,
        200
    );
    for path in [
        "users/sleep",
        "users/nightly-recharge",
        "users/continuous-heart-rate",
    ] {
        let missing = lab.polar(&format!("{path}/2026-09-27"), &b).await;
        assert_eq!(missing.status, 404, "{path}");
        check(&missing.json(), ERROR).unwrap();
        assert_eq!(
            lab.polar(&format!("{path}/2026-09-26"), &b).await.status,
            200,
            "{path}"
        );
        assert_eq!(
            lab.polar(&format!("{path}/yesterday"), &b).await.status,
            400,
            "{path}"
        );
    }
    let range = "from=2026-09-27&to=2026-09-27";
    for kind in ["alertness", "circadian-bedtime"] {
        let path = format!("users/sleepwise/{kind}/date?{range}");
        assert_eq!(lab.polar(&path, &b).await.status, 204, "{kind}");
    }
    assert_eq!(lab.polar("exercises/NOSUCHID", &a).await.status, 404);
}

#[tokio::test]
async fn only_the_last_weeks_are_kept() {
    let lab = Lab::with(Config {
        days: 90,
        ..config()
    })
    .await;
    let token = lab.registered("a").await;
    let nights = lab.polar("users/sleep", &token).await.json();
    let oldest = |list: &Value, key: &str| {
        let days = list
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one[key].as_str().unwrap().to_owned());
        days.min().unwrap()
    };
    assert!(oldest(&nights["nights"], "date").as_str() >= "2026-09-15");
    let exercises = lab.polar("exercises", &token).await.json();
    let first = oldest(&exercises, "upload_time");
    assert!(
        ("2026-09-13".."2026-09-16").contains(&&first[..10]),
        "{first}"
    );
    let path = "users/activities?from=2026-08-01&to=2026-08-20";
    assert_eq!(lab.polar(path, &token).await.json(), json!([]));
    let path = "users/activities?from=2026-08-01&to=2026-09-20";
    assert_eq!(lab.polar(path, &token).await.status, 400, "28 days at most");
    let path = "users/cardio-load/date?from=2026-08-01&to=2026-08-02";
    for day in lab.polar(path, &token).await.json().as_array().unwrap() {
        assert_eq!(day["cardio_load_status"], "LOAD_STATUS_NOT_AVAILABLE");
        assert_eq!(
            (day["cardio_load"].as_f64(), day["strain"].as_f64()),
            (Some(-1.0), Some(-1.0))
        );
    }
    let period = lab
        .polar("users/cardio-load/period/days/3", &token)
        .await
        .json();
    assert_eq!(period.as_array().unwrap().len(), 3);
    assert_eq!(period[2]["date"], "2026-10-13");
}

#[tokio::test]
async fn exercises_are_told_whole_and_as_files() {
    let lab = Lab::new().await;
    let token = lab.registered("b").await;
    let list = lab.polar("exercises", &token).await.json();
    let list = list.as_array().unwrap();
    let days: Vec<&str> = list
        .iter()
        .map(|one| &one["start_time"].as_str().unwrap()[..10])
        .collect();
    assert!(
        !days.contains(&"2026-09-22") && !days.contains(&"2026-09-24"),
        "uploaded before"
    );
    let hike = list.iter().find(|one| {
        one["start_time"]
            .as_str()
            .unwrap()
            .starts_with("2026-10-12")
    });
    let id = hike.unwrap()["id"].as_str().unwrap();
    assert!(hike.unwrap()["samples"].is_null());
    let path = format!("exercises/{id}?samples=true&zones=true&route=true");
    let whole = lab.polar(&path, &token).await.json();
    assert_eq!(whole["start_time_utc_offset"], 345);
    let rates: Vec<Option<f64>> = whole["samples"][0]["data"]
        .as_str()
        .unwrap()
        .split(',')
        .map(|item| item.parse().ok())
        .collect();
    assert_eq!(whole["samples"][0]["recording-rate"], 5);
    let known: Vec<f64> = rates.iter().copied().flatten().collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    assert_eq!(whole["heart_rate"]["average"], mean.round() as i64);
    assert!(known.len() < rates.len(), "a stretch without contact");
    let altitudes = whole["samples"][1]["data"].as_str().unwrap();
    let last: f64 = altitudes.rsplit(',').next().unwrap().parse().unwrap();
    assert!(
        (5_000.0..5_200.0).contains(&last),
        "up to Gorak Shep: {last}"
    );
    let fit = lab
        .http
        .get(lab.url(&format!("/polar/v3/exercises/{id}/fit")));
    let bytes = fit
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(&bytes[8..12], b".FIT");
    for (kind, root) in [("tcx", "</TrainingCenterDatabase>"), ("gpx", "</gpx>")] {
        let file = lab.polar(&format!("exercises/{id}/{kind}"), &token).await;
        assert!(
            file.text.starts_with("<?xml") && file.text.ends_with(root),
            "{kind}"
        );
        assert_eq!(
            file.text.matches('<').count(),
            file.text.matches('>').count()
        );
    }
}

#[tokio::test]
async fn limits_are_told_with_every_answer_and_kept() {
    let lab = Lab::new().await;
    let token = lab.registered("a").await;
    let answer = lab.polar("users/sleep", &token).await;
    assert_eq!(answer.header("ratelimit-usage"), "1, 1");
    assert_eq!(
        answer.header("ratelimit-limit"),
        "540, 5200",
        "two users are registered"
    );
    assert_eq!(answer.header("ratelimit-reset").split(", ").count(), 2);
    let unknown = lab.polar("users/sleep", "nonsense").await;
    assert_eq!(unknown.header("ratelimit-usage"), "2, 2");
    lab.control("PUT", "limits", json!({"polar_15min": 3}))
        .await;
    assert_eq!(lab.polar("users/sleep", &token).await.status, 200);
    let refused = lab.polar("users/sleep", &token).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<i64>().unwrap() > 800);
    check(&refused.json(), ERROR).unwrap();
    lab.clock("2026-10-13T02:16:00Z").await;
    assert_eq!(lab.polar("users/sleep", &token).await.status, 200);
}
