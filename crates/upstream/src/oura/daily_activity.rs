//! Activity of a day, which runs for 24 hours from 04:00 local time.

use physiology::{Day, Metric, Quality, SeriesKind, Source};
use serde::Deserialize;

use super::Sample;
use crate::derive::{Clock, Derived, Documents, Origin};
use crate::time::LocalTime;

/// Activity of a day.
#[derive(Clone, PartialEq, Deserialize)]
pub struct DailyActivity {
    /// The day.
    pub day: Day,
    /// 04:00 local time, where the day starts.
    pub timestamp: LocalTime,
    /// 0–100.
    pub score: Option<f64>,
    /// kcal.
    pub active_calories: Option<f64>,
    /// Steps.
    pub steps: Option<f64>,
    /// A digit for each 5 min from the start: 0 not worn, 1 rest, 2 inactive, 3 low, 4 medium,
    /// 5 high.
    pub class_5_min: Option<String>,
    /// Metabolic equivalents, every minute.
    pub met: Option<Sample>,
}

/// Minutes of a whole day.
const DAY_MIN: f64 = 1_440.0;

impl DailyActivity {
    /// Minutes the day has got, as far as the document shows: the longer of what its samples span.
    fn minutes(&self) -> Option<f64> {
        let classes = self
            .class_5_min
            .as_ref()
            .map(|classes| classes.len() as f64 * 5.0);
        let met = self
            .met
            .as_ref()
            .map(|met| met.items.len() as f64 * met.interval / 60.0);
        match (classes, met) {
            (Some(classes), Some(met)) => Some(classes.max(met)),
            (one, other) => one.or(other),
        }
    }

    /// Whether the ring was off all day: its zeros are then no steps that were counted.
    fn not_worn(&self) -> bool {
        let classes = self.class_5_min.as_deref().unwrap_or_default();
        !classes.is_empty() && classes.bytes().all(|class| class == b'0')
    }
}

pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: DailyActivity, out| {
        if let Some(met) = &document.met {
            let points = met.points("met", |value| value >= 0.0)?;
            out.series(key, Source::Oura, SeriesKind::Met, points, Clock::Utc);
        }
        if document.not_worn() {
            return Ok(());
        }
        let minutes = document.minutes().unwrap_or(DAY_MIN);
        let quality = if minutes < DAY_MIN {
            Quality::Partial
        } else {
            Quality::Complete
        };
        let measured_at = document
            .timestamp
            .at
            .plus_seconds((minutes.min(DAY_MIN) * 60.0) as i64);
        let origin = Origin {
            quality,
            ..Origin::oura(key, document.day, measured_at)
        };
        out.value(&origin, Metric::ActivityScore, document.score);
        out.value(&origin, Metric::Steps, document.steps);
        out.value(&origin, Metric::ActiveCalories, document.active_calories);
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn derived(class_5_min: &str, met_items: usize) -> Derived {
        let items = vec!["1.2"; met_items].join(",");
        let body = format!(
            r#"{{"id":"x","day":"2026-10-13","timestamp":"2026-10-13T04:00:00+05:45","score":80,
            "active_calories":410,"steps":9001,"class_5_min":"{class_5_min}",
            "met":{{"interval":60,"items":[{items}],"timestamp":"2026-10-13T04:00:00.000+05:45"}}}}"#
        );
        derive_all(Collection::OuraDailyActivity, None, &[("k".into(), &body)])
    }

    #[test]
    fn a_day_that_is_not_over_is_partial() {
        let whole = derived(&"2".repeat(288), 1_440);
        assert_eq!(whole.readings.len(), 3);
        let end = LocalTime::parse("2026-10-14T04:00:00+05:45").unwrap().at;
        assert_eq!(whole.readings[0].measurement.measured_at, end);
        assert_eq!(whole.readings[0].measurement.quality, Quality::Complete);
        assert_eq!(whole.series[0].points.len(), 1_440);
        let noon = derived(&"2".repeat(96), 480);
        let end = LocalTime::parse("2026-10-13T12:00:00+05:45").unwrap().at;
        assert_eq!(noon.readings[1].measurement.value, 9_001.0);
        assert_eq!(noon.readings[1].measurement.measured_at, end);
        assert_eq!(noon.readings[1].measurement.quality, Quality::Partial);
    }

    #[test]
    fn a_ring_in_a_drawer_counts_no_steps() {
        assert!(derived(&"0".repeat(288), 0).readings.is_empty());
        assert_eq!(derived("", 0).readings.len(), 3);
    }
}
