//! What the wearer's clock showed, by the documents that tell.

use std::collections::BTreeSet;

use physiology::clock::ClockAt;
use physiology::{SubjectId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::columns::corrupt;
use super::derived::Origin;
use crate::access::Visible;
use crate::error::StoreError;

/// Replaces what the documents of a day tell, and says whether it is anything new.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    origin: Origin,
    clocks: &[ClockAt],
) -> Result<bool, StoreError> {
    const DELETE: &str = "DELETE FROM clocks WHERE collection = ? AND derived_day = ?
        RETURNING at, utc_offset_s";
    const ADD: &str = "INSERT INTO clocks (subject, at, utc_offset_s, collection, derived_day)
        VALUES (?, ?, ?, ?, ?)";
    let rows = sqlx::query(DELETE)
        .bind(origin.collection)
        .bind(origin.day)
        .fetch_all(&mut *connection)
        .await?;
    let before = rows
        .iter()
        .map(read)
        .collect::<Result<BTreeSet<_>, StoreError>>()?;
    let now: BTreeSet<ClockAt> = (clocks.iter().copied())
        .filter(|clock| clock.is_on_earth())
        .collect();
    for clock in &now {
        sqlx::query(ADD)
            .bind(origin.subject.0)
            .bind(clock.at.0)
            .bind(clock.utc_offset_s)
            .bind(origin.collection)
            .bind(origin.day)
            .execute(&mut *connection)
            .await?;
    }
    Ok(before != now)
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    subject: SubjectId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<ClockAt>, StoreError> {
    // Of those alike in a row the first and the last are enough to tell which is nearest.
    const SQL: &str = "WITH told AS (
            SELECT at, utc_offset_s FROM clocks WHERE subject = ?1
                AND at >= coalesce(
                    (SELECT max(at) FROM clocks WHERE subject = ?1 AND at < ?2), ?2)
                AND at <= coalesce(
                    (SELECT min(at) FROM clocks WHERE subject = ?1 AND at > ?3), ?3)
        ), neighboured AS (
            SELECT at, utc_offset_s,
                lag(utc_offset_s) OVER chain AS before, lead(utc_offset_s) OVER chain AS after
            FROM told WINDOW chain AS (ORDER BY at, utc_offset_s)
        )
        SELECT at, utc_offset_s FROM neighboured
        WHERE before IS NOT utc_offset_s OR after IS NOT utc_offset_s
        ORDER BY at, utc_offset_s";
    if !visible.includes(subject) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(SQL)
        .bind(subject.0)
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<ClockAt, StoreError> {
    let utc_offset_s = i32::try_from(row.try_get::<i64, _>(1)?).map_err(|_| corrupt("clock"))?;
    Ok(ClockAt {
        at: Timestamp(row.try_get(0)?),
        utc_offset_s,
    })
}
