//! A stretch of a line as it crosses the wire, at one zoom.
//!
//! A tile holds up to 512 buckets of its level (see [`physiology::bucket`]). Times are rounded down to
//! a 256th of a bucket, which is less than a 256th of a pixel where the level fits the zoom, and
//! values to 32 bits. Which of a bucket's extremes came first is kept: it decides how the line runs.

use core::ops::RangeInclusive;

use physiology::bucket::{
    self, Bucket, COARSEST_LEVEL, Grid, Precision, Reader, pack, tile_index, tile_start, unpack,
    width_ms, write_signed, write_unsigned,
};
use physiology::{Source, Timestamp};

use crate::line::Bucketed;

/// What follows is written as this version writes it.
const VERSION: u8 = 1;
/// Steps of time to a bucket.
const STEPS: i64 = 256;
/// Two sensors' buckets may lie side by side, and clocks that changed may put more into a stretch:
/// more than this is no tile.
pub const MOST_BUCKETS: usize = 4_096;
/// Sources by their place here, for as long as the version stays.
const SOURCES: [Source; 4] = [
    Source::Oura,
    Source::Polar,
    Source::Itinerary,
    Source::Computed,
];

/// A stretch of a line at one zoom.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// How coarse: buckets are `4^level` ms wide.
    pub level: u8,
    /// Which stretch: it begins at `index` times the width of 512 buckets after the epoch.
    pub index: i64,
    /// What was measured, oldest first. A bucket belongs to the tile it begins in and may end a
    /// little outside.
    pub buckets: Vec<TileBucket>,
}

/// Samples of one source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileBucket {
    /// What they come to.
    pub bucket: Bucket,
    /// Whose sensor.
    pub source: Source,
    /// From one sample to the next where nothing is missing, ms.
    pub interval_ms: u32,
}

impl From<&TileBucket> for Bucketed {
    fn from(one: &TileBucket) -> Self {
        let bucket = &one.bucket;
        Self {
            from_ms: bucket.first_at.0,
            to_ms: bucket.last_at.0,
            min_at_ms: bucket.min_at.0,
            max_at_ms: bucket.max_at.0,
            first: bucket.first,
            last: bucket.last,
            min: bucket.min,
            max: bucket.max,
            count: bucket.count,
            interval_ms: one.interval_ms,
            source: one.source,
        }
    }
}

/// The bytes are no tile of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileError;

impl core::fmt::Display for TileError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("these bytes are no tile")
    }
}

impl core::error::Error for TileError {}

impl From<bucket::Unreadable> for TileError {
    fn from(_: bucket::Unreadable) -> Self {
        Self
    }
}

impl Tile {
    /// The stretch of time, ms since the epoch: from, and up to but without.
    pub const fn span_ms(&self) -> (i64, i64) {
        let next = self.index.saturating_add(1);
        (
            tile_start(self.index, self.level).0,
            tile_start(next, self.level).0,
        )
    }

    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.level];
        write_signed(self.index, &mut bytes);
        let origin = |bucket: &TileBucket| (bucket.source, bucket.interval_ms);
        let runs = || (self.buckets).chunk_by(|one, other| origin(one) == origin(other));
        write_unsigned(runs().count() as u64, &mut bytes);
        for run in runs() {
            let Some(first) = run.first() else { continue };
            let place = SOURCES.iter().position(|source| *source == first.source);
            write_unsigned(place.unwrap_or_default() as u64, &mut bytes);
            write_unsigned(u64::from(first.interval_ms), &mut bytes);
            write_unsigned(run.len() as u64, &mut bytes);
        }
        let buckets: Vec<Bucket> = self.buckets.iter().map(|one| one.bucket).collect();
        let grid = grid(self.level, self.index);
        pack(&buckets, grid, Precision::Single, &mut bytes);
        bytes
    }

    /// The inverse of [`Tile::encode`].
    ///
    /// # Errors
    /// [`TileError`] where the bytes are of another version, end early, or hold what no samples
    /// could have come to.
    pub fn decode(bytes: &[u8]) -> Result<Self, TileError> {
        let mut reader = Reader(bytes);
        if reader.byte()? != VERSION {
            return Err(TileError);
        }
        let level = reader.byte()?;
        if level > COARSEST_LEVEL {
            return Err(TileError);
        }
        let index = reader.signed()?;
        let runs = runs(&mut reader)?;
        let buckets = unpack(&mut reader, grid(level, index), MOST_BUCKETS)?;
        reader.end()?;
        if runs.iter().map(|run| run.length).sum::<usize>() != buckets.len() {
            return Err(TileError);
        }
        let origins = runs
            .iter()
            .flat_map(|run| core::iter::repeat_n((run.source, run.interval_ms), run.length));
        let buckets = buckets
            .into_iter()
            .zip(origins)
            .map(|(bucket, (source, interval_ms))| TileBucket {
                bucket,
                source,
                interval_ms,
            });
        Ok(Self {
            level,
            index,
            buckets: buckets.collect(),
        })
    }

    /// The coarsest level with a bucket no wider than a pixel, of those from `finest`: one to four
    /// buckets a pixel, but for the ends of the scale.
    pub fn level_for(ms_per_px: f64, finest: u8) -> u8 {
        let finest = finest.min(COARSEST_LEVEL);
        (finest..=COARSEST_LEVEL)
            .rev()
            .find(|level| width_ms(*level) as f64 <= ms_per_px)
            .unwrap_or(finest)
    }

    /// The tiles of a level that hold what lies from one instant to another, ms since the epoch; none
    /// where the other is the earlier.
    pub const fn tiles_for(level: u8, from_ms: i64, to_ms: i64) -> RangeInclusive<i64> {
        let (from, to) = (Timestamp(from_ms), Timestamp(to_ms));
        tile_index(from, level)..=tile_index(to, level)
    }
}

