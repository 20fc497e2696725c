//! Webhooks of both vendors: subscribing, and what is sent.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use simulator::Config;

use crate::support::receiver::Receiver;
use crate::support::{Answer, Lab, config, hexadecimal};

impl Lab {
    async fn webhook(&self, method: &str, path: &str, body: Value) -> Answer {
        let url = self.url(&format!("/polar/v3/webhooks{path}"));
        let request = self.http.request(method.parse().unwrap(), url);
        let request = request.basic_auth("sim-polar", Some("sim-polar-secret"));
        self.send(request.body(body.to_string())).await
    }
}

#[tokio::test]
async fn subscriptions_are_challenged_kept_renewed_and_deleted() {
    let lab = Lab::new().await;
    let receiver = Receiver::new("our-token").await;
    let call = |method: &'static str, path: String, body: Value| {
        let lab = &lab;
        async move {
            let url = lab.url(&format!("/oura/v2/webhook/subscription{path}"));
            let request = lab.http.request(method.parse().unwrap(), url);
            let request = request
                .header("x-client-id", "sim-oura")
                .header("x-client-secret", "sim-oura-secret");
            lab.send(request.body(body.to_string())).await
        }
    };
    let wish = |token: &str| {
        json!({"callback_url": receiver.url("/hook"), "verification_token": token,
               "event_type": "update", "data_type": "sleep"})
    };
    let stranger = lab.http.get(lab.url("/oura/v2/webhook/subscription"));
    assert_eq!(lab.send(stranger).await.status, 401);
    assert_eq!(
        call("POST", String::new(), wish("not ours")).await.status,
        400
    );
    assert_eq!(
        call("POST", String::new(), json!({"data_type": "sleep"}))
            .await
            .status,
        422
    );
    let created = call("POST", String::new(), wish("our-token")).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let subscription = created.json();
    let expires = subscription["expiration_time"].as_str().unwrap();
    assert!(
        !expires.ends_with('Z') && expires.starts_with("2027-01-11"),
        "{expires}"
    );
    assert_eq!(
        call("POST", String::new(), wish("our-token")).await.status,
        409
    );
    let list = call("GET", String::new(), Value::Null).await.json();
    assert_eq!(list, json!([subscription]));
    let id = subscription["id"].as_str().unwrap();
    lab.clock("2026-10-14T02:00:00Z").await;
    let renewed = call("PUT", format!("/renew/{id}"), Value::Null).await;
    assert_eq!(renewed.status, 200);
    assert!(
        renewed.json()["expiration_time"]
            .as_str()
            .unwrap()
            .starts_with("2027-01-12")
    );
    let updated = call(
        "PUT",
        format!("/{id}"),
        json!({"verification_token": "our-token"}),
    )
    .await;
    assert_eq!(updated.status, 200, "{}", updated.text);
    assert_eq!(call("GET", format!("/{id}"), Value::Null).await.status, 200);
    assert_eq!(
        call("DELETE", format!("/{id}"), Value::Null).await.status,
        204
    );
    assert_eq!(call("GET", format!("/{id}"), Value::Null).await.status, 403);
    assert_eq!(
        call("PUT", format!("/renew/{id}"), Value::Null)
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn the_webhook_is_pinged_first_and_tells_its_secret_once() {
    let lab = Lab::new().await;
    let receiver = Receiver::new("").await;
    let wish = json!({"events": ["SLEEP", "EXERCISE"], "url": receiver.url("/hook")});
    let stranger = lab
        .http
        .post(lab.url("/polar/v3/webhooks"))
        .body(wish.to_string());
    assert_eq!(lab.send(stranger).await.status, 401);
    receiver.answer(500);
    assert_eq!(lab.webhook("POST", "", wish.clone()).await.status, 400);
    receiver.answer(200);
    receiver.take();
    let created = lab.webhook("POST", "", wish.clone()).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let created = created.json();
    let (ping, body) = receiver.take().remove(0);
    assert_eq!(ping["polar-webhook-event"], "PING");
    assert!(!ping.contains_key("polar-webhook-signature"));
    assert!(
        std::str::from_utf8(&body)
            .unwrap()
            .contains("\"event\":\"PING\"")
    );
    assert_eq!(lab.webhook("POST", "", wish).await.status, 409);
    let shown = lab.webhook("GET", "", Value::Null).await;
    assert!(!shown.text.contains("signature_secret_key"));
    let id = created["data"]["id"].as_str().unwrap();
    assert_eq!(shown.json()["data"][0]["active"], true);

    let secret = created["data"]["signature_secret_key"].as_str().unwrap();
    let event =
        json!({"provider": "polar", "subject": "b", "data_type": "SLEEP", "day": "2026-10-13"});
    let sent = lab
        .control("POST", "webhooks/emit", event.clone())
        .await
        .json();
    assert_eq!(sent["deliveries"][0]["status"], 200, "{sent}");
    let (headers, body) = receiver.take().remove(0);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(&body);
    let expected = hexadecimal(&mac.finalize().into_bytes());
    assert_eq!(headers["polar-webhook-signature"], expected.as_str());
    assert_eq!(headers["polar-webhook-event"], "SLEEP");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&body["user_id"], &body["date"]),
        (&json!(62_000_002), &json!("2026-10-13"))
    );

    let patched = lab
        .webhook("PATCH", &format!("/{id}"), json!({"events": ["EXERCISE"]}))
        .await;
    assert_eq!(patched.json()["data"][0]["events"], json!(["EXERCISE"]));
    let sent = lab.control("POST", "webhooks/emit", event).await.json();
    assert_eq!(sent["deliveries"], json!([]), "not subscribed any more");
    assert_eq!(
        lab.webhook("POST", "/deactivate", Value::Null).await.status,
        200
    );
    assert_eq!(
        lab.webhook("GET", "", Value::Null).await.json()["data"][0]["active"],
        false
    );
    assert_eq!(
        lab.webhook("POST", "/activate", Value::Null).await.status,
        200
    );
    assert_eq!(lab.webhook("PATCH", "/nope", json!({})).await.status, 404);
    assert_eq!(
        lab.webhook("DELETE", &format!("/{id}"), Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        lab.webhook("DELETE", &format!("/{id}"), Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(
        lab.webhook("POST", "/activate", Value::Null).await.status,
        204
    );
}

#[tokio::test]
async fn events_are_signed_and_go_where_they_were_asked_for() {
    let receiver = Receiver::new("t").await;
    let target = receiver.url("/hook").parse().unwrap();
    let lab = Lab::with(Config {
        webhook_target: Some(target),
        ..config()
    })
    .await;
    let token = lab.token("oura", "a").await;
    let wish = json!({"provider": "oura", "subject": "a", "data_type": "daily_spo2",
                      "event_type": "update", "day": "2026-10-13", "repeat": 2});
    let sent = lab.control("POST", "webhooks/emit", wish).await.json();
    assert_eq!(sent["deliveries"].as_array().unwrap().len(), 2, "{sent}");
    let deliveries = receiver.take();
    assert_eq!(deliveries.len(), 2);
    let (headers, body) = &deliveries[0];
    let mut mac = Hmac::<Sha256>::new_from_slice(b"sim-oura-secret").unwrap();
    mac.update(headers["x-oura-timestamp"].as_bytes());
    mac.update(body);
    let expected = hexadecimal(&mac.finalize().into_bytes()).to_uppercase();
    assert_eq!(headers["x-oura-signature"], expected.as_str());
    let event: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(event["data_type"], "daily_spo2");
    assert_eq!(event["event_type"], "update");
    let id = event["object_id"].as_str().unwrap();
    let document = lab
        .get(&format!("/oura/v2/usercollection/daily_spo2/{id}"), &token)
        .await;
    assert_eq!(document.json()["day"], "2026-10-13");
    let info = lab
        .get("/oura/v2/usercollection/personal_info", &token)
        .await
        .json();
    assert_eq!(info["id"], event["user_id"]);

    let forged = json!({"provider": "oura", "subject": "a", "data_type": "daily_spo2",
                        "day": "2026-10-13", "signed": false});
    lab.control("POST", "webhooks/emit", forged).await;
    let (forged, _) = receiver.take().remove(0);
    assert_ne!(forged["x-oura-signature"], expected.as_str());
    let nothing =
        json!({"provider": "oura", "subject": "a", "data_type": "sleep", "day": "1999-01-01"});
    assert_eq!(
        lab.control("POST", "webhooks/emit", nothing).await.status,
        422
    );
}

#[tokio::test]
async fn gone_cancels_a_subscription() {
    let lab = Lab::new().await;
    let receiver = Receiver::new("t").await;
    let body = json!({"callback_url": receiver.url("/hook"), "verification_token": "t",
                      "event_type": "create", "data_type": "sleep"});
    let list = || async {
        let request = lab.http.get(lab.url("/oura/v2/webhook/subscription"));
        let request = request.header("x-client-id", "sim-oura");
        lab.send(request.header("x-client-secret", "sim-oura-secret"))
            .await
            .json()
    };
    let request = lab.http.post(lab.url("/oura/v2/webhook/subscription"));
    let request = request
        .header("x-client-id", "sim-oura")
        .header("x-client-secret", "sim-oura-secret");
    assert_eq!(lab.send(request.body(body.to_string())).await.status, 201);
    receiver.answer(410);
    let event =
        json!({"provider": "oura", "subject": "a", "data_type": "sleep", "day": "2026-10-13"});
    let sent = lab.control("POST", "webhooks/emit", event).await.json();
    assert_eq!(sent["deliveries"][0]["status"], 410);
    assert_eq!(list().await, json!([]));
}
