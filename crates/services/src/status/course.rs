//! One metric of one twin up to its newest value: what the rules look at.

use physiology::baseline::Baseline;
use physiology::{Day, Metric, Twin};

use super::FRESH_DAYS;
use crate::record::Record;

/// The course of a metric.
pub(super) struct Course {
    pub metric: Metric,
    /// The newest day, and its value.
    pub day: Day,
    pub value: f64,
    /// The twin's own baseline.
    pub baseline: Option<Baseline>,
    /// Every value, oldest first, the newest included.
    values: Vec<(Day, f64)>,
}

impl Course {
    /// None where the newest value is not of today or yesterday: an older one tells nothing of how
    /// the twin is now.
    pub fn of(record: &Record<'_>, twin: Twin, metric: Metric, today: Day) -> Option<Self> {
        let values: Vec<(Day, f64)> = record
            .days(twin, metric)
            .filter(|(day, _)| *day <= today)
            .map(|(day, kept)| (day, kept.measurement.value))
            .collect();
        let (day, value) = *values.last()?;
        (day >= today.plus(-FRESH_DAYS)).then(|| Self {
            metric,
            day,
            value,
            baseline: record.baseline(twin, metric),
            values,
        })
    }

    /// Values of the `days` days that end on the newest one.
    pub fn last(&self, days: i64) -> impl Iterator<Item = f64> + '_ {
        let first = self.day.plus(1 - days);
        self.values
            .iter()
            .filter(move |(day, _)| *day >= first)
            .map(|(_, value)| *value)
    }

    /// Values of the `days` days before the newest one.
    pub fn before(&self, days: i64) -> impl Iterator<Item = f64> + '_ {
        let (first, newest) = (self.day.plus(-days), self.day);
        self.values
            .iter()
            .filter(move |(day, _)| *day >= first && *day < newest)
            .map(|(_, value)| *value)
    }

    /// Every value with its day.
    pub fn values(&self) -> &[(Day, f64)] {
        &self.values
    }

    /// How far the newest value is from the baseline's mean, in its SDs; 0 without a baseline that
    /// spreads.
    pub fn baseline_sds(&self) -> f64 {
        self.baseline
            .filter(|baseline| baseline.sd > 0.0)
            .map_or(0.0, |baseline| {
                (self.value - baseline.mean).abs() / baseline.sd
            })
    }
}
