//! Samples of any density: what has come of them is drawn, what is lacking is asked for.

mod cache;

#[cfg(feature = "hydrate")]
mod fetch;
#[cfg(not(feature = "hydrate"))]
#[path = "absent.rs"]
mod fetch;

use core::time::Duration;

use chart::{Bucketed, Tile, View};
use leptos::prelude::*;
use views::tiles::Line;

use self::cache::{Cache, Place};
use self::fetch::Fetching;

/// The tiles of a figure's lines.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    cache: StoredValue<Cache>,
    fetching: Fetching,
    /// Changes whenever tiles came.
    arrived: RwSignal<u32>,
    /// Whether the next frame tells that some came: several within a frame are drawn once.
    is_told: StoredValue<bool>,
    /// What is looked at, where that is yet to be asked for.
    wanted: StoredValue<Option<Wanted>>,
    /// Whether there was a question within the last [`PAUSE`].
    is_pausing: StoredValue<bool>,
}

/// What is looked at of some lines.
struct Wanted {
    lines: Vec<Line>,
    view: View,
    ms_per_px: f64,
}

/// Between two questions: who zooms passes through levels nobody stays at, and to ask for their tiles
/// and call them off took half of the longest frames.
const PAUSE: Duration = Duration::from_millis(100);

impl Lines {
    pub fn new() -> Self {
        Self {
            cache: StoredValue::new(Cache::default()),
            fetching: Fetching::new(),
            arrived: RwSignal::new(0),
            is_told: StoredValue::new(false),
            wanted: StoredValue::new(None),
            is_pausing: StoredValue::new(false),
        }
    }

    /// Keeps tiles that came with the page; what is no tile is left out.
    pub fn keep(self, line: &Line, encoded: &[Vec<u8>]) {
        for bytes in encoded {
            if let Ok(tile) = Tile::decode(bytes) {
                let place = Place::of(line, tile.level, tile.index);
                self.cache.update_value(|cache| {
                    if !cache.has(place, line.revision) {
                        cache.keep(place, line.revision, tile);
                    }
                });
            }
        }
    }

    /// What is known of a line where it is looked at, ms since the epoch; followed as more comes.
    pub fn buckets(self, line: &Line, view: View, ms_per_px: f64) -> Vec<Bucketed> {
        self.arrived.track();
        let level = Tile::level_for(ms_per_px, line.finest_level);
        let (from_ms, to_ms) = within(line, view, SEEN);
        if from_ms > to_ms {
            return Vec::new();
        }
        let found = self
            .cache
            .try_update_value(|cache| cache.buckets(line, level, from_ms, to_ms));
        found.unwrap_or_default()
    }

    /// Asks for the tiles that are lacking where lines are looked at, and no longer for those that
    /// are not looked at any more: at once, or a [`PAUSE`] after the last question.
    pub fn want(self, lines: Vec<Line>, view: View, ms_per_px: f64) {
        self.wanted.set_value(Some(Wanted {
            lines,
            view,
            ms_per_px,
        }));
        if !self.is_pausing.get_value() {
            self.ask();
        }
    }

    fn ask(self) {
        // Disposed with the page it was on, or nothing to ask for since.
        let Some(wanted) = self.wanted.try_update_value(Option::take).flatten() else {
            let _ = self.is_pausing.try_update_value(|pausing| *pausing = false);
            return;
        };
        self.is_pausing.set_value(true);
        set_timeout(move || self.ask(), PAUSE);
        self.fetch(&wanted);
    }

    fn fetch(self, wanted: &Wanted) {
        let mut lacking = Vec::new();
        for line in &wanted.lines {
            let level = Tile::level_for(wanted.ms_per_px, line.finest_level);
            let (from_ms, to_ms) = within(line, wanted.view, WANTED);
            if from_ms > to_ms {
                continue;
            }
            for index in Tile::tiles_for(level, from_ms, to_ms) {
                let place = Place::of(line, level, index);
                let has = self
                    .cache
                    .with_value(|cache| cache.has(place, line.revision));
                if !has {
                    lacking.push((place, line.revision));
                }
            }
        }
        // What is in the middle of the view comes first, and what lies beyond its edges last.
        let middle_ms = f64::midpoint(wanted.view.from, wanted.view.to) as i64;
        lacking.sort_by_key(|(place, _)| place.distance_ms(middle_ms));
        self.fetching.only(lacking, move |place, revision, bytes| {
            if let Ok(tile) = Tile::decode(&bytes) {
                let kept = self
                    .cache
                    .try_update_value(|cache| cache.keep(place, revision, tile));
                if kept.is_some() {
                    self.tell();
                }
            }
        });
    }

    /// Tells with the next frame that tiles came.
    fn tell(self) {
        if self.is_told.get_value() {
            return;
        }
        self.is_told.set_value(true);
        request_animation_frame(move || {
            // Disposed with the page it was on.
            let is_there = self.is_told.try_update_value(|is_told| *is_told = false);
            if is_there.is_some() {
                self.arrived
                    .update(|arrived| *arrived = arrived.wrapping_add(1));
            }
        });
    }
}

/// What lies a little beyond the edges is drawn: lines go on there.
const SEEN: f64 = 1.0 / 16.0;
/// Half a view on either side is asked for: moving it finds samples there.
const WANTED: f64 = 0.5;

/// Where of a view, and of a share of it on either side, there may be samples.
fn within(line: &Line, view: View, share: f64) -> (i64, i64) {
    let margin = view.span() * share;
    let from_ms = ((view.from - margin) as i64).max(line.first_at.0);
    let to_ms = ((view.to + margin) as i64).min(line.last_at.0);
    (from_ms, to_ms)
}
