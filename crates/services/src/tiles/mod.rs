//! Lines at any zoom: which there are, and their tiles.
//!
//! A tile of a line is put together from prepared tiles of its parts, and from as many of them
//! whatever the zoom and however long the record: no sample is looked at.

mod compose;
mod daily;

use physiology::bucket::{COARSEST_LEVEL, tile_index, tile_start};
use physiology::clock::{ClockAt, WornClock};
use physiology::{SeriesKind, SubjectId, Timestamp, Twin};
use store::{Pair, SeriesLine, Viewer, Visible};
use views::tiles::{Line, LineId, WearerClock};

use self::compose::{REACH_INTERVALS, Track, compose};
pub(crate) use self::daily::course;
use crate::{Error, Services};

/// No tile further from the epoch than this is asked for in earnest, ms: some 8,000 years.
const FURTHEST_MS: i64 = 250_000_000_000_000;
/// The clock is known by nights: a change may lie as far from the documents that tell of it, s.
const AROUND_S: i64 = 2 * 86_400;

/// A tile, and the revision of its line that it is of at least.
#[derive(Debug, Clone, PartialEq)]
pub struct LineTile {
    /// The line's revision when the tile began to be read.
    pub revision: u64,
    /// The tile.
    pub tile: chart::Tile,
}

/// Which tile.
#[derive(Debug, Clone, Copy)]
struct Place {
    level: u8,
    index: i64,
}

impl Place {
    fn start(self) -> Timestamp {
        tile_start(self.index, self.level)
    }

    fn end(self) -> Timestamp {
        tile_start(self.index.saturating_add(1), self.level)
    }
}

impl Services {
    /// Every line there is something of, A's first, series before daily values.
    pub async fn lines(&self, viewer: &Viewer) -> Result<Vec<Line>, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let parts = self.store().series_lines(&visible).await?;
        let mut daily = self.daily_lines(&visible, &pair).await?;
        let mut lines = Vec::new();
        for twin in Twin::BOTH {
            let subject = pair.of(twin).id;
            let clock = self.worn_clock(&visible, &pair, subject, ALWAYS).await?;
            let of_kind = |kind| series_line(twin, subject, kind, &parts, &clock);
            lines.extend(SeriesKind::ALL.into_iter().filter_map(of_kind));
            lines.extend(daily.extract_if(.., |line| line.twin == twin));
        }
        Ok(lines)
    }

    /// The twins' clocks, A's first.
    pub async fn wearer_clocks(&self, viewer: &Viewer) -> Result<Vec<WearerClock>, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let mut clocks = Vec::new();
        for subject in pair.ids() {
            let clock = self.worn_clock(&visible, &pair, subject, ALWAYS).await?;
            let steps = clock.steps().iter();
            clocks.push(WearerClock {
                subject,
                steps: steps.map(|step| (step.at, step.utc_offset_s)).collect(),
            });
        }
        Ok(clocks)
    }

    /// One tile of a twin's line.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a subject that is not of the pair and a line there is nothing of;
    /// [`Error::Invalid`] for a level the line has not, and for a place outside of history.
    pub async fn tile(
        &self,
        viewer: &Viewer,
        subject: SubjectId,
        line: LineId,
        level: u8,
        index: i64,
    ) -> Result<LineTile, Error> {
        let pair = self.pair().await?;
        let twin = pair.side(subject).ok_or(Error::NotFound("twin"))?;
        let place = Place { level, index };
        if !(finest_level(line)..=COARSEST_LEVEL).contains(&level) {
            return Err(Error::Invalid("This line has no such level.".into()));
        }
        if [place.start(), place.end()]
            .iter()
            .any(|at| at.0.unsigned_abs() > FURTHEST_MS as u64)
        {
            return Err(Error::Invalid("There is no such stretch of time.".into()));
        }
        let visible = viewer.may_see(&[subject]);
        let (revision, buckets) = match line {
            LineId::Daily(metric) => {
                self.daily_tile(&visible, &pair, twin, metric, place)
                    .await?
            }
            LineId::Series(kind) => {
                self.series_tile(&visible, &pair, subject, kind, place)
                    .await?
            }
        };
        Ok(LineTile {
            revision,
            tile: chart::Tile {
                level,
                index,
                buckets,
            },
        })
    }

    async fn series_tile(
        &self,
        visible: &Visible,
        pair: &Pair,
        subject: SubjectId,
        kind: SeriesKind,
        place: Place,
    ) -> Result<(u64, Vec<chart::TileBucket>), Error> {
        // The revision first: a tile may be newer than it says, and never older.
        let mut parts = self.store().series_lines(visible).await?;
        parts.retain(|part| kinds(kind).contains(&part.kind));
        if parts.is_empty() {
            return Err(Error::NotFound("line"));
        }
        let revision = parts.iter().map(|part| part.revision).sum();
        let clock = if parts.iter().any(|part| part.local_clock) {
            let around = (
                place.start().plus_seconds(-AROUND_S),
                place.end().plus_seconds(AROUND_S),
            );
            self.worn_clock(visible, pair, subject, around).await?
        } else {
            WornClock::default()
        };
        let mut tracks = Vec::new();
        for &kind in kinds(kind) {
            let local: Vec<bool> = (parts.iter())
                .filter(|part| part.kind == kind)
                .map(|part| part.local_clock)
                .collect();
            if !local.is_empty() {
                let stretch = stretch(kind, &local, &clock, place);
                tracks.extend(
                    self.tracks(visible, subject, kind, place, stretch, &clock)
                        .await?,
                );
            }
        }
        Ok((revision, compose(tracks, place.level, place.index)))
    }

    /// One kind's tracks about a tile, on UTC, in order of preference.
    async fn tracks(
        &self,
        visible: &Visible,
        subject: SubjectId,
        kind: SeriesKind,
        place: Place,
        (from, to): (Timestamp, Timestamp),
        clock: &WornClock,
    ) -> Result<Vec<Track>, Error> {
        let level = place.level.max(kind.finest_level());
        let tiles = tile_index(from, level)..=tile_index(to, level);
        let mut found = self
            .store()
            .series_tile(visible, subject, kind, level, tiles)
            .await?;
        found.sort_by_key(|track| (track.source, track.local_clock));
        let tracks = found.into_iter().map(|track| {
            let mut buckets = track.buckets;
            if track.local_clock {
                for bucket in &mut buckets {
                    let ahead_s = clock.offset_when_shown_s(bucket.first_at);
                    *bucket = bucket.plus_seconds(-i64::from(ahead_s));
                }
                buckets.sort_by_key(|bucket| bucket.first_at);
            }
            Track {
                source: track.source,
                interval_ms: kind.interval_ms(),
                finest_level: kind.finest_level(),
                buckets,
            }
        });
        Ok(tracks.collect())
    }

    /// A subject's clock, as far as it decides within a stretch.
    async fn worn_clock(
        &self,
        visible: &Visible,
        pair: &Pair,
        subject: SubjectId,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<WornClock, Error> {
        let told = self.store().clocks(visible, subject, from, to).await?;
        let trip = pair.itinerary.iter().flat_map(|trip| &trip.waypoints);
        let planned: Vec<ClockAt> = trip
            .map(|point| ClockAt {
                at: point.at,
                utc_offset_s: point.utc_offset_s,
            })
            .collect();
        Ok(WornClock::new(&told, &planned))
    }
}

