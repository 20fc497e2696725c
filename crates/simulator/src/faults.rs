//! Faults on demand, for everything but the control interface.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use crate::rng::Rng;
use crate::serve::Hangup;
use crate::state::{Shared, Simulator};

/// The longest a fault holds a request, ms.
const LONGEST_MS: u64 = 120_000;
/// The longest answer that can be cut off, bytes.
const LONGEST_BODY: usize = 64 << 20;
/// More faults than this are refused.
pub(crate) const MOST_FAULTS: usize = 100;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Another status, with `retry_after` if given.
    Status,
    /// The right answer, `ms` late.
    Latency,
    /// No answer for `ms` (two minutes if 0), then the connection is reset.
    Hang,
    /// Half the answer under the length of the whole.
    Truncate,
    /// 200 with something that is not JSON.
    Garbage,
    /// The connection is reset at once.
    Reset,
}

/// A fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// The path has to begin with this.
    pub(crate) r#match: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    status: Option<u16>,
    /// How often it strikes, 0–1.
    #[serde(default = "always")]
    pub(crate) rate: f64,
    #[serde(default)]
    ms: u64,
    /// s.
    #[serde(default)]
    retry_after: Option<u64>,
}

const fn always() -> f64 {
    1.0
}

/// The faults in force, and the dice they are thrown with.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) list: Vec<Fault>,
    throws: u64,
}

impl Faults {
    /// Faults from now on; the dice start anew.
    pub(crate) fn new(list: Vec<Fault>) -> Self {
        Self { list, throws: 0 }
    }

    /// The first fault that strikes a path.
    fn strike(&mut self, seed: u64, path: &str) -> Option<Fault> {
        let Self { list, throws } = self;
        list.iter()
            .filter(|fault| path.starts_with(&fault.r#match))
            .find(|fault| {
                *throws += 1;
                Rng::new(&[seed, u64::MAX - 1, *throws]).chance(fault.rate)
            })
            .cloned()
    }
}

/// Lets a request through, or lets a fault strike it.
pub(crate) async fn inject(
    State(simulator): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let Some(fault) = strike(&simulator, &path) else {
        return next.run(request).await;
    };
    let hangup = request
        .extensions()
        .get::<ConnectInfo<Hangup>>()
        .map(|info| info.0.clone());
    match fault.kind {
        Kind::Status => status(&simulator, &fault, &path),
        Kind::Latency => {
            tokio::time::sleep(Duration::from_millis(fault.ms.min(LONGEST_MS))).await;
            next.run(request).await
        }
        Kind::Hang => {
            let ms = if fault.ms == 0 {
                LONGEST_MS
            } else {
                fault.ms.min(LONGEST_MS)
            };
            tokio::time::sleep(Duration::from_millis(ms)).await;
            reset(hangup)
        }
        Kind::Truncate => truncate(next.run(request).await, hangup).await,
        Kind::Garbage => {
            let nonsense = "<html><body>upstream temporarily \u{1F9CA} ]}";
            ([(header::CONTENT_TYPE, "application/json")], nonsense).into_response()
        }
        Kind::Reset => reset(hangup),
    }
}

fn strike(simulator: &Simulator, path: &str) -> Option<Fault> {
    if path.starts_with("/control/") {
        return None;
    }
    let mut changing = simulator.changing();
    let fault = changing.faults.strike(simulator.config.seed, path)?;
    changing.stats.faults += 1;
    Some(fault)
}

fn status(simulator: &Simulator, fault: &Fault, path: &str) -> Response {
    let status = fault
        .status
        .and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let message = status.canonical_reason().unwrap_or("Fault");
    let mut response = if path.starts_with("/polar") {
        crate::polar::errors::error(simulator, status, "fault", message)
    } else {
        crate::oura::errors::detail(status, message)
    };
    if let Some(seconds) = fault.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Whatever is written after this resets the connection.
fn reset(hangup: Option<Hangup>) -> Response {
    if let Some(hangup) = hangup {
        hangup.now();
    }
    StatusCode::BAD_GATEWAY.into_response()
}

/// Half of the answer, then the end of the connection.
async fn truncate(response: Response, hangup: Option<Hangup>) -> Response {
    let (parts, body) = response.into_parts();
    let whole = to_bytes(body, LONGEST_BODY).await.unwrap_or_default();
    if whole.len() < 2 {
        return reset(hangup);
    }
    let half: Bytes = whole.slice(..whole.len() / 2);
    // The half has to leave before the connection ends.
    let end = stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof))
    });
    let body = Body::from_stream(stream::once(async { Ok(half) }).chain(end));
    let mut headers: HeaderMap = parts.headers;
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    (parts.status, headers, body).into_response()
}
