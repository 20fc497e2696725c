//! A simulator to ask questions of.

pub mod oura_rules;
pub mod polar_rules;
pub mod receiver;
pub mod rules;

use serde_json::{Value, json};
use simulator::{Config, Running, start};

pub const NOW: &str = "2026-10-13T02:00:00Z";

pub struct Lab {
    pub running: Running,
    pub http: reqwest::Client,
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {} {:.300}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

pub fn config() -> Config {
    Config {
        now: Some(NOW.parse().unwrap()),
        ..Config::default()
    }
}

impl Lab {
    pub async fn new() -> Self {
        Self::with(config()).await
    }

    pub async fn with(config: Config) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = start(config, listener).await.unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .user_agent("test")
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { running, http }
    }

    pub fn url(&self, path: &str) -> String {
        format!(
            "{}{}",
            self.running.base_url(),
            path.trim_start_matches('/')
        )
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.send(self.http.get(self.url(path)).bearer_auth(token))
            .await
    }

    pub async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let method = method.parse().unwrap();
        let request = self
            .http
            .request(method, self.url(&format!("/control/{path}")));
        self.send(request.body(body.to_string())).await
    }

    pub async fn token(&self, provider: &str, subject: &str) -> String {
        let wish = json!({"provider": provider, "subject": subject});
        let answer = self.control("POST", "token", wish).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// A Polar token of somebody who is registered.
    pub async fn registered(&self, subject: &str) -> String {
        let wish = json!({"provider": "polar", "subject": subject, "register": true});
        let answer = self.control("POST", "token", wish).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// Every page of an Oura list: the documents, and how long each page was.
    pub async fn pages(&self, path: &str, token: &str, query: &str) -> (Vec<Value>, Vec<usize>) {
        let (mut all, mut lengths, mut next) = (Vec::new(), Vec::new(), String::new());
        loop {
            let path = format!("/oura/v2/usercollection/{path}?{query}{next}");
            let answer = self.get(&path, token).await;
            assert_eq!(answer.status, 200, "{path} {}", answer.text);
            let page = answer.json();
            let data = page["data"].as_array().unwrap();
            lengths.push(data.len());
            all.extend(data.iter().cloned());
            match page["next_token"].as_str() {
                None => return (all, lengths),
                Some(token) => next = format!("&next_token={token}"),
            }
        }
    }

    pub async fn all(&self, path: &str, token: &str) -> Vec<Value> {
        self.pages(path, token, "start_date=2020-01-01&end_date=2030-01-01")
            .await
            .0
    }

    pub async fn truth(&self, subject: &str, metric: &str) -> Vec<(String, f64)> {
        let query = format!("subject={subject}&metric={metric}&start=2020-01-01&end=2030-01-01");
        let answer = self.get(&format!("/control/truth?{query}"), "").await;
        let values = answer.json();
        let values = values["values"].as_array().unwrap();
        let pair = |value: &Value| {
            (
                value["day"].as_str().unwrap().to_owned(),
                value["value"].as_f64().unwrap(),
            )
        };
        values.iter().map(pair).collect()
    }

    pub async fn clock(&self, now: &str) {
        let answer = self.control("PUT", "clock", json!({"now": now})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}
