//! What a stretch of samples comes to, on grids of time that get coarser fourfold.
//!
//! A bucket of level `L` is `4^L` ms wide and begins at a multiple of that. It keeps the first, the
//! last, the lowest and the highest sample: by these four a line is drawn with the very same pixels
//! as by all of them, as long as the bucket is no wider than a pixel column (M4: Jugel, Jerzak,
//! Hackenbroich and Markl, VLDB 2014). Four buckets join to the one above without looking at a
//! sample again.

mod bytes;
mod packed;

pub use bytes::{Reader, Unreadable, write_signed, write_unsigned};
pub use packed::{Grid, Precision, pack, unpack};

use crate::series::SeriesPoint;
use crate::time::Timestamp;

/// The coarsest level: buckets of 49.7 days.
pub const COARSEST_LEVEL: u8 = 16;
/// Buckets of a tile, as a power of two: 512.
pub const TILE_BITS: u32 = 9;

/// How wide a bucket of a level is, ms; levels above the coarsest are as wide as that.
pub const fn width_ms(level: u8) -> i64 {
    1 << shift(level)
}

/// Which bucket of a level an instant lies in.
pub const fn index(at: Timestamp, level: u8) -> i64 {
    at.0 >> shift(level)
}

/// Which tile of a level an instant lies in.
pub const fn tile_index(at: Timestamp, level: u8) -> i64 {
    at.0 >> (shift(level) + TILE_BITS)
}

/// Where a tile of a level begins; tiles beyond the end of time begin there.
pub const fn tile_start(tile: i64, level: u8) -> Timestamp {
    Timestamp(tile.saturating_mul(1 << (shift(level) + TILE_BITS)))
}

const fn shift(level: u8) -> u32 {
    2 * if level > COARSEST_LEVEL {
        COARSEST_LEVEL as u32
    } else {
        level as u32
    }
}

/// What some samples of a series come to. Never made of none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// When the first was measured.
    pub first_at: Timestamp,
    /// When the last was measured.
    pub last_at: Timestamp,
    /// When the lowest was measured; of equal ones the earliest.
    pub min_at: Timestamp,
    /// When the highest was measured; of equal ones the earliest.
    pub max_at: Timestamp,
    /// The first value.
    pub first: f64,
    /// The last value.
    pub last: f64,
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// How many samples; stays at the largest number there is.
    pub count: u32,
}

impl Bucket {
    /// A single sample; none where its value is not finite.
    pub fn of(point: SeriesPoint) -> Option<Self> {
        let SeriesPoint { at, value } = point;
        value.is_finite().then_some(Self {
            first_at: at,
            last_at: at,
            min_at: at,
            max_at: at,
            first: value,
            last: value,
            min: value,
            max: value,
            count: 1,
        })
    }

    /// Both together. They may overlap in time; of samples at one instant `self`'s come first.
    #[must_use]
    pub fn join(self, later: Self) -> Self {
        let (mut joined, begins) = (self, later.first_at < self.first_at);
        if begins {
            (joined.first_at, joined.first) = (later.first_at, later.first);
        }
        if later.last_at >= self.last_at {
            (joined.last_at, joined.last) = (later.last_at, later.last);
        }
        let earlier = |theirs: Timestamp, ours: Timestamp| theirs < ours;
        if later.min < self.min || (later.min == self.min && earlier(later.min_at, self.min_at)) {
            (joined.min_at, joined.min) = (later.min_at, later.min);
        }
        if later.max > self.max || (later.max == self.max && earlier(later.max_at, self.max_at)) {
            (joined.max_at, joined.max) = (later.max_at, later.max);
        }
        joined.count = self.count.saturating_add(later.count);
        joined
    }

    /// The same, `seconds` later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self {
            first_at: self.first_at.plus_seconds(seconds),
            last_at: self.last_at.plus_seconds(seconds),
            min_at: self.min_at.plus_seconds(seconds),
            max_at: self.max_at.plus_seconds(seconds),
            ..self
        }
    }

    /// Whether it could have been made of samples: finite values and instants, each in its order.
    pub fn is_sound(&self) -> bool {
        let values = [self.first, self.last];
        let instants = [self.min_at, self.max_at];
        self.count > 0
            && self.min.is_finite()
            && self.max.is_finite()
            && (values.iter()).all(|value| self.min <= *value && *value <= self.max)
            && (instants.iter()).all(|at| self.first_at <= *at && *at <= self.last_at)
    }
}

/// Samples, oldest first, as buckets of a level. Values that are not finite are left out.
pub fn aggregate(points: impl IntoIterator<Item = SeriesPoint>, level: u8) -> Vec<Bucket> {
    coarsen(points.into_iter().filter_map(Bucket::of), level)
}

