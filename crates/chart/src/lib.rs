//! The twins' comparison chart and the tiles' sparklines: scales, ticks, decimation, layout,
//! hit-testing, and painting through plotters' [`DrawingBackend`](plotters::prelude::DrawingBackend).
//!
//! [`layout`] turns a [`TwinChart`] into a [`Layout`]: a list of shapes to paint, a list of labels
//! to set as text, and the nights a pointer can snap to. [`paint`] puts the shapes on any plotters
//! backend: [`svg`] on the server, a canvas in the browser, both by the same code. Text is never
//! painted: it stays text, beside the picture.
//!
//! [`intraday`] does the same for rows over the hours of a night or a day, [`trace_layout`] for the
//! heart rate of a workout, [`load_layout`] for training load. [`export`] makes files of pictures
//! and tables.
//!
//! All lengths are CSS pixels from the top left corner, as `f64`; only painting rounds them, to
//! fractions of a device pixel. Nothing here panics on hostile input: values that are not finite,
//! or absurdly large, count as missing.

mod agreement;
mod clip;
mod curve;
pub mod decimate;
pub mod export;
mod hatch;
mod hit;
mod hours;
mod input;
pub mod intraday;
mod layout;
mod line;
mod load;
mod local;
mod notes;
mod paint;
mod palette;
mod picture;
mod plot;
mod readout;
mod scale;
mod shape;
mod sight;
mod spark;
mod summary;
mod svg;
mod text;
mod ticks;
mod tile;
mod trace;
mod view;
mod zones;

pub use agreement::{PairPoint, PairView, Pairs, pair, pair_mark};
pub use curve::{Curve, CurveTwin, curve};
pub use hit::{Night, Stop};
pub use input::{Limit, Options, Size, TwinChart};
pub use layout::{
    BrushPart, Frame, LaneFrame, Layout, LineValue, Panel, Stack, StackColumn, StackGround,
    StackLane, StackLayout, StackLine, StackMode, StackStop, Strip, brush, brush_at, brush_edges,
    brush_handle, brush_part, crosshair, layout, stack, stack_bounds, stack_cursor,
    stack_cursor_at, stack_line_at, stack_night_at, stack_on, stack_summary, stack_time,
    strip_bounds, strip_days,
};
pub use line::Bucketed;
pub use load::{LoadChart, load_layout, load_top};
pub use notes::{AxisNote, NoteMark};
pub use paint::{Lines, Raster, paint};
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
pub use tile::{MOST_BUCKETS, Tile, TileBucket, TileError};
pub use trace::{
    TraceChart, TraceExtents, TraceLayout, TracePanel, TracePanels, TraceReadout, TraceValue,
    TwinTrace, trace_bounds, trace_crosshair, trace_extents, trace_layout, trace_layout_within,
    trace_readout, trace_snap, trace_summary,
};
pub use view::{Bounds, View};
