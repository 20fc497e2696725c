//! How a client behaves towards a vendor that is played here.

mod support;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use physiology::Vendor;
use secrecy::ExposeSecret;
use support::{QUICK, client, noon, range, token};
use upstream::{Client, Collection, FetchError, OAuthError, RetryPolicy};
use url::Url;

/// What the vendor saw of a call.
#[derive(Debug, Clone)]
struct Seen {
    path: String,
    query: HashMap<String, String>,
    headers: HeaderMap,
    body: String,
}

type Answers = dyn Fn(&Seen, usize) -> Response + Send + Sync;

/// A vendor: answers each call by what `answers` says of it and of how many came before.
struct Played {
    base: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

struct Stage {
    seen: Arc<Mutex<Vec<Seen>>>,
    answers: Box<Answers>,
}

async fn play(answers: impl Fn(&Seen, usize) -> Response + Send + Sync + 'static) -> Played {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let stage = Arc::new(Stage {
        seen: Arc::clone(&seen),
        answers: Box::new(answers),
    });
    let router = Router::new().fallback(answer).with_state(stage);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Played { base, seen }
}

async fn answer(
    State(stage): State<Arc<Stage>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let seen = Seen {
        path: uri.path().to_owned(),
        query: query.into_owned().collect(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let before = {
        let mut all = stage.seen.lock().unwrap();
        all.push(seen.clone());
        all.len() - 1
    };
    (stage.answers)(&seen, before)
}

impl Played {
    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    fn client(&self, vendor: Vendor) -> Client {
        client(vendor, &self.base, QUICK)
    }
}

fn json(body: impl Into<String>) -> Response {
    ([("content-type", "application/json")], body.into()).into_response()
}

fn status(code: u16) -> Response {
    StatusCode::from_u16(code).unwrap().into_response()
}

const EMPTY: &str = r#"{"data":[],"next_token":null}"#;

async fn one_page(client: &Client, collection: Collection) -> Result<usize, FetchError> {
    let days = range("2026-10-10", "2026-10-13");
    let mut pages = client.pages(collection, days, noon("2026-10-13"));
    let mut count = 0;
    while let Some(page) = pages.next(&token()).await? {
        count += page.len();
    }
    Ok(count)
}

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
async fn statuses_become_what_can_be_done_about_them() {
    let cases = [
        (401, FetchError::Unauthorized),
        (403, FetchError::NotGranted),
        (404, FetchError::NotFound),
        (400, FetchError::Rejected { status: 400 }),
        (422, FetchError::Rejected { status: 422 }),
        (302, FetchError::Rejected { status: 302 }),
    ];
    for (code, error) in cases {
        let vendor = play(move |_, _| status(code)).await;
        let client = vendor.client(Vendor::Oura);
        assert_eq!(one_page(&client, Collection::OuraSleep).await, Err(error));
        assert_eq!(client.calls(), 1, "{code} is asked once");
    }
    for code in [204, 404] {
        let vendor = play(move |_, _| status(code)).await;
        let polar = vendor.client(Vendor::Polar);
        assert_eq!(
            one_page(&polar, Collection::PolarAlertness).await,
            Ok(0),
            "{code} is no data"
        );
    }
}

#[tokio::test]
async fn what_passes_is_asked_again_and_only_so_often() {
    let vendor = play(|_, before| match before {
        0 => status(500),
        1 => json("<html>"),
        2 => status(503),
        _ => json(EMPTY),
    })
    .await;
    assert_eq!(
        one_page(&vendor.client(Vendor::Oura), Collection::OuraSleep).await,
        Ok(0)
    );
    assert_eq!(vendor.seen().len(), 4);

    let vendor = play(|_, _| status(502)).await;
    let retries = RetryPolicy {
        attempts: 3,
        ..QUICK
    };
    let client = client(Vendor::Oura, &vendor.base, retries);
    let found = one_page(&client, Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "HTTP 502".into()
        })
    );
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn a_vendor_that_hangs_times_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let retries = RetryPolicy {
        attempts: 1,
        ..QUICK
    };
    let found = one_page(&client(Vendor::Oura, &base, retries), Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "timed out".into()
        })
    );
    drop(listener);
    let found = one_page(&client(Vendor::Oura, &base, retries), Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "no connection".into()
        })
    );
}

