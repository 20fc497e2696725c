//! Documents, as the vendors sent them.

use std::collections::BTreeSet;

use physiology::{Day, SubjectId, Timestamp, Vendor};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::bodies::{self, Fingerprint, Packed};
use super::columns::{day_from_key, day_key, hash, vendor};
use super::{SqliteStore, collections};
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{Document, DocumentKey, Stored};

/// What is kept of a document so far.
struct Known {
    version: i64,
    day: i64,
    body: i64,
    received_at: i64,
    fingerprint: Fingerprint,
}

/// A document that came, with what it takes to compare and keep it.
struct Arrival<'a> {
    document: &'a Document,
    day: i64,
    fingerprint: Fingerprint,
    /// Present where the document looked new before the transaction began.
    packed: Option<Packed>,
}

impl Arrival<'_> {
    fn is(&self, known: &Known) -> bool {
        self.day == known.day && self.fingerprint == known.fingerprint
    }
}

pub(super) async fn put(store: &SqliteStore, documents: &[Document]) -> Result<Stored, StoreError> {
    let mut arrivals = unpacked(documents).await;
    // What came again unchanged, which is nearly everything every hour, is found out by reading
    // alone; and what did change is compressed before the one writer is taken.
    if pack_news(store, &mut arrivals).await? == 0 {
        return Ok(Stored {
            unchanged: documents.len() as u64,
            ..Stored::default()
        });
    }
    let mut stored = Stored::default();
    let mut days = BTreeSet::new();
    let mut transaction = store.begin().await?;
    for run in arrivals.chunk_by_mut(same_collection) {
        put_run(&mut transaction, run, &mut stored, &mut days).await?;
    }
    transaction.commit().await?;
    stored.days = days
        .into_iter()
        .map(day_from_key)
        .collect::<Result<_, _>>()?;
    Ok(stored)
}

async fn unpacked(documents: &[Document]) -> Vec<Arrival<'_>> {
    let mut arrivals = Vec::with_capacity(documents.len());
    for document in documents {
        arrivals.push(Arrival {
            document,
            day: day_key(document.day),
            fingerprint: bodies::fingerprint(&document.body),
            packed: None,
        });
        // Hashing a large batch must not keep other requests waiting.
        tokio::task::yield_now().await;
    }
    arrivals
}

