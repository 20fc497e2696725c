//! Oxygen saturation of a night.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin, positive};

/// Oxygen saturation of a night.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailySpo2 {
    /// The day the night ended on.
    pub day: Day,
    /// The saturation, where it was measured.
    pub spo2_percentage: Option<Spo2>,
    /// 0–100.
    pub breathing_disturbance_index: Option<f64>,
}

/// What is told of the saturation.
#[derive(Clone, Copy, PartialEq, Deserialize)]
pub struct Spo2 {
    /// Mean of the night, %.
    pub average: Option<f64>,
}

/// The document has no time of its own: midnight UTC of its day stands in.
pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailySpo2, out| {
        let origin = Origin::oura(key, document.day, document.day.start_utc());
        let average = positive(document.spo2_percentage.and_then(|spo2| spo2.average));
        out.value(&origin, Metric::Spo2Night, average);
        let index = document
            .breathing_disturbance_index
            .filter(|index| *index >= 0.0);
        out.value(&origin, Metric::BreathingDisturbanceIndex, index);
        Ok(())
    });
}
