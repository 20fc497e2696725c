//! A token that works: from memory, from the store, or from the vendor, asked once.

use std::sync::Arc;
use std::time::Duration;

use physiology::{SubjectId, Timestamp, Vendor};
use secrecy::SecretString;
use tokio::time::{Instant, timeout};

use crate::claim::{Claim, REFRESH_LIMIT, Turn};
use crate::error::{RefreshError, VaultError};
use crate::slot::{Seen, Slot};
use crate::token::{Record, State, Token};
use crate::versions::Owner;
use crate::{Inner, Vault};

/// How long one caller waits for another process's renewal.
pub(crate) const WAIT_LIMIT: Duration = Duration::from_secs(30);

/// How long a caller waits until a renewed token is stored, before going on with it unstored.
const SAVE_PATIENCE: Duration = Duration::from_secs(5);

/// After a failure, the old token is used for this long before the next attempt.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);

const POLL_FIRST: Duration = Duration::from_millis(50);
const POLL_MOST: Duration = Duration::from_secs(1);

/// The longest reason of a vendor that is kept, in bytes.
const REASON_LIMIT: usize = 64;

/// The longest message about a vendor that is passed on, in characters.
const MESSAGE_LIMIT: usize = 200;

/// Why somebody asks.
#[derive(Clone, Copy)]
enum Need<'a> {
    /// For a token with some life in it.
    Valid,
    /// For another one than this, which the vendor called dead.
    OtherThan(&'a SecretString),
}

impl Need<'_> {
    /// Whether `token` is what is wanted.
    fn is_met_by(self, token: &Token, now: Timestamp) -> bool {
        match self {
            Self::Valid => !token.is_due(now),
            Self::OtherThan(used) => !token.has_access_token(used) && !token.is_expired(now),
        }
    }

    /// Whether `token` will do while there is no better one.
    fn is_bearable(self, token: &Token, now: Timestamp) -> bool {
        !token.is_expired(now)
            && match self {
                Self::Valid => true,
                Self::OtherThan(used) => !token.has_access_token(used),
            }
    }
}

impl Vault {
    /// A token that has not expired by `now`, renewed shortly before it does (five minutes, or a
    /// tenth of its life). However many tasks and processes ask, `refresh` is called by one of
    /// them, with a token whose refresh token nobody has used; the others wait for its answer, or
    /// go on with the old token while it works.
    ///
    /// `refresh` is given 20 s. What it answers is stored even if the caller is gone by then; but
    /// dropping the returned future *while* `refresh` runs loses the answer and with it the
    /// connection, so call this from a task that runs to its end.
    ///
    /// # Errors
    /// - [`VaultError::NotConnected`]: there is no connection.
    /// - [`VaultError::Reconnect`]: `refresh` was refused, now or earlier (it is not called again
    ///   until [`Vault::put`]), or the token has expired and there is no refresh token.
    /// - [`VaultError::Unavailable`]: store or vendor did not answer and no valid token is left.
    /// - [`VaultError::Corrupt`]: the stored token does not open.
    pub async fn fresh<R, Fut>(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        now: impl Fn() -> Timestamp + Sync,
        refresh: R,
    ) -> Result<Token, VaultError>
    where
        R: Fn(Token) -> Fut,
        Fut: Future<Output = Result<Token, RefreshError>>,
    {
        self.inner
            .obtain(Owner { subject, vendor }, Need::Valid, &now, &refresh)
            .await
    }

    /// Another token than `used`, which the vendor called dead (401) before its time: the stored
    /// one if it already differs, else a renewed one, asked for as in [`Vault::fresh`].
    ///
    /// # Errors
    /// As [`Vault::fresh`]. Without a refresh token it is [`VaultError::Reconnect`] with the reason
    /// `rejected`, which is not remembered.
    pub async fn renew<R, Fut>(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        used: &SecretString,
        now: impl Fn() -> Timestamp + Sync,
        refresh: R,
    ) -> Result<Token, VaultError>
    where
        R: Fn(Token) -> Fut,
        Fut: Future<Output = Result<Token, RefreshError>>,
    {
        self.inner
            .obtain(
                Owner { subject, vendor },
                Need::OtherThan(used),
                &now,
                &refresh,
            )
            .await
    }
}