/// Compresses what is not known to the store, and says how many these are.
async fn pack_news(store: &SqliteStore, arrivals: &mut [Arrival<'_>]) -> Result<usize, StoreError> {
    let mut reader = store.reader().await?;
    let mut news = Vec::new();
    for run in arrivals.chunk_by_mut(same_collection) {
        let collection = match run.first() {
            Some(first) => find_collection(&mut reader, &first.document.key).await?,
            None => None,
        };
        for arrival in run {
            let known = match collection {
                Some(id) => known(&mut reader, id, &arrival.document.key.key).await?,
                None => None,
            };
            if !known.is_some_and(|known| arrival.is(&known)) {
                news.push(arrival);
            }
        }
    }
    // The reader is free for others while we compress.
    drop(reader);
    for arrival in &mut news {
        arrival.packed = Some(bodies::pack(&arrival.document.body)?);
        tokio::task::yield_now().await;
    }
    Ok(news.len())
}

/// Keeps documents of one collection.
async fn put_run(
    connection: &mut SqliteConnection,
    run: &mut [Arrival<'_>],
    stored: &mut Stored,
    days: &mut BTreeSet<i64>,
) -> Result<(), StoreError> {
    const PENDING: &str = "INSERT INTO pending_derivation (collection, day) VALUES (?, ?)
        ON CONFLICT DO NOTHING";
    let Some(first) = run.first() else {
        return Ok(());
    };
    let DocumentKey {
        subject,
        vendor,
        collection,
        ..
    } = &first.document.key;
    let collection = collections::ensure(&mut *connection, *subject, *vendor, collection).await?;
    let mut pending = BTreeSet::new();
    for arrival in run {
        // Asked again: another process may have written, or the batch may hold a document twice.
        match known(&mut *connection, collection, &arrival.document.key.key).await? {
            Some(known) if arrival.is(&known) => stored.unchanged += 1,
            Some(known) => {
                supersede(&mut *connection, collection, &known, arrival).await?;
                pending.extend([known.day, arrival.day]);
                stored.changed += 1;
            }
            None => {
                add(&mut *connection, collection, arrival).await?;
                pending.insert(arrival.day);
                stored.added += 1;
            }
        }
    }
    for day in &pending {
        sqlx::query(PENDING)
            .bind(collection)
            .bind(day)
            .execute(&mut *connection)
            .await?;
    }
    days.append(&mut pending);
    Ok(())
}

async fn add(
    connection: &mut SqliteConnection,
    collection: i64,
    arrival: &mut Arrival<'_>,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO documents (collection, key, version, day, body, received_at)
        VALUES (?, ?, 1, ?, ?, ?)";
    let body = keep_body(&mut *connection, arrival).await?;
    sqlx::query(SQL)
        .bind(collection)
        .bind(&arrival.document.key.key)
        .bind(arrival.day)
        .bind(body)
        .bind(arrival.document.received_at.0)
        .execute(connection)
        .await?;
    Ok(())
}

async fn supersede(
    connection: &mut SqliteConnection,
    collection: i64,
    known: &Known,
    arrival: &mut Arrival<'_>,
) -> Result<(), StoreError> {
    const OLD: &str =
        "INSERT INTO document_versions (collection, key, version, day, body, received_at)
        VALUES (?, ?, ?, ?, ?, ?)";
    const NEW: &str = "UPDATE documents SET version = ?, day = ?, body = ?, received_at = ?
        WHERE collection = ? AND key = ?";
    sqlx::query(OLD)
        .bind(collection)
        .bind(&arrival.document.key.key)
        .bind(known.version)
        .bind(known.day)
        .bind(known.body)
        .bind(known.received_at)
        .execute(&mut *connection)
        .await?;
    let body = keep_body(&mut *connection, arrival).await?;
    sqlx::query(NEW)
        .bind(known.version + 1)
        .bind(arrival.day)
        .bind(body)
        .bind(arrival.document.received_at.0)
        .bind(collection)
        .bind(&arrival.document.key.key)
        .execute(connection)
        .await?;
    Ok(())
}

async fn keep_body(
    connection: &mut SqliteConnection,
    arrival: &mut Arrival<'_>,
) -> Result<i64, StoreError> {
    let packed = match arrival.packed.take() {
        Some(packed) => packed,
        None => bodies::pack(&arrival.document.body)?,
    };
    bodies::ensure(connection, &arrival.fingerprint, packed).await
}

async fn known(
    connection: &mut SqliteConnection,
    collection: i64,
    key: &str,
) -> Result<Option<Known>, StoreError> {
    const SQL: &str = "SELECT version, day, body, received_at, sha256
        FROM documents JOIN bodies ON bodies.id = documents.body
        WHERE collection = ? AND key = ?";
    let row = sqlx::query(SQL)
        .bind(collection)
        .bind(key)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Known {
            version: row.try_get(0)?,
            day: row.try_get(1)?,
            body: row.try_get(2)?,
            received_at: row.try_get(3)?,
            fingerprint: hash(row.try_get(4)?)?,
        })
    })
    .transpose()
}

/// Batches are of one collection. Should one ever not be, nothing may be filed under another's.
fn same_collection(a: &Arrival<'_>, b: &Arrival<'_>) -> bool {
    let (a, b) = (&a.document.key, &b.document.key);
    a.subject == b.subject && a.vendor == b.vendor && a.collection == b.collection
}

async fn find_collection(
    connection: &mut SqliteConnection,
    key: &DocumentKey,
) -> Result<Option<i64>, StoreError> {
    collections::find(connection, key.subject, key.vendor, &key.collection).await
}

