//! Oura: signing in, and tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};
use simulator::Config;
use url::Url;

use crate::support::{Answer, Lab, config};

const BACK: &str = "http://127.0.0.1:3000/oauth/oura/callback?kept=1";

fn authorize(lab: &Lab, more: &[(&str, &str)]) -> Url {
    let mut url = Url::parse(&lab.url("/oura/oauth/authorize")).unwrap();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", "sim-oura")
        .append_pair("redirect_uri", BACK)
        .append_pair("scope", "daily spo2 extapi:heartrate")
        .append_pair("state", "a state & more")
        .extend_pairs(more);
    url
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

async fn token(lab: &Lab, form: &[(&str, &str)]) -> Answer {
    let request = lab.http.post(lab.url("/oura/oauth/token"));
    lab.send(
        request
            .basic_auth("sim-oura", Some("sim-oura-secret"))
            .form(form),
    )
    .await
}

async fn exchange(lab: &Lab, code: &str, more: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
    ];
    form.extend(more);
    token(lab, &form).await
}

async fn refresh(lab: &Lab, refresh_token: &str) -> Answer {
    token(
        lab,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
        ],
    )
    .await
}

#[tokio::test]
async fn the_page_asks_who_and_what() {
    let lab = Lab::new().await;
    let page = lab
        .send(lab.http.get(authorize(&lab, &[("login_hint", "b")])))
        .await;
    assert_eq!(page.status, 200);
    let ticked = |value: &str| page.text.contains(&format!("value=\"{value}\" checked"));
    assert!(ticked("b") && !ticked("a"));
    assert!(
        ticked("daily") && ticked("spo2") && !ticked("heartrate"),
        "B keeps heart rate"
    );
    assert!(
        !page.text.contains("value=\"workout\""),
        "only what was asked for"
    );
    assert!(page.text.contains(">Allow</button>") && page.text.contains(">Deny</button>"));
    assert!(
        page.text.contains("a state &amp; more"),
        "values are escaped"
    );
    assert!(!page.text.contains("<script"));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_what_was_ticked() {
    let lab = Lab::new().await;
    let back = simulator::allow(&authorize(&lab, &[]), "b").await.unwrap();
    assert_eq!(query(&back, "state").as_deref(), Some("a state & more"));
    assert_eq!(query(&back, "kept").as_deref(), Some("1"));
    assert_eq!(query(&back, "scope").as_deref(), Some("daily spo2"));
    let code = query(&back, "code").unwrap();
    let first = exchange(&lab, &code, &[]).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let tokens = first.json();
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"]),
        (&json!("bearer"), &json!(86_400))
    );
    let again = exchange(&lab, &code, &[]).await;
    assert_eq!(
        (again.status, again.json()["error"].clone()),
        (400, json!("invalid_grant"))
    );
    let access = tokens["access_token"].as_str().unwrap();
    let list = |name| format!("/oura/v2/usercollection/{name}");
    assert_eq!(lab.get(&list("daily_spo2"), access).await.status, 200);
    assert_eq!(lab.get(&list("heartrate"), access).await.status, 403);
    assert_eq!(lab.get(&list("workout"), access).await.status, 403);
    assert_eq!(
        lab.get(&list("ring_battery_level"), access).await.status,
        401
    );
    assert_eq!(lab.get(&list("personal_info"), access).await.status, 403);
}

