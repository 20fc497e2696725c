//! What the product does, without HTTP: accounts, connecting, syncing, the overview.
//!
//! Every function of [`Services`] that touches a person's data takes the [`Viewer`] first. Server
//! functions, REST handlers and the command line all come through here.

mod accounts;
mod alarms;
mod clock;
mod compare;
mod connect;
mod connections;
mod data;
mod day;
mod error;
mod expedition;
mod guide;
mod head;
mod known;
mod missing;
mod notes;
mod overview;
mod rebuild;
mod record;
mod settings;
mod shown;
mod status;
mod sync;
mod tiles;
mod tokens;
mod workouts;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use accounts::{NewSession, SessionId, SetupError, SignInError};
pub use clock::Clock;
pub use compare::CompareQuery;
pub use connect::{Callback, ConnectOutcome};
pub use data::DataTable;
pub use day::DayQuery;
pub use error::Error;
pub use overview::OverviewQuery;
pub use rebuild::Rebuilt;
pub use settings::{LARGEST_FILE_BYTES, Submitted};
pub use store::{Role, Viewer};
pub use tiles::LineTile;
pub use workouts::WorkoutsQuery;

use physiology::Vendor;
use store::Store;
use upstream::Client;
use vault::Vault;

/// What the services are configured with.
#[derive(Debug, Clone)]
pub struct Config {
    /// How often every connection is synced, s.
    pub sync_interval_s: u64,
    /// How many days before the newest are asked for again, for late and changed documents.
    pub lookback_days: u32,
    /// How many days back the first sync of a connection reaches.
    pub history_days: u32,
    /// Environment variables to name where a vendor is not configured.
    pub vendor_hints: BTreeMap<Vendor, String>,
    /// The origin browsers use, below which vendors send them back.
    pub public_url: Option<url::Url>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            sync_interval_s: 3_600,
            lookback_days: 28,
            history_days: 400,
            vendor_hints: BTreeMap::new(),
            public_url: None,
        }
    }
}

/// The product. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    clients: BTreeMap<Vendor, Client>,
    clock: Clock,
    config: Config,
    accounts: accounts::Guard,
    running: sync::Running,
}

impl Services {
    /// Puts the rooms together. `clients` holds the vendors that are configured.
    pub fn new(
        store: Arc<dyn Store>,
        vault: Arc<Vault>,
        clients: BTreeMap<Vendor, Client>,
        clock: Clock,
        config: Config,
    ) -> Self {
        let (accounts, running) = (accounts::Guard::default(), sync::Running::default());
        Self {
            inner: Arc::new(Inner {
                store,
                vault,
                clients,
                clock,
                config,
                accounts,
                running,
            }),
        }
    }

    /// The client of a vendor, where it is configured.
    pub fn client(&self, vendor: Vendor) -> Option<&Client> {
        self.inner.clients.get(&vendor)
    }

    /// Whether the store and the token store answer.
    pub async fn ready(&self) -> Result<(), Error> {
        self.inner.store.ready().await?;
        self.inner.vault.ready().await?;
        Ok(())
    }

    fn now(&self) -> physiology::Timestamp {
        self.inner.clock.now()
    }

    fn store(&self) -> &dyn Store {
        self.inner.store.as_ref()
    }
}
