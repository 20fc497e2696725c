//! Activity of a day.

use physiology::{Metric, Quality};
use serde::Deserialize;

use crate::derive::{Derived, Documents, Origin, positive};
use crate::time::{WallTime, optional_duration_s};

/// Activity of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Activity {
    /// When it begins, local time.
    #[serde(alias = "start-time")]
    pub start_time: WallTime,
    /// Up to when it is known, local time.
    #[serde(alias = "end-time")]
    pub end_time: Option<WallTime>,
    /// Time in activity, s.
    #[serde(
        default,
        alias = "active-duration",
        deserialize_with = "optional_duration_s"
    )]
    pub active_duration: Option<f64>,
    /// kcal, without what the body needs at rest.
    #[serde(alias = "active-calories")]
    pub active_calories: Option<f64>,
    /// Steps.
    pub steps: Option<f64>,
    /// m.
    #[serde(alias = "distance-from-steps")]
    pub distance_from_steps: Option<f64>,
}

/// A whole day is known to its last minute.
const LAST_MINUTE_S: i64 = 86_400 - 60;

impl Activity {
    fn quality(&self) -> Quality {
        let midnight = self.start_time.day().start_utc();
        let known_to_s = self.end_time.map(|end| end.as_utc.seconds_since(midnight));
        if known_to_s.is_some_and(|known_to_s| known_to_s < LAST_MINUTE_S) {
            Quality::Partial
        } else {
            Quality::Complete
        }
    }
}

/// The document does not tell its offset from UTC: midnight UTC of its day stands in for its time.
pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: Activity, out| {
        let day = document.start_time.day();
        let quality = document.quality();
        let origin = Origin {
            quality,
            ..Origin::polar(key, day, day.start_utc())
        };
        out.value(&origin, Metric::Steps, positive(document.steps));
        out.value(
            &origin,
            Metric::ActiveCalories,
            positive(document.active_calories),
        );
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn quality(end: &str) -> Quality {
        let body = format!(
            r#"{{"start_time":"2025-08-13T08:15:30","end_time":"{end}","steps":8823,
            "active_duration":"PT3H11M","active-calories":-1}}"#
        );
        let derived = derive_all(Collection::PolarActivities, None, &[("k".into(), &body)]);
        assert_eq!(
            derived.readings.len(),
            1,
            "−1 kcal is none: {:?}",
            derived.malformed
        );
        assert_eq!(derived.readings[0].day.to_string(), "2025-08-13");
        derived.readings[0].measurement.quality
    }

    #[test]
    fn a_day_that_is_not_over_is_partial() {
        assert_eq!(quality("2025-08-13T23:59:59"), Quality::Complete);
        assert_eq!(quality("2025-08-14T00:00:00"), Quality::Complete);
        assert_eq!(quality("2025-08-13T12:30:00"), Quality::Partial);
    }
}
