//! Rows over the hours of a night or a day: courses of sleep, heart rate, HRV.
//!
//! [`layout`] turns an [`Intraday`] into an [`IntradayLayout`]: shapes to paint and labels to set,
//! as [`crate::layout`] does for charts over days. All rows share one time axis, so that one
//! crosshair runs through them all. Times are seconds after midnight on the clock shown, negative
//! the evening before, or seconds since each twin fell asleep; what lies outside the axis, or cannot
//! be drawn, is left out. Rows of one name share one scale.
//!
//! Where only a part of the axis is looked at, lines are cut at the edges of the plot, and scales,
//! heights and margins stay those of the whole: nothing jumps while somebody looks around.

mod axis;
mod crosshair;
mod extents;
mod input;
mod moment;
mod samples;
mod stages;
mod trace;
mod words;

pub use crosshair::crosshair;
pub use extents::{Extents, extents};
pub use input::{AxisWords, Content, Intraday, Lane, Row, Trace, bounds};
pub use moment::{Difference, Moment, RowMoment, values_at};
pub use samples::snap;
pub use words::summary;

use physiology::Twin;

use crate::input::Size;
use crate::notes::{NoteMark, ROW_PX, mark_notes, row_px};
use crate::palette::Role;
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::{Point, Rect, Shape};
use crate::sight::Sight;
use crate::text::{Anchor, Label, TextStyle};

/// Rows laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct IntradayLayout {
    /// What is shown of it; as high for every width.
    pub picture: Picture,
    /// From seconds on the axis, as far as it is looked at, to px.
    pub time: Linear,
    /// Where the time axis begins, px.
    pub floor: f64,
    /// Where notes can be pointed at, left to right.
    pub notes: Vec<NoteMark>,
    /// Where each row is, and its scale of values, where it has one.
    pub rows: Vec<(Rect, Option<Linear>)>,
}

impl IntradayLayout {
    /// The time at a position, s on the axis, within what is looked at.
    pub fn at_s(&self, x: f64) -> i32 {
        let (from, to) = self.time.domain();
        // Whole seconds within what is looked at.
        let (from, to) = (from.ceil(), to.floor());
        let at = self.time.invert(x);
        if at.is_finite() {
            at.round().clamp(from, to.max(from)) as i32
        } else {
            from as i32
        }
    }
}

const HEADING_PX: f64 = 28.0;
const LANE_PX: f64 = 22.0;
const GAP_PX: f64 = 12.0;
const AXIS_PX: f64 = 12.0;
/// Narrower pictures have narrower margins, px.
const NARROW_PX: f64 = 520.0;

/// Lays rows out for a picture of this width, px.
pub fn layout(chart: &Intraday<'_>, width_px: f64) -> IntradayLayout {
    layout_within(chart, &extents(chart), width_px)
}

