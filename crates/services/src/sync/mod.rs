//! Sync: from the vendors' clouds to documents, readings and series.
//!
//! Safe to kill at any moment: documents are kept before they are understood, what is not yet
//! understood is marked so, and a cursor moves only past what is kept.

mod collection;
mod derive;
mod run;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use physiology::{SubjectId, Vendor};
use store::{ConnectionState, Viewer};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use upstream::Collection;
use views::connections::Progress;

pub(crate) use derive::derive_days;

use crate::{Error, Services};

/// The syncs under way in this process, and how far they are.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<BTreeMap<(SubjectId, Vendor), Progress>>>);

impl Running {
    /// Claims a connection; `None` when its sync runs already.
    fn begin(&self, subject: SubjectId, vendor: Vendor, of: u32) -> Option<RunningSync> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (subject, vendor);
        if running.contains_key(&key) {
            return None;
        }
        running.insert(key, Progress { done: 0, of });
        Some(RunningSync {
            running: self.clone(),
            key,
        })
    }

    fn is_idle(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    pub(crate) fn progress(&self, subject: SubjectId, vendor: Vendor) -> Option<Progress> {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(&(subject, vendor)).copied()
    }
}

/// A claim on a connection's sync; given back when dropped, however the sync ends.
struct RunningSync {
    running: Running,
    key: (SubjectId, Vendor),
}

impl RunningSync {
    fn step(&self) {
        let mut running = self
            .running
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(progress) = running.get_mut(&self.key) {
            progress.done += 1;
        }
    }
}

impl Drop for RunningSync {
    fn drop(&mut self) {
        let mut running = self
            .running
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.key);
    }
}

impl Services {
    /// Starts a sync of one connection in the background; nothing when one runs already.
    pub async fn request_sync(
        &self,
        viewer: &Viewer,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<(), Error> {
        if !viewer.may_operate() {
            return Err(Error::Forbidden);
        }
        let visible = viewer.may_see(&[subject]);
        let connections = self.store().connections(&visible).await?;
        let connection = connections
            .iter()
            .find(|connection| connection.subject == subject && connection.vendor == vendor)
            .ok_or_else(|| Error::Invalid(format!("{} is not connected.", vendor.name())))?;
        if let ConnectionState::Reconnect { .. } = connection.state {
            return Err(Error::Invalid(format!(
                "{} has to be connected again.",
                vendor.name()
            )));
        }
        // Claimed before it is spawned: whoever asks next sees that it runs.
        let Some(claim) = self.claim(subject, vendor) else {
            return Ok(());
        };
        let services = self.clone();
        tokio::spawn(async move {
            if let Err(error) = services.run(claim).await {
                tracing::error!(%subject, vendor = vendor.id(), %error, "a sync ended early");
            }
        });
        Ok(())
    }

    /// Syncs one connection and waits for the end; nothing when its sync runs already. One
    /// collection that fails stops no other.
    ///
    /// # Errors
    /// Only for what is ours: the store. A vendor's failures are kept per collection.
    pub async fn sync_connection(&self, subject: SubjectId, vendor: Vendor) -> Result<(), Error> {
        match self.claim(subject, vendor) {
            Some(claim) => self.run(claim).await,
            None => Ok(()),
        }
    }

    fn claim(&self, subject: SubjectId, vendor: Vendor) -> Option<RunningSync> {
        let of = u32::try_from(Collection::of(vendor).len()).unwrap_or(u32::MAX);
        self.inner.running.begin(subject, vendor, of)
    }

    /// Syncs every working connection, the twins side by side, and waits for the end.
    pub async fn sync_all(&self) -> Result<(), Error> {
        let Some(pair) = self.store().pair().await? else {
            return Ok(());
        };
        let visible = Viewer::System.may_see(&pair.ids());
        let connections = self.store().connections(&visible).await?;
        // A task each: a first sync of long records keeps every core busy, not one.
        let mut syncs = JoinSet::new();
        for connection in connections {
            if connection.state == ConnectionState::Connected {
                let services = self.clone();
                syncs.spawn(async move {
                    services
                        .sync_connection(connection.subject, connection.vendor)
                        .await
                });
            }
        }
        let mut outcome = Ok(());
        while let Some(ended) = syncs.join_next().await {
            match ended {
                Ok(result) => outcome = outcome.and(result),
                Err(error) => tracing::error!(%error, "a sync broke off"),
            }
        }
        outcome
    }

    /// Waits until no sync runs in this process.
    pub async fn wait_for_syncs(&self) {
        let mut ticks = tokio::time::interval(std::time::Duration::from_millis(20));
        while !self.inner.running.is_idle() {
            ticks.tick().await;
        }
    }

    /// Syncs on a schedule until cancelled; at once too, where `on_startup`.
    pub async fn run_schedule(&self, on_startup: bool, cancel: CancellationToken) {
        let period = std::time::Duration::from_secs(self.inner.config.sync_interval_s.max(60));
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        if !on_startup {
            ticks.tick().await;
        }
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let work = async {
                if let Err(error) = self.sync_all().await {
                    tracing::error!(%error, "the scheduled sync ended early");
                }
                if let Err(error) = self.prune_sessions().await {
                    tracing::error!(%error, "sessions were not pruned");
                }
            };
            tokio::select! {
                () = cancel.cancelled() => return,
                () = work => {}
            }
        }
    }
}
