//! Starting and stopping.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use chrono::Utc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::config::Config;
use crate::serve::{Doors, Hangup};
use crate::state::{Shared, Simulator};
use crate::{control, faults, oura, polar};

/// How long shutting down waits for requests that are under way.
const FAREWELL: Duration = Duration::from_millis(500);

/// A simulator that listens. Dropping it stops it too.
#[derive(Debug)]
pub struct Running {
    base: Url,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// Where it listens, such as `http://127.0.0.1:4400/`.
    pub fn base_url(&self) -> &Url {
        &self.base
    }

    /// Stops listening; requests under way get a moment to end.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = tokio::time::timeout(FAREWELL, &mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves on `listener` until the returned value is shut down or dropped.
///
/// # Errors
/// When the listener has no address or no HTTP client can be made.
pub async fn start(config: Config, listener: TcpListener) -> anyhow::Result<Running> {
    let address = listener
        .local_addr()
        .context("the listener has no address")?;
    let base = Url::parse(&format!("http://{address}/")).context("the address is no URL")?;
    let now = config.now.unwrap_or_else(Utc::now);
    // Whatever the clock shows later, the twins live by the instant it was started at.
    let config = Config {
        now: Some(now),
        ..config
    };
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .context("no HTTP client")?;
    let simulator = Arc::new(Simulator::new(config, now.into(), base.clone(), http));
    let service = router(simulator).into_make_service_with_connect_info::<Hangup>();
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let serving = axum::serve(Doors(listener), service).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the simulator stopped");
        }
    });
    Ok(Running {
        base,
        stop: Some(stop),
        task,
    })
}

fn router(simulator: Shared) -> Router {
    Router::new()
        .merge(oura::routes::router())
        .merge(polar::routes::router(&simulator))
        .merge(control::router())
        .layer(from_fn_with_state(Arc::clone(&simulator), faults::inject))
        .layer(from_fn_with_state(Arc::clone(&simulator), count))
        .layer(from_fn_with_state(Arc::clone(&simulator), date))
        .with_state(simulator)
}

/// Dates the answer by the simulated clock, as a vendor does by its own.
async fn date(State(simulator): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let now = simulator.now().to_utc().format("%a, %d %b %Y %H:%M:%S GMT");
    if let Ok(now) = HeaderValue::from_str(&now.to_string()) {
        response.headers_mut().insert(DATE, now);
    }
    response
}

/// Counts the call under the template of its route.
async fn count(State(simulator): State<Shared>, request: Request, next: Next) -> Response {
    let template = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    if let Some(template) = template
        && !template.starts_with("/control")
    {
        let route = format!("{} {template}", request.method());
        *simulator.changing().stats.calls.entry(route).or_default() += 1;
    }
    next.run(request).await
}
