//! Everything a running simulator holds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use physiology::Timestamp;
use url::Url;

use crate::clock::Clock;
use crate::config::Config;
use crate::faults::Faults;
use crate::limits::Limits;
use crate::oura::oauth::OuraAuth;
use crate::oura::webhooks::Subscriptions;
use crate::polar::oauth::PolarAuth;
use crate::polar::webhooks::PolarWebhook;
use crate::record::Record;
use crate::rng::hash;
use crate::stats::Stats;
use crate::twins::{Stream, World};

/// What requests change.
#[derive(Debug, Default)]
pub(crate) struct Changing {
    pub(crate) oura: OuraAuth,
    pub(crate) polar: PolarAuth,
    pub(crate) oura_webhooks: Subscriptions,
    pub(crate) polar_webhook: Option<PolarWebhook>,
    pub(crate) limits: Limits,
    pub(crate) faults: Faults,
    pub(crate) stats: Stats,
    /// How many secrets were handed out.
    pub(crate) secrets: u64,
}

/// A running simulator.
#[derive(Debug)]
pub(crate) struct Simulator {
    pub(crate) config: Config,
    pub(crate) started: Timestamp,
    pub(crate) clock: Clock,
    pub(crate) record: Record,
    /// Where it listens.
    pub(crate) base: Url,
    /// For challenges and events.
    pub(crate) http: reqwest::Client,
    changing: Mutex<Changing>,
}

/// How handlers hold it.
pub(crate) type Shared = Arc<Simulator>;

impl Simulator {
    pub(crate) fn new(config: Config, now: Timestamp, base: Url, http: reqwest::Client) -> Self {
        let record = Record::new(World::new(&config, now.to_utc()));
        let changing = Changing {
            polar: PolarAuth::new(now),
            ..Changing::default()
        };
        Self {
            config,
            started: now,
            clock: Clock::new(now),
            record,
            base,
            http,
            changing: Mutex::new(changing),
        }
    }

    /// What requests change. Never held across an await.
    pub(crate) fn changing(&self) -> MutexGuard<'_, Changing> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn world(&self) -> &World {
        &self.record.world
    }

    /// A new secret: 32 hexadecimal digits, the same in every run of the same requests.
    pub(crate) fn secret(&self) -> String {
        let mut changing = self.changing();
        changing.secrets += 1;
        let count = changing.secrets;
        let keys = [self.config.seed, Stream::Token as u64, u64::MAX, count];
        let high = hash(&keys);
        format!("{high:016x}{:016x}", hash(&[high, count]))
    }

    /// Back to the start, but for who has allowed what.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        let mut changing = self.changing();
        changing.limits = Limits::default();
        changing.faults = Faults::default();
        changing.stats = Stats::default();
    }

    /// Nobody has allowed anything, nothing is registered.
    pub(crate) fn forget_everybody(&self) {
        let mut changing = self.changing();
        changing.oura = OuraAuth::default();
        changing.polar = PolarAuth::new(self.started);
        changing.oura_webhooks = Subscriptions::default();
        changing.polar_webhook = None;
    }
}
