//! The vendor's limits: what they leave, and waiting for them.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::http::{HeaderMap, StatusCode};
use physiology::{Timestamp, Vendor};
use tokio::time::Instant;

/// Without a word of when a limit opens, it is taken to be a minute.
const UNKNOWN_S: u64 = 60;
/// No limit is believed to stay closed for longer.
const LONGEST_S: u64 = 86_400;

/// How many calls a vendor's limit leaves this application, as its last answer told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Calls left.
    pub left: u64,
    /// Calls in all.
    pub limit: u64,
    /// When the limit starts anew, by the clock of whoever asked for pages.
    pub resets_at: Timestamp,
}

/// Lets calls through while the limit allows them.
#[derive(Debug)]
pub(crate) struct Gate {
    vendor: Vendor,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    closed_until: Option<Instant>,
    limit: Option<(Limit, Instant)>,
    /// The caller's clock, and when it was told: nothing here reads the wall clock.
    clock: Option<(Timestamp, Instant)>,
    /// The vendor's clock ahead of the caller's at its last answer, s.
    clock_ahead_s: Option<i64>,
}

impl State {
    fn now(&self) -> Option<Timestamp> {
        let (told, at) = self.clock?;
        let elapsed_ms = i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX);
        Some(Timestamp(told.0.saturating_add(elapsed_ms)))
    }
}

/// One window of a limit, as an answer tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    left: u64,
    limit: u64,
    reset_s: u64,
}

impl Gate {
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the caller's time, from which [`Limit::resets_at`] is reckoned.
    pub fn tell_time(&self, now: Timestamp) {
        self.state().clock = Some((now, Instant::now()));
    }

    /// What the last answer left; `None` before the first, and once the limit has started anew.
    pub fn limit(&self) -> Option<Limit> {
        let (limit, until) = self.state().limit?;
        (Instant::now() < until).then_some(limit)
    }

    /// How far the vendor's clock was ahead of the caller's at its last answer, s.
    pub fn clock_ahead_s(&self) -> Option<i64> {
        self.state().clock_ahead_s
    }

    /// Waits until the gate is open; `Err` holds the seconds it stays closed, when that is longer
    /// than `patience`.
    pub async fn pass(&self, patience: Duration) -> Result<(), u64> {
        loop {
            let Some(until) = self.state().closed_until else {
                return Ok(());
            };
            let wait = until.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                let mut state = self.state();
                if state.closed_until == Some(until) {
                    state.closed_until = None;
                }
                continue;
            }
            if wait > patience {
                return Err(wait.as_secs_f64().ceil() as u64);
            }
            tokio::time::sleep_until(until).await;
        }
    }

    /// Learns from an answer. Returns the seconds to wait when it was refused for the limit.
    pub fn learn(&self, status: StatusCode, headers: &HeaderMap) -> Option<u64> {
        let now = Instant::now();
        let mut state = self.state();
        if let Some((theirs, ours)) = date(headers).zip(state.now()) {
            state.clock_ahead_s = Some(theirs.seconds_since(ours));
        }
        let windows = match self.vendor {
            Vendor::Oura => oura(headers, status, state.now()).into_iter().collect(),
            Vendor::Polar => polar(headers),
        };
        if let Some((tightest, at)) = windows
            .iter()
            .min_by_key(|window| window.left)
            .zip(state.now())
        {
            let limit = Limit {
                left: tightest.left,
                limit: tightest.limit,
                resets_at: at.plus_seconds(seconds(tightest.reset_s)),
            };
            state.limit = Some((limit, now + Duration::from_secs(tightest.reset_s)));
        }
        let spent = windows
            .iter()
            .filter(|window| window.left == 0)
            .map(|window| window.reset_s)
            .max();
        let refused = status == StatusCode::TOO_MANY_REQUESTS;
        let wait_s = match (refused, retry_after(headers), spent) {
            (true, Some(told), _) => Some(told),
            (true, None, spent) => Some(spent.unwrap_or(UNKNOWN_S)),
            (false, _, spent) => spent,
        }?
        .min(LONGEST_S);
        let until = now + Duration::from_secs(wait_s);
        if state.closed_until.is_none_or(|closed| closed < until) {
            state.closed_until = Some(until);
        }
        refused.then_some(wait_s)
    }
}

/// `Retry-After` in seconds; dates are not used by these vendors.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<u64> {
    number(headers, "retry-after").map(|told| told.min(LONGEST_S))
}