/// Buckets of finer levels, oldest first, as buckets of a level: each goes where it begins.
pub fn coarsen(buckets: impl IntoIterator<Item = Bucket>, level: u8) -> Vec<Bucket> {
    let mut coarse: Vec<Bucket> = Vec::new();
    for bucket in buckets {
        match coarse.last_mut() {
            Some(before) if index(before.first_at, level) == index(bucket.first_at, level) => {
                *before = before.join(bucket);
            }
            _ => coarse.push(bucket),
        }
    }
    coarse
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(at_ms: i64, value: f64) -> SeriesPoint {
        SeriesPoint {
            at: Timestamp(at_ms),
            value,
        }
    }

    /// A second implementation without wit: every bucket from all samples, by looking each up.
    fn by_looking(points: &[SeriesPoint], level: u8) -> Vec<Bucket> {
        let width = 4_i64.pow(u32::from(level));
        let finite: Vec<_> = points.iter().filter(|p| p.value.is_finite()).collect();
        let mut cells: Vec<i64> = finite.iter().map(|p| p.at.0.div_euclid(width)).collect();
        cells.dedup();
        let bucket = |cell: i64| {
            let inside = || {
                finite
                    .iter()
                    .filter(|p| p.at.0.div_euclid(width) == cell)
                    .copied()
            };
            let lowest = inside().map(|p| p.value).fold(f64::INFINITY, f64::min);
            let highest = inside().map(|p| p.value).fold(f64::NEG_INFINITY, f64::max);
            let at = |value: f64| inside().find(|p| p.value == value).unwrap().at;
            Bucket {
                first_at: inside().next().unwrap().at,
                last_at: inside().last().unwrap().at,
                min_at: at(lowest),
                max_at: at(highest),
                first: inside().next().unwrap().value,
                last: inside().last().unwrap().value,
                min: lowest,
                max: highest,
                count: u32::try_from(inside().count()).unwrap(),
            }
        };
        cells.into_iter().map(bucket).collect()
    }

    fn samples() -> impl Strategy<Value = Vec<SeriesPoint>> {
        let value = prop_oneof![
            8 => (-3_i32..4).prop_map(f64::from),
            2 => -1e3..1e3_f64,
            1 => Just(f64::NAN),
            1 => Just(f64::INFINITY),
        ];
        let step = prop_oneof![Just(0_i64), 1_i64..20, 1_i64..100_000];
        let start = -2_000_000_i64..2_000_000;
        (start, prop::collection::vec((step, value), 0..120)).prop_map(|(start, steps)| {
            let mut at_ms = start;
            let walk = |(step, value)| {
                at_ms += step;
                point(at_ms, value)
            };
            steps.into_iter().map(walk).collect()
        })
    }

    proptest! {
        #[test]
        fn joining_upwards_is_aggregating_directly(points in samples(), finest in 0_u8..8) {
            let mut level = aggregate(points.iter().copied(), finest);
            prop_assert_eq!(&level, &by_looking(&points, finest));
            for coarser in finest + 1..=COARSEST_LEVEL {
                level = coarsen(level, coarser);
                prop_assert_eq!(&level, &by_looking(&points, coarser));
                prop_assert!(level.iter().all(Bucket::is_sound));
            }
        }

        #[test]
        fn wherever_samples_are_cut_they_come_to_the_same(
            points in samples(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let whole = points.iter().copied().filter_map(Bucket::of).reduce(Bucket::join);
            let mut places: Vec<usize> =
                cuts.iter().map(|cut| cut.index(points.len() + 1)).collect();
            places.extend([0, points.len()]);
            places.sort_unstable();
            let parts = places.windows(2).filter_map(|ends| {
                let part = points[ends[0]..ends[1]].iter().copied();
                part.filter_map(Bucket::of).reduce(Bucket::join)
            });
            prop_assert_eq!(parts.reduce(Bucket::join), whole);
        }
    }

    #[test]
    fn none_one_and_the_ends_of_time() {
        assert_eq!(aggregate([], 5), []);
        assert_eq!(aggregate([point(7, f64::NAN)], 5), []);
        for at_ms in [i64::MIN, -1, 0, i64::MAX] {
            let [one] = aggregate([point(at_ms, 60.0)], 16)[..] else {
                panic!("one sample is one bucket")
            };
            assert_eq!((one.first_at.0, one.max, one.count), (at_ms, 60.0, 1));
        }
        assert_eq!(index(Timestamp(-1), 3), -1);
        assert_eq!(tile_index(Timestamp(-1), 3), -1);
        assert_eq!(tile_start(-1, 3), Timestamp(-64 * 512));
        assert_eq!(width_ms(COARSEST_LEVEL), 4_294_967_296);
        assert_eq!(tile_start(i64::MAX, 255), Timestamp(i64::MAX));
    }

    #[test]
    fn of_overlapping_ones_the_ends_are_the_outermost() {
        let join = |points: &[(i64, f64)]| {
            let buckets = points
                .iter()
                .filter_map(|&(at, v)| Bucket::of(point(at, v)));
            buckets.reduce(Bucket::join).unwrap()
        };
        let (one, two) = (join(&[(0, 5.0), (40, 9.0)]), join(&[(10, 1.0), (20, 9.0)]));
        for both in [one.join(two), two.join(one)] {
            assert_eq!((both.first, both.last, both.min), (5.0, 9.0, 1.0));
            assert_eq!((both.max_at.0, both.last_at.0, both.count), (20, 40, 4));
        }
    }
}
