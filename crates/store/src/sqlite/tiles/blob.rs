//! A tile's buckets in a column.

use physiology::Timestamp;
use physiology::bucket::{
    self, Bucket, Grid, Precision, Reader, TILE_BITS, pack, tile_index, unpack,
};

use crate::error::StoreError;
use crate::sqlite::columns::corrupt;

/// What follows is written as this version writes it.
const VERSION: u8 = 1;
/// Buckets of a full tile.
const MOST: usize = 1 << TILE_BITS;

/// Instants as they are, so that a tile says itself where it belongs.
const GRID: Grid = Grid {
    origin: Timestamp(0),
    quantum_ms: 1,
};

pub(super) fn write(buckets: &[Bucket]) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    pack(buckets, GRID, Precision::Double, &mut bytes);
    bytes
}

/// Every bucket lies in a place of its own within the tile, or none is believed.
pub(super) fn read(bytes: &[u8], level: u8, tile: i64) -> Result<Vec<Bucket>, StoreError> {
    let mut reader = Reader(bytes);
    let buckets = match reader.byte() {
        Ok(VERSION) => unpack(&mut reader, GRID, MOST),
        _ => return Err(corrupt("tile")),
    };
    let buckets = buckets.map_err(|_| corrupt("tile"))?;
    let place = |bucket: &Bucket| bucket::index(bucket.first_at, level);
    let is_in_place = |bucket: &Bucket| {
        tile_index(bucket.first_at, level) == tile
            && bucket::index(bucket.last_at, level) == place(bucket)
    };
    let is_tile = reader.0.is_empty()
        && buckets.iter().all(is_in_place)
        && (buckets.windows(2)).all(|pair| place(&pair[0]) < place(&pair[1]));
    is_tile.then_some(buckets).ok_or(corrupt("tile"))
}

#[cfg(test)]
mod tests {
    use physiology::SeriesPoint;
    use physiology::bucket::tile_start;

    use super::*;

    #[test]
    fn a_tile_comes_back_and_another_s_does_not() {
        let start = tile_start(-3, 5).0;
        let points = (0..1_000).map(|index| SeriesPoint {
            at: Timestamp(start + index * 500),
            value: (index * index % 71) as f64 / 10.0,
        });
        let buckets = bucket::aggregate(points, 5);
        let bytes = write(&buckets);
        assert_eq!(read(&bytes, 5, -3).unwrap(), buckets);
        for (level, tile) in [(5, -2), (4, -3), (6, -3)] {
            assert!(read(&bytes, level, tile).is_err(), "{level} {tile}");
        }
        assert!(read(&[], 5, -3).is_err());
        assert!(read(&[2], 5, -3).is_err());
        assert!(read(&[&bytes[..], &[0]].concat(), 5, -3).is_err());
        let twice = write(&[buckets[0], buckets[0]]);
        assert!(read(&twice, 5, -3).is_err());
    }
}
