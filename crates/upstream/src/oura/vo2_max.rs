//! VO₂ max of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin, positive};
use crate::time::LocalTime;

/// VO₂ max of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Vo2Max {
    /// The day.
    pub day: Day,
    /// When it was estimated.
    pub timestamp: Option<LocalTime>,
    /// ml/kg/min.
    pub vo2_max: Option<f64>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Vo2Max, out| {
        let measured_at = document
            .timestamp
            .map_or(document.day.start_utc(), |time| time.at);
        let origin = Origin::oura(key, document.day, measured_at);
        out.value(&origin, Metric::Vo2Max, positive(document.vo2_max));
        Ok(())
    });
}