pub(super) async fn of_day(
    store: &SqliteStore,
    visible: &Visible,
    subject: SubjectId,
    vendor: Vendor,
    collection: &str,
    day: Option<Day>,
) -> Result<Vec<Document>, StoreError> {
    const SQL: &str = "SELECT day, received_at, size, zstd, sha256, key
        FROM documents JOIN bodies ON bodies.id = documents.body
        WHERE collection = ? AND day = ? ORDER BY key";
    if !visible.includes(subject) {
        return Ok(Vec::new());
    }
    let mut reader = store.reader().await?;
    let Some(id) = collections::find(&mut reader, subject, vendor, collection).await? else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query(SQL)
        .bind(id)
        .bind(day_key(day))
        .fetch_all(&mut *reader)
        .await?;
    rows.iter()
        .map(|row| {
            let key = row.try_get(5)?;
            document(
                row,
                DocumentKey {
                    subject,
                    vendor,
                    collection: collection.to_owned(),
                    key,
                },
            )
        })
        .collect()
}

pub(super) async fn versions(
    store: &SqliteStore,
    visible: &Visible,
    key: &DocumentKey,
) -> Result<Vec<Document>, StoreError> {
    const SQL: &str = "SELECT day, received_at, size, zstd, sha256 FROM (
            SELECT version, day, body, received_at FROM document_versions
            WHERE collection = ?1 AND key = ?2
            UNION ALL
            SELECT version, day, body, received_at FROM documents
            WHERE collection = ?1 AND key = ?2
        ) AS version JOIN bodies ON bodies.id = version.body ORDER BY version.version";
    if !visible.includes(key.subject) {
        return Ok(Vec::new());
    }
    let mut reader = store.reader().await?;
    let Some(id) = find_collection(&mut reader, key).await? else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query(SQL)
        .bind(id)
        .bind(&key.key)
        .fetch_all(&mut *reader)
        .await?;
    rows.iter().map(|row| document(row, key.clone())).collect()
}

/// From a row that begins with day, instant, size, body and hash.
fn document(row: &SqliteRow, key: DocumentKey) -> Result<Document, StoreError> {
    Ok(Document {
        key,
        day: day_from_key(row.try_get(0)?)?,
        received_at: Timestamp(row.try_get(1)?),
        body: bodies::unpack(row.try_get(3)?, row.try_get(2)?, row.try_get(4)?)?,
    })
}

pub(super) async fn days(
    store: &SqliteStore,
    visible: &Visible,
    subject: SubjectId,
) -> Result<Vec<(Vendor, String, Option<Day>)>, StoreError> {
    const SQL: &str = "SELECT DISTINCT vendor, name, day
        FROM collections JOIN documents ON documents.collection = collections.id
        WHERE subject = ?";
    if !visible.includes(subject) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(SQL)
        .bind(subject.0)
        .fetch_all(&store.readers)
        .await?;
    let mut days = rows
        .iter()
        .map(|row| {
            Ok((
                vendor(row.try_get(0)?)?,
                row.try_get(1)?,
                day_from_key(row.try_get(2)?)?,
            ))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    days.sort_unstable();
    Ok(days)
}

pub(super) async fn underived_days(
    store: &SqliteStore,
    subject: SubjectId,
    vendor: Vendor,
    collection: &str,
) -> Result<Vec<Option<Day>>, StoreError> {
    const SQL: &str = "SELECT day FROM pending_derivation WHERE collection = ? ORDER BY day";
    let mut reader = store.reader().await?;
    let Some(id) = collections::find(&mut reader, subject, vendor, collection).await? else {
        return Ok(Vec::new());
    };
    let days: Vec<i64> = sqlx::query_scalar(SQL)
        .bind(id)
        .fetch_all(&mut *reader)
        .await?;
    days.into_iter().map(day_from_key).collect()
}
