//! What is derived from documents: replaced a collection's day at a time.

use std::collections::BTreeSet;

use physiology::SubjectId;
use sqlx::SqliteConnection;

use super::columns::day_key;
use super::series::PackedSeries;
use super::tiles::{self, Touched};
use super::{SqliteStore, clocks, collections, readings, series, workouts};
use crate::error::StoreError;
use crate::model::DerivedDay;

/// Where a derived row comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) subject: SubjectId,
    pub(super) collection: i64,
    pub(super) day: i64,
}

pub(super) async fn put(store: &SqliteStore, days: &[DerivedDay]) -> Result<(), StoreError> {
    if days.is_empty() {
        return Ok(());
    }
    // Compressed before the one writer is taken.
    let mut packed = Vec::with_capacity(days.len());
    for day in days {
        packed.push(series::pack_all(&day.series).await?);
    }
    let mut transaction = store.begin().await?;
    let mut touched = Touched::default();
    let mut other_clocks = BTreeSet::new();
    for (day, packed) in days.iter().zip(packed) {
        if replace(&mut transaction, day, packed, &mut touched).await? {
            other_clocks.insert(day.subject);
        }
    }
    tiles::rebuild(&mut transaction, touched).await?;
    for subject in other_clocks {
        tiles::clock_changed(&mut transaction, subject).await?;
    }
    Ok(transaction.commit().await?)
}

/// Says whether the wearer's clock changed by it.
async fn replace<'a>(
    connection: &mut SqliteConnection,
    derived: &DerivedDay,
    packed: Vec<PackedSeries<'a>>,
    touched: &mut Touched<'a>,
) -> Result<bool, StoreError> {
    const DONE: &str = "DELETE FROM pending_derivation WHERE collection = ? AND day = ?";
    let DerivedDay {
        subject,
        vendor,
        ref collection,
        ..
    } = *derived;
    let origin = Origin {
        subject,
        collection: collections::ensure(&mut *connection, subject, vendor, collection).await?,
        day: day_key(derived.day),
    };
    for sql in [
        "DELETE FROM readings WHERE collection = ? AND derived_day = ?",
        "DELETE FROM workouts WHERE collection = ? AND derived_day = ?",
        "DELETE FROM malformed WHERE collection = ? AND derived_day = ?",
        DONE,
    ] {
        sqlx::query(sql)
            .bind(origin.collection)
            .bind(origin.day)
            .execute(&mut *connection)
            .await?;
    }
    series::remove(&mut *connection, origin, touched).await?;
    for reading in &derived.readings {
        readings::add(&mut *connection, origin, reading).await?;
    }
    for packed in packed {
        let series = packed.series;
        let row = series::add(&mut *connection, origin, packed).await?;
        touched.add(row, series);
    }
    for workout in &derived.workouts {
        workouts::add(&mut *connection, origin, workout).await?;
    }
    for (document, reason) in &derived.malformed {
        add_malformed(&mut *connection, origin, document, reason).await?;
    }
    clocks::replace(connection, origin, &derived.clocks).await
}

async fn add_malformed(
    connection: &mut SqliteConnection,
    origin: Origin,
    document: &str,
    reason: &str,
) -> Result<(), StoreError> {
    // Whoever finds two faults in one document names it twice: the first reason stands.
    const SQL: &str = "INSERT INTO malformed (collection, derived_day, document, reason)
        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    sqlx::query(SQL)
        .bind(origin.collection)
        .bind(origin.day)
        .bind(document)
        .bind(reason)
        .execute(connection)
        .await?;
    Ok(())
}

/// Every day a document is kept of is then underived, so that a rebuild cut short is noticed.
pub(super) async fn clear(store: &SqliteStore, subject: SubjectId) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    tiles::clear(&mut transaction, subject).await?;
    for sql in [
        "DELETE FROM readings WHERE subject = ?",
        "DELETE FROM series WHERE subject = ?",
        "DELETE FROM workouts WHERE subject = ?",
        "DELETE FROM clocks WHERE subject = ?",
        "DELETE FROM malformed WHERE collection IN (SELECT id FROM collections WHERE subject = ?)",
        "INSERT INTO pending_derivation (collection, day)
         SELECT DISTINCT collection, day
         FROM collections JOIN documents ON documents.collection = collections.id
         WHERE subject = ? ON CONFLICT DO NOTHING",
    ] {
        sqlx::query(sql)
            .bind(subject.0)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}