/// Buckets in a row of one source.
struct Run {
    source: Source,
    interval_ms: u32,
    length: usize,
}

fn runs(reader: &mut Reader<'_>) -> Result<Vec<Run>, TileError> {
    let count = usize::try_from(reader.unsigned()?).map_err(|_| TileError)?;
    if count > MOST_BUCKETS {
        return Err(TileError);
    }
    let mut runs = Vec::new();
    for _ in 0..count {
        let place = usize::try_from(reader.unsigned()?).map_err(|_| TileError)?;
        let interval_ms = reader.unsigned()?;
        let length = reader.unsigned()?;
        runs.push(Run {
            source: *SOURCES.get(place).ok_or(TileError)?,
            interval_ms: u32::try_from(interval_ms).map_err(|_| TileError)?,
            length: usize::try_from(length)
                .ok()
                .filter(|length| *length <= MOST_BUCKETS)
                .ok_or(TileError)?,
        });
    }
    Ok(runs)
}

fn grid(level: u8, index: i64) -> Grid {
    Grid {
        origin: tile_start(index, level),
        quantum_ms: quantum_ms(level),
    }
}

/// The step of time of a level, ms.
fn quantum_ms(level: u8) -> i64 {
    (width_ms(level) / STEPS).max(1)
}

#[cfg(test)]
mod tests {
    use physiology::SeriesPoint;
    use physiology::bucket::aggregate;
    use proptest::prelude::*;

    use super::*;

    fn tiles() -> impl Strategy<Value = Tile> {
        let value = prop_oneof![
            4 => (40_i32..200).prop_map(f64::from),
            2 => (0_i32..200).prop_map(|tenths| f64::from(tenths) / 10.0),
            1 => any::<f64>(),
        ];
        let step = prop_oneof![0_i64..3, 0_i64..1_000];
        let samples = prop::collection::vec((step, value), 0..300);
        (
            0_u8..=16,
            -2_000_i64..2_000,
            samples,
            -40_i64..40,
            any::<bool>(),
        )
            .prop_map(|(level, index, samples, shift_s, mixed)| {
                let mut at_ms = tile_start(index, level).0;
                let points = samples.into_iter().map(|(step, value)| {
                    at_ms += step * width_ms(level) / 256;
                    SeriesPoint {
                        at: Timestamp(at_ms),
                        value,
                    }
                });
                let buckets = aggregate(points, level).into_iter().enumerate();
                let bucket = |(place, bucket): (usize, Bucket)| TileBucket {
                    // A clock that was moved.
                    bucket: bucket.plus_seconds(shift_s),
                    source: SOURCES[if mixed { place % 4 } else { 1 }],
                    interval_ms: if mixed { place as u32 / 7 } else { 5_000 },
                };
                Tile {
                    level,
                    index,
                    buckets: buckets.map(bucket).collect(),
                }
            })
    }

