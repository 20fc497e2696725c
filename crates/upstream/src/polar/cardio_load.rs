//! Cardio load of a day.

use physiology::{Day, Metric};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin};

/// Cardio load of a day. −1 is none; 0 is a day without training.
#[derive(Clone, PartialEq, Deserialize)]
pub struct CardioLoad {
    /// The day.
    pub date: Day,
    /// Training impulse of the day.
    #[serde(alias = "cardio-load")]
    pub cardio_load: Option<f64>,
    /// Mean of 7 days.
    pub strain: Option<f64>,
    /// Mean of 28 days.
    pub tolerance: Option<f64>,
    /// Strain over tolerance.
    #[serde(alias = "cardio-load-ratio")]
    pub cardio_load_ratio: Option<f64>,
}

impl CardioLoad {
    /// Load, its means and their ratio, where the vendor has them: −1 is none.
    fn values(&self) -> [(Metric, Option<f64>); 4] {
        [
            (Metric::TrainingLoad, self.cardio_load),
            (Metric::Strain, self.strain),
            (Metric::Tolerance, self.tolerance),
            (Metric::LoadRatio, self.cardio_load_ratio),
        ]
        .map(|(metric, value)| (metric, value.filter(|value| *value >= 0.0)))
    }
}

/// Whether nothing is told of the day. Polar answers so for every day before the person was last
/// registered: taken as the newest version, it would erase what was received before.
pub(crate) fn is_blank(body: &str) -> bool {
    serde_json::from_str::<CardioLoad>(body)
        .is_ok_and(|load| load.values().iter().all(|(_, value)| value.is_none()))
}

/// The document has no time of its own: midnight UTC of its day stands in.
pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: CardioLoad, out| {
        let origin = Origin::polar(key, document.date, document.date.start_utc());
        for (metric, value) in document.values() {
            out.value(&origin, metric, value);
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    #[test]
    fn a_day_nothing_is_told_of_is_blank() {
        let none = r#"{"date":"2026-10-13","cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE",
            "cardio_load":-1.0,"strain":-1.0,"tolerance":-1.0,"cardio_load_ratio":-1.0}"#;
        assert!(is_blank(none));
        assert!(!is_blank(&none.replacen("-1.0", "0.0", 1)), "a day of rest");
        assert!(!is_blank("{}"), "not ours to judge: told as malformed");
    }

    #[test]
    fn minus_one_is_none_and_zero_is_a_day_of_rest() {
        let body = r#"{"date":"2026-10-13","cardio_load_status":"LOAD_STATUS_NOT_AVAILABLE",
            "cardio_load":0.0,"strain":-1.0,"tolerance":41.5,"cardio-load-ratio":-1.0,
            "cardio_load_level":{"very_low":1.0,"very-high":9.0}}"#;
        let derived = derive_all(Collection::PolarCardioLoad, None, &[("k".into(), body)]);
        let values: Vec<(Metric, f64)> = derived
            .readings
            .iter()
            .map(|r| (r.metric, r.measurement.value))
            .collect();
        assert_eq!(
            values,
            [(Metric::TrainingLoad, 0.0), (Metric::Tolerance, 41.5)]
        );
    }
}