#[tokio::test]
async fn a_short_pause_is_waited_for_by_all_and_a_long_one_told() {
    let refused = |seconds: &str| {
        let headers = [
            ("retry-after", seconds.to_owned()),
            ("x-ratelimit-limit", "5000".into()),
        ];
        (StatusCode::TOO_MANY_REQUESTS, headers, "").into_response()
    };
    let vendor = play(move |_, before| {
        if before == 0 {
            refused("1")
        } else {
            json(EMPTY)
        }
    })
    .await;
    let oura = vendor.client(Vendor::Oura);
    let before = std::time::Instant::now();
    assert_eq!(one_page(&oura, Collection::OuraSleep).await, Ok(0));
    assert!(before.elapsed() >= Duration::from_millis(990));
    assert_eq!(vendor.seen().len(), 2);

    let vendor = play(move |_, _| refused("120")).await;
    let oura = vendor.client(Vendor::Oura);
    let limited = Err(FetchError::LimitReached { retry_after_s: 120 });
    assert_eq!(one_page(&oura, Collection::OuraSleep).await, limited);
    assert_eq!(one_page(&oura, Collection::OuraDailySleep).await, limited);
    assert_eq!(vendor.seen().len(), 1, "the second was not even sent");
    let limit = oura.limit().unwrap();
    assert_eq!((limit.left, limit.limit), (0, 5_000));
}

#[tokio::test]
async fn polar_stops_by_itself_when_nothing_is_left() {
    let vendor = play(|_, before| {
        let used = format!("{}, 40", before + 1);
        let headers = [
            ("ratelimit-usage", used.as_str()),
            ("ratelimit-limit", "2, 5100"),
            ("ratelimit-reset", "784, 72000"),
        ];
        (headers, "[]").into_response()
    })
    .await;
    let polar = vendor.client(Vendor::Polar);
    assert_eq!(one_page(&polar, Collection::PolarExercises).await, Ok(0));
    let limit = polar.limit().unwrap();
    assert_eq!((limit.left, limit.limit), (1, 2));
    assert_eq!(limit.resets_at.seconds_since(noon("2026-10-13")), 784);
    assert_eq!(one_page(&polar, Collection::PolarExercises).await, Ok(0));
    let found = one_page(&polar, Collection::PolarExercises).await;
    assert!(
        matches!(
            found,
            Err(FetchError::LimitReached {
                retry_after_s: 783..=784
            })
        ),
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
    assert_eq!(found.day, Some(support::day("2026-10-13")));
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

const TOKENS: &str = r#"{"token_type":"bearer","access_token":"access-1","expires_in":86400,
    "refresh_token":"refresh-2"}"#;

#[tokio::test]
async fn what_is_spent_once_is_sent_once() {
    let lost: [fn() -> Response; 3] = [|| status(500), || status(502), || json("<html>")];
    for answer in lost {
        let vendor = play(move |_, _| answer()).await;
        let error = vendor
            .client(Vendor::Oura)
            .refresh(&"refresh-1".into())
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                OAuthError::Unavailable { .. } | OAuthError::Malformed
            ),
            "{error}"
        );
        assert_eq!(vendor.seen().len(), 1);
    }
    let vendor = play(|_, before| {
        if before == 0 {
            status(503)
        } else {
            json(TOKENS)
        }
    })
    .await;
    let grant = vendor
        .client(Vendor::Oura)
        .refresh(&"refresh-1".into())
        .await
        .unwrap();
    assert_eq!(vendor.seen().len(), 2, "503 says that nothing was done");
    assert_eq!(grant.refresh_token.unwrap().expose_secret(), "refresh-2");
    assert_eq!(grant.expires_in_s, Some(86_400));
    assert!(grant.scopes.is_empty());
    let body = &vendor.seen()[1].body;
    for part in [
        "refresh_token=refresh-1",
        "client_id=sim-oura",
        "client_secret=sim-oura-secret",
    ] {
        assert!(body.contains(part), "{body}");
    }
}

