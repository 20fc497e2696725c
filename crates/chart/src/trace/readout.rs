//! What is written about one moment of a trace, and about the whole of it.

use physiology::Twin;
use physiology::metric::decimal;

use super::input::{TraceChart, TwinTrace};
use super::samples::sample_at;
use crate::input::index;
use crate::readout::metres;

/// A moment in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceReadout {
    /// `10:35:10`.
    pub time: String,
    /// `4,095 m`.
    pub altitude: Option<String>,
    /// The twins', A first.
    pub twins: [TraceValue; 2],
    /// A − B, where both have a value: `−14 bpm`.
    pub difference: Option<String>,
}

/// One twin's moment in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceValue {
    /// There is a heart rate.
    Measured {
        /// `125 bpm`.
        bpm: String,
        /// `Z2`; none below the first zone, and without zones.
        zone: Option<String>,
    },
    /// There is none: the reason, as a short sentence.
    Missing(String),
}

/// A moment in words.
pub fn trace_readout(chart: &TraceChart<'_>, at_s: f64) -> TraceReadout {
    let found = Twin::BOTH.map(|twin| sample_at(chart, chart.twin(twin), at_s));
    let difference = match found {
        [Some((_, a)), Some((_, b))] => {
            let difference = f64::from(a) - f64::from(b);
            Some(format!("{}\u{a0}bpm", decimal(difference, 0, true)))
        }
        _ => None,
    };
    TraceReadout {
        time: chart.clock.time_with_seconds(at_s.round() as i64),
        altitude: chart.altitude_m(at_s).map(metres),
        twins: Twin::BOTH.map(|twin| match found[index(twin)] {
            Some((_, bpm)) => TraceValue::Measured {
                bpm: format!("{bpm}\u{a0}bpm"),
                zone: chart
                    .twin(twin)
                    .zone(f64::from(bpm))
                    .map(|zone| format!("Z{zone}")),
            },
            None => TraceValue::Missing(reason(chart.twin(twin), at_s).to_owned()),
        }),
        difference,
    }
}

fn reason<'a>(trace: &TwinTrace<'a>, at_s: f64) -> &'a str {
    match trace.missing {
        Some(reason) => reason,
        None if trace.is_gap(at_s) => "No strap contact",
        None => "Not recording",
    }
}

/// The whole of what is shown in a sentence or two.
pub fn trace_summary(chart: &TraceChart<'_>) -> String {
    let mut text = format!(
        "Heart rate from {} to {}.",
        chart.clock.time(chart.from_s.into()),
        chart.clock.time(chart.to_s.into())
    );
    for twin in Twin::BOTH
        .into_iter()
        .filter(|twin| chart.panels.show(*twin))
    {
        let trace = chart.twin(twin);
        let name = chart.names[index(twin)];
        let letter = twin.letter();
        let (low, high) = trace
            .values()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), bpm| {
                (low.min(bpm), high.max(bpm))
            });
        text += &match trace.missing {
            Some(reason) => format!(" {name}, {letter}: {}.", reason.to_lowercase()),
            None if low > high => format!(" {name}, {letter}: none."),
            None => format!(" {name}, {letter}: {low:.0} to {high:.0} bpm"),
        };
        if trace.missing.is_some() || low > high {
            continue;
        }
        let lost = trace.gaps.iter().map(|(from, to)| to.saturating_sub(*from));
        let lost_s = lost.fold(0_i32, i32::saturating_add);
        if lost_s > 0 {
            text += &format!(", {} without strap contact", duration(lost_s));
        }
        text.push('.');
    }
    text
}

/// `11 min`, `40 s`.
pub(super) fn duration(seconds: i32) -> String {
    if seconds < 60 {
        format!("{seconds}\u{a0}s")
    } else {
        format!("{}\u{a0}min", (f64::from(seconds) / 60.0).round())
    }
}
