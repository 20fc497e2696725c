//! Tiles that have come, and the best of them for what is looked at.

use core::fmt;
use core::ops::Range;
use std::collections::HashMap;
use std::sync::Arc;

use chart::{Bucketed, Tile};
use physiology::bucket::COARSEST_LEVEL;
use views::tiles::{Line, LineId};

/// So many tiles are kept; those used longest ago go first.
const MOST_TILES: usize = 192;

/// Which tile of whose line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Place {
    subject: i64,
    id: LineId,
    pub level: u8,
    pub index: i64,
}

impl Place {
    pub fn of(line: &Line, level: u8, index: i64) -> Self {
        Self {
            subject: line.subject.0,
            id: line.id,
            level,
            index,
        }
    }

    /// How far the tile's middle is from an instant, ms.
    pub fn distance_ms(&self, at_ms: i64) -> u64 {
        let (from_ms, to_ms) = span_ms(self.level, self.index);
        i64::midpoint(from_ms, to_ms).abs_diff(at_ms)
    }
}

/// Where the server has it, but for the revision.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            subject,
            id,
            level,
            index,
        } = self;
        write!(f, "/tiles/{subject}/{id}/{level}/{index}")
    }
}

#[derive(Debug)]
struct Kept {
    /// The line's revision it was asked for with.
    revision: u64,
    buckets: Arc<[Bucketed]>,
    used: u64,
}

/// The tiles there are.
#[derive(Debug, Default)]
pub(super) struct Cache {
    tiles: HashMap<Place, Kept>,
    /// Counts uses.
    clock: u64,
}

impl Cache {
    /// Whether a tile is there as it is now.
    pub fn has(&self, place: Place, revision: u64) -> bool {
        self.tiles
            .get(&place)
            .is_some_and(|kept| kept.revision == revision)
    }

    /// Keeps a tile; an older one of the same place gives way.
    pub fn keep(&mut self, place: Place, revision: u64, tile: Tile) {
        self.clock += 1;
        let kept = Kept {
            revision,
            buckets: tile.buckets.iter().map(Bucketed::from).collect(),
            used: self.clock,
        };
        self.tiles.insert(place, kept);
        while self.tiles.len() > MOST_TILES {
            let oldest = self.tiles.iter().min_by_key(|(_, kept)| kept.used);
            let Some(place) = oldest.map(|(place, _)| *place) else {
                return;
            };
            self.tiles.remove(&place);
        }
    }

    fn find(&mut self, place: Place) -> Option<Arc<[Bucketed]>> {
        self.clock += 1;
        let kept = self.tiles.get_mut(&place)?;
        kept.used = self.clock;
        Some(Arc::clone(&kept.buckets))
    }

    /// What is known of a line from one instant to another, ms since the epoch, at a level or the
    /// nearest to it there is: where tiles of the level are still on their way, coarser ones stand in
    /// for them, or finer ones.
    pub fn buckets(&mut self, line: &Line, level: u8, from_ms: i64, to_ms: i64) -> Vec<Bucketed> {
        let mut parts = Vec::new();
        for index in Tile::tiles_for(level, from_ms, to_ms) {
            self.of_tile(line, level, index, &mut parts);
        }
        // The browser's memory never shrinks: nothing is taken that is not needed.
        let count = parts.iter().map(|part| part.within.len()).sum();
        let mut found = Vec::with_capacity(count);
        for part in parts {
            found.extend_from_slice(&part.buckets[part.within]);
        }
        found
    }

    fn of_tile(&mut self, line: &Line, level: u8, index: i64, parts: &mut Vec<Part>) {
        if let Some(buckets) = self.find(Place::of(line, level, index)) {
            parts.push(Part::whole(buckets));
            return;
        }
        // Each coarser tile covers four.
        let coarser = (level + 1..=COARSEST_LEVEL).find_map(|coarser| {
            let shift = 2 * u32::from(coarser - level);
            self.find(Place::of(line, coarser, index.checked_shr(shift)?))
        });
        if let Some(buckets) = coarser {
            let (from_ms, to_ms) = span_ms(level, index);
            let before = |at_ms| buckets.partition_point(|one| one.from_ms < at_ms);
            let from = before(from_ms);
            let within = from..before(to_ms).max(from);
            parts.push(Part { buckets, within });
            return;
        }
        if level > line.finest_level {
            for finer in (0..4).map(|part| index * 4 + part) {
                if let Some(buckets) = self.find(Place::of(line, level - 1, finer)) {
                    parts.push(Part::whole(buckets));
                }
            }
        }
    }
}

/// What of a tile is drawn.
struct Part {
    buckets: Arc<[Bucketed]>,
    within: Range<usize>,
}

impl Part {
    fn whole(buckets: Arc<[Bucketed]>) -> Self {
        let within = 0..buckets.len();
        Self { buckets, within }
    }
}

/// From when, and up to but without, a tile holds samples.
fn span_ms(level: u8, index: i64) -> (i64, i64) {
    let empty = Tile {
        level,
        index,
        buckets: Vec::new(),
    };
    empty.span_ms()
}

