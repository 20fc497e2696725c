//! Numbered objects: the compare-and-set that every object store can do.
//!
//! A connection is a folder of objects named by a zero-padded version; the highest is the one that
//! counts. A write *creates* the next number, which succeeds for one writer only.
//!
//! Numbers are never given out twice while a slow writer could still be about to use one. So what
//! is superseded is first emptied, which takes its secrets away at once and keeps its name, and the
//! empty object is deleted by a later write, once it is older than any operation can last. Ages are
//! compared between times the store itself wrote, so no clock of ours matters.

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt as _;
use object_store::path::Path;
use object_store::{
    Error as StoreError, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutPayload,
};
use physiology::{SubjectId, Vendor};

use crate::error::VaultError;
use crate::seal::OBJECT_LIMIT;

/// One operation on the object store takes no longer than this.
const OPERATION_LIMIT: Duration = Duration::from_secs(10);

/// An emptied version is deleted when it is this much older than the newest.
const GRACE_S: i64 = 120;

/// Whose connection, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Owner {
    pub subject: SubjectId,
    pub vendor: Vendor,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.vendor.id(), self.subject)
    }
}

/// What an object's name says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Version(u64),
    Claim(u64, u32),
}

impl Name {
    fn parse(name: &str) -> Option<Self> {
        let parsed = match name.split('.').collect::<Vec<_>>()[..] {
            [version, "token"] => Self::Version(version.parse().ok()?),
            [version, generation, "claim"] => {
                Self::Claim(version.parse().ok()?, generation.parse().ok()?)
            }
            _ => return None,
        };
        // Only as we write it: `+1` and `01` are numbers too, and would be second names.
        (parsed.to_string() == name).then_some(parsed)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(f, "{version:020}.token"),
            Self::Claim(version, generation) => write!(f, "{version:020}.{generation:06}.claim"),
        }
    }
}

/// A connection's folder at one moment.
#[derive(Default)]
pub(crate) struct Listing {
    versions: Vec<(u64, ObjectMeta)>,
    claims: Vec<(u64, u32)>,
}

impl Listing {
    pub fn newest(&self) -> Option<u64> {
        self.newest_meta().map(|(version, _)| version)
    }

    fn newest_meta(&self) -> Option<(u64, &ObjectMeta)> {
        self.versions
            .iter()
            .map(|(version, meta)| (*version, meta))
            .max_by_key(|(v, _)| *v)
    }

    /// The latest generation of the claims to write `version`.
    pub fn claim_on(&self, version: u64) -> Option<u32> {
        self.claims
            .iter()
            .filter(|(v, _)| *v == version)
            .map(|(_, generation)| *generation)
            .max()
    }
}

/// The object store, and how objects are named in it.
pub(crate) struct Versions {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl Versions {
    pub fn new(store: Arc<dyn ObjectStore>, prefix: Path) -> Self {
        Self { store, prefix }
    }

    fn folder(&self, owner: Owner) -> Path {
        self.prefix
            .clone()
            .join(owner.vendor.id())
            .join(owner.subject.to_string())
    }

    fn path(&self, owner: Owner, name: Name) -> Path {
        self.folder(owner).join(name.to_string())
    }

    pub async fn list(&self, owner: Owner) -> Result<Listing, VaultError> {
        let folder = self.folder(owner);
        let objects = bounded(self.store.list(Some(&folder)).try_collect::<Vec<_>>()).await?;
        let mut listing = Listing::default();
        for object in objects {
            match object.location.filename().and_then(Name::parse) {
                Some(Name::Version(version)) => listing.versions.push((version, object)),
                Some(Name::Claim(version, generation)) => {
                    listing.claims.push((version, generation));
                }
                None => {}
            }
        }
        Ok(listing)
    }

    /// A version's content; `None` when it is gone or emptied, because a newer one is there.
    pub async fn read(&self, owner: Owner, version: u64) -> Result<Option<Bytes>, VaultError> {
        let content = self.get(&self.path(owner, Name::Version(version))).await?;
        Ok(content.filter(|content| !content.is_empty()))
    }

    /// Creates a version. `false`: somebody else has.
    pub async fn create(
        &self,
        owner: Owner,
        version: u64,
        content: Vec<u8>,
    ) -> Result<bool, VaultError> {
        self.put_new(&self.path(owner, Name::Version(version)), content.into())
            .await
    }

    pub async fn read_claim(
        &self,
        owner: Owner,
        version: u64,
        generation: u32,
    ) -> Result<Option<Bytes>, VaultError> {
        self.get(&self.path(owner, Name::Claim(version, generation)))
            .await
    }

    /// Creates a claim. `false`: somebody else has.
    pub async fn create_claim(
        &self,
        owner: Owner,
        version: u64,
        generation: u32,
        content: Vec<u8>,
    ) -> Result<bool, VaultError> {
        self.put_new(
            &self.path(owner, Name::Claim(version, generation)),
            content.into(),
        )
        .await
    }

