//! One line from several tracks, the preferred ones first.
//!
//! Where a bucket holds a sample, a sample of a lower track stands only where no higher track
//! measured near it. Where a bucket holds many, both may have measured in turn, as a strap in training
//! and a ring for the rest of the day: then the lower one's bucket is left out where the higher ones
//! measured most of the same time, and otherwise both are one bucket, so that neither the highest nor
//! the lowest value is lost. What is never done is to take a mean.

use std::collections::BTreeMap;

use chart::TileBucket;
use physiology::Source;
use physiology::bucket::{Bucket, index, tile_index};

/// A track has measured up to so many of its intervals from each of its samples: what is further
/// apart is a gap on every chart.
pub(super) const REACH_INTERVALS: i64 = 3;

/// What one sensor tells of a stretch, on UTC.
pub(super) struct Track {
    pub source: Source,
    pub interval_ms: u32,
    /// Below this level a bucket holds a sample as a rule.
    pub finest_level: u8,
    /// Oldest first.
    pub buckets: Vec<Bucket>,
}

/// A bucket of the line, and how long it was measured for.
#[derive(Clone, Copy)]
struct Part {
    bucket: Bucket,
    source: Source,
    interval_ms: u32,
    measured_ms: u64,
}

impl Part {
    fn of(track: &Track, bucket: Bucket) -> Self {
        Self {
            bucket,
            source: track.source,
            interval_ms: track.interval_ms,
            measured_ms: u64::from(bucket.count) * u64::from(track.interval_ms),
        }
    }
}

/// The buckets that begin in a tile. Tracks reach at least [`REACH_INTERVALS`] beyond it.
pub(super) fn compose(tracks: Vec<Track>, level: u8, tile: i64) -> Vec<TileBucket> {
    let mut line: Vec<Part> = Vec::new();
    for track in &tracks {
        if level > track.finest_level {
            line = joined(line, track, level);
        } else {
            let reached = reached(&line);
            let is_free = |bucket: &&Bucket| !is_reached(&reached, bucket);
            let free = track.buckets.iter().filter(is_free);
            line.extend(free.map(|bucket| Part::of(track, *bucket)));
            line.sort_by_key(|part| part.bucket.first_at);
        }
    }
    line.into_iter()
        .filter(|part| tile_index(part.bucket.first_at, level) == tile)
        .take(chart::MOST_BUCKETS)
        .map(|part| TileBucket {
            bucket: part.bucket,
            source: part.source,
            interval_ms: part.interval_ms,
        })
        .collect()
}

/// Both together, a bucket for each place of the level.
fn joined(line: Vec<Part>, track: &Track, level: u8) -> Vec<Part> {
    let mut own: BTreeMap<i64, Part> = BTreeMap::new();
    // Clocks that were moved may bring two of a track into one place.
    for bucket in &track.buckets {
        add(&mut own, Part::of(track, *bucket), level);
    }
    let mut places: BTreeMap<i64, Part> = BTreeMap::new();
    for part in line {
        add(&mut places, part, level);
    }
    for (place, own) in own {
        places
            .entry(place)
            .and_modify(|higher| {
                if higher.measured_ms.saturating_mul(2) < own.measured_ms {
                    *higher = Part {
                        bucket: higher.bucket.join(own.bucket),
                        ..own
                    };
                }
            })
            .or_insert(own);
    }
    places.into_values().collect()
}

fn add(places: &mut BTreeMap<i64, Part>, part: Part, level: u8) {
    places
        .entry(index(part.bucket.first_at, level))
        .and_modify(|before| {
            before.bucket = before.bucket.join(part.bucket);
            before.measured_ms = before.measured_ms.saturating_add(part.measured_ms);
        })
        .or_insert(part);
}

/// Where a line has measured, ms since the epoch: stretches in order, apart from one another.
fn reached(line: &[Part]) -> Vec<(i64, i64)> {
    let mut stretches: Vec<(i64, i64)> = line
        .iter()
        .map(|part| {
            let reach_ms = REACH_INTERVALS * i64::from(part.interval_ms);
            (
                part.bucket.first_at.0.saturating_sub(reach_ms),
                part.bucket.last_at.0.saturating_add(reach_ms),
            )
        })
        .collect();
    stretches.sort_unstable();
    stretches.dedup_by(|next, before| {
        let touches = next.0 <= before.1;
        if touches {
            before.1 = before.1.max(next.1);
        }
        touches
    });
    stretches
}

fn is_reached(stretches: &[(i64, i64)], bucket: &Bucket) -> bool {
    let next = stretches.partition_point(|stretch| stretch.1 < bucket.first_at.0);
    stretches
        .get(next)
        .is_some_and(|stretch| stretch.0 <= bucket.last_at.0)
}

#[cfg(test)]
mod tests {
    use physiology::bucket::{aggregate, width_ms};
    use physiology::{SeriesPoint, Timestamp};
    use proptest::prelude::*;

    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    fn points(from_ms: i64, to_ms: i64, step: usize, value: f64) -> Vec<SeriesPoint> {
        let instants = (from_ms..to_ms).step_by(step);
        let point = |at_ms| SeriesPoint {
            at: Timestamp(at_ms),
            value: value + (at_ms / 1_000 % 7) as f64,
        };
        instants.map(point).collect()
    }