#[cfg(test)]
mod tests {
    use chart::TileBucket;
    use physiology::bucket::{Bucket, aggregate};
    use physiology::{SeriesKind, SeriesPoint, Source, SubjectId, Timestamp, Twin};

    use super::*;

    const LEVEL: u8 = 6;

    fn line() -> Line {
        Line {
            id: LineId::Series(SeriesKind::HeartRate),
            twin: Twin::A,
            subject: SubjectId(7),
            first_at: Timestamp(0),
            last_at: Timestamp(1),
            finest_level: LEVEL,
            interval_ms: 5_000,
            revision: 3,
        }
    }

    /// A sample every five seconds of 20 tiles, as one tile of a level has them.
    fn tile(level: u8, index: i64) -> Tile {
        let (from_ms, to_ms) = span_ms(level, index);
        let samples = (0..2_048 * 20).map(|step| SeriesPoint {
            at: Timestamp(step * 5_000),
            value: (step % 97) as f64,
        });
        let within = samples.filter(|sample| (from_ms..to_ms).contains(&sample.at.0));
        let with_source = |bucket: Bucket| TileBucket {
            bucket,
            source: Source::Oura,
            interval_ms: 5_000,
        };
        Tile {
            level,
            index,
            buckets: aggregate(within, level)
                .into_iter()
                .map(with_source)
                .collect(),
        }
    }

    fn put(cache: &mut Cache, level: u8, index: i64) {
        cache.keep(Place::of(&line(), level, index), 3, tile(level, index));
    }

    fn count(buckets: &[Bucketed]) -> u32 {
        buckets.iter().map(|bucket| bucket.count).sum()
    }

    #[test]
    fn what_has_come_is_drawn_and_what_has_not_is_made_up_for() {
        let mut cache = Cache::default();
        let (from_ms, _) = span_ms(LEVEL, 4);
        let (_, to_ms) = span_ms(LEVEL, 7);
        let whole: u32 = (4..8)
            .map(|index| tile(LEVEL, index).buckets.len() as u32)
            .sum();
        assert!(cache.buckets(&line(), LEVEL, from_ms, to_ms - 1).is_empty());
        // A coarser tile stands in for all four.
        put(&mut cache, LEVEL + 1, 1);
        let coarse = cache.buckets(&line(), LEVEL, from_ms, to_ms - 1);
        assert_eq!(count(&coarse), whole);
        assert!(coarse.len() < whole as usize);
        // Each that comes takes its part over, and nothing twice.
        put(&mut cache, LEVEL, 5);
        let mixed = cache.buckets(&line(), LEVEL, from_ms, to_ms - 1);
        assert!(mixed.len() > coarse.len());
        assert!(mixed.is_sorted_by_key(|bucket| bucket.from_ms));
        assert!(count(&mixed).abs_diff(whole) <= 6);
    }

    #[test]
    fn finer_tiles_stand_in_for_a_coarser_one() {
        let mut cache = Cache::default();
        for index in 4..8 {
            put(&mut cache, LEVEL, index);
        }
        let (from_ms, to_ms) = span_ms(LEVEL + 1, 1);
        let found = cache.buckets(&line(), LEVEL + 1, from_ms, to_ms - 1);
        let whole: usize = (4..8).map(|index| tile(LEVEL, index).buckets.len()).sum();
        assert_eq!(found.len(), whole);
    }

    #[test]
    fn a_tile_of_another_revision_is_drawn_but_asked_for_again() {
        let mut cache = Cache::default();
        put(&mut cache, LEVEL, 4);
        let place = Place::of(&line(), LEVEL, 4);
        assert!(cache.has(place, 3));
        assert!(!cache.has(place, 4));
        assert_eq!(place.to_string(), "/tiles/7/s.heart_rate/6/4");
        let (from_ms, to_ms) = span_ms(LEVEL, 4);
        assert!(!cache.buckets(&line(), LEVEL, from_ms, to_ms - 1).is_empty());
    }

    #[test]
    fn the_tile_around_an_instant_is_the_nearest() {
        let away = |index| {
            let (from_ms, to_ms) = span_ms(LEVEL, 4);
            let within_ms = from_ms + (to_ms - from_ms) / 3;
            Place::of(&line(), LEVEL, index).distance_ms(within_ms)
        };
        let mut indices: Vec<i64> = (0..8).collect();
        indices.sort_by_key(|index| away(*index));
        assert_eq!(indices, [4, 3, 5, 2, 6, 1, 7, 0]);
    }

    #[test]
    fn the_longest_unused_go_first() {
        let mut cache = Cache::default();
        put(&mut cache, LEVEL, 0);
        for index in 1..MOST_TILES as i64 {
            cache.keep(Place::of(&line(), LEVEL, index), 3, tile(LEVEL, index));
        }
        let (from_ms, to_ms) = span_ms(LEVEL, 0);
        cache.buckets(&line(), LEVEL, from_ms, to_ms - 1);
        put(&mut cache, LEVEL, MOST_TILES as i64);
        assert_eq!(cache.tiles.len(), MOST_TILES);
        assert!(cache.has(Place::of(&line(), LEVEL, 0), 3));
        assert!(!cache.has(Place::of(&line(), LEVEL, 1), 3));
    }
}
