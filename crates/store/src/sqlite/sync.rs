//! Where syncs stand, and what they brought.

use std::collections::HashMap;

use physiology::{SubjectId, Timestamp, Vendor};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::columns::subjects_parameter;
use super::columns::{corrupt, count, count_column, dangling, day, day_from_key, vendor};
use super::{SqliteStore, collections};
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{CollectionSummary, CollectionSync, SyncOutcome, SyncRun};

pub(super) async fn collection_syncs(
    store: &SqliteStore,
    visible: &Visible,
) -> Result<Vec<CollectionSync>, StoreError> {
    const SQL: &str = "SELECT subject, vendor, name, cursor, tried_at, synced_at, outcome, message
        FROM collections JOIN collection_syncs ON collection_syncs.collection = collections.id
        WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY subject, vendor, name";
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(collection_sync).collect()
}

fn collection_sync(row: &SqliteRow) -> Result<CollectionSync, StoreError> {
    let message: Option<String> = row.try_get(7)?;
    Ok(CollectionSync {
        subject: SubjectId(row.try_get(0)?),
        vendor: vendor(row.try_get(1)?)?,
        collection: row.try_get(2)?,
        cursor: row.try_get::<Option<i64>, _>(3)?.map(day).transpose()?,
        tried_at: Timestamp(row.try_get(4)?),
        synced_at: row.try_get::<Option<i64>, _>(5)?.map(Timestamp),
        outcome: match (row.try_get(6)?, message) {
            ("done", None) => SyncOutcome::Done,
            ("not_granted", None) => SyncOutcome::NotGranted,
            ("failed", Some(message)) => SyncOutcome::Failed { message },
            _ => return Err(corrupt("outcome")),
        },
    })
}

pub(super) async fn put_collection_sync(
    store: &SqliteStore,
    sync: &CollectionSync,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT OR REPLACE INTO collection_syncs
            (collection, cursor, tried_at, synced_at, outcome, message)
        VALUES (?, ?, ?, ?, ?, ?)";
    let (outcome, message) = match &sync.outcome {
        SyncOutcome::Done => ("done", None),
        SyncOutcome::NotGranted => ("not_granted", None),
        SyncOutcome::Failed { message } => ("failed", Some(message)),
    };
    let mut transaction = store.begin().await?;
    let collection = collections::ensure(
        &mut transaction,
        sync.subject,
        sync.vendor,
        &sync.collection,
    )
    .await?;
    sqlx::query(SQL)
        .bind(collection)
        .bind(sync.cursor.map(physiology::Day::days_since_epoch))
        .bind(sync.tried_at.0)
        .bind(sync.synced_at.map(Timestamp::unix_ms))
        .bind(outcome)
        .bind(message)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

pub(super) async fn clear_collection_syncs(
    store: &SqliteStore,
    subject: SubjectId,
    vendor: Vendor,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM collection_syncs
        WHERE collection IN (SELECT id FROM collections WHERE subject = ? AND vendor = ?)";
    sqlx::query(SQL)
        .bind(subject.0)
        .bind(vendor.id())
        .execute(&store.writer)
        .await?;
    Ok(())
}

pub(super) async fn collection_summaries(
    store: &SqliteStore,
    visible: &Visible,
) -> Result<Vec<CollectionSummary>, StoreError> {
    // Where every document is without a day the greatest day is "no day", which reads back as none.
    const KEPT: &str = "SELECT id, subject, vendor, name, count(*), max(day), max(received_at)
        FROM collections JOIN documents ON documents.collection = collections.id
        WHERE subject IN (SELECT value FROM json_each(?))
        GROUP BY id ORDER BY subject, vendor, name";
    const MALFORMED: &str = "SELECT DISTINCT collection, document
        FROM malformed JOIN collections ON collections.id = malformed.collection
        WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY collection, document";
    let subjects = subjects_parameter(visible.subjects());
    let mut snapshot = store.readers.begin().await?;
    let kept = sqlx::query(KEPT)
        .bind(&subjects)
        .fetch_all(&mut *snapshot)
        .await?;
    let unread = sqlx::query(MALFORMED)
        .bind(&subjects)
        .fetch_all(&mut *snapshot)
        .await?;
    snapshot.commit().await?;

    let mut malformed: HashMap<i64, Vec<String>> = HashMap::new();
    for row in &unread {
        malformed
            .entry(row.try_get(0)?)
            .or_default()
            .push(row.try_get(1)?);
    }
    kept.iter()
        .map(|row| {
            Ok(CollectionSummary {
                subject: SubjectId(row.try_get(1)?),
                vendor: vendor(row.try_get(2)?)?,
                collection: row.try_get(3)?,
                documents: count(row.try_get(4)?)?,
                newest_day: day_from_key(row.try_get(5)?)?,
                received_at: row.try_get::<Option<i64>, _>(6)?.map(Timestamp),
                malformed: malformed.remove(&row.try_get(0)?).unwrap_or_default(),
            })
        })
        .collect()
}

pub(super) async fn put_run(store: &SqliteStore, run: &SyncRun) -> Result<(), StoreError> {
    const SQL: &str = "INSERT OR REPLACE INTO sync_runs
            (started_at, subject, vendor, finished_at, written, failed)
        VALUES (?, ?, ?, ?, ?, ?)";
    sqlx::query(SQL)
        .bind(run.started_at.0)
        .bind(run.subject.0)
        .bind(run.vendor.id())
        .bind(run.finished_at.map(Timestamp::unix_ms))
        .bind(count_column(run.written))
        .bind(count_column(run.failed))
        .execute(&store.writer)
        .await
        .map_err(dangling("subject"))?;
    Ok(())
}

pub(super) async fn runs(
    store: &SqliteStore,
    visible: &Visible,
    limit: u32,
) -> Result<Vec<SyncRun>, StoreError> {
    const SQL: &str = "SELECT started_at, subject, vendor, finished_at, written, failed
        FROM sync_runs WHERE subject IN (SELECT value FROM json_each(?))
        ORDER BY started_at DESC, subject, vendor LIMIT ?";
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(limit)
        .fetch_all(&store.readers)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SyncRun {
                started_at: Timestamp(row.try_get(0)?),
                subject: SubjectId(row.try_get(1)?),
                vendor: vendor(row.try_get(2)?)?,
                finished_at: row.try_get::<Option<i64>, _>(3)?.map(Timestamp),
                written: count(row.try_get(4)?)?,
                failed: count(row.try_get(5)?)?,
            })
        })
        .collect()
}