/// `Date`, the vendor's clock when it answered.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(::http::header::DATE)?.to_str().ok()?;
    let date = chrono::DateTime::parse_from_rfc2822(text).ok()?;
    Some(date.to_utc().into())
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn seconds(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Oura tells its one window when it refuses, and what remains where a gateway adds it.
fn oura(headers: &HeaderMap, status: StatusCode, now: Option<Timestamp>) -> Option<Window> {
    let limit = number(headers, "x-ratelimit-limit")?;
    let refused = status == StatusCode::TOO_MANY_REQUESTS;
    let left = if refused {
        0
    } else {
        number(headers, "x-ratelimit-remaining")?
    };
    let window_s = number(headers, "x-ratelimit-window");
    let until_reset = || {
        let reset = i64::try_from(number(headers, "x-ratelimit-reset")?).ok()?;
        Some(u64::try_from(reset.saturating_sub(now?.unix_s())).unwrap_or(0))
    };
    let reset_s = retry_after(headers)
        .or_else(until_reset)
        .or(window_s)
        .unwrap_or(UNKNOWN_S);
    // A clock that is off must not close the gate for longer than the window is.
    Some(Window {
        left,
        limit,
        reset_s: reset_s.min(window_s.unwrap_or(LONGEST_S)),
    })
}

/// Polar tells both of its windows with every answer: `RateLimit-Usage: 12, 120`.
fn polar(headers: &HeaderMap) -> Vec<Window> {
    let list = |name: &str| -> Vec<Option<u64>> {
        let text = headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        text.split(',')
            .take(8)
            .map(|number| number.trim().parse().ok())
            .collect()
    };
    let (used, limits, resets) = (
        list("ratelimit-usage"),
        list("ratelimit-limit"),
        list("ratelimit-reset"),
    );
    used.into_iter()
        .zip(limits)
        .zip(resets)
        .filter_map(|((used, limit), reset_s)| {
            let (used, limit, reset_s) = (used?, limit?, reset_s?.min(LONGEST_S));
            Some(Window {
                left: limit.saturating_sub(used),
                limit,
                reset_s,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_closes_the_gate_for_as_long_as_it_says() {
        let gate = Gate::new(Vendor::Oura);
        gate.tell_time(Timestamp::from_unix_s(1_000));
        let refusal = headers(&[
            ("retry-after", "20"),
            ("x-ratelimit-limit", "5000"),
            ("x-ratelimit-window", "300"),
            ("x-ratelimit-reset", "1020"),
        ]);
        assert_eq!(
            gate.learn(StatusCode::TOO_MANY_REQUESTS, &refusal),
            Some(20)
        );
        let limit = Limit {
            left: 0,
            limit: 5_000,
            resets_at: Timestamp::from_unix_s(1_020),
        };
        assert_eq!(gate.limit(), Some(limit));
        assert_eq!(gate.pass(Duration::from_secs(10)).await, Err(20));
        let before = Instant::now();
        assert_eq!(gate.pass(Duration::from_secs(30)).await, Ok(()));
        assert!((20..=21).contains(&before.elapsed().as_secs()));
        assert_eq!(gate.limit(), None, "the window has started anew");
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_left_stops_us_before_the_vendor_does() {
        let gate = Gate::new(Vendor::Polar);
        gate.tell_time(Timestamp::from_unix_s(0));
        let some_left = headers(&[
            ("ratelimit-usage", "12, 120"),
            ("ratelimit-limit", "520, 5100"),
            ("ratelimit-reset", "784, 72000"),
        ]);
        assert_eq!(gate.learn(StatusCode::OK, &some_left), None);
        assert_eq!(gate.pass(Duration::ZERO).await, Ok(()));
        assert_eq!(gate.limit().unwrap().left, 508);
        let none_left = headers(&[
            ("ratelimit-usage", "100, 5100"),
            ("ratelimit-limit", "520, 5100"),
            ("ratelimit-reset", "784, 72000"),
        ]);
        assert_eq!(gate.learn(StatusCode::OK, &none_left), None);
        assert_eq!(
            gate.limit().unwrap().resets_at,
            Timestamp::from_unix_s(72_000)
        );
        assert_eq!(gate.pass(Duration::from_secs(30)).await, Err(72_000));
    }

    #[tokio::test(start_paused = true)]
    async fn the_vendors_clock_is_compared_with_ours() {
        let gate = Gate::new(Vendor::Oura);
        // The example of RFC 9110: 784,111,777 s.
        let answer = headers(&[("date", "Sun, 06 Nov 1994 08:49:37 GMT")]);
        gate.learn(StatusCode::OK, &answer);
        assert_eq!(gate.clock_ahead_s(), None, "nobody told our time yet");
        gate.tell_time(Timestamp::from_unix_s(784_111_777 - 600));
        gate.learn(StatusCode::OK, &answer);
        assert_eq!(gate.clock_ahead_s(), Some(600));
        tokio::time::advance(Duration::from_secs(700)).await;
        gate.learn(StatusCode::NOT_FOUND, &answer);
        assert_eq!(gate.clock_ahead_s(), Some(-100));
        gate.learn(StatusCode::OK, &headers(&[("date", "yesterday")]));
        assert_eq!(gate.clock_ahead_s(), Some(-100), "nonsense tells nothing");
    }

    #[tokio::test(start_paused = true)]
    async fn nonsense_in_the_headers_does_no_harm() {
        let gate = Gate::new(Vendor::Polar);
        for pairs in [
            [
                ("ratelimit-usage", "x"),
                ("ratelimit-limit", "-1"),
                ("ratelimit-reset", ""),
            ],
            [
                ("ratelimit-usage", "1,2,3"),
                ("ratelimit-limit", "1"),
                ("ratelimit-reset", "x"),
            ],
        ] {
            assert_eq!(gate.learn(StatusCode::OK, &headers(&pairs)), None);
            assert_eq!(gate.pass(Duration::ZERO).await, Ok(()));
        }
        let far = headers(&[("retry-after", "18446744073709551615")]);
        assert_eq!(
            gate.learn(StatusCode::TOO_MANY_REQUESTS, &far),
            Some(LONGEST_S)
        );
    }
}
