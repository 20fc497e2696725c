//! Claims: who may use the refresh token.
//!
//! A refresh token works once, so it is not enough that only one writer stores the result: only one
//! may *ask*. Before asking, a process creates a claim on the version it is going to write, and
//! then looks whether that version is still the next one and its claim the latest. Somebody who
//! finds a claim waits for the version, or takes over with the next generation when the holder
//! must be dead.
//!
//! A holder is dead when its claim has expired by the clock *and* was watched for longer than a
//! living holder can take, or was watched for the whole of a claim's life. Watching is by our own
//! monotonic clock, so that clocks that differ, jump or stand still never let two processes ask.

use std::sync::Arc;
use std::time::Duration;

use physiology::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::Inner;
use crate::connection::following;
use crate::error::VaultError;
use crate::slot::Slot;
use crate::versions::{Owner, Versions};

/// How long a claim lives.
const CLAIM_LIFE: Duration = Duration::from_mins(1);

/// Whoever takes longer than this to get a claim must not use it.
const CLAIM_LIMIT: Duration = Duration::from_secs(5);

/// How long the vendor may take to answer.
pub(crate) const REFRESH_LIMIT: Duration = Duration::from_secs(20);

/// The longest a living holder can go on asking after its claim was seen, and a little more.
const WATCH: Duration = Duration::from_secs(27);
const _: () = assert!(WATCH.as_secs() > CLAIM_LIMIT.as_secs() + REFRESH_LIMIT.as_secs());

#[derive(Serialize, Deserialize)]
struct Body {
    /// Drawn anew for every claim.
    holder: u64,
    /// By the holder's clock; `None` if it has none.
    expires_at: Option<Timestamp>,
}

/// A claim of somebody else's, and since when we have seen it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watched {
    version: u64,
    generation: u32,
    holder: Option<u64>,
    since: Instant,
}

/// Looks at the claim on `version`, given what was seen of it before. Returns what is seen now, and
/// whether the holder is dead; `None` when the claim is gone.
async fn watch(
    versions: &Versions,
    owner: Owner,
    (version, generation): (u64, u32),
    before: Option<Watched>,
    now: Option<Timestamp>,
) -> Result<Option<(Watched, bool)>, VaultError> {
    let Some(content) = versions.read_claim(owner, version, generation).await? else {
        return Ok(None);
    };
    let body: Option<Body> = serde_json::from_slice(&content).ok();
    let holder = body.as_ref().map(|body| body.holder);
    let watched = before
        .filter(|w| (w.version, w.generation, w.holder) == (version, generation, holder))
        .unwrap_or_else(|| Watched {
            version,
            generation,
            holder,
            since: Instant::now(),
        });
    let expires_at = body.and_then(|body| body.expires_at);
    let expired = matches!((expires_at, now), (Some(at), Some(now)) if at <= now);
    let age = watched.since.elapsed();
    Ok(Some((
        watched,
        age >= CLAIM_LIFE || (expired && age >= WATCH),
    )))
}

/// Who may follow a version.
pub(crate) enum Turn {
    Ours(Claim),
    /// Somebody else is at it.
    Theirs,
    /// It has been followed, or a claim came or went: look again.
    Past,
}

impl Inner {
    /// Whose turn it is to follow version `base`.
    pub(crate) async fn claim(
        &self,
        owner: Owner,
        slot: &Slot,
        base: u64,
        now: Option<Timestamp>,
    ) -> Result<Turn, VaultError> {
        let next = following(owner, base)?;
        let listing = self.versions.list(owner).await?;
        if listing.newest() != Some(base) {
            return Ok(Turn::Past);
        }
        let generation = match listing.claim_on(next) {
            None => 1,
            Some(generation) => {
                let claimed = (next, generation);
                let before = slot.watched();
                match watch(&self.versions, owner, claimed, before, now).await? {
                    None => return Ok(Turn::Past),
                    Some((watched, false)) => {
                        slot.watch(Some(watched));
                        return Ok(Turn::Theirs);
                    }
                    Some((_, true)) => {
                        tracing::warn!(%owner, "a renewal was never finished; taking over");
                        generation.saturating_add(1)
                    }
                }
            }
        };
        let won = Claim::win(&self.versions, owner, next, generation, now).await?;
        Ok(won.map_or(Turn::Past, Turn::Ours))
    }
}

/// A claim that is ours. Dropped without [`Claim::release`], it is released in the background: then
/// whoever held it was stopped, and nobody has to wait for it.
pub(crate) struct Claim {
    name: Name,
    holder: u64,
    /// There may be an object of ours.
    held: bool,
}

#[derive(Clone)]
struct Name {
    versions: Arc<Versions>,
    owner: Owner,
    version: u64,
    generation: u32,
}

impl Claim {
    /// Tries to get the claim to write `version`. `None`: somebody else has it, or the version has
    /// been written; look again.
    pub async fn win(
        versions: &Arc<Versions>,
        owner: Owner,
        version: u64,
        generation: u32,
        now: Option<Timestamp>,
    ) -> Result<Option<Self>, VaultError> {
        let asked = Instant::now();
        let body = Body {
            holder: rand::random(),
            expires_at: now.map(|now| now.plus_seconds(CLAIM_LIFE.as_secs().cast_signed())),
        };
        let content = serde_json::to_vec(&body)
            .map_err(|error| VaultError::unavailable(error.to_string()))?;
        let name = Name {
            versions: Arc::clone(versions),
            owner,
            version,
            generation,
        };
        let mut claim = Self {
            name,
            holder: body.holder,
            held: true,
        };
        match versions
            .create_claim(owner, version, generation, content)
            .await
        {
            Ok(true) => {}
            // The store's client repeats a request whose answer got lost, and then finds its own
            // claim.
            Ok(false) if claim.name.is_by(body.holder).await? => {}
            Ok(false) => {
                claim.held = false;
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
        let listing = versions.list(owner).await?;
        let is_next = listing.newest().and_then(|newest| newest.checked_add(1)) == Some(version);
        if !is_next || listing.claim_on(version) != Some(generation) {
            claim.release().await;
            return Ok(None);
        }
        if asked.elapsed() > CLAIM_LIMIT {
            claim.release().await;
            return Err(VaultError::unavailable(
                "token store: too slow to claim the renewal",
            ));
        }
        Ok(Some(claim))
    }

    /// Lets others ask.
    pub async fn release(mut self) {
        self.held = false;
        self.name.delete().await;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.held
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (name, holder) = (self.name.clone(), self.holder);
            runtime.spawn(async move {
                // Stopped so early, it may be that the claim is somebody else's.
                if let Ok(true) = name.is_by(holder).await {
                    name.delete().await;
                }
            });
        }
    }
}

impl Name {
    async fn is_by(&self, holder: u64) -> Result<bool, VaultError> {
        let content = self
            .versions
            .read_claim(self.owner, self.version, self.generation)
            .await?;
        let body = content.and_then(|content| serde_json::from_slice::<Body>(&content).ok());
        Ok(body.is_some_and(|body| body.holder == holder))
    }

    async fn delete(&self) {
        let Self {
            versions,
            owner,
            version,
            generation,
        } = self;
        if let Err(error) = versions.delete_claim(*owner, *version, *generation).await {
            tracing::debug!(%owner, %error, "a claim is left behind");
        }
    }
}
