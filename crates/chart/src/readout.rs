//! What is written about one night.

use physiology::metric::{Format, decimal};
use physiology::pair::PairDay;
use physiology::{Metric, Quality, Reading, Twin};

use crate::hit::Night;
use crate::input::{TwinChart, drawable, index};

/// One night in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readout {
    /// `Sat 10 Oct`.
    pub date: String,
    /// `Day 6`, on the expedition.
    pub day: Option<String>,
    /// Where the night was slept: `Dingboche`.
    pub place: Option<String>,
    /// How high: `4,410 m`.
    pub altitude: Option<String>,
    /// The twins', A first.
    pub twins: [TwinReadout; 2],
    /// A − B with its unit, where both have a value: `+3.8 pp`.
    pub difference: Option<String>,
}

/// One twin's night in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TwinReadout {
    /// There is a value.
    Measured {
        /// With its unit: `84.1 %`.
        value: String,
        /// Against the twin's own baseline mean, signed, without a unit: `−13.3`.
        against_baseline: Option<String>,
        /// Whether only part of the night was measured.
        is_partial: bool,
    },
    /// There is none: the reason, as a short sentence.
    Missing(&'static str),
}

/// One night of the chart in words; none when there is no such night.
pub fn readout(chart: &TwinChart<'_>, night: Night) -> Option<Readout> {
    let day = match night {
        Night::Baseline(position) => chart.baseline_days.get(position)?,
        Night::Shown(position) => chart.days.get(position)?,
    };
    Some(of_day(chart, day))
}

pub(crate) fn of_day(chart: &TwinChart<'_>, day: &PairDay) -> Readout {
    let twin = |twin: Twin| match day.of(twin) {
        Reading::Measured(measured) if drawable(measured.value) => TwinReadout::Measured {
            value: with_unit(chart.metric, measured.value),
            against_baseline: chart.baseline_means[index(twin)]
                .map(|mean| chart.metric.write_difference(measured.value - mean)),
            is_partial: measured.quality == Quality::Partial,
        },
        Reading::Measured(_) => TwinReadout::Missing("Not measured"),
        Reading::Missing(reason) => TwinReadout::Missing(reason.sentence()),
    };
    let difference = TwinChart::value(day, Twin::A)
        .zip(TwinChart::value(day, Twin::B))
        .map(|(a, b)| with_difference_unit(chart.metric, a - b));
    Readout {
        date: day.day.with_weekday(),
        day: day.day_number.map(|number| format!("Day {number}")),
        place: day.place.clone().filter(|place| !place.is_empty()),
        altitude: day
            .sleeping_altitude_m
            .filter(|altitude_m| altitude_m.is_finite())
            .map(metres),
        twins: [twin(Twin::A), twin(Twin::B)],
        difference,
    }
}

/// `5,164 m`, with a no-break space.
pub(crate) fn metres(altitude_m: f64) -> String {
    format!("{}\u{a0}m", decimal(altitude_m, 0, false))
}

/// `78.2 %`, `5 h 22`, with a no-break space.
pub(crate) fn with_unit(metric: Metric, value: f64) -> String {
    joined(metric.write(value), metric, metric.info().unit)
}

/// `+3.8 pp`.
pub(crate) fn with_difference_unit(metric: Metric, difference: f64) -> String {
    joined(
        metric.write_difference(difference),
        metric,
        metric.info().difference_unit,
    )
}

fn joined(number: String, metric: Metric, unit: &str) -> String {
    // A duration already names its hours.
    if unit.is_empty() || metric.info().format == Format::Duration {
        number
    } else {
        format!("{number}\u{a0}{unit}")
    }
}

/// A limit with its unit, as many decimals as it has itself and no more: `75 %`, `92.5 %`.
pub(crate) fn limit_text(metric: Metric, limit: f64) -> String {
    let number = match metric.info().format {
        Format::Decimal(_) if limit.fract() == 0.0 => decimal(limit, 0, false),
        _ => metric.write(limit),
    };
    joined(number, metric, metric.info().unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        assert_eq!(with_unit(Metric::Spo2Night, 78.16), "78.2\u{a0}%");
        assert_eq!(with_unit(Metric::TotalSleep, 19_320.0), "5 h 22");
        assert_eq!(with_unit(Metric::Steps, 9_000.0), "9,000");
        assert_eq!(with_difference_unit(Metric::Spo2Night, 3.8), "+3.8\u{a0}pp");
        assert_eq!(with_difference_unit(Metric::SleepScore, -3.0), "−3");
        assert_eq!(limit_text(Metric::Spo2Night, 75.0), "75\u{a0}%");
        assert_eq!(limit_text(Metric::Spo2Night, 92.5), "92.5\u{a0}%");
    }
}