impl Inner {
    async fn obtain<R, Fut>(
        self: &Arc<Self>,
        owner: Owner,
        need: Need<'_>,
        now: &(impl Fn() -> Timestamp + Sync),
        refresh: &R,
    ) -> Result<Token, VaultError>
    where
        R: Fn(Token) -> Fut,
        Fut: Future<Output = Result<Token, RefreshError>>,
    {
        let slot = self.slot(owner);
        let mark = slot.mark();
        if let Some(token) = remembered(&slot, need, now()) {
            return Ok(token);
        }
        let _flight = if let Ok(flight) = slot.flight.try_lock() {
            flight
        } else {
            // It is about to change, and works until then.
            if let Some(token) = trusted(&slot).filter(|token| need.is_bearable(token, now())) {
                return Ok(token);
            }
            slot.flight.lock().await
        };
        if let Some(token) = remembered(&slot, need, now()) {
            return Ok(token);
        }
        if let Some(error) = slot.failure_since(mark) {
            return Err(error);
        }
        let outcome = self
            .obtain_alone(owner, &slot, mark, need, now, refresh)
            .await;
        let Err(error @ (VaultError::Unavailable { .. } | VaultError::Corrupt { .. })) = outcome
        else {
            return outcome;
        };
        // While the old token works, a failure is nobody's problem yet.
        let last = slot.seen().and_then(|seen| seen.live_token().cloned());
        if matches!(error, VaultError::Unavailable { .. })
            && let Some(token) = last.filter(|token| need.is_bearable(token, now()))
        {
            tracing::warn!(%owner, %error, "the token is not renewed; the old one still works");
            slot.pause_renewals(PAUSE_AFTER_FAILURE);
            slot.trust_for(PAUSE_AFTER_FAILURE);
            return Ok(token);
        }
        slot.remember_failure(&error);
        Err(error)
    }

    /// [`Inner::obtain`], by the one task in this process whose turn it is.
    async fn obtain_alone<R, Fut>(
        self: &Arc<Self>,
        owner: Owner,
        slot: &Arc<Slot>,
        mark: u64,
        need: Need<'_>,
        now: &(impl Fn() -> Timestamp + Sync),
        refresh: &R,
    ) -> Result<Token, VaultError>
    where
        R: Fn(Token) -> Fut,
        Fut: Future<Output = Result<Token, RefreshError>>,
    {
        let deadline = Instant::now() + WAIT_LIMIT;
        if let Some(unsaved) = slot.unsaved() {
            match &unsaved.state {
                State::Token(token) if need.is_bearable(token, now()) => return Ok(token.clone()),
                State::Reconnect { reason, .. } => {
                    return Err(VaultError::Reconnect {
                        reason: reason.clone(),
                    });
                }
                State::Token(_) | State::Deleted => wait_until_saved(slot).await?,
            }
        }
        let mut current = match slot.seen_since(mark) {
            Some(seen) => seen,
            None => self.look(owner, slot).await?,
        };
        let mut poll = POLL_FIRST;
        loop {
            let Some(seen) = current else {
                return Err(VaultError::NotConnected);
            };
            let token = match &seen.record.state {
                State::Deleted => return Err(VaultError::NotConnected),
                State::Reconnect { reason, .. } => {
                    return Err(VaultError::Reconnect {
                        reason: reason.clone(),
                    });
                }
                State::Token(token) => token,
            };
            let bearable = need.is_bearable(token, now());
            if need.is_met_by(token, now()) || (bearable && slot.renewals_pause()) {
                return Ok(token.clone());
            }
            if token.refresh_token.is_none() {
                return without_refresh_token(token, need, now());
            }
            match self.claim(owner, slot, seen.version, Some(now())).await? {
                Turn::Ours(claim) => {
                    return self.ask(owner, slot, &seen, token, claim, refresh).await;
                }
                Turn::Theirs if bearable => {
                    slot.pause_renewals(POLL_MOST);
                    return Ok(token.clone());
                }
                Turn::Theirs | Turn::Past if Instant::now() >= deadline => {
                    return Err(VaultError::unavailable("another process renews the token"));
                }
                Turn::Theirs | Turn::Past => {
                    tokio::time::sleep(jittered(poll)).await;
                    poll = (poll * 2).min(POLL_MOST);
                }
            }
            current = self.look(owner, slot).await?;
        }
    }

