//! Heart rate over some hours of a day: a panel a twin, zones behind it, altitude below.
//!
//! [`trace_layout`] turns a [`TraceChart`] into a [`TraceLayout`], as [`layout`](crate::layout())
//! does for days. Times are seconds after local midnight, so that each twin stands on the own wall
//! clock.

mod axis;
mod ground;
mod input;
mod layout;
mod lines;
mod readout;

pub use input::{TraceChart, TwinTrace};
pub use layout::{TraceLayout, TracePanel, ZoneBand, trace_crosshair, trace_layout};
pub use readout::{TraceReadout, TraceValue, trace_readout, trace_summary};
