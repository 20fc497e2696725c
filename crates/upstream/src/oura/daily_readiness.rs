//! Readiness and skin temperature of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin};
use crate::time::LocalTime;

/// Readiness of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailyReadiness {
    /// The day.
    pub day: Day,
    /// The day's start, in local time.
    pub timestamp: Option<LocalTime>,
    /// 0–100.
    pub score: Option<f64>,
    /// °C against the wearer's own baseline.
    pub temperature_deviation: Option<f64>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailyReadiness, out| {
        let measured_at = document
            .timestamp
            .map_or(document.day.start_utc(), |time| time.at);
        let origin = Origin::oura(key, document.day, measured_at);
        out.value(&origin, Metric::ReadinessScore, document.score);
        out.value(
            &origin,
            Metric::TemperatureDeviation,
            document.temperature_deviation,
        );
        Ok(())
    });
}