#[tokio::test]
async fn codes_age_and_redirects_must_match() {
    let lab = Lab::new().await;
    let code = || async {
        let back = simulator::allow(&authorize(&lab, &[]), "a").await.unwrap();
        query(&back, "code").unwrap()
    };
    let elsewhere = [
        ("grant_type", "authorization_code"),
        ("code", &code().await),
        ("redirect_uri", "http://127.0.0.1:3000/"),
    ];
    assert_eq!(
        token(&lab, &elsewhere).await.json()["error"],
        "invalid_redirect_uri"
    );
    let old = code().await;
    lab.clock("2026-10-13T02:11:00Z").await;
    assert_eq!(
        exchange(&lab, &old, &[]).await.json()["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn pkce_is_checked_where_it_was_begun() {
    let lab = Lab::new().await;
    let verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let asked = [
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    for (sent, status) in [("another", 400), (verifier, 200)] {
        let back = simulator::allow(&authorize(&lab, &asked), "a")
            .await
            .unwrap();
        let code = query(&back, "code").unwrap();
        let answer = exchange(&lab, &code, &[("code_verifier", sent)]).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn denial_and_bad_requests_are_told() {
    let lab = Lab::new().await;
    let denied = simulator::deny(&authorize(&lab, &[]), "a").await.unwrap();
    assert_eq!(query(&denied, "error").as_deref(), Some("access_denied"));
    assert_eq!(query(&denied, "state").as_deref(), Some("a state & more"));
    for (name, value) in [
        ("client_id", "somebody"),
        ("redirect_uri", "javascript:alert(1)"),
    ] {
        let mut url = Url::parse(&lab.url("/oura/oauth/authorize")).unwrap();
        for (key, old) in authorize(&lab, &[]).query_pairs() {
            let new = if key == name { value } else { &old };
            url.query_pairs_mut().append_pair(&key, new);
        }
        let page = lab.send(lab.http.get(url)).await;
        assert_eq!((page.status, page.header("location")), (400, ""), "{name}");
    }
    let scope = [("scope", "everything")];
    let mut url = authorize(&lab, &[]);
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .into_owned()
        .filter(|(key, _)| key != "scope")
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(pairs)
        .extend_pairs(scope);
    let answer = lab.send(lab.http.get(url)).await;
    assert!(answer.header("location").contains("error=invalid_scope"));
    let form = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    let stranger = lab.http.post(lab.url("/oura/oauth/token")).form(&form);
    let answer = lab.send(stranger).await;
    assert_eq!(
        (answer.status, answer.json()["error"].clone()),
        (401, json!("invalid_client"))
    );
}

#[tokio::test]
async fn a_refresh_token_is_good_once() {
    let lab = Lab::new().await;
    let wish = json!({"provider": "oura", "subject": "a"});
    let tokens = lab.control("POST", "token", wish).await.json();
    let first = tokens["refresh_token"].as_str().unwrap();
    let answer = refresh(&lab, first).await;
    assert_eq!(answer.status, 200);
    let second = answer.json()["refresh_token"].as_str().unwrap().to_owned();
    let reused = refresh(&lab, first).await;
    assert_eq!(
        (reused.status, reused.json()["error"].clone()),
        (400, json!("invalid_grant"))
    );
    assert_eq!(refresh(&lab, "never issued").await.status, 400);
    assert_eq!(refresh(&lab, &second).await.status, 200);
    let stats = lab.get("/control/stats", "").await.json();
    assert_eq!(
        (&stats["refreshes"], &stats["refresh_token_reuses"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(stats["calls"]["POST /oura/oauth/token"], 4);
}

#[tokio::test]
async fn access_tokens_expire_by_the_simulators_clock_and_can_be_revoked() {
    let lab = Lab::with(Config {
        token_ttl_s: 60,
        ..config()
    })
    .await;
    let path = "/oura/v2/usercollection/daily_sleep";
    let token = lab.token("oura", "a").await;
    assert_eq!(lab.get(path, &token).await.status, 200);
    lab.clock("2026-10-13T02:01:30Z").await;
    assert_eq!(lab.get(path, &token).await.status, 401);
    let token = lab.token("oura", "a").await;
    let revoke = lab
        .http
        .post(lab.url("/oura/oauth/revoke"))
        .form(&[("token", &token)]);
    assert_eq!(lab.send(revoke).await.status, 200);
    assert_eq!(lab.get(path, &token).await.status, 401);
    assert_eq!(lab.get(path, "nonsense").await.status, 401);
}
