//! Sealing everything anew under the current key.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::claim::Turn;
use crate::error::VaultError;
use crate::refresh::{WAIT_LIMIT, jittered};
use crate::slot::Seen;
use crate::versions::Owner;
use crate::{Inner, Vault};

const POLL: Duration = Duration::from_millis(500);

impl Vault {
    /// Seals every token anew that is not under the current key, after which the old keys are not
    /// needed any more. Returns how many there were. Safe while others use the store, and safe to
    /// repeat.
    ///
    /// # Errors
    /// The first problem, after trying all: as long as there is one, keep the old keys.
    pub async fn rotate(&self) -> Result<usize, VaultError> {
        let mut rotated = 0;
        let mut problem = None;
        for owner in self.inner.versions.owners().await? {
            match self.inner.rotate(owner).await {
                Ok(true) => rotated += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(%owner, %error, "a token is still under an old key");
                    problem.get_or_insert(error);
                }
            }
        }
        problem.map_or(Ok(rotated), Err)
    }
}

impl Inner {
    async fn rotate(&self, owner: Owner) -> Result<bool, VaultError> {
        let slot = self.slot(owner);
        let _flight = slot.flight.lock().await;
        let deadline = Instant::now() + WAIT_LIMIT;
        loop {
            let began = slot.begin_look();
            let Some(base) = self.versions.list(owner).await?.newest() else {
                return Ok(false);
            };
            if let Some((record, under_current_key)) = self.read(owner, base).await? {
                if under_current_key {
                    return Ok(false);
                }
                // The refresh token moves to a new version: only whoever may use it may do that.
                if let Turn::Ours(claim) = self.claim(owner, &slot, base, None).await? {
                    let version = base.saturating_add(1);
                    let written = self.write(owner, version, &record).await?;
                    if written {
                        slot.remember_written(
                            began,
                            Seen {
                                version,
                                record: Arc::new(record),
                            },
                        );
                        self.tidy(owner).await;
                    }
                    claim.release().await;
                    if written {
                        return Ok(true);
                    }
                }
            }
            if Instant::now() >= deadline {
                return Err(VaultError::unavailable("another process holds the token"));
            }
            tokio::time::sleep(jittered(POLL)).await;
        }
    }
}
