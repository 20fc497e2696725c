//! Codes, tokens and addresses to sign in at.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use physiology::Vendor;
use secrecy::ExposeSecret;
use tokio::io::AsyncReadExt;
use upstream::{Collection, OAuthError};
use url::Url;

use crate::support::{QUICK, client};
use crate::vendor::{json, noon, play, range, status};

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

/// A listener that takes a request and hangs up on it; counts how many it took.
async fn hang_up() -> (Url, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4_096]).await;
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    (base, taken)
}

#[tokio::test]
async fn a_token_whose_answer_is_lost_is_not_sent_again() {
    let (base, taken) = hang_up().await;
    let oura = client(Vendor::Oura, &base, QUICK);
    let lost = OAuthError::Unavailable {
        message: "the connection broke".into(),
    };
    assert_eq!(oura.refresh(&"refresh-1".into()).await.unwrap_err(), lost);
    assert_eq!(taken.load(Ordering::Relaxed), 1);
    assert_eq!(oura.exchange("code", None, None).await.unwrap_err(), lost);
    assert_eq!(taken.load(Ordering::Relaxed), 2);
    // What may be asked twice is.
    assert!(oura.user_id(&"access-1".into()).await.is_err());
    assert_eq!(taken.load(Ordering::Relaxed), 2 + QUICK.attempts as usize);
}