    fn track(
        source: Source,
        interval_ms: u32,
        finest_level: u8,
        points: &[SeriesPoint],
        level: u8,
    ) -> Track {
        Track {
            source,
            interval_ms,
            finest_level,
            buckets: aggregate(points.iter().copied(), level.max(finest_level)),
        }
    }

    /// A strap from 10:00 to 12:00, a ring all day but from 14:00 to 16:00, a watch all day.
    fn day(level: u8) -> Vec<Track> {
        let strap = points(10 * HOUR_MS, 12 * HOUR_MS, 5_000, 140.0);
        let ring: Vec<_> = points(0, 24 * HOUR_MS, 300_000, 60.0)
            .into_iter()
            .filter(|point| !(14 * HOUR_MS..16 * HOUR_MS).contains(&point.at.0))
            .collect();
        let watch = points(150_000, 24 * HOUR_MS, 300_000, 20.0);
        vec![
            track(Source::Polar, 5_000, 5, &strap, level),
            track(Source::Oura, 300_000, 9, &ring, level),
            track(Source::Computed, 300_000, 9, &watch, level),
        ]
    }

    fn whole_day(level: u8) -> Vec<TileBucket> {
        let tiles = 0..=tile_index(Timestamp(24 * HOUR_MS), level);
        tiles
            .flat_map(|tile| compose(day(level), level, tile))
            .collect()
    }

    #[test]
    fn the_finest_shows_each_source_where_it_is_the_best_there() {
        for level in 5..=9 {
            for one in whole_day(level) {
                let at_ms = one.bucket.first_at.0;
                let (strap_from, strap_to) = (10 * HOUR_MS - 15_000, 12 * HOUR_MS + 10_000);
                let expected = if (strap_from..=strap_to).contains(&at_ms) {
                    Source::Polar
                } else if (14 * HOUR_MS + 600_000..16 * HOUR_MS - 900_000).contains(&at_ms) {
                    Source::Computed
                } else {
                    Source::Oura
                };
                assert_eq!(one.source, expected, "level {level}, {} s", at_ms / 1_000);
            }
        }
        let [samples, all] = [5, 9].map(|level| whole_day(level).len());
        assert!(samples > 1_440 + 240 && all < 330, "{samples} {all}");
    }

    #[test]
    fn coarser_ones_lose_no_extreme_and_hold_one_bucket_a_place() {
        for level in 10..=16 {
            let line = whole_day(level);
            assert!(line.is_sorted_by(|one, next| {
                index(one.bucket.first_at, level) < index(next.bucket.first_at, level)
            }));
            let highest = line.iter().map(|one| one.bucket.max).fold(0.0, f64::max);
            assert_eq!(highest, 146.0, "the strap's, level {level}");
            let ring = line.iter().filter(|one| one.source == Source::Oura);
            let lowest = ring.map(|one| one.bucket.min).fold(f64::INFINITY, f64::min);
            // At most the watch where the ring is without a sample for most of a bucket.
            assert!(lowest >= 60.0 || width_ms(level) < 4 * HOUR_MS, "{lowest}");
        }
        let [day] = whole_day(14)[..] else {
            panic!("a day is one bucket")
        };
        assert_eq!((day.source, day.interval_ms), (Source::Oura, 300_000));
        assert_eq!((day.bucket.min, day.bucket.max), (60.0, 146.0));
    }

    proptest! {
        /// Whether a sample stands, by looking at every other one.
        #[test]
        fn samples_stand_where_nothing_better_is_near(
            higher in prop::collection::btree_set(0_i64..200, 0..20),
            lower in prop::collection::btree_set(0_i64..200, 0..60),
        ) {
            let samples = |minutes: &std::collections::BTreeSet<i64>| -> Vec<SeriesPoint> {
                let point = |minute: &i64| SeriesPoint {
                    at: Timestamp(minute * 300_000),
                    value: 1.0,
                };
                minutes.iter().map(point).collect()
            };
            let tracks = vec![
                track(Source::Oura, 300_000, 9, &samples(&higher), 9),
                track(Source::Polar, 300_000, 9, &samples(&lower), 9),
            ];
            let found: Vec<(i64, Source)> = compose(tracks, 9, 0)
                .iter()
                .map(|one| (one.bucket.first_at.0 / 300_000, one.source))
                .collect();
            let stands = |at: &&i64| higher.iter().all(|other| (*at - other).abs() > 3);
            let mut expected: Vec<(i64, Source)> = (lower.iter().filter(stands))
                .map(|at| (*at, Source::Polar))
                .chain(higher.iter().map(|at| (*at, Source::Oura)))
                .filter(|(at, _)| at * 300_000 < 512 * width_ms(9))
                .collect();
            expected.sort_by_key(|(at, _)| *at);
            prop_assert_eq!(found, expected);
        }
    }
}
