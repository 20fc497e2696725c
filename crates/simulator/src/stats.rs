//! What was called how often.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counters since the start or the last reset.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Stats {
    /// Calls by `METHOD /route/{template}`.
    pub(crate) calls: BTreeMap<String, u64>,
    /// Refreshes that gave new tokens.
    pub(crate) refreshes: u64,
    /// Refreshes with a token that had been used before.
    pub(crate) refresh_token_reuses: u64,
    /// Answers that a fault replaced or delayed.
    pub(crate) faults: u64,
}
