//! Cardiovascular age of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin, positive};

/// Cardiovascular age of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailyCardiovascularAge {
    /// The day.
    pub day: Day,
    /// Years.
    pub vascular_age: Option<f64>,
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailyCardiovascularAge, out| {
        let origin = Origin::oura(key, document.day, document.day.start_utc());
        out.value(
            &origin,
            Metric::VascularAge,
            positive(document.vascular_age),
        );
        Ok(())
    });
}
