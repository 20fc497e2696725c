//! Heart rate over some hours of a day: a panel a twin, zones behind it, altitude below.
//!
//! [`trace_layout`] turns a [`TraceChart`] into a [`TraceLayout`], as [`layout`](crate::layout())
//! does for days. Times are seconds after local midnight, so that each twin stands on the own wall
//! clock.
//!
//! Where only a part of the axis is looked at, lines are cut at the edges of the plot, and scales,
//! heights and margins stay those of the whole.

mod axis;
mod crosshair;
mod extents;
mod ground;
mod input;
mod layout;
mod lines;
mod parts;
mod readout;
mod samples;

pub use crosshair::trace_crosshair;
pub use extents::{TraceExtents, trace_extents};
pub use input::{TraceChart, TracePanels, TwinTrace, trace_bounds};
pub use layout::{trace_layout, trace_layout_within};
pub use parts::{TraceLayout, TracePanel};
pub use readout::{TraceReadout, TraceValue, trace_readout, trace_summary};
pub use samples::trace_snap;
