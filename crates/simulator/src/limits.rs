//! Counting calls against the vendors' limits, by the simulator's clock.

use std::collections::VecDeque;

use physiology::Timestamp;
use serde::{Deserialize, Serialize};

/// Oura: calls in five minutes for one client.
pub(crate) const OURA_PER_5_MIN: u32 = 5_000;
/// The window of Oura's limit, s.
pub(crate) const OURA_WINDOW_S: i64 = 300;
/// The windows of Polar's limits, s.
pub(crate) const POLAR_WINDOWS_S: [i64; 2] = [900, 86_400];

/// Limits that stand in for the vendors' own; what is left out stays as it is.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Overrides {
    pub(crate) oura_per_5min: Option<u32>,
    pub(crate) polar_15min: Option<u32>,
    pub(crate) polar_24h: Option<u32>,
}

/// The calls of a rolling window.
#[derive(Debug, Default)]
pub(crate) struct Window(VecDeque<Timestamp>);

impl Window {
    /// Forgets what is older than the window, or later than now after the clock was set back.
    fn tidy(&mut self, now: Timestamp, window_s: i64) {
        while self
            .0
            .front()
            .is_some_and(|call| now.seconds_since(*call) >= window_s)
        {
            self.0.pop_front();
        }
        while self.0.back().is_some_and(|call| *call > now) {
            self.0.pop_back();
        }
    }

    /// Counts a call if the limit allows it; otherwise tells after how many seconds one will.
    pub(crate) fn call(&mut self, now: Timestamp, window_s: i64, limit: u32) -> Result<(), i64> {
        self.tidy(now, window_s);
        if self.0.len() < limit as usize {
            self.0.push_back(now);
            return Ok(());
        }
        Err(self.reset_s(now, window_s).max(1))
    }

    /// How many calls the window holds.
    pub(crate) fn used(&mut self, now: Timestamp, window_s: i64) -> usize {
        self.tidy(now, window_s);
        self.0.len()
    }

    /// Seconds until the oldest call leaves the window.
    pub(crate) fn reset_s(&self, now: Timestamp, window_s: i64) -> i64 {
        self.0
            .front()
            .map_or(0, |call| window_s - now.seconds_since(*call))
    }
}

/// All windows.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) overrides: Overrides,
    pub(crate) oura: Window,
    pub(crate) polar: [Window; 2],
}

impl Limits {
    pub(crate) fn oura_limit(&self) -> u32 {
        self.overrides.oura_per_5min.unwrap_or(OURA_PER_5_MIN)
    }

    /// Polar's limits grow with the number of registered users.
    pub(crate) fn polar_limits(&self, users: u32) -> [u32; 2] {
        [
            self.overrides.polar_15min.unwrap_or(500 + 20 * users),
            self.overrides.polar_24h.unwrap_or(5_000 + 100 * users),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_rolls() {
        let mut window = Window::default();
        let at = Timestamp::from_unix_s;
        assert_eq!(window.call(at(0), 300, 2), Ok(()));
        assert_eq!(window.call(at(100), 300, 2), Ok(()));
        assert_eq!(window.call(at(150), 300, 2), Err(150));
        assert_eq!(window.call(at(300), 300, 2), Ok(()));
        assert_eq!(window.used(at(300), 300), 2);
        assert_eq!(window.used(at(50), 300), 0, "the clock was set back");
    }
}
