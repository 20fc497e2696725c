//! The twins' comparison chart and the tiles' sparklines: scales, ticks, decimation, layout,
//! hit-testing, and painting through plotters' [`DrawingBackend`](plotters::prelude::DrawingBackend).
//!
//! [`layout`] turns a [`TwinChart`] into a [`Layout`]: a list of shapes to paint, a list of labels
//! to set as text, and the nights a pointer can snap to. [`paint`] puts the shapes on any plotters
//! backend: [`svg`] on the server, a canvas in the browser, both by the same code. Text is never
//! painted: it stays text, beside the picture.
//!
//! [`intraday`] does the same for rows over the hours of a night or a day, [`trace_layout`] for the
//! heart rate of a workout, [`load_layout`] for training load.
//!
//! All lengths are CSS pixels from the top left corner, as `f64`; only painting rounds them, to
//! fractions of a device pixel. Nothing here panics on hostile input: values that are not finite,
//! or absurdly large, count as missing.

mod agreement;
mod curve;
pub mod decimate;
mod hatch;
mod hit;
mod input;
pub mod intraday;
mod layout;
mod load;
mod paint;
mod palette;
mod picture;
mod plot;
mod readout;
mod scale;
mod shape;
mod spark;
mod summary;
mod svg;
mod text;
mod ticks;
mod trace;

pub use agreement::{PairPoint, Pairs, by_level, by_night};
pub use curve::{Curve, CurveTwin, curve};
pub use hit::{Night, Stop};
pub use input::{Limit, Options, Size, TwinChart};
pub use layout::{
    Frame, LaneFrame, Layout, Panel, Stack, StackLane, StackLayout, StackStop, crosshair, layout,
    stack, stack_cursor, stack_summary,
};
pub use load::{LoadChart, load_layout, load_top};
pub use paint::{Raster, paint};
pub use palette::{Palette, Role};
pub use picture::Picture;
pub use readout::{Readout, TwinReadout, readout};
pub use scale::Linear;
pub use shape::{Dash, Point, Rect, Shape};
pub use spark::{SparkInput, sparkline};
pub use summary::summary;
pub use svg::svg;
pub use text::{Anchor, Label, TextStyle};
pub use ticks::{nice_step, nice_ticks, tick_text};
pub use trace::{
    TraceChart, TraceLayout, TracePanel, TraceReadout, TraceValue, TwinTrace, ZoneBand,
    trace_crosshair, trace_layout, trace_readout, trace_summary,
};
