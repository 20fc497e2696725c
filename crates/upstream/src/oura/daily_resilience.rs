//! Resilience of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin};

/// Resilience of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailyResilience {
    /// The day.
    pub day: Day,
    /// `limited`, `adequate`, `solid`, `strong` or `exceptional`.
    pub level: String,
}

/// The levels, the lowest first: the value is the place, counted from 1.
const LEVELS: [&str; 5] = ["limited", "adequate", "solid", "strong", "exceptional"];

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailyResilience, out| {
        let origin = Origin::oura(key, document.day, document.day.start_utc());
        let place = LEVELS.iter().position(|level| *level == document.level);
        out.value(
            &origin,
            Metric::Resilience,
            place.map(|place| place as f64 + 1.0),
        );
        Ok(())
    });
}
