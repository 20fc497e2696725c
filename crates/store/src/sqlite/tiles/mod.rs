//! Tiles of series: what is drawn, ready to be read at any zoom.

mod blob;
mod build;

use std::ops::RangeInclusive;

use physiology::bucket::Bucket;
use physiology::{SeriesKind, SubjectId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

pub(super) use self::build::{Touched, rebuild};
use super::SqliteStore;
use super::columns::{corrupt, count, source, subjects_parameter};
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{SeriesLine, SeriesTrack};

pub(super) async fn lines(
    store: &SqliteStore,
    visible: &Visible,
) -> Result<Vec<SeriesLine>, StoreError> {
    const SQL: &str =
        "SELECT subject, kind, source, local_clock, first_at, last_at, samples, revision
        FROM series_lines
        WHERE subject IN (SELECT value FROM json_each(?)) AND samples > 0
        ORDER BY subject, kind, source, local_clock";
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(line).collect()
}

fn line(row: &SqliteRow) -> Result<SeriesLine, StoreError> {
    Ok(SeriesLine {
        subject: SubjectId(row.try_get(0)?),
        kind: SeriesKind::from_id(row.try_get(1)?).ok_or(corrupt("series kind"))?,
        source: source(row.try_get(2)?)?,
        local_clock: row.try_get(3)?,
        first_at: Timestamp(row.try_get(4)?),
        last_at: Timestamp(row.try_get(5)?),
        samples: count(row.try_get(6)?)?,
        revision: count(row.try_get(7)?)?,
    })
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    subject: SubjectId,
    kind: SeriesKind,
    level: u8,
    tiles: RangeInclusive<i64>,
) -> Result<Vec<SeriesTrack>, StoreError> {
    const SQL: &str = "SELECT source, local_clock, tile, buckets
        FROM series_lines JOIN series_tiles ON line = id
        WHERE subject = ? AND kind = ? AND level = ? AND tile BETWEEN ? AND ?
        ORDER BY source, local_clock, tile";
    if !visible.includes(subject) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(SQL)
        .bind(subject.0)
        .bind(kind.id())
        .bind(level)
        .bind(tiles.start())
        .bind(tiles.end())
        .fetch_all(&store.readers)
        .await?;
    let mut tracks: Vec<SeriesTrack> = Vec::new();
    for row in &rows {
        let (source, local_clock) = (source(row.try_get(0)?)?, row.try_get(1)?);
        let mut buckets = blob::read(row.try_get(3)?, level, row.try_get(2)?)?;
        match tracks.last_mut() {
            Some(track) if (track.source, track.local_clock) == (source, local_clock) => {
                track.buckets.append(&mut buckets);
            }
            _ => tracks.push(SeriesTrack {
                source,
                local_clock,
                buckets,
            }),
        }
    }
    Ok(tracks)
}

/// What a subject's tiles of wall clocks show on UTC has changed: their clock has.
pub(super) async fn clock_changed(
    connection: &mut SqliteConnection,
    subject: SubjectId,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE series_lines SET revision = revision + 1
        WHERE subject = ? AND local_clock";
    sqlx::query(SQL).bind(subject.0).execute(connection).await?;
    Ok(())
}

/// Forgets a subject's tiles.
pub(super) async fn clear(
    connection: &mut SqliteConnection,
    subject: SubjectId,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM series_tiles WHERE line IN (SELECT id FROM series_lines WHERE subject = ?)",
        "UPDATE series_lines SET samples = 0, first_at = 0, last_at = 0, revision = revision + 1
         WHERE subject = ?",
    ] {
        sqlx::query(sql)
            .bind(subject.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The kept buckets of some tiles of a line, with their bytes, by tile.
async fn kept(
    connection: &mut SqliteConnection,
    line: i64,
    level: u8,
    tiles: &RangeInclusive<i64>,
) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    const SQL: &str = "SELECT tile, buckets FROM series_tiles
        WHERE line = ? AND level = ? AND tile BETWEEN ? AND ? ORDER BY tile";
    let rows = sqlx::query(SQL)
        .bind(line)
        .bind(level)
        .bind(tiles.start())
        .bind(tiles.end())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect()
}

/// The buckets of kept tiles, oldest first.
fn unpacked(level: u8, kept: &[(i64, Vec<u8>)]) -> Result<Vec<Bucket>, StoreError> {
    let mut buckets = Vec::new();
    for (tile, bytes) in kept {
        buckets.append(&mut blob::read(bytes, level, *tile)?);
    }
    Ok(buckets)
}
