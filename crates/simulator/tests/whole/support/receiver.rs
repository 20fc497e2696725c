//! Somebody who receives events.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;

/// A delivery: headers and raw body.
pub type Delivery = (HeaderMap, Bytes);

#[derive(Clone)]
struct Inbox {
    token: String,
    status: Arc<Mutex<u16>>,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

pub struct Receiver {
    address: std::net::SocketAddr,
    inbox: Inbox,
}

impl Receiver {
    /// Answers challenges that come with `token`, and keeps whatever is posted.
    pub async fn new(token: &str) -> Self {
        let inbox = Inbox {
            token: token.into(),
            status: Arc::new(Mutex::new(200)),
            deliveries: Arc::default(),
        };
        let router = Router::new()
            .route("/hook", get(challenge).post(keep))
            .with_state(inbox.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, inbox }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it answers deliveries with from now on.
    pub fn answer(&self, status: u16) {
        *self.inbox.status.lock().unwrap() = status;
    }

    pub fn take(&self) -> Vec<Delivery> {
        std::mem::take(&mut self.inbox.deliveries.lock().unwrap())
    }
}

async fn challenge(
    State(inbox): State<Inbox>,
    RawQuery(query): RawQuery,
) -> Result<String, StatusCode> {
    let query = query.unwrap_or_default();
    let get = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if get("verification_token").as_deref() != Some(&inbox.token) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    Ok(serde_json::json!({"challenge": get("challenge")}).to_string())
}

async fn keep(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    inbox.deliveries.lock().unwrap().push((headers, body));
    StatusCode::from_u16(*inbox.status.lock().unwrap()).unwrap()
}
