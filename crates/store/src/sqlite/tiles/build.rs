//! Tiles made again where samples came or went.
//!
//! The finest tiles that are touched are made from the series that overlap them, as they are kept
//! now; each coarser one from its four children. What comes out as it was is not written, and what
//! lies above it is left alone. So the tiles depend on the samples alone, not on how they came.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use physiology::bucket::{
    Bucket, COARSEST_LEVEL, TILE_BITS, aggregate, coarsen, tile_index, tile_start, width_ms,
};
use physiology::{SeriesKind, SeriesPoint, Source, SubjectId, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::{blob, kept, unpacked};
use crate::error::StoreError;
use crate::model::Series;
use crate::sqlite::columns::count_column;
use crate::sqlite::series;

/// As many tiles are made at once: samples of so many are held in memory.
const TILES_AT_ONCE: i64 = 1_024;

/// Names a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: SubjectId,
    kind: SeriesKind,
    source: Source,
    local_clock: bool,
}

/// What came and went of a line.
#[derive(Default)]
struct Changes<'a> {
    /// From when to when samples were that are gone.
    gone: Vec<(Timestamp, Timestamp)>,
    /// Series that came, by their row.
    added: BTreeMap<i64, &'a Series>,
}

/// What a transaction changes, line by line.
#[derive(Default)]
pub(in crate::sqlite) struct Touched<'a>(BTreeMap<Key, Changes<'a>>);

impl<'a> Touched<'a> {
    /// A series was removed.
    pub(in crate::sqlite) fn remove(
        &mut self,
        (subject, kind, source, local_clock): (SubjectId, SeriesKind, Source, bool),
        stretch: (Timestamp, Timestamp),
    ) {
        let key = Key {
            subject,
            kind,
            source,
            local_clock,
        };
        self.0.entry(key).or_default().gone.push(stretch);
    }

    /// A series was kept in a row.
    pub(in crate::sqlite) fn add(&mut self, row: i64, series: &'a Series) {
        let key = Key {
            subject: series.subject,
            kind: series.kind,
            source: series.source,
            local_clock: series.local_clock,
        };
        self.0.entry(key).or_default().added.insert(row, series);
    }
}

/// Brings the tiles up to date, once the series are.
pub(in crate::sqlite) async fn rebuild(
    connection: &mut SqliteConnection,
    touched: Touched<'_>,
) -> Result<(), StoreError> {
    for (key, changes) in touched.0 {
        let line = Line {
            id: ensure(&mut *connection, &key).await?,
            key,
        };
        if line.rebuild(&mut *connection, &changes).await? {
            line.changed(&mut *connection).await?;
        }
    }
    Ok(())
}

async fn ensure(connection: &mut SqliteConnection, key: &Key) -> Result<i64, StoreError> {
    // The update changes nothing; without it a row that is there would not be returned.
    const SQL: &str = "INSERT INTO series_lines
            (subject, kind, source, local_clock, first_at, last_at, samples, revision)
        VALUES (?, ?, ?, ?, 0, 0, 0, 0)
        ON CONFLICT DO UPDATE SET subject = subject RETURNING id";
    let id = sqlx::query_scalar(SQL)
        .bind(key.subject.0)
        .bind(key.kind.id())
        .bind(key.source.id())
        .bind(key.local_clock)
        .fetch_one(connection)
        .await?;
    Ok(id)
}

struct Line {
    id: i64,
    key: Key,
}