/// [`layout`] with the extents of the same rows, read before: work is linear in the samples in
/// sight, and what is painted is bounded by the width.
pub fn layout_within(chart: &Intraday<'_>, extents: &Extents, width_px: f64) -> IntradayLayout {
    let width_px = if width_px.is_finite() {
        width_px.clamp(120.0, 20_000.0)
    } else {
        120.0
    };
    let has_zones = chart
        .rows
        .iter()
        .any(|row| matches!(row.content, Content::Trace(trace) if !trace.borders.is_empty()));
    let left = if width_px <= NARROW_PX { 46.0 } else { 58.0 };
    let right = width_px - if has_zones { 28.0 } else { 10.0 };
    let shown = chart.shown();
    let time = Linear::new((shown.from, shown.to), (left, right));
    let mut sheet = Sheet {
        time,
        sight: Sight::new(time, chart.columns_per_px),
        shapes: Vec::new(),
        labels: Vec::new(),
    };
    let (frames, below) = frames(chart.rows, left, right);
    let floor = below + row_px(chart.notes);
    let scales: Vec<Option<Linear>> = frames
        .iter()
        .enumerate()
        .map(|(index, frame)| Some(trace::scale(extents.domain(index)?, *frame)))
        .collect();
    // What is filled lies under the hours, and the hours under what is drawn.
    for ((row, frame), scale) in chart.rows.iter().zip(&frames).zip(&scales) {
        if let Some(lane) = row.lane {
            axis::shade(&mut sheet, chart, lane, *frame);
        }
        if let (Content::Trace(trace), Some(scale)) = (row.content, scale) {
            trace::zones(&mut sheet, trace, *scale, *frame);
        }
    }
    axis::ground(&mut sheet, chart, &frames, floor);
    for (index, ((row, frame), scale)) in chart.rows.iter().zip(&frames).zip(&scales).enumerate() {
        if let Some(heading) = row.heading {
            heading_of(&mut sheet, row.twin, heading, *frame);
        }
        match row.content {
            Content::Stages(spans) => stages::paint(&mut sheet, chart, row.twin, spans, *frame),
            Content::Trace(trace) => {
                let peak = extents.peak(index).filter(|_| trace.marks_peak);
                trace::paint(&mut sheet, chart, row, trace, *scale, *frame);
                if let (Some(peak), Some(scale)) = (peak, scale) {
                    trace::peak(&mut sheet, row.twin, peak, *scale, *frame);
                }
            }
            Content::Missing(reason) => missing(&mut sheet, reason, *frame),
        }
        if let Some(lane) = row.lane {
            axis::lane(&mut sheet, chart, lane, *frame);
        }
    }
    axis::hours(&mut sheet, chart, floor);
    let middle = floor - GAP_PX - ROW_PX / 2.0;
    let notes = mark_notes(
        chart.notes.iter(),
        time,
        middle,
        &mut sheet.shapes,
        &mut sheet.labels,
    );
    if !chart.notes.is_empty() {
        let at = (left - 6.0, middle + 4.0);
        sheet.label(at, "Notes", Anchor::End, TextStyle::Faint);
    }
    IntradayLayout {
        picture: Picture {
            size: Size::new(width_px, floor + AXIS_PX),
            shapes: sheet.shapes,
            labels: sheet.labels,
        },
        time,
        floor,
        notes,
        rows: frames.into_iter().zip(scales).collect(),
    }
}

/// Where each row is, and where the axis begins.
fn frames(rows: &[Row<'_>], left: f64, right: f64) -> (Vec<Rect>, f64) {
    let mut top = 4.0;
    let frames = rows
        .iter()
        .map(|row| {
            if row.heading.is_some() {
                top += HEADING_PX;
            }
            let height = if row.height_px.is_finite() {
                row.height_px.clamp(20.0, 2_000.0)
            } else {
                20.0
            };
            let frame = Rect::between(left, top, right, top + height);
            top += height + GAP_PX;
            if row.lane.is_some() {
                top += LANE_PX;
            }
            frame
        })
        .collect();
    (frames, top)
}

fn heading_of(sheet: &mut Sheet, twin: Twin, name: &str, frame: Rect) {
    let baseline = frame.y - 10.0;
    let mark = Point::new(frame.x + 5.0, baseline - 5.0);
    sheet
        .shapes
        .push(Shape::mark(twin, mark, 5.0, Role::of_twin(twin)));
    let style = match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    };
    sheet.label((frame.x + 17.0, baseline), name, Anchor::Start, style);
}

fn missing(sheet: &mut Sheet, reason: &str, frame: Rect) {
    sheet
        .shapes
        .push(Shape::outline(frame.corners().to_vec(), 1.0, Role::Grid));
    let middle = (
        f64::midpoint(frame.x, frame.right()),
        f64::midpoint(frame.y, frame.bottom()) + 4.0,
    );
    sheet.label(middle, reason, Anchor::Middle, TextStyle::Muted);
}

/// Shapes and labels as they gather.
struct Sheet {
    time: Linear,
    sight: Sight,
    shapes: Vec<Shape>,
    labels: Vec<Label>,
}

impl Sheet {
    fn x(&self, at_s: impl Into<f64>) -> f64 {
        self.time.at(at_s.into())
    }

    fn label(&mut self, at: (f64, f64), text: impl Into<String>, anchor: Anchor, style: TextStyle) {
        self.labels.push(Label::new(at, text, anchor, style));
    }
}
