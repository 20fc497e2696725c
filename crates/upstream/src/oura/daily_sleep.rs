//! The sleep score of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin};
use crate::time::LocalTime;

/// The sleep score of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailySleep {
    /// The day.
    pub day: Day,
    /// The day's start, in local time.
    pub timestamp: Option<LocalTime>,
    /// 0–100.
    pub score: Option<f64>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailySleep, out| {
        let measured_at = document
            .timestamp
            .map_or(document.day.start_utc(), |time| time.at);
        let origin = Origin::oura(key, document.day, measured_at);
        out.value(&origin, Metric::SleepScore, document.score);
        Ok(())
    });
}
