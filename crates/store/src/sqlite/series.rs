//! Series: the samples of one document, compressed without loss.

use pco::standalone::{simple_compress, simple_decompress_into};
use pco::{ChunkConfig, DeltaSpec};
use physiology::{DayRange, SeriesKind, SeriesPoint, SubjectId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::columns::{corrupt, count_column, source};
use super::derived::Origin;
use super::tiles::Touched;
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::Series;

/// No series is believed to be longer than this when it is read back: a day at 130 Hz is less.
const MAX_POINTS: usize = 16 << 20;

/// A series on its way into the store.
pub(super) struct PackedSeries<'a> {
    pub(super) series: &'a Series,
    first_at: i64,
    last_at: i64,
    instants: Vec<u8>,
    values: Vec<u8>,
}

/// Compresses series; those without a sample are left out, for they say nothing.
pub(super) async fn pack_all(series: &[Series]) -> Result<Vec<PackedSeries<'_>>, StoreError> {
    let mut packed = Vec::with_capacity(series.len());
    for series in series {
        packed.extend(pack(series)?);
        tokio::task::yield_now().await;
    }
    Ok(packed)
}

fn pack(series: &Series) -> Result<Option<PackedSeries<'_>>, StoreError> {
    let instants: Vec<i64> = series.points.iter().map(|point| point.at.0).collect();
    let values: Vec<f64> = series.points.iter().map(|point| point.value).collect();
    let (Some(&first_at), Some(&last_at)) = (instants.iter().min(), instants.iter().max()) else {
        return Ok(None);
    };
    Ok(Some(PackedSeries {
        series,
        first_at,
        last_at,
        instants: compress(&instants, INSTANTS)?,
        values: compress(&values, VALUES)?,
    }))
}

/// Samples come at regular steps: what changes is the change.
const INSTANTS: DeltaSpec = DeltaSpec::TryConsecutive(2);
/// A body changes little from one sample to the next.
const VALUES: DeltaSpec = DeltaSpec::TryConsecutive(1);

/// Which deltas are taken is said, not tried out: for some hundred samples the trials take several
/// times as long as the compression.
fn compress<T: pco::data_types::Number>(
    numbers: &[T],
    deltas: DeltaSpec,
) -> Result<Vec<u8>, StoreError> {
    let config = ChunkConfig::default().with_delta_spec(deltas);
    simple_compress(numbers, &config).map_err(|error| StoreError::Unavailable(Box::new(error)))
}

fn decompress<T: pco::data_types::Number + Default>(
    bytes: &[u8],
    count: usize,
) -> Result<Vec<T>, StoreError> {
    let mut numbers = vec![T::default(); count];
    match simple_decompress_into(bytes, &mut numbers) {
        Ok(progress) if progress.finished && progress.n_processed == count => Ok(numbers),
        _ => Err(corrupt("series")),
    }
}

/// Keeps a series, and says in which row.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    origin: Origin,
    packed: PackedSeries<'_>,
) -> Result<i64, StoreError> {
    const SQL: &str =
        "INSERT INTO series (subject, kind, source, collection, derived_day, document,
            local_clock, first_at, last_at, points, instants_pco, values_pco)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let done = sqlx::query(SQL)
        .bind(origin.subject.0)
        .bind(packed.series.kind.id())
        .bind(packed.series.source.id())
        .bind(origin.collection)
        .bind(origin.day)
        .bind(&packed.series.document)
        .bind(packed.series.local_clock)
        .bind(packed.first_at)
        .bind(packed.last_at)
        .bind(count_column(packed.series.points.len()))
        .bind(packed.instants)
        .bind(packed.values)
        .execute(connection)
        .await?;
    Ok(done.last_insert_rowid())
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    subject: SubjectId,
    kind: SeriesKind,
    days: DayRange,
) -> Result<Vec<Series>, StoreError> {
    const SQL: &str =
        "SELECT source, document, points, instants_pco, values_pco, local_clock FROM series
        WHERE subject = ? AND kind = ? AND last_at >= ? AND first_at < ?
        ORDER BY first_at, document";
    if !visible.includes(subject) || days.is_empty() {
        return Ok(Vec::new());
    }
    let (start, end) = (
        days.first.start_utc(),
        days.last.start_utc().plus_seconds(86_400),
    );
    let rows = sqlx::query(SQL)
        .bind(subject.0)
        .bind(kind.id())
        .bind(start.0)
        .bind(end.0)
        .fetch_all(&store.readers)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let series = unpack(row, subject, kind)?;
        // Its ends may lie on both sides of the days with nothing in between.
        if series
            .points
            .iter()
            .any(|point| start <= point.at && point.at < end)
        {
            found.push(series);
        }
    }
    Ok(found)
}

/// Removes the series of a day's documents, and notes where they were.
pub(super) async fn remove(
    connection: &mut SqliteConnection,
    origin: Origin,
    touched: &mut Touched<'_>,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM series WHERE collection = ? AND derived_day = ?
        RETURNING kind, source, local_clock, first_at, last_at";
    let rows = sqlx::query(SQL)
        .bind(origin.collection)
        .bind(origin.day)
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let kind = SeriesKind::from_id(row.try_get(0)?).ok_or(corrupt("series kind"))?;
        let line = (
            origin.subject,
            kind,
            source(row.try_get(1)?)?,
            row.try_get(2)?,
        );
        touched.remove(
            line,
            (Timestamp(row.try_get(3)?), Timestamp(row.try_get(4)?)),
        );
    }
    Ok(())
}

/// From a row that begins with source, document, length, instants, values and clock.
pub(super) fn unpack(
    row: &SqliteRow,
    subject: SubjectId,
    kind: SeriesKind,
) -> Result<Series, StoreError> {
    let count = usize::try_from(row.try_get::<i64, _>(2)?)
        .ok()
        .filter(|count| *count <= MAX_POINTS)
        .ok_or(corrupt("series"))?;
    let instants: Vec<i64> = decompress(row.try_get(3)?, count)?;
    let values: Vec<f64> = decompress(row.try_get(4)?, count)?;
    let points = instants
        .into_iter()
        .zip(values)
        .map(|(at, value)| SeriesPoint {
            at: Timestamp(at),
            value,
        })
        .collect();
    Ok(Series {
        subject,
        kind,
        source: source(row.try_get(0)?)?,
        document: row.try_get(1)?,
        local_clock: row.try_get(5)?,
        points,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_to_the_bit_or_not_at_all() {
        let odd = [
            0.0,
            -0.0,
            f64::MIN_POSITIVE / 8.0,
            f64::INFINITY,
            -f64::NAN,
            97.1,
            f64::MAX,
        ];
        let many: Vec<f64> = odd.iter().copied().cycle().take(3_000).collect();
        for numbers in [&odd[..1], &odd[..], &many[..]] {
            let bytes = compress(numbers, VALUES).unwrap();
            let back: Vec<f64> = decompress(&bytes, numbers.len()).unwrap();
            let bits = |numbers: &[f64]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&back), bits(numbers));
            assert!(decompress::<f64>(&bytes, numbers.len() + 1).is_err());
            assert!(decompress::<f64>(&bytes, numbers.len() - 1).is_err());
            assert!(decompress::<f64>(&bytes[..bytes.len() - 1], numbers.len()).is_err());
            assert!(decompress::<i64>(&bytes, numbers.len()).is_err());
        }
        assert!(decompress::<i64>(&[], 1).is_err());
    }
}
