use physiology::SeriesPoint;
use serde::Deserialize;

use crate::derive::{Malformed, is_interval};
use crate::time::LocalTime;

/// Equally spaced values.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Sample {
    /// From one value to the next, s.
    pub interval: f64,
    /// The values; null where there is none.
    pub items: Vec<Option<f64>>,
    /// When the first was taken.
    pub timestamp: LocalTime,
}

impl Sample {
    /// The values that are there, `keep` says which are; `field` names the sample in errors.
    pub(crate) fn points(
        &self,
        field: &str,
        keep: impl Fn(f64) -> bool,
    ) -> Result<Vec<SeriesPoint>, Malformed> {
        if !is_interval(self.interval) {
            return Err(Malformed::field(
                field,
                "interval: expected seconds, a day at most",
            ));
        }
        let at = |index: usize| {
            let after_ms = (index as f64 * self.interval * 1_000.0).round() as i64;
            physiology::Timestamp(self.timestamp.at.0.saturating_add(after_ms))
        };
        let items = self.items.iter().enumerate();
        Ok(items
            .filter_map(|(index, item)| {
                let value = (*item)?;
                keep(value).then(|| SeriesPoint {
                    at: at(index),
                    value,
                })
            })
            .collect())
    }
}