    /// Asks the vendor, and stores what it says.
    async fn ask<R, Fut>(
        self: &Arc<Self>,
        owner: Owner,
        slot: &Arc<Slot>,
        seen: &Seen,
        token: &Token,
        claim: Claim,
        refresh: &R,
    ) -> Result<Token, VaultError>
    where
        R: Fn(Token) -> Fut,
        Fut: Future<Output = Result<Token, RefreshError>>,
    {
        let answer = timeout(REFRESH_LIMIT, refresh(token.clone())).await;
        let (serial, state) = match answer {
            Ok(Ok(new)) => (
                seen.record.serial.saturating_add(1),
                State::Token(token.renewed_by(new)),
            ),
            Ok(Err(RefreshError::Refused { reason })) => {
                let reason = error_code(&reason);
                tracing::warn!(%owner, reason, "the vendor refuses to renew the token");
                (
                    seen.record.serial,
                    State::Reconnect {
                        reason,
                        token: token.clone(),
                    },
                )
            }
            Ok(Err(RefreshError::Unavailable { message })) => {
                claim.release().await;
                let message: String = message.chars().take(MESSAGE_LIMIT).collect();
                return Err(VaultError::unavailable(format!("vendor: {message}")));
            }
            Err(_) => {
                claim.release().await;
                return Err(VaultError::unavailable("vendor: no answer in time"));
            }
        };
        let record = Arc::new(Record {
            connection: seen.record.connection,
            serial,
            state,
        });
        let saving = self.save(owner, slot, seen.version, Arc::clone(&record), claim);
        let saved = timeout(SAVE_PATIENCE, saving).await;
        // Whatever was written meanwhile, a new connection or the end of this one, counts instead.
        let newest = match saved {
            Ok(Ok(Ok(()))) => slot.seen().map_or(record, |newest| newest.record),
            Ok(Ok(Err(error))) => return Err(error),
            // Not yet, or the runtime is going down.
            Err(_) | Ok(Err(_)) => record,
        };
        match &newest.state {
            State::Token(token) => Ok(token.clone()),
            State::Reconnect { reason, .. } => Err(VaultError::Reconnect {
                reason: reason.clone(),
            }),
            State::Deleted => Err(VaultError::NotConnected),
        }
    }
}

/// The token in memory, if it need not be checked with the store yet.
fn trusted(slot: &Slot) -> Option<Token> {
    if slot.unsaved().is_some() {
        return None;
    }
    slot.trusted()?.live_token().cloned()
}

/// The token in memory, if it will do without asking anybody.
fn remembered(slot: &Slot, need: Need<'_>, now: Timestamp) -> Option<Token> {
    trusted(slot).filter(|token| {
        need.is_met_by(token, now) || (slot.renewals_pause() && need.is_bearable(token, now))
    })
}

/// A token that cannot be renewed is used to its end.
fn without_refresh_token(
    token: &Token,
    need: Need<'_>,
    now: Timestamp,
) -> Result<Token, VaultError> {
    if need.is_bearable(token, now) {
        return Ok(token.clone());
    }
    let reason = if token.is_expired(now) {
        "expired"
    } else {
        "rejected"
    };
    Err(VaultError::Reconnect {
        reason: reason.into(),
    })
}

async fn wait_until_saved(slot: &Slot) -> Result<(), VaultError> {
    let deadline = Instant::now() + SAVE_PATIENCE;
    while slot.unsaved().is_some() {
        if Instant::now() >= deadline {
            return Err(VaultError::unavailable(
                "token store: the last token is not stored yet",
            ));
        }
        tokio::time::sleep(jittered(POLL_FIRST)).await;
    }
    Ok(())
}

/// A vendor's error code as it may be stored and logged: short, printable, without spaces.
fn error_code(reason: &str) -> String {
    let code: String = reason
        .chars()
        .filter(char::is_ascii_graphic)
        .take(REASON_LIMIT)
        .collect();
    if code.is_empty() {
        "refused".into()
    } else {
        code
    }
}

/// Something between half and the whole of `pause`, so that waiters do not march in step.
pub(crate) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_short_word() {
        assert_eq!(error_code("invalid_grant"), "invalid_grant");
        assert_eq!(error_code(" \u{1b}[31m\n"), "[31m");
        assert_eq!(error_code(""), "refused");
        assert_eq!(error_code(&"x".repeat(1_000)).len(), REASON_LIMIT);
    }
}