impl Line {
    /// Whether any tile changed.
    async fn rebuild(
        &self,
        connection: &mut SqliteConnection,
        changes: &Changes<'_>,
    ) -> Result<bool, StoreError> {
        let mut level = self.key.kind.finest_level();
        let mut changed = BTreeSet::new();
        for run in runs(&self.touched(&mut *connection, changes, level).await?) {
            let points = self.samples(&mut *connection, changes, level, &run).await?;
            let fresh = aggregate(points, level);
            self.put(&mut *connection, level, run, fresh, &mut changed)
                .await?;
        }
        let any = !changed.is_empty();
        while level < COARSEST_LEVEL && !changed.is_empty() {
            let parents = changed.iter().map(|tile| tile >> 2).collect();
            changed.clear();
            for run in runs(&parents) {
                let children = run.start() << 2..=(run.end() << 2 | 3);
                let children = kept(&mut *connection, self.id, level, &children).await?;
                let fresh = coarsen(unpacked(level, &children)?, level + 1);
                self.put(&mut *connection, level + 1, run, fresh, &mut changed)
                    .await?;
            }
            level += 1;
        }
        Ok(any)
    }

    /// The finest tiles that samples came to or went from. Of what went only the ends are known, so
    /// every tile in between that is there.
    async fn touched(
        &self,
        connection: &mut SqliteConnection,
        changes: &Changes<'_>,
        level: u8,
    ) -> Result<BTreeSet<i64>, StoreError> {
        const SQL: &str = "SELECT tile FROM series_tiles
            WHERE line = ? AND level = ? AND tile BETWEEN ? AND ?";
        let mut tiles = BTreeSet::new();
        for series in changes.added.values() {
            let mut before = None;
            for point in &series.points {
                let tile = tile_index(point.at, level);
                if before.replace(tile) != Some(tile) {
                    tiles.insert(tile);
                }
            }
        }
        for (first_at, last_at) in &changes.gone {
            let found: Vec<i64> = sqlx::query_scalar(SQL)
                .bind(self.id)
                .bind(level)
                .bind(tile_index(*first_at, level))
                .bind(tile_index(*last_at, level))
                .fetch_all(&mut *connection)
                .await?;
            tiles.extend(found);
        }
        Ok(tiles)
    }

    /// The samples within some tiles, oldest first, one for an instant: of two, that of the document
    /// that is later in the order of days and keys.
    async fn samples(
        &self,
        connection: &mut SqliteConnection,
        changes: &Changes<'_>,
        level: u8,
        tiles: &RangeInclusive<i64>,
    ) -> Result<Vec<SeriesPoint>, StoreError> {
        const SQL: &str =
            "SELECT source, document, points, instants_pco, values_pco, local_clock, series.id
            FROM series JOIN collections ON collections.id = series.collection
            WHERE series.subject = ? AND kind = ? AND last_at >= ? AND first_at <= ?
                AND source = ? AND local_clock = ?
            ORDER BY derived_day, collections.name, document, series.id";
        let start = tile_start(*tiles.start(), level);
        let wide_ms = width_ms(level) << TILE_BITS;
        let last = Timestamp(
            tile_start(*tiles.end(), level)
                .0
                .saturating_add(wide_ms - 1),
        );
        let Key {
            subject,
            kind,
            source,
            local_clock,
        } = self.key;
        let rows = sqlx::query(SQL)
            .bind(subject.0)
            .bind(kind.id())
            .bind(start.0)
            .bind(last.0)
            .bind(source.id())
            .bind(local_clock)
            .fetch_all(connection)
            .await?;
        let mut points: Vec<SeriesPoint> = Vec::new();
        let mut add = |series: &[SeriesPoint]| {
            let within = |point: &&SeriesPoint| {
                start <= point.at && point.at <= last && point.value.is_finite()
            };
            points.extend(series.iter().filter(within));
        };
        for row in &rows {
            // What has just come need not be unpacked again.
            match changes.added.get(&row.try_get(6)?) {
                Some(series) => add(&series.points),
                None => add(&series::unpack(row, subject, kind)?.points),
            }
        }
        points.sort_by_key(|point| point.at);
        points.dedup_by(|later, earlier| {
            let same = later.at == earlier.at;
            if same {
                *earlier = *later;
            }
            same
        });
        Ok(points)
    }

