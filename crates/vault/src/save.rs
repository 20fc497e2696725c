//! Storing what the vendor answered. The old refresh token is spent by then, so this does not give
//! up: the record is used from memory and written again and again, past whoever waits for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::claim::Claim;
use crate::connection::following;
use crate::error::VaultError;
use crate::slot::{Seen, Slot};
use crate::token::Record;
use crate::versions::Owner;
use crate::{Inner, refresh};

const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MOST: Duration = Duration::from_secs(15);

/// How often between two lines in the log, in attempts.
const LOG_EVERY: u32 = 20;

impl Inner {
    /// Stores `record` as the version after `base`, for which `claim` was won, in a task of its
    /// own, which ends when it is stored or superseded, or can never be.
    pub(crate) fn save(
        self: &Arc<Self>,
        owner: Owner,
        slot: &Arc<Slot>,
        base: u64,
        record: Arc<Record>,
        claim: Claim,
    ) -> JoinHandle<Result<(), VaultError>> {
        slot.keep_unsaved(Arc::clone(&record));
        let (inner, slot) = (Arc::clone(self), Arc::clone(slot));
        tokio::spawn(async move {
            let mut base = base;
            let mut pause = PAUSE_FIRST;
            let mut attempt = 0_u32;
            let outcome = loop {
                let error = match inner.save_once(owner, &slot, base, &record).await {
                    Ok(Some(newest)) => {
                        base = newest;
                        continue;
                    }
                    Ok(None) => break Ok(()),
                    Err(error @ VaultError::TooLarge { .. }) => break Err(error),
                    Err(error) => error,
                };
                if attempt.is_multiple_of(LOG_EVERY) {
                    tracing::error!(%owner, attempt, %error, "a renewed token is not stored yet");
                }
                tokio::time::sleep(refresh::jittered(pause)).await;
                pause = (pause * 2).min(PAUSE_MOST);
                attempt = attempt.wrapping_add(1);
            };
            slot.drop_unsaved(&record);
            inner.tidy(owner).await;
            claim.release().await;
            outcome
        })
    }

    /// `None`: it is stored, or superseded. Otherwise the version it has to follow instead.
    async fn save_once(
        &self,
        owner: Owner,
        slot: &Slot,
        base: u64,
        record: &Arc<Record>,
    ) -> Result<Option<u64>, VaultError> {
        let version = following(owner, base)?;
        let began = slot.begin_look();
        if self.write(owner, version, record).await? {
            slot.remember_written(
                began,
                Seen {
                    version,
                    record: Arc::clone(record),
                },
            );
            return Ok(None);
        }
        let newest = self.look(owner, slot).await?;
        Ok(newest
            .filter(|newest| record.may_follow(&newest.record))
            .map(|newest| newest.version))
    }
}
