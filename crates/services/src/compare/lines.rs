//! Samples under the nights: where their tiles are, and the coarse ones to begin with.

use chart::Tile;
use physiology::bucket::COARSEST_LEVEL;
use physiology::{DayRange, Missing, SeriesKind, Twin};
use store::Viewer;
use upstream::Collection;
use views::compare::{SampleLane, TwinSamples};
use views::tiles::{Line, LineId};

use crate::record::Record;
use crate::workouts::figures::Heart;
use crate::{Error, Services};

/// The range is sent in about so many buckets, up to four times as many: whoever looks at it without
/// a script sees its course, and whoever has one gets finer tiles at once.
const COLUMNS: f64 = 240.0;
/// A range has at most so many tiles at that level.
const MOST_TILES: usize = 8;
/// A scale of nothing, and the least one, in the unit of whatever it is.
const NO_SCALE: (f64, f64) = (0.0, 1.0);

impl Services {
    pub(super) async fn sample_lanes(
        &self,
        viewer: &Viewer,
        record: &Record<'_>,
        kinds: &[SeriesKind],
        range: DayRange,
    ) -> Result<Vec<SampleLane>, Error> {
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let lines = self.lines(viewer).await?;
        let mut lanes = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let [a, b] = Twin::BOTH.map(|twin| {
                lines
                    .iter()
                    .find(|line| line.twin == twin && line.id == LineId::Series(*kind))
                    .copied()
            });
            let twins = [
                self.twin_samples(viewer, record, Twin::A, *kind, a, range)
                    .await?,
                self.twin_samples(viewer, record, Twin::B, *kind, b, range)
                    .await?,
            ];
            let scale = scale(twins.iter().flat_map(|(_, tiles)| tiles));
            lanes.push(SampleLane {
                kind: *kind,
                twins: twins.map(|(samples, _)| samples),
                scale,
            });
        }
        Ok(lanes)
    }

    async fn twin_samples(
        &self,
        viewer: &Viewer,
        record: &Record<'_>,
        twin: Twin,
        kind: SeriesKind,
        line: Option<Line>,
        range: DayRange,
    ) -> Result<(TwinSamples, Vec<Tile>), Error> {
        let mut tiles = Vec::new();
        if let Some(line) = line {
            // Wherever the twin is, the range's days lie within these.
            let from_ms = range.first.plus(-1).start_utc().0.max(line.first_at.0);
            let to_ms = range.last.plus(2).start_utc().0.min(line.last_at.0);
            let level = level(from_ms, to_ms, line.finest_level);
            if from_ms <= to_ms {
                for index in Tile::tiles_for(level, from_ms, to_ms).take(MOST_TILES) {
                    let tile = self
                        .tile(viewer, line.subject, line.id, level, index)
                        .await?;
                    tiles.push(tile.tile);
                }
            }
        }
        let zones_bpm = (kind == SeriesKind::HeartRate)
            .then(|| {
                // The highest of the record would need every sample; what was entered does not.
                let heart = Heart::of(record, twin, None, range.last.year());
                heart.zones.ok().map(|zones| zones.zones.bounds_bpm)
            })
            .flatten();
        let samples = TwinSamples {
            line,
            tiles: tiles.iter().map(Tile::encode).collect(),
            zones_bpm,
            missing: line.is_none().then(|| missing(record, twin, kind, range)),
        };
        Ok((samples, tiles))
    }
}

fn level(from_ms: i64, to_ms: i64, finest: u8) -> u8 {
    let span_ms = to_ms.saturating_sub(from_ms).max(1) as f64;
    let mut level = Tile::level_for(span_ms / COLUMNS, finest);
    while level < COARSEST_LEVEL && Tile::tiles_for(level, from_ms, to_ms).count() > MOST_TILES {
        level += 1;
    }
    level
}

/// The lowest and the highest of what is sent.
fn scale<'a>(tiles: impl Iterator<Item = &'a Tile>) -> (f64, f64) {
    let (low, high) = tiles
        .flat_map(|tile| &tile.buckets)
        .filter(|one| one.bucket.min.is_finite() && one.bucket.max.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
            (low.min(one.bucket.min), high.max(one.bucket.max))
        });
    if low <= high { (low, high) } else { NO_SCALE }
}

fn missing(record: &Record<'_>, twin: Twin, kind: SeriesKind, range: DayRange) -> Missing {
    record.series_reason(twin, collections(kind), range.last)
}

/// Where samples of a kind would come from.
const fn collections(kind: SeriesKind) -> &'static [Collection] {
    match kind {
        SeriesKind::HeartRate => &[
            Collection::OuraHeartrate,
            Collection::PolarContinuousHeartRate,
        ],
        SeriesKind::WorkoutHeartRate | SeriesKind::Altitude => &[Collection::PolarExercises],
        SeriesKind::SleepHeartRate | SeriesKind::SleepHrv | SeriesKind::SleepStage => {
            &[Collection::OuraSleep, Collection::PolarSleep]
        }
        SeriesKind::SleepRespiratoryRate => &[Collection::PolarNightlyRecharge],
        SeriesKind::Met => &[Collection::OuraDailyActivity],
        SeriesKind::Steps => &[Collection::PolarActivitySamples],
    }
}
