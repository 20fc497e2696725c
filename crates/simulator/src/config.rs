//! What a simulator is started with.

use chrono::{DateTime, Utc};
use url::Url;

/// The days of the trek that have begun at the start: today is the ninth.
pub(crate) const TREK_DAYS_SO_FAR: u32 = 9;

/// The longest record that can be asked for, days.
const LONGEST_RECORD_DAYS: u32 = 3_650;

/// The most people there can be: one letter each.
const MOST_SUBJECTS: u32 = 26;

/// What a simulator is started with. The same seed and `now` give the same record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Everything random hangs on it.
    pub seed: u64,
    /// The instant at which the twins are on day 9; `None` is the wall clock's, at the start.
    pub now: Option<DateTime<Utc>>,
    /// Length of the record in days, today included: nine of trek, the rest at home before it.
    pub days: u32,
    /// How many people there are. `a` and `b` are the twins; `c`, `d` … stay at home.
    pub subjects: u32,
    /// Life of an Oura access token, s.
    pub token_ttl_s: u64,
    /// Where webhook events go that no subscription asks for.
    pub webhook_target: Option<Url>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            now: None,
            days: 23,
            subjects: 2,
            token_ttl_s: 86_400,
            webhook_target: None,
        }
    }
}

impl Config {
    /// The length of the record within its bounds: at least the trek so far.
    pub(crate) fn record_days(&self) -> u32 {
        self.days.clamp(TREK_DAYS_SO_FAR, LONGEST_RECORD_DAYS)
    }

    /// The number of people within its bounds.
    pub(crate) fn people(&self) -> usize {
        self.subjects.clamp(1, MOST_SUBJECTS) as usize
    }
}
