//! What is known of the whole trace, whatever of it is looked at.

use super::input::{TraceChart, TwinTrace};
use crate::input::drawable;

/// How far heart rates and altitudes reach, so that scales stand still while somebody looks around.
///
/// Reading it takes all samples, laying out only those in sight: who draws many frames of one
/// chart reads it once, with [`trace_extents`], and gives it to
/// [`trace_layout_within`](super::trace_layout_within).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TraceExtents {
    /// The lowest and the highest heart rate of either twin, bpm; none without one.
    pub(super) bpm: Option<(f64, f64)>,
    /// The lowest and the highest altitude, m; none without one.
    pub(super) altitude_m: Option<(f64, f64)>,
}

/// The extents of a chart. Work is linear in its samples.
pub fn trace_extents(chart: &TraceChart<'_>) -> TraceExtents {
    let altitudes = chart.altitude.iter().map(|(_, altitude_m)| *altitude_m);
    TraceExtents {
        bpm: reach(chart.twins.iter().flat_map(TwinTrace::values)),
        altitude_m: reach(altitudes.filter(|altitude_m| drawable(*altitude_m))),
    }
}

fn reach(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    (ends.0 <= ends.1).then_some(ends)
}
