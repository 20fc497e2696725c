//! Heart rate around the clock: the rows of a UTC day.

use physiology::{SeriesKind, SeriesPoint, Source};
use serde::Deserialize;

use crate::derive::{Clock, Derived, Documents};
use crate::time::LocalTime;

/// One sample.
#[derive(Clone, Copy, PartialEq, Deserialize)]
pub struct HeartRateRow {
    /// When it was taken.
    pub timestamp: LocalTime,
    /// Beats a minute.
    pub bpm: f64,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, rows: Vec<HeartRateRow>, out| {
        let beats = rows.iter().filter(|row| row.bpm > 0.0);
        let points = beats
            .map(|row| SeriesPoint {
                at: row.timestamp.at,
                value: row.bpm,
            })
            .collect();
        out.series(key, Source::Oura, SeriesKind::HeartRate, points, Clock::Utc);
        Ok(())
    });
}
