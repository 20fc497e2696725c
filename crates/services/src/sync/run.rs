//! One run: every collection of one connection.

use futures::{FutureExt as _, StreamExt as _};
use physiology::{SubjectId, Timestamp};
use store::{CollectionSync, SyncOutcome, SyncRun, Viewer};
use upstream::Collection;

use super::RunningSync;
use super::collection::CollectionRun;
use crate::{Error, Services};

/// So many collections at once: enough to hide a vendor's latency, few enough not to look like an
/// attack.
const COLLECTIONS_AT_ONCE: usize = 4;

impl Services {
    /// Runs a claimed sync to its end.
    pub(super) async fn run(&self, claim: RunningSync) -> Result<(), Error> {
        let (subject, vendor) = claim.key;
        let Some(client) = self.client(vendor) else {
            return Ok(());
        };
        let started_at = self.now();
        let mut run = SyncRun {
            subject,
            vendor,
            started_at,
            finished_at: None,
            written: 0,
            failed: 0,
        };
        self.store().put_sync_run(&run).await?;
        let visible = Viewer::System.may_see(&[subject]);
        let before = self.store().collection_syncs(&visible).await?;

        let collections: Vec<_> = Collection::of(vendor)
            .iter()
            .map(|&collection| {
                let claim = &claim;
                let previous = before
                    .iter()
                    .find(|sync| sync.vendor == vendor && sync.collection == collection.id());
                async move {
                    let result = self
                        .sync_collection(client, subject, collection, previous)
                        .await;
                    claim.step();
                    result
                }
                .boxed()
            })
            .collect();
        let results: Vec<Result<CollectionRun, Error>> = futures::stream::iter(collections)
            .buffer_unordered(COLLECTIONS_AT_ONCE)
            .collect()
            .await;

        for result in results {
            let result = result?;
            run.written += result.written;
            run.failed += u64::from(result.failed);
        }
        let finished_at = self.now();
        run.finished_at = Some(finished_at);
        self.store().put_sync_run(&run).await?;
        tracing::info!(
            %subject,
            vendor = vendor.id(),
            written = run.written,
            failed = run.failed,
            duration_ms = finished_at.unix_ms() - started_at.unix_ms(),
            "synced"
        );
        Ok(())
    }

    /// Keeps how a collection's sync ended.
    pub(super) async fn keep_outcome(
        &self,
        subject: SubjectId,
        collection: Collection,
        previous: Option<&CollectionSync>,
        tried_at: Timestamp,
        outcome: SyncOutcome,
        reached: Option<physiology::Day>,
    ) -> Result<(), Error> {
        let done = outcome == SyncOutcome::Done;
        let sync = CollectionSync {
            subject,
            vendor: collection.vendor(),
            collection: collection.id().to_owned(),
            cursor: reached.or(previous.and_then(|sync| sync.cursor)),
            tried_at,
            synced_at: if done {
                Some(tried_at)
            } else {
                previous.and_then(|sync| sync.synced_at)
            },
            outcome,
        };
        Ok(self.store().put_collection_sync(&sync).await?)
    }
}
