//! Signing in as a browser does.

use std::collections::HashMap;

use physiology::Vendor;
use secrecy::SecretString;
use serde_json::json;
use upstream::{Authorize, Collection, FetchError, OAuthError};
use url::Url;

use crate::world::{World, all};

/// Opens the page, decides, and brings what the vendor sends the browser back with.
async fn decide(world: &World, page: &Url, twin: &str, decision: &str) -> HashMap<String, String> {
    let shown = world.http.get(page.clone()).send().await.unwrap();
    let html = shown.text().await.unwrap();
    assert!(html.contains("decision"), "{html}");
    let mut form: Vec<(String, String)> = page.query_pairs().into_owned().collect();
    let scope = form
        .iter()
        .find(|(name, _)| name == "scope")
        .unwrap()
        .1
        .clone();
    let granted = scope
        .split(' ')
        .filter(|scope| !(twin == "b" && *scope == "heartrate"));
    form.extend(granted.map(|scope| ("grant".to_owned(), scope.to_owned())));
    form.push(("subject".into(), twin.into()));
    form.push(("decision".into(), decision.into()));
    let mut action = page.clone();
    action.set_query(None);
    let response = world.http.post(action).form(&form).send().await.unwrap();
    let location = response.headers()["location"].to_str().unwrap();
    Url::parse(location)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

async fn allow(world: &World, authorize: &Authorize, twin: &str) -> HashMap<String, String> {
    let back = decide(world, &authorize.url, twin, "allow").await;
    assert_eq!(back["state"], "a state");
    back
}

#[tokio::test]
async fn oura_grants_refreshes_once_and_is_revoked() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let authorize = client.authorize("a state", Some("b"));
    let back = allow(&world, &authorize, "b").await;
    let verifier = authorize.pkce_verifier.as_ref();
    let scope = back.get("scope").map(String::as_str);
    let grant = client
        .exchange(&back["code"], verifier, scope)
        .await
        .unwrap();
    assert!(grant.scopes.iter().any(|scope| scope == "spo2"));
    assert!(
        !grant.scopes.iter().any(|scope| scope == "heartrate"),
        "{:?}",
        grant.scopes
    );
    assert_eq!(grant.expires_in_s, Some(86_400));
    assert!(
        all(&client, &grant.access_token, Collection::OuraSleep, &world)
            .await
            .is_ok()
    );

    let spent = client
        .exchange(&back["code"], verifier, scope)
        .await
        .unwrap_err();
    assert_eq!(
        spent,
        OAuthError::Refused {
            reason: "invalid_grant".into()
        }
    );

    let refresh = grant.refresh_token.unwrap();
    let next = client.refresh(&refresh).await.unwrap();
    assert!(
        all(&client, &next.access_token, Collection::OuraSleep, &world)
            .await
            .is_ok()
    );
    let again = client.refresh(&refresh).await.unwrap_err();
    assert_eq!(
        again,
        OAuthError::Refused {
            reason: "invalid_grant".into()
        }
    );
    let stats = world
        .control(reqwest::Method::GET, "control/stats", json!(null))
        .await;
    assert_eq!(stats["refreshes"], 1);
    assert_eq!(stats["refresh_token_reuses"], 1, "the one above");

    client.revoke(&next.access_token, None).await.unwrap();
    let gone = all(&client, &next.access_token, Collection::OuraSleep, &world)
        .await
        .unwrap_err();
    assert_eq!(gone, FetchError::Unauthorized);
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worth_nothing() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let wrong: SecretString = "w".repeat(43).into();
    for verifier in [None, Some(&wrong)] {
        let authorize = client.authorize("a state", None);
        let back = allow(&world, &authorize, "a").await;
        let error = client
            .exchange(&back["code"], verifier, None)
            .await
            .unwrap_err();
        assert_eq!(
            error,
            OAuthError::Refused {
                reason: "invalid_grant".into()
            }
        );
    }
    let error = client.exchange("made up", None, None).await.unwrap_err();
    assert_eq!(
        error,
        OAuthError::Refused {
            reason: "invalid_grant".into()
        }
    );
}

#[tokio::test]
async fn saying_no_comes_back_as_such() {
    let world = World::start().await;
    for vendor in Vendor::ALL {
        let authorize = world.client(vendor).authorize("a state", Some("a"));
        let back = decide(&world, &authorize.url, "a", "deny").await;
        assert_eq!(back["error"], "access_denied");
        assert_eq!(back["state"], "a state");
        assert!(!back.contains_key("code"));
    }
}

#[tokio::test]
async fn polar_registers_also_whom_it_knows_already() {
    let world = World::start().await;
    let client = world.client(Vendor::Polar);
    for twin in ["a", "b"] {
        let authorize = client.authorize("a state", Some(twin));
        let back = allow(&world, &authorize, twin).await;
        let grant = client.exchange(&back["code"], None, None).await.unwrap();
        assert!(grant.refresh_token.is_none());
        let user = grant.vendor_user_id.clone().unwrap();
        assert!(
            all(&client, &grant.access_token, Collection::PolarSleep, &world)
                .await
                .is_ok()
        );
        client
            .revoke(&grant.access_token, Some(&user))
            .await
            .unwrap();
        let gone = all(&client, &grant.access_token, Collection::PolarSleep, &world).await;
        assert!(gone.is_err());
    }
}

#[tokio::test]
async fn tokens_come_through_a_vendor_that_is_overloaded() {
    let world = World::start().await;
    let client = world.client(Vendor::Oura);
    let authorize = client.authorize("a state", None);
    let back = allow(&world, &authorize, "a").await;
    let faults =
        json!([{"match": "/oura/oauth/token", "kind": "status", "status": 503, "rate": 0.5}]);
    world
        .control(reqwest::Method::PUT, "control/faults", faults)
        .await;
    let verifier = authorize.pkce_verifier.as_ref();
    let mut grant = client
        .exchange(&back["code"], verifier, None)
        .await
        .unwrap();
    for _ in 0..5 {
        grant = client.refresh(&grant.refresh_token.unwrap()).await.unwrap();
    }
    let stats = world
        .control(reqwest::Method::GET, "control/stats", json!(null))
        .await;
    assert_eq!(stats["refresh_token_reuses"], 0);
}
