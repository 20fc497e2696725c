//! One collection: pages in, documents kept, days derived, the cursor moved.

use physiology::{Day, DayRange, SubjectId, Timestamp};
use store::{CollectionSync, Document, DocumentKey, SyncOutcome};
use upstream::{Client, Collection, FetchError};

use crate::tokens::NoToken;
use crate::{Error, Services};

/// Pages are gathered into transactions of about this many documents …
const BATCH_DOCUMENTS: usize = 120;
/// … or bytes, whichever comes first.
const BATCH_BYTES: usize = 1 << 20;

/// What came of a collection's sync.
pub(super) struct CollectionRun {
    /// Documents that were new or changed.
    pub written: u64,
    /// Whether it failed.
    pub failed: bool,
}

impl Services {
    pub(super) async fn sync_collection(
        &self,
        client: &Client,
        subject: SubjectId,
        collection: Collection,
        previous: Option<&CollectionSync>,
    ) -> Result<CollectionRun, Error> {
        let tried_at = self.now();
        let mut written = 0;
        self.derive_leftovers(subject, collection).await?;
        // Somewhere it is already tomorrow: one twin may be a day ahead of UTC.
        let tomorrow = Day::of_utc(tried_at).plus(1);
        let range = self.range_to_ask(collection, previous, tomorrow);
        let refused_before = previous.is_some_and(|sync| sync.outcome == SyncOutcome::NotGranted);
        let request = Request {
            client,
            subject,
            collection,
            range,
            refused_before,
        };
        let outcome = match self.fetch(&request, tried_at, &mut written).await? {
            Ok(()) => SyncOutcome::Done,
            Err(Stopped::NotGranted) => SyncOutcome::NotGranted,
            Err(Stopped::Failed(message)) => {
                tracing::warn!(%subject, vendor = collection.vendor().id(), collection = collection.id(), message, "a collection failed");
                SyncOutcome::Failed { message }
            }
        };
        let failed = matches!(outcome, SyncOutcome::Failed { .. });
        let reached = (outcome == SyncOutcome::Done).then(|| tomorrow.plus(-1));
        self.keep_outcome(subject, collection, previous, tried_at, outcome, reached)
            .await?;
        Ok(CollectionRun { written, failed })
    }

    /// Everything at first; then from the look-back before the cursor, for what comes late or
    /// changes.
    fn range_to_ask(
        &self,
        collection: Collection,
        previous: Option<&CollectionSync>,
        tomorrow: Day,
    ) -> DayRange {
        let config = &self.inner.config;
        let first = match previous.and_then(|sync| sync.cursor) {
            Some(cursor) => cursor.plus(-i64::from(config.lookback_days)),
            None => tomorrow.plus(-i64::from(config.history_days)),
        };
        let today = tomorrow.plus(-1);
        let served = collection
            .horizon_days()
            .map(|days| today.plus(-i64::from(days)));
        DayRange::new(served.map_or(first, |served| first.max(served)), tomorrow)
    }

    async fn fetch(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        written: &mut u64,
    ) -> Result<Result<(), Stopped>, Error> {
        let &Request {
            client,
            subject,
            collection,
            range,
            ..
        } = request;
        let mut token = match self.access_token(client, subject).await {
            Ok(token) => token,
            Err(reason) => return Ok(Err(reason.into())),
        };
        let mut pages = client.pages(collection, range, now);
        // A collection that was refused before answers so again: no reason to spend a refresh on it.
        let mut renewed = request.refused_before;
        let mut batch = Batch::default();
        loop {
            let page = match pages.next(&token).await {
                Ok(Some(page)) => page,
                Ok(None) => break,
                // A dead token, or, with a fresh one, a collection that was not granted.
                Err(FetchError::Unauthorized) if !renewed => {
                    renewed = true;
                    match self.renewed_token(client, subject, &token).await {
                        Ok(other) => token = other,
                        Err(reason) => return self.stop(batch, written, reason.into()).await,
                    }
                    continue;
                }
                Err(error) => return self.stop(batch, written, error.into()).await,
            };
            batch.extend(subject, now, page);
            if batch.is_full() {
                *written += self.keep(std::mem::take(&mut batch)).await?;
            }
        }
        *written += self.keep(batch).await?;
        Ok(Ok(()))
    }

    /// Keeps what came before it stopped.
    async fn stop(
        &self,
        batch: Batch,
        written: &mut u64,
        stopped: Stopped,
    ) -> Result<Result<(), Stopped>, Error> {
        *written += self.keep(batch).await?;
        Ok(Err(stopped))
    }

    async fn keep(&self, batch: Batch) -> Result<u64, Error> {
        let Some(first) = batch.documents.first() else {
            return Ok(0);
        };
        let key = first.key.clone();
        let stored = self.store().put_documents(&batch.documents).await?;
        if let Some(collection) = Collection::from_id(key.vendor, &key.collection) {
            super::derive_days(self, key.subject, collection, &stored.days).await?;
        }
        Ok(stored.added + stored.changed)
    }

    /// What a process that died left underived.
    async fn derive_leftovers(
        &self,
        subject: SubjectId,
        collection: Collection,
    ) -> Result<(), Error> {
        let (vendor, id) = (collection.vendor(), collection.id());
        let days = self.store().underived_days(subject, vendor, id).await?;
        super::derive_days(self, subject, collection, &days).await
    }
}

/// What is asked of a vendor.
struct Request<'a> {
    client: &'a Client,
    subject: SubjectId,
    collection: Collection,
    range: DayRange,
    /// The last sync found that the twin did not grant this collection.
    refused_before: bool,
}

#[derive(Default)]
struct Batch {
    documents: Vec<Document>,
    bytes: usize,
}

impl Batch {
    fn extend(&mut self, subject: SubjectId, now: Timestamp, page: Vec<upstream::Document>) {
        for document in page {
            self.bytes += document.body.len();
            self.documents.push(Document {
                key: DocumentKey {
                    subject,
                    vendor: document.collection.vendor(),
                    collection: document.collection.id().to_owned(),
                    key: document.key,
                },
                day: document.day,
                body: document.body,
                received_at: now,
            });
        }
    }

    fn is_full(&self) -> bool {
        self.documents.len() >= BATCH_DOCUMENTS || self.bytes >= BATCH_BYTES
    }
}

/// Why a collection's sync stopped.
enum Stopped {
    NotGranted,
    /// A sentence for the page.
    Failed(String),
}

impl From<NoToken> for Stopped {
    fn from(reason: NoToken) -> Self {
        match reason {
            NoToken::Reconnect(_) => Self::Failed("The sign-in has to be renewed.".into()),
            NoToken::Unavailable(sentence) => Self::Failed(sentence.into()),
        }
    }
}

impl From<FetchError> for Stopped {
    fn from(error: FetchError) -> Self {
        let sentence = match error {
            FetchError::Unauthorized | FetchError::NotGranted => return Self::NotGranted,
            FetchError::NotFound => "The vendor does not know this collection.".to_owned(),
            FetchError::LimitReached { retry_after_s } => format!(
                "The vendor's limit is reached; it opens again in {} min.",
                retry_after_s.div_ceil(60)
            ),
            FetchError::Rejected { status } => {
                format!("The vendor rejected the request (HTTP {status}).")
            }
            FetchError::Unavailable { .. } => "The vendor does not answer.".to_owned(),
            FetchError::Malformed { .. } => "The vendor's answer could not be read.".to_owned(),
        };
        Self::Failed(sentence)
    }
}
