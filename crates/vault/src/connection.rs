//! Making, reading and ending a connection.

use std::sync::Arc;
use std::time::Duration;

use physiology::{SubjectId, Vendor};

use crate::error::VaultError;
use crate::seal;
use crate::slot::{Seen, Slot};
use crate::token::{Record, State, Token};
use crate::versions::Owner;
use crate::{Inner, Vault};

/// A look is repeated so often when what it finds vanishes under it.
const LOOKS: u32 = 8;

/// A write is repeated so often when others are faster.
const WRITES: u32 = 100;

impl Vault {
    /// Keeps the token of a new connection. It becomes the newest version whatever was there, and
    /// ends a state of "reconnect".
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when the store does not take it, [`VaultError::TooLarge`].
    pub async fn put(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        token: &Token,
    ) -> Result<(), VaultError> {
        let owner = Owner { subject, vendor };
        let slot = self.inner.slot(owner);
        let _flight = slot.flight.lock().await;
        self.inner
            .replace(owner, &slot, Record::connected(token.clone()))
            .await?;
        self.inner.tidy(owner).await;
        Ok(())
    }

    /// The token as it is kept, be it expired or refused; `None` when there is no connection.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] or [`VaultError::Corrupt`].
    pub async fn get(
        &self,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<Option<Token>, VaultError> {
        let owner = Owner { subject, vendor };
        let slot = self.inner.slot(owner);
        if let Some(unsaved) = slot.unsaved() {
            return Ok(unsaved.token().cloned());
        }
        let seen = self.inner.look(owner, &slot).await?;
        Ok(seen.and_then(|seen| seen.record.token().cloned()))
    }

    /// Ends a connection and removes every version of its token. Returns the last one, for taking
    /// leave of the vendor; `None` when there was none, or none that opens. What stays behind is a
    /// mark without content, which keeps a renewal that is under way elsewhere from bringing the
    /// connection back.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`] when not everything could be removed; try again.
    pub async fn delete(
        &self,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<Option<Token>, VaultError> {
        let owner = Owner { subject, vendor };
        let slot = self.inner.slot(owner);
        let _flight = slot.flight.lock().await;
        let unsaved = slot.unsaved();
        let token = match self.inner.look(owner, &slot).await {
            Ok(None) => return Ok(None),
            Ok(Some(seen)) if matches!(seen.record.state, State::Deleted) => {
                // The last time may not have got to the end.
                self.inner.versions.tidy(owner).await?;
                return Ok(None);
            }
            Ok(Some(seen)) => unsaved.unwrap_or(seen.record).token().cloned(),
            Err(VaultError::Corrupt { message }) => {
                tracing::warn!(%owner, message, "deleting a token that does not open");
                None
            }
            Err(error) => return Err(error),
        };
        self.inner.replace(owner, &slot, Record::deleted()).await?;
        self.inner.versions.tidy(owner).await?;
        Ok(token)
    }
}

impl Inner {
    /// Writes a record on top of whatever is there.
    async fn replace(&self, owner: Owner, slot: &Slot, record: Record) -> Result<(), VaultError> {
        for _ in 0..WRITES {
            let began = slot.begin_look();
            let newest = self.versions.list(owner).await?.newest().unwrap_or(0);
            let version = following(owner, newest)?;
            if self.write(owner, version, &record).await? {
                slot.forget_unsaved();
                slot.remember_written(
                    began,
                    Seen {
                        version,
                        record: Arc::new(record),
                    },
                );
                return Ok(());
            }
        }
        Err(VaultError::unavailable("token store: too many writers"))
    }

    /// Removes what is superseded. What cannot be removed now goes with the next write.
    pub(crate) async fn tidy(&self, owner: Owner) {
        if let Err(error) = self.versions.tidy(owner).await {
            tracing::debug!(%owner, %error, "old versions are left behind");
        }
    }

    /// Creates a version. `false`: somebody else has.
    pub(crate) async fn write(
        &self,
        owner: Owner,
        version: u64,
        record: &Record,
    ) -> Result<bool, VaultError> {
        let object = seal::seal(&self.keys, owner, version, &record.to_plain()?)?;
        self.versions.create(owner, version, object).await
    }

    /// The newest version in the store now.
    pub(crate) async fn look(&self, owner: Owner, slot: &Slot) -> Result<Option<Seen>, VaultError> {
        let began = slot.begin_look();
        let found = self.look_past(owner, slot.seen()).await?;
        slot.remember(began, found.clone());
        Ok(found)
    }

    async fn look_past(
        &self,
        owner: Owner,
        known: Option<Seen>,
    ) -> Result<Option<Seen>, VaultError> {
        for attempt in 0..LOOKS {
            let Some(version) = self.versions.list(owner).await?.newest() else {
                return Ok(None);
            };
            if let Some(known) = known.as_ref().filter(|known| known.version == version) {
                return Ok(Some(known.clone()));
            }
            if let Some((record, _)) = self.read(owner, version).await? {
                return Ok(Some(Seen {
                    version,
                    record: Arc::new(record),
                }));
            }
            // A newer one came between the listing and the reading.
            tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
        }
        Err(VaultError::Corrupt {
            message: format!("{owner}: the newest version is empty"),
        })
    }

    /// One version, and whether it is under the current key; `None` when a newer one replaced it.
    pub(crate) async fn read(
        &self,
        owner: Owner,
        version: u64,
    ) -> Result<Option<(Record, bool)>, VaultError> {
        let Some(object) = self.versions.read(owner, version).await? else {
            return Ok(None);
        };
        let opened = seal::open(&self.keys, owner, version, &object)?;
        let record = Record::from_plain(&opened.plain).ok_or_else(|| VaultError::Corrupt {
            message: format!("{owner} version {version}: it holds no token"),
        })?;
        Ok(Some((record, opened.under_current_key)))
    }
}

/// The number after `version`.
pub(crate) fn following(owner: Owner, version: u64) -> Result<u64, VaultError> {
    version.checked_add(1).ok_or_else(|| VaultError::Corrupt {
        message: format!("{owner}: there is no version after {version}"),
    })
}
