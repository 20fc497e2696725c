//! What is written about one night.

use physiology::metric::decimal;
use physiology::pair::PairDay;
use physiology::{Quality, Reading, Twin};

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
    let written = chart.written;
    let twin = |twin: Twin| match day.of(twin) {
        Reading::Measured(measured) if drawable(measured.value) => TwinReadout::Measured {
            value: written.with_unit(measured.value),
            against_baseline: chart.baseline_means[index(twin)]
                .map(|mean| written.difference(measured.value - mean)),
            is_partial: measured.quality == Quality::Partial,
        },
        Reading::Measured(_) => TwinReadout::Missing("Not measured"),
        Reading::Missing(reason) => TwinReadout::Missing(reason.sentence()),
    };
    let difference = TwinChart::value(day, Twin::A)
        .zip(TwinChart::value(day, Twin::B))
        .map(|(a, b)| written.difference_with_unit(a - b));
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