    proptest! {
        #[test]
        fn tiles_cross_the_wire(tile in tiles()) {
            let back = Tile::decode(&tile.encode()).unwrap();
            prop_assert_eq!((back.level, back.index), (tile.level, tile.index));
            prop_assert_eq!(back.buckets.len(), tile.buckets.len());
            let quantum_ms = quantum_ms(tile.level);
            for (back, sent) in back.buckets.iter().zip(&tile.buckets) {
                prop_assert_eq!(back.source, sent.source);
                prop_assert_eq!(back.interval_ms, sent.interval_ms);
                let (back, sent) = (back.bucket, sent.bucket);
                prop_assert_eq!(back.count, sent.count);
                let times = |b: &Bucket| [b.first_at, b.min_at, b.max_at, b.last_at];
                for (back, sent) in times(&back).into_iter().zip(times(&sent)) {
                    prop_assert!((back.0 - sent.0).abs() < quantum_ms.max(2), "{back:?} {sent:?}");
                }
                let values = |b: &Bucket| [b.first, b.min, b.max, b.last];
                for (back, sent) in values(&back).into_iter().zip(values(&sent)) {
                    let limit = f64::from(f32::MAX);
                    prop_assert_eq!(back as f32, sent.clamp(-limit, limit) as f32);
                }
                prop_assert_eq!(back.min_at.cmp(&back.max_at), sent.min_at.cmp(&sent.max_at));
                prop_assert!(back.is_sound());
            }
            // What came back crosses unchanged.
            prop_assert_eq!(Tile::decode(&back.encode()), Ok(back));
        }

        #[test]
        fn other_bytes_are_refused(
            tile in tiles(), place in any::<prop::sample::Index>(), byte in any::<u8>(),
            more in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let mut bytes = tile.encode();
            let place = place.index(bytes.len());
            prop_assert!(Tile::decode(&bytes[..place]).is_err());
            prop_assert!(Tile::decode(&[&bytes[..], &[0]].concat()).is_err());
            bytes[place] = byte;
            for bytes in [bytes, more.clone(), [vec![VERSION, 9, 0], more].concat()] {
                if let Ok(read) = Tile::decode(&bytes) {
                    prop_assert!(read.buckets.len() <= MOST_BUCKETS);
                    prop_assert!(read.buckets.iter().all(|one| one.bucket.is_sound()));
                }
            }
        }

        #[test]
        fn a_pixel_holds_one_to_four_buckets(ms_per_px in 1.0_f64..4e9, finest in 0_u8..=16) {
            let level = Tile::level_for(ms_per_px, finest);
            let buckets = ms_per_px / width_ms(level) as f64;
            prop_assert!((finest..=16).contains(&level));
            prop_assert!(buckets >= 1.0 || level == finest);
            prop_assert!(buckets < 4.0 || level == 16);
        }
    }

    #[test]
    fn a_full_tile_is_a_few_kilobytes() {
        let points = (0..512 * 14).map(|index: i64| SeriesPoint {
            at: Timestamp(index * 299_593),
            value: 60.0 + (index * index % 43) as f64,
        });
        let buckets = aggregate(points, 11).into_iter().map(|bucket| TileBucket {
            bucket,
            source: Source::Oura,
            interval_ms: 300_000,
        });
        let tile = Tile {
            level: 11,
            index: 0,
            buckets: buckets.take(512).collect(),
        };
        assert_eq!(tile.buckets.len(), 512);
        let bytes = tile.encode().len();
        assert!(bytes < 8_192, "{bytes}");
    }

    #[test]
    fn odd_questions_have_answers() {
        for odd in [f64::NAN, -1.0, 0.0] {
            assert_eq!(Tile::level_for(odd, 5), 5);
        }
        assert_eq!(Tile::level_for(f64::INFINITY, 5), 16);
        assert_eq!(Tile::level_for(1.0, 200), 16);
        let width = 512 * width_ms(9);
        assert_eq!(Tile::tiles_for(9, -1, width), -1..=1);
        assert!(Tile::tiles_for(9, width, -1).is_empty());
        let tile = Tile {
            level: 9,
            index: -1,
            buckets: vec![],
        };
        assert_eq!(tile.span_ms(), (-width, 0));
        assert_eq!(Tile::decode(&tile.encode()), Ok(tile));
        let far = Tile {
            level: 16,
            index: i64::MAX,
            buckets: vec![],
        };
        assert_eq!(Tile::decode(&far.encode()), Ok(far));
    }
}
