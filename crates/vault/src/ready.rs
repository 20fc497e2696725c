//! Whether the token store can be used.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::error::VaultError;
use crate::{Inner, Vault};

/// How long an answer is repeated without asking the store again.
const REPEAT: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(crate) struct Readiness {
    last: Mutex<Last>,
}

#[derive(Default, Clone, Copy)]
struct Last {
    good_at: Option<Instant>,
    /// A write has succeeded in this process.
    written: bool,
}

impl Vault {
    /// Whether the store answers. The first time it is written to, so that a bucket that may only
    /// be read is noticed before somebody connects; then it is only read, at most every 10 s.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] with what the store said.
    pub async fn ready(&self) -> Result<(), VaultError> {
        self.inner.ready().await
    }
}

impl Inner {
    async fn ready(&self) -> Result<(), VaultError> {
        let last = *self
            .readiness
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last.good_at.is_some_and(|at| at.elapsed() < REPEAT) {
            return Ok(());
        }
        if last.written {
            self.versions.probe_read().await?;
        } else {
            self.versions.probe_write().await?;
        }
        *self
            .readiness
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Last {
            good_at: Some(Instant::now()),
            written: true,
        };
        Ok(())
    }
}
