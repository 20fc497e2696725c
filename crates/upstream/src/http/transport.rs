//! Sending a call as often as it takes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ::http::StatusCode;
use physiology::{Timestamp, Vendor};
use url::Url;

use super::call::{Answer, Call, Repeat};
use super::gate::{Gate, Limit, retry_after};
use crate::config::{Config, RetryPolicy};
use crate::error::FetchError;

/// No answer may be larger, unpacked.
const LARGEST_ANSWER: usize = 64 << 20;
const CONNECT: Duration = Duration::from_secs(5);
/// Both vendors want one; Oura answers 403 without.
const USER_AGENT: &str = concat!("acclimate/", env!("CARGO_PKG_VERSION"));

/// What to do with an answer.
pub(crate) enum Verdict<T> {
    /// It is the answer.
    Done(Result<T, FetchError>),
    /// Ask again, not before so long; the error is what is said when no attempt is left.
    Again(FetchError, Option<Duration>),
}

/// What became of a call without an answer.
enum Failure {
    /// The vendor never saw it.
    Unsent(&'static str),
    /// The vendor may have seen it.
    Lost(&'static str),
    /// The answer is more than we take, and would be again.
    TooLarge,
}

/// The way to one vendor.
pub(crate) struct Transport {
    http: reqwest::Client,
    retries: RetryPolicy,
    gate: Gate,
    calls: AtomicU64,
}

impl Transport {
    /// `None` when the system's network settings let no client be made.
    pub fn new(vendor: Vendor, config: &Config) -> Option<Self> {
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT.min(config.timeout))
            .timeout(config.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never());
        if is_loopback(&config.api_base_url) {
            builder = builder.no_proxy();
        }
        Some(Self {
            http: builder.build().ok()?,
            retries: config.retries,
            gate: Gate::new(vendor),
            calls: AtomicU64::new(0),
        })
    }

    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn limit(&self) -> Option<Limit> {
        self.gate.limit()
    }

    pub fn clock_ahead_s(&self) -> Option<i64> {
        self.gate.clock_ahead_s()
    }

    pub fn tell_time(&self, now: Timestamp) {
        self.gate.tell_time(now);
    }

    /// Fetches what `read` makes of a 2xx or 404 answer. An answer `read` cannot make sense of is
    /// asked for again, as it may have been garbled on its way.
    pub async fn fetch<T>(
        &self,
        call: &Call,
        read: impl Fn(&Answer) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        self.send(call, |answer| match answer.status {
            status if status.is_success() || status == StatusCode::NOT_FOUND => match read(&answer)
            {
                Err(error @ FetchError::Malformed { .. }) if call.repeat == Repeat::Safely => {
                    Verdict::Again(error, None)
                }
                result => Verdict::Done(result),
            },
            StatusCode::UNAUTHORIZED => Verdict::Done(Err(FetchError::Unauthorized)),
            StatusCode::FORBIDDEN => Verdict::Done(Err(FetchError::NotGranted)),
            status if is_passing(status, call.repeat) => {
                let error = FetchError::unavailable(&format!("HTTP {}", status.as_u16()));
                Verdict::Again(error, retry_after(&answer.headers).map(Duration::from_secs))
            }
            status if status.is_server_error() => Verdict::Done(Err(FetchError::unavailable(
                &format!("HTTP {}", status.as_u16()),
            ))),
            status => Verdict::Done(Err(FetchError::Rejected {
                status: status.as_u16(),
            })),
        })
        .await
    }

    /// Sends a call until `judge` is content, the attempts are used up, or waiting would take too
    /// long. Refusals for the limit (429) never reach `judge`.
    pub async fn send<T>(
        &self,
        call: &Call,
        judge: impl Fn(Answer) -> Verdict<T>,
    ) -> Result<T, FetchError> {
        let patience = self.retries.patience;
        let mut attempt = 1;
        loop {
            let closed = |retry_after_s| FetchError::LimitReached { retry_after_s };
            self.gate.pass(patience).await.map_err(closed)?;
            let (error, at_least) = match self.once(call).await {
                Ok(answer) => match self.gate.learn(answer.status, &answer.headers) {
                    // The gate does the waiting, for this call and for all others.
                    Some(retry_after_s) => (closed(retry_after_s), None),
                    None => match judge(answer) {
                        Verdict::Done(result) => return result,
                        Verdict::Again(error, at_least) => (error, at_least),
                    },
                },
                Err(Failure::TooLarge) => {
                    return Err(FetchError::malformed("the answer is too large"));
                }
                Err(Failure::Unsent(what)) => (FetchError::unavailable(what), None),
                Err(Failure::Lost(what)) => {
                    let error = FetchError::unavailable(what);
                    if call.repeat == Repeat::OnlyUnsent {
                        return Err(error);
                    }
                    (error, None)
                }
            };
            if attempt >= self.retries.attempts || at_least.is_some_and(|pause| pause > patience) {
                return Err(error);
            }
            let pause = self.jitter(attempt).max(at_least.unwrap_or_default());
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// Drawn evenly from zero to a bound that doubles with each attempt.
    fn jitter(&self, attempt: u32) -> Duration {
        let doubled = self.retries.base.saturating_mul(1 << (attempt - 1).min(20));
        doubled.min(self.retries.cap).mul_f64(rand::random::<f64>())
    }

    async fn once(&self, call: &Call) -> Result<Answer, Failure> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let mut request = self
            .http
            .request(call.method.clone(), call.url.clone())
            .headers(call.headers.clone());
        if !call.body.is_empty() {
            request = request.body(call.body.clone());
        }
        let mut response = request.send().await.map_err(|error| failure(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }
}

/// 408 and 5xx pass. Of what must not be done twice, only 503 says that it was not done.
fn is_passing(status: StatusCode, repeat: Repeat) -> bool {
    match repeat {
        Repeat::Safely => status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT,
        Repeat::OnlyUnsent => status == StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Never the error's own text: it has addresses in it, and addresses may have codes.
fn failure(error: &reqwest::Error) -> Failure {
    if error.is_connect() {
        Failure::Unsent("no connection")
    } else if error.is_builder() {
        Failure::Unsent("the request could not be made")
    } else if error.is_timeout() {
        Failure::Lost("timed out")
    } else if error.is_body() || error.is_decode() {
        Failure::Lost("the answer broke off")
    } else {
        Failure::Lost("the connection broke")
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