const ALWAYS: (Timestamp, Timestamp) = (Timestamp(i64::MIN), Timestamp(i64::MAX));

/// What a line of a kind is put together from, the preferred first.
const fn kinds(kind: SeriesKind) -> &'static [SeriesKind] {
    use SeriesKind as Kind;
    match kind {
        // A strap in training, every few seconds, before what is told around the clock.
        Kind::HeartRate => &[Kind::WorkoutHeartRate, Kind::HeartRate],
        Kind::WorkoutHeartRate => &[Kind::WorkoutHeartRate],
        Kind::SleepHeartRate => &[Kind::SleepHeartRate],
        Kind::SleepHrv => &[Kind::SleepHrv],
        Kind::SleepRespiratoryRate => &[Kind::SleepRespiratoryRate],
        Kind::SleepStage => &[Kind::SleepStage],
        Kind::Met => &[Kind::Met],
        Kind::Steps => &[Kind::Steps],
        Kind::Altitude => &[Kind::Altitude],
    }
}

/// The finest level a line could have.
fn finest_level(line: LineId) -> u8 {
    match line {
        LineId::Daily(_) => daily::FINEST_LEVEL,
        LineId::Series(kind) => {
            let levels = kinds(kind).iter().map(|kind| kind.finest_level());
            levels.min().unwrap_or(COARSEST_LEVEL)
        }
    }
}

/// From when to when samples of a kind decide what a tile shows, on the clocks they are kept by.
fn stretch(
    kind: SeriesKind,
    local: &[bool],
    clock: &WornClock,
    place: Place,
) -> (Timestamp, Timestamp) {
    let reach_ms = REACH_INTERVALS * i64::from(kind.interval_ms());
    let (from, to) = (
        Timestamp(place.start().0.saturating_sub(reach_ms)),
        Timestamp(place.end().0.saturating_add(reach_ms)),
    );
    let (mut least_s, mut most_s) =
        clock.range_s(from.plus_seconds(-AROUND_S), to.plus_seconds(AROUND_S));
    if local.contains(&false) {
        (least_s, most_s) = (least_s.min(0), most_s.max(0));
    }
    if !local.contains(&true) {
        (least_s, most_s) = (0, 0);
    }
    (
        from.plus_seconds(i64::from(least_s)),
        to.plus_seconds(i64::from(most_s)),
    )
}

fn series_line(
    twin: Twin,
    subject: SubjectId,
    kind: SeriesKind,
    parts: &[SeriesLine],
    clock: &WornClock,
) -> Option<Line> {
    let parts = || {
        let own = parts.iter().filter(move |part| part.subject == subject);
        own.filter(move |part| kinds(kind).contains(&part.kind))
    };
    let utc = |part: &SeriesLine, at: Timestamp| {
        let ahead_s = if part.local_clock {
            clock.offset_when_shown_s(at)
        } else {
            0
        };
        at.plus_seconds(-i64::from(ahead_s))
    };
    Some(Line {
        id: LineId::Series(kind),
        twin,
        subject,
        first_at: parts().map(|part| utc(part, part.first_at)).min()?,
        last_at: parts().map(|part| utc(part, part.last_at)).max()?,
        finest_level: parts().map(|part| part.kind.finest_level()).min()?,
        interval_ms: parts().map(|part| part.kind.interval_ms()).max()?,
        revision: parts().map(|part| part.revision).sum(),
    })
}
