//! Two people, side by side.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::metric::{Format, Metric};
use crate::reading::Reading;
use crate::subject::Twin;
use crate::time::Timestamp;

/// One metric of both twins on one day, and where the night was slept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairDay {
    /// The day; a night belongs to the day it ends on.
    pub day: Day,
    /// Where on the time axis it is drawn: mid-sleep on the morning's date.
    pub at: Timestamp,
    /// Twin A's.
    pub a: Reading,
    /// Twin B's.
    pub b: Reading,
    /// The day's number in the itinerary, from 1.
    pub day_number: Option<u32>,
    /// Sleeping altitude, m.
    pub sleeping_altitude_m: Option<f64>,
    /// Where the night was slept.
    pub place: Option<String>,
}

impl PairDay {
    /// A twin's reading.
    pub const fn of(&self, twin: Twin) -> &Reading {
        match twin {
            Twin::A => &self.a,
            Twin::B => &self.b,
        }
    }

    /// A − B, where both have a value.
    pub fn difference(&self) -> Option<f64> {
        Some(self.a.value()? - self.b.value()?)
    }
}

/// How the gap between the twins moved since the paired day before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GapTrend {
    /// Further apart.
    Wider,
    /// As far apart as before, to the precision shown.
    Steady,
    /// Nearer to each other.
    Closer,
}

impl GapTrend {
    /// `wider`, `steady`, `closer`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Steady => "steady",
            Self::Closer => "closer",
        }
    }

    /// From the differences A − B of two paired days, compared at the metric's shown precision.
    pub fn between(metric: Metric, before: f64, now: f64) -> Self {
        let scale = match metric.info().format {
            Format::Decimal(decimals) | Format::Signed(decimals) => {
                10_f64.powi(i32::from(decimals))
            }
            Format::Duration => 1.0 / 60.0,
        };
        let shown = |difference: f64| (difference.abs() * scale).round();
        match shown(now).total_cmp(&shown(before)) {
            core::cmp::Ordering::Greater => Self::Wider,
            core::cmp::Ordering::Equal => Self::Steady,
            core::cmp::Ordering::Less => Self::Closer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_is_absolute_and_judged_as_shown() {
        let trend = |before, now| GapTrend::between(Metric::Spo2Night, before, now);
        assert_eq!(trend(3.5, 4.8), GapTrend::Wider);
        assert_eq!(trend(3.5, -4.8), GapTrend::Wider);
        assert_eq!(trend(-3.5, 3.52), GapTrend::Steady);
        assert_eq!(trend(8.0, 3.0), GapTrend::Closer);
    }
}
