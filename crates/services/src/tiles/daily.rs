//! Daily values as lines: each where pages draw it, put into buckets when asked for.

use chart::TileBucket;
use physiology::bucket::{Bucket, COARSEST_LEVEL, index, tile_index};
use physiology::{Metric, SeriesPoint, Source, Timestamp, Twin};
use store::{Pair, ReadingsQuery, Visible};
use views::tiles::{Line, LineId};

use super::Place;
use crate::record::Record;
use crate::{Error, Services, shown};

/// From one value to the next, ms.
const INTERVAL_MS: u32 = 86_400_000;
/// What a whole record is drawn with, ms: three times as much is a gap, so that a night without a
/// value is one, and a night drawn some hours later, as time zones are crossed, is none.
const COURSE_INTERVAL_MS: u32 = INTERVAL_MS / 2;
/// A whole record is at most so many buckets: more than a strip has pixels for.
const COURSE_BUCKETS: usize = 1_024;
/// The coarsest level with buckets narrower than a day: 18.6 h.
pub(super) const FINEST_LEVEL: u8 = 13;

/// A value, where it is drawn.
#[derive(Clone, Copy)]
struct Daily {
    at: Timestamp,
    value: f64,
    source: Source,
}

impl Services {
    /// What daily lines there are.
    pub(super) async fn daily_lines(
        &self,
        visible: &Visible,
        pair: &Pair,
    ) -> Result<Vec<Line>, Error> {
        let readings = self.store().readings(visible, &question(&[])).await?;
        let record = Record::new(pair, &readings, &[], &[]);
        let mut lines = Vec::new();
        for twin in Twin::BOTH {
            let of = |metric: &Metric| line(twin, *metric, &record);
            lines.extend(Metric::ALL.iter().filter_map(of));
        }
        Ok(lines)
    }

    /// A daily line's revision and the buckets of a tile.
    pub(super) async fn daily_tile(
        &self,
        visible: &Visible,
        pair: &Pair,
        twin: Twin,
        metric: Metric,
        place: Place,
    ) -> Result<(u64, Vec<TileBucket>), Error> {
        let readings = self.store().readings(visible, &question(&[metric])).await?;
        let values = values(&Record::new(pair, &readings, &[], &[]), twin, metric);
        if values.is_empty() {
            return Err(Error::NotFound("line"));
        }
        let tile = |daily: &Daily| tile_index(daily.at, place.level);
        let from = values.partition_point(|daily| tile(daily) < place.index);
        let to = values.partition_point(|daily| tile(daily) <= place.index);
        let within = values.get(from..to).unwrap_or_default();
        Ok((revision(&values), buckets(within, place.level)))
    }
}

/// All days; no metric is every metric.
fn question(metrics: &[Metric]) -> ReadingsQuery {
    ReadingsQuery {
        metrics: metrics.to_vec(),
        days: None,
    }
}

fn line(twin: Twin, metric: Metric, record: &Record<'_>) -> Option<Line> {
    let values = values(record, twin, metric);
    Some(Line {
        id: LineId::Daily(metric),
        twin,
        subject: record.pair.of(twin).id,
        first_at: values.first()?.at,
        last_at: values.last()?.at,
        finest_level: FINEST_LEVEL,
        interval_ms: INTERVAL_MS,
        revision: revision(&values),
    })
}

/// The values of the preferred sources, oldest first.
fn values(record: &Record<'_>, twin: Twin, metric: Metric) -> Vec<Daily> {
    let days = record.days(twin, metric);
    let mut values: Vec<Daily> = days
        .map(|(day, kept)| Daily {
            at: shown::drawn_at(record, day),
            value: kept.measurement.value,
            source: kept.measurement.source,
        })
        .filter(|daily| daily.value.is_finite())
        .collect();
    values.sort_by_key(|daily| daily.at);
    values
}

/// A metric over the whole record, for a small strip: at the finest level that is few enough buckets.
pub(crate) fn course(record: &Record<'_>, twin: Twin, metric: Metric) -> Vec<chart::Tile> {
    let values = values(record, twin, metric);
    let at_level = |level| {
        let tile = move |daily: &Daily| tile_index(daily.at, level);
        let tiles = values.chunk_by(move |one, other| tile(one) == tile(other));
        let tiles = tiles.filter_map(move |within| {
            let mut buckets = buckets(within, level);
            for bucket in &mut buckets {
                bucket.interval_ms = COURSE_INTERVAL_MS;
            }
            Some(chart::Tile {
                level,
                index: tile(within.first()?),
                buckets,
            })
        });
        tiles.collect::<Vec<_>>()
    };
    let count = |tiles: &[chart::Tile]| tiles.iter().map(|tile| tile.buckets.len()).sum::<usize>();
    (FINEST_LEVEL..=COARSEST_LEVEL)
        .map(at_level)
        .find(|tiles| count(tiles) <= COURSE_BUCKETS)
        .unwrap_or_default()
}

/// A bucket for each place of a level, said to be of the source that most of its values are of.
fn buckets(values: &[Daily], level: u8) -> Vec<TileBucket> {
    let place = |daily: &Daily| index(daily.at, level);
    let places = values.chunk_by(|one, other| place(one) == place(other));
    let bucket = |values: &[Daily]| {
        let points = values.iter().map(|daily| SeriesPoint {
            at: daily.at,
            value: daily.value,
        });
        let shares = |source| values.iter().filter(|daily| daily.source == source).count();
        let sources = values.iter().map(|daily| daily.source);
        Some(TileBucket {
            bucket: points.filter_map(Bucket::of).reduce(Bucket::join)?,
            source: sources.max_by_key(|source| shares(*source))?,
            interval_ms: INTERVAL_MS,
        })
    };
    places.filter_map(bucket).collect()
}

/// Another number for other values: FNV-1a over where each is drawn, what it is and whose.
fn revision(values: &[Daily]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let bytes = values.iter().flat_map(|daily| {
        let numbers = [
            daily.at.0.to_le_bytes(),
            daily.value.to_bits().to_le_bytes(),
        ];
        let source = daily.source.id().bytes();
        numbers.into_iter().flatten().chain(source)
    });
    bytes.fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}