#[tokio::test]
async fn refusals_are_short_codes_and_secrets_stay_in() {
    let cases = [
        (
            r#"{"error":"invalid_grant","error_description":"refresh-1 was used"}"#,
            "invalid_grant",
        ),
        (r#"{"errorType":"x","message":"refresh-1"}"#, "rejected"),
        ("", "rejected"),
        (r#"{"error":"NO Go! refresh-1 <b>"}"#, "no_go_refresh__b"),
    ];
    for (body, reason) in cases {
        let vendor = play(move |_, _| (StatusCode::BAD_REQUEST, body).into_response()).await;
        let client = vendor.client(Vendor::Oura);
        let error = client.refresh(&"refresh-1".into()).await.unwrap_err();
        assert_eq!(
            error,
            OAuthError::Refused {
                reason: reason.into()
            }
        );
    }
    let vendor = play(|_, _| json(TOKENS)).await;
    let client = vendor.client(Vendor::Oura);
    let grant = client.refresh(&"refresh-1".into()).await.unwrap();
    let authorize = client.authorize("state", None);
    let pages = client.pages(
        Collection::OuraSleep,
        range("2026-10-10", "2026-10-13"),
        noon("2026-10-13"),
    );
    let told = format!("{grant:?}{:?}{client:?}{pages:?}", authorize.pkce_verifier);
    for secret in ["access-1", "refresh-2", "sim-oura-secret"] {
        assert!(!told.contains(secret), "{told}");
    }
    assert!(!told.contains(authorize.pkce_verifier.unwrap().expose_secret()));
}

#[tokio::test]
async fn the_sign_in_address_holds_what_each_vendor_wants() {
    let vendor = play(|_, _| status(500)).await;
    let oura = vendor.client(Vendor::Oura).authorize("st&te", Some("a"));
    let query: HashMap<_, _> = oura.url.query_pairs().into_owned().collect();
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["state"], "st&te");
    assert_eq!(query["login_hint"], "a");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(
        query["redirect_uri"],
        "http://127.0.0.1:3000/oauth/callback"
    );
    assert!(
        query["scope"]
            .split(' ')
            .any(|scope| scope == "heart_health")
    );
    let polar = vendor.client(Vendor::Polar).authorize("s", None);
    let query: HashMap<_, _> = polar.url.query_pairs().into_owned().collect();
    assert_eq!(query["scope"], "accesslink.read_all");
    assert!(!query.contains_key("code_challenge") && polar.pkce_verifier.is_none());
}

#[tokio::test]
async fn polar_registers_whom_it_signs_in() {
    let tokens =
        r#"{"access_token":"a","token_type":"bearer","expires_in":31535999,"x_user_id":475}"#;
    for (registered, reason) in [(200, None), (409, None), (403, Some("consents_missing"))] {
        let vendor = play(move |seen, _| match seen.path.as_str() {
            "/polar/v2/oauth2/token" => json(tokens),
            _ => status(registered),
        })
        .await;
        let found = vendor
            .client(Vendor::Polar)
            .exchange("code", None, None)
            .await;
        let seen = vendor.seen();
        assert_eq!(
            seen[0].headers["authorization"],
            "Basic c2ltLXBvbGFyOnNpbS1wb2xhci1zZWNyZXQ="
        );
        assert!(seen[0].body.contains("redirect_uri="));
        assert_eq!((seen[1].path.as_str(), seen.len()), ("/polar/v3/users", 2));
        assert_eq!(seen[1].body, r#"{"member-id":"acclimate-475"}"#);
        match reason {
            None => assert_eq!(found.unwrap().vendor_user_id.as_deref(), Some("475")),
            Some(reason) => {
                assert_eq!(
                    found.unwrap_err(),
                    OAuthError::Refused {
                        reason: reason.into()
                    }
                );
            }
        }
    }
}

#[tokio::test]
async fn the_scopes_are_the_answers_or_else_the_callbacks() {
    let vendor = play(|_, before| match before {
        0 => json(TOKENS),
        _ => json(TOKENS.replace(r#""expires"#, r#""scope":"daily spo2","expires"#)),
    })
    .await;
    let oura = vendor.client(Vendor::Oura);
    let verifier = "v".repeat(43).into();
    let grant = oura
        .exchange("code", Some(&verifier), Some("daily heartrate"))
        .await
        .unwrap();
    assert_eq!(grant.scopes, ["daily", "heartrate"]);
    let grant = oura
        .exchange("code", Some(&verifier), Some("daily heartrate"))
        .await
        .unwrap();
    assert_eq!(grant.scopes, ["daily", "spo2"]);
    assert!(
        vendor.seen()[0]
            .body
            .contains(&format!("code_verifier={}", "v".repeat(43)))
    );
}
