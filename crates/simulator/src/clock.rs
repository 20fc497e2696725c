//! The simulator's clock: set once, then it walks with real time.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use physiology::Timestamp;

/// How far the clock may be set from where it started, s: 400 days. A bound on what a request for
/// a far future can make the simulator generate.
pub(crate) const REACH_S: i64 = 400 * 86_400;

/// A clock that can be set.
#[derive(Debug)]
pub(crate) struct Clock {
    anchor: Timestamp,
    set: Mutex<(Timestamp, Instant)>,
}

impl Clock {
    /// A clock that shows `now`.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            anchor: now,
            set: Mutex::new((now, Instant::now())),
        }
    }

    /// What it shows.
    pub(crate) fn now(&self) -> Timestamp {
        let (shown, since) = *self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed_ms = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
        Timestamp(shown.0.saturating_add(elapsed_ms))
    }

    /// Sets it. False, and nothing is set, beyond [`REACH_S`] from where it started.
    pub(crate) fn set(&self, now: Timestamp) -> bool {
        let within = now.seconds_since(self.anchor).abs() <= REACH_S;
        if within {
            *self.set.lock().unwrap_or_else(PoisonError::into_inner) = (now, Instant::now());
        }
        within
    }

    /// Back to where it started.
    pub(crate) fn reset(&self) {
        self.set(self.anchor);
    }
}