    pub async fn delete_claim(
        &self,
        owner: Owner,
        version: u64,
        generation: u32,
    ) -> Result<(), VaultError> {
        self.delete(&self.path(owner, Name::Claim(version, generation)))
            .await
    }

    /// Empties or deletes everything below the newest version.
    pub async fn tidy(&self, owner: Owner) -> Result<(), VaultError> {
        let listing = self.list(owner).await?;
        let Some((newest, newest_meta)) = listing.newest_meta() else {
            return Ok(());
        };
        for (version, meta) in listing
            .versions
            .iter()
            .filter(|(version, _)| *version < newest)
        {
            let path = self.path(owner, Name::Version(*version));
            if meta.size > 0 {
                bounded(self.store.put(&path, PutPayload::new())).await?;
            } else if (newest_meta.last_modified - meta.last_modified).num_seconds() > GRACE_S {
                self.delete(&path).await?;
            }
        }
        for (version, generation) in listing.claims.iter().filter(|(v, _)| *v <= newest) {
            self.delete_claim(owner, *version, *generation).await?;
        }
        Ok(())
    }

    /// Everybody who has, or had, a connection.
    pub async fn owners(&self) -> Result<Vec<Owner>, VaultError> {
        let mut owners = Vec::new();
        for vendor in Vendor::ALL {
            let folder = self.prefix.clone().join(vendor.id());
            let listed = bounded(self.store.list_with_delimiter(Some(&folder))).await?;
            owners.extend(listed.common_prefixes.iter().filter_map(|path| {
                let name = path.filename()?;
                let subject: SubjectId = name.parse().ok()?;
                (subject.to_string() == name).then_some(Owner { subject, vendor })
            }));
        }
        Ok(owners)
    }

    /// Whether the store can be written to.
    pub async fn probe_write(&self) -> Result<(), VaultError> {
        let path = self.prefix.clone().join("probe");
        bounded(self.store.put(&path, "acclimate".into())).await?;
        Ok(())
    }

    /// Whether the store answers.
    pub async fn probe_read(&self) -> Result<(), VaultError> {
        let path = self.prefix.clone().join("probe");
        match bounded(self.store.head(&path)).await {
            Ok(_) | Err(Failure::Store(StoreError::NotFound { .. })) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn get(&self, path: &Path) -> Result<Option<Bytes>, VaultError> {
        let read = async {
            let object = self.store.get(path).await?;
            if object.meta.size > OBJECT_LIMIT as u64 {
                return Ok(None);
            }
            object.bytes().await.map(Some)
        };
        match bounded(read).await {
            Ok(Some(content)) => Ok(Some(content)),
            Ok(None) => Err(VaultError::Corrupt {
                message: format!("{path}: it is too large"),
            }),
            Err(Failure::Store(StoreError::NotFound { .. })) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn put_new(&self, path: &Path, content: PutPayload) -> Result<bool, VaultError> {
        match bounded(self.store.put_opts(path, content, PutMode::Create.into())).await {
            Ok(_) => Ok(true),
            Err(Failure::Store(
                StoreError::AlreadyExists { .. } | StoreError::Precondition { .. },
            )) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn delete(&self, path: &Path) -> Result<(), VaultError> {
        match bounded(self.store.delete(path)).await {
            Ok(()) | Err(Failure::Store(StoreError::NotFound { .. })) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The store's own error, still to be told apart, or its silence.
enum Failure {
    Store(StoreError),
    TimedOut,
}

impl From<Failure> for VaultError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error.into(),
            Failure::TimedOut => Self::unavailable("token store: no answer in time"),
        }
    }
}

async fn bounded<T>(operation: impl Future<Output = Result<T, StoreError>>) -> Result<T, Failure> {
    match tokio::time::timeout(OPERATION_LIMIT, operation).await {
        Ok(outcome) => outcome.map_err(Failure::Store),
        Err(_) => Err(Failure::TimedOut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_numbers_and_have_one_spelling() {
        let name = Name::Version(12);
        assert_eq!(name.to_string(), "00000000000000000012.token");
        assert_eq!(Name::parse(&name.to_string()), Some(name));
        assert_eq!(
            Name::parse("00000000000000000012.000001.claim"),
            Some(Name::Claim(12, 1))
        );
        assert_eq!(
            Name::parse(&Name::Version(u64::MAX).to_string()),
            Some(Name::Version(u64::MAX))
        );
        for bad in [
            "12.token",
            "+0000000000000000012.token",
            "99999999999999999999.token",
            "00000000000000000012.token.bak",
            "00000000000000000012.claim",
            "",
            ".",
        ] {
            assert_eq!(Name::parse(bad), None, "{bad}");
        }
    }
}
