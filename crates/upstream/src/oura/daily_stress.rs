//! Stress and recovery of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin};

/// Stress and recovery of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailyStress {
    /// The day.
    pub day: Day,
    /// Time in high stress, s.
    pub stress_high: Option<f64>,
    /// Time in high recovery, s.
    pub recovery_high: Option<f64>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailyStress, out| {
        let origin = Origin::oura(key, document.day, document.day.start_utc());
        let minutes = |seconds: Option<f64>| Some(seconds.filter(|s| *s >= 0.0)? / 60.0);
        out.value(&origin, Metric::StressHigh, minutes(document.stress_high));
        out.value(
            &origin,
            Metric::RecoveryHigh,
            minutes(document.recovery_high),
        );
        Ok(())
    });
}