    /// Keeps the buckets of some tiles, and adds those tiles to `changed` that are not as they were.
    async fn put(
        &self,
        connection: &mut SqliteConnection,
        level: u8,
        tiles: RangeInclusive<i64>,
        fresh: Vec<Bucket>,
        changed: &mut BTreeSet<i64>,
    ) -> Result<(), StoreError> {
        const PUT: &str =
            "INSERT OR REPLACE INTO series_tiles (line, level, tile, buckets) VALUES (?, ?, ?, ?)";
        const DELETE: &str = "DELETE FROM series_tiles WHERE line = ? AND level = ? AND tile = ?";
        let before: BTreeMap<i64, Vec<u8>> = kept(&mut *connection, self.id, level, &tiles)
            .await?
            .into_iter()
            .collect();
        let tile_of = |bucket: &Bucket| tile_index(bucket.first_at, level);
        let mut left: BTreeSet<i64> = before.keys().copied().collect();
        for buckets in fresh.chunk_by(|one, other| tile_of(one) == tile_of(other)) {
            let Some(tile) = buckets.first().map(tile_of) else {
                continue;
            };
            left.remove(&tile);
            let bytes = blob::write(buckets);
            if before.get(&tile) == Some(&bytes) {
                continue;
            }
            changed.insert(tile);
            sqlx::query(PUT)
                .bind(self.id)
                .bind(level)
                .bind(tile)
                .bind(bytes)
                .execute(&mut *connection)
                .await?;
        }
        for tile in left {
            changed.insert(tile);
            sqlx::query(DELETE)
                .bind(self.id)
                .bind(level)
                .bind(tile)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    /// What the line's row says, by its coarsest tiles.
    async fn changed(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE series_lines
            SET first_at = ?, last_at = ?, samples = ?, revision = revision + 1 WHERE id = ?";
        let everything = i64::MIN..=i64::MAX;
        let coarsest = kept(&mut *connection, self.id, COARSEST_LEVEL, &everything).await?;
        let buckets = unpacked(COARSEST_LEVEL, &coarsest)?;
        let samples: u64 = buckets.iter().map(|bucket| u64::from(bucket.count)).sum();
        sqlx::query(SQL)
            .bind(buckets.first().map_or(0, |bucket| bucket.first_at.0))
            .bind(buckets.last().map_or(0, |bucket| bucket.last_at.0))
            .bind(count_column(samples))
            .bind(self.id)
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Tiles in a row, together, but not too many of them.
fn runs(tiles: &BTreeSet<i64>) -> Vec<RangeInclusive<i64>> {
    let mut runs: Vec<RangeInclusive<i64>> = Vec::new();
    for &tile in tiles {
        match runs.last_mut() {
            Some(run) if *run.end() == tile - 1 && tile - run.start() < TILES_AT_ONCE => {
                *run = *run.start()..=tile;
            }
            _ => runs.push(tile..=tile),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use physiology::bucket;

    use super::*;

    #[test]
    fn runs_are_of_neighbours_and_bounded() {
        assert_eq!(runs(&BTreeSet::new()), []);
        assert_eq!(runs(&[-2, -1, 0, 2, 4, 5].into()), [-2..=0, 2..=2, 4..=5]);
        let many: BTreeSet<i64> = (0..3 * TILES_AT_ONCE).collect();
        assert_eq!(runs(&many).len(), 3);
        assert_eq!(runs(&[i64::MIN >> 9, i64::MAX >> 9].into()).len(), 2);
    }

    #[test]
    fn four_tiles_are_one_of_the_next_level() {
        for at in [i64::MIN, -1, 0, 1, 1_760_000_000_000, i64::MAX].map(Timestamp) {
            for level in 0..COARSEST_LEVEL {
                assert_eq!(tile_index(at, level) >> 2, tile_index(at, level + 1));
                assert_eq!(bucket::index(at, level) >> 2, bucket::index(at, level + 1));
            }
        }
    }
}
