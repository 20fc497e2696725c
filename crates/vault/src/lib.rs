//! OAuth tokens at rest, in a bucket or a folder, for one process or many.
//!
//! - Tokens are sealed ([`KeyRing`]); an object opens only for the subject, vendor and version it
//!   was written for.
//! - Every write is a compare-and-set, by the one condition all object stores know: create a
//!   numbered object only if it is not there.
//! - A refresh token works once. [`Vault::fresh`] and [`Vault::renew`] see to it that however many
//!   tasks and processes need a token at once, one of them asks the vendor, and that what the
//!   vendor answers is not lost when the store is down.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let vault::Opened { store, prefix } =
//!     vault::open("file://data/tokens", &vault::OpenOptions::default())?;
//! let key = vault::load_or_create_local_key("data/tokens.key".as_ref())?;
//! let vault = vault::Vault::new(store, prefix, vault::KeyRing::from_base64(&key, &[])?);
//! vault.ready().await?;
//! # Ok(())
//! # }
//! ```

mod claim;
mod connection;
mod error;
mod keys;
mod location;
mod private;
mod ready;
mod refresh;
mod rotate;
mod save;
mod seal;
mod slot;
mod token;
mod versions;

use core::fmt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use object_store::ObjectStore;
use object_store::path::Path;

pub use error::{RefreshError, VaultError};
pub use keys::{KEY_LEN, KeyError, KeyRing, load_or_create_local_key};
pub use location::{Cloud, OpenError, OpenOptions, Opened, TokenStoreUrl, open};
pub use token::Token;

use slot::Slot;
use versions::{Owner, Versions};

/// The tokens of all subjects at all vendors. Cheap to clone; clones share their memory.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    versions: Arc<Versions>,
    keys: KeyRing,
    slots: Mutex<HashMap<Owner, Arc<Slot>>>,
    readiness: ready::Readiness,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault in `store`, all of whose objects' names begin with `prefix`.
    pub fn new(store: Arc<dyn ObjectStore>, prefix: Path, keys: KeyRing) -> Self {
        Self {
            inner: Arc::new(Inner {
                versions: Arc::new(Versions::new(store, prefix)),
                keys,
                slots: Mutex::default(),
                readiness: ready::Readiness::default(),
            }),
        }
    }
}

impl Inner {
    fn slot(&self, owner: Owner) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(owner).or_default())
    }
}
