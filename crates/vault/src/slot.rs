//! What one process remembers of one connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::claim::Watched;
use crate::error::VaultError;
use crate::token::{Record, State, Token};

/// A token is handed out from memory for this long before the store is asked whether the
/// connection is still there.
const TRUST: Duration = Duration::from_secs(30);

/// The version that was newest when the store was last asked.
#[derive(Clone)]
pub(crate) struct Seen {
    pub version: u64,
    pub record: Arc<Record>,
}

impl Seen {
    pub fn live_token(&self) -> Option<&Token> {
        match &self.record.state {
            State::Token(token) => Some(token),
            State::Reconnect { .. } | State::Deleted => None,
        }
    }
}

/// One connection in this process.
#[derive(Default)]
pub(crate) struct Slot {
    /// Held by the one task that talks to the store or the vendor about this connection.
    pub flight: tokio::sync::Mutex<()>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Counts what happens, to tell before from after without a clock.
    count: u64,
    seen: Option<Seen>,
    /// The count when `seen` was last set.
    learnt: u64,
    /// The count when the last look at the store began.
    looked: Option<u64>,
    /// Until when `seen` is good without another look.
    trusted_until: Option<Instant>,
    /// The count when the last failure was known, and what it was.
    failure: Option<(u64, VaultError)>,
    /// No renewal is tried before, as long as the old token works.
    retry_at: Option<Instant>,
    /// Obtained from the vendor, and not yet in the store.
    unsaved: Option<Arc<Record>>,
    watched: Option<Watched>,
}

impl Memory {
    fn tick(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    fn learn(&mut self, began: u64, found: Option<Seen>) {
        let version = |seen: &Option<Seen>| seen.as_ref().map(|seen| seen.version);
        // Versions go up. Only a look that began after the last thing learnt may say otherwise:
        // then somebody emptied the store.
        if self.learnt > began && version(&found) < version(&self.seen) {
            return;
        }
        self.seen = found;
        self.looked = self.looked.max(Some(began));
        self.trusted_until = Some(Instant::now() + TRUST);
        self.learnt = self.tick();
    }
}

impl Slot {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks this moment, for [`Slot::failure_since`] and [`Slot::seen_since`].
    pub fn mark(&self) -> u64 {
        self.memory().count
    }

    /// A look at the store begins; what it finds goes to [`Slot::remember`].
    pub fn begin_look(&self) -> u64 {
        self.memory().tick()
    }

    /// What a look that began at `began` found; `None`: there has never been a connection.
    pub fn remember(&self, began: u64, found: Option<Seen>) {
        self.memory().learn(began, found);
    }

    /// We wrote this version, after a look that began at `began`.
    pub fn remember_written(&self, began: u64, written: Seen) {
        let mut memory = self.memory();
        memory.failure = None;
        memory.retry_at = None;
        memory.learn(began, Some(written));
    }

    pub fn seen(&self) -> Option<Seen> {
        self.memory().seen.clone()
    }

    /// What the store was found to hold by a look that began after `mark`, if there was one.
    #[expect(
        clippy::option_option,
        reason = "no look, and a look that found nothing, differ"
    )]
    pub fn seen_since(&self, mark: u64) -> Option<Option<Seen>> {
        let memory = self.memory();
        memory
            .looked
            .filter(|looked| *looked > mark)
            .map(|_| memory.seen.clone())
    }

    /// What is in memory and need not be checked with the store yet.
    pub fn trusted(&self) -> Option<Seen> {
        let memory = self.memory();
        memory
            .trusted_until
            .filter(|until| Instant::now() < *until)?;
        memory.seen.clone()
    }

    /// The store does not answer: what is in memory has to do for `pause`.
    pub fn trust_for(&self, pause: Duration) {
        self.memory().trusted_until = Some(Instant::now() + pause);
    }

    pub fn remember_failure(&self, error: &VaultError) {
        let mut memory = self.memory();
        let count = memory.tick();
        memory.failure = Some((count, error.clone()));
    }

    /// A failure that somebody else met after `mark`, so that not everybody has to.
    pub fn failure_since(&self, mark: u64) -> Option<VaultError> {
        let memory = self.memory();
        memory
            .failure
            .as_ref()
            .filter(|(count, _)| *count > mark)
            .map(|(_, error)| error.clone())
    }

    pub fn pause_renewals(&self, pause: Duration) {
        self.memory().retry_at = Some(Instant::now() + pause);
    }

    pub fn renewals_pause(&self) -> bool {
        self.memory().retry_at.is_some_and(|at| Instant::now() < at)
    }

    pub fn unsaved(&self) -> Option<Arc<Record>> {
        self.memory().unsaved.clone()
    }

    pub fn keep_unsaved(&self, record: Arc<Record>) {
        self.memory().unsaved = Some(record);
    }

    /// The record is in the store, or no longer belongs there.
    pub fn drop_unsaved(&self, record: &Arc<Record>) {
        let mut memory = self.memory();
        memory
            .unsaved
            .take_if(|unsaved| Arc::ptr_eq(unsaved, record));
    }

    /// Whatever was waiting to be stored belongs to a connection that is over.
    pub fn forget_unsaved(&self) {
        self.memory().unsaved = None;
    }

    pub fn watched(&self) -> Option<Watched> {
        self.memory().watched
    }

    pub fn watch(&self, watched: Option<Watched>) {
        self.memory().watched = watched;
    }
}
