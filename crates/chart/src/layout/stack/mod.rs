//! Several metrics, one over the other on one time axis, altitude below.

mod arrange;
mod brush;
mod context;
mod cursor;
mod dense;
mod difference;
mod events;
mod frames;
mod gaps;
mod ground;
mod lane;
mod measures;
mod values;
mod words;

pub use arrange::{stack, stack_on};
pub use brush::{
    BrushPart, Strip, brush, brush_at, brush_edges, brush_handle, brush_part, strip_bounds,
    strip_days,
};
pub use cursor::{stack_cursor, stack_cursor_at, stack_line_at, stack_night_at, stack_time};
pub use dense::LineValue;
pub use ground::{StackGround, stack_bounds};
pub use words::stack_summary;

use physiology::baseline::Band;
use physiology::units::Clock;
use physiology::{Day, Timestamp, Twin};

use crate::hit;
use crate::input::{TwinChart, index};
use crate::line::Bucketed;
use crate::notes::{AxisNote, NoteMark};
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::Rect;
use crate::view::View;

/// Several metrics over the same nights.
///
/// Every lane holds the same nights, altitude and clock; those of the first are drawn. The twins
/// lie on one scale whoever is shown, and time is never split. [`Stack::default`] is a stack of nothing, to start from.
#[derive(Debug, Clone, Copy)]
pub struct Stack<'a> {
    /// The lanes, from the top.
    pub lanes: &'a [StackLane<'a>],
    /// When the party arrives at places that have a name.
    pub arrivals: &'a [Timestamp],
    /// Days on which a twin recorded a workout.
    pub workouts: &'a [(Day, Twin)],
    /// What is looked at, ms since the epoch; all nights without one. It is brought within
    /// [`stack_bounds`].
    pub view: Option<View>,
    /// Where the clock stands: from when, how far ahead of UTC, s; in order of time. The first also
    /// holds before it; without any, the first lane's `utc_offset_s` does.
    pub zone: &'a [(Timestamp, i32)],
    /// How whoever looks likes times of day.
    pub clock: Clock,
    /// Samples of both twins, as lanes under the nightly ones.
    pub lines: &'a [StackLine<'a>],
    /// How many columns of device pixels a pixel has: lines are thinned to what draws the same.
    pub columns_per_px: f64,
    /// How the twins are set against each other.
    pub mode: StackMode,
    /// Which twins are drawn, A first; a difference is of both whatever this says.
    pub shown: [bool; 2],
    /// Times asleep, from, to: shaded behind lines where days are wide enough. Nightly lanes are of
    /// times asleep alone, and keep their bands plain.
    pub nights: &'a [(Timestamp, Timestamp)],
    /// What was noted, ms since the epoch, as marks over the altitude strip.
    pub notes: &'a [AxisNote],
    /// Workouts from, to, whose and what: outlined where days are wide enough, instead of the marks
    /// of [`Stack::workouts`].
    pub workout_spans: &'a [(Timestamp, Timestamp, Twin, &'a str)],
}

/// How the twins are set against each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum StackMode {
    /// Both on one plot.
    #[default]
    Overlay,
    /// A on the left, B on the right, on the same scales.
    Side,
    /// A − B of each night. Lines of samples lie on one plot, as in [`StackMode::Overlay`].
    Difference,
}

impl Default for Stack<'_> {
    fn default() -> Self {
        Self {
            lanes: &[],
            arrivals: &[],
            workouts: &[],
            view: None,
            zone: &[],
            clock: Clock::default(),
            lines: &[],
            columns_per_px: 1.0,
            mode: StackMode::default(),
            shown: [true, true],
            nights: &[],
            notes: &[],
            workout_spans: &[],
        }
    }
}

/// One metric of the stack.
#[derive(Debug, Clone, Copy)]
pub struct StackLane<'a> {
    /// The metric, its nights, its band and its limit.
    pub chart: TwinChart<'a>,
    /// What is to be expected of each night, in the order of the nights; empty where nothing is.
    pub expected: &'a [Option<Band>],
    /// Nights outside what is usual for a twin: their place among the nights, and whose.
    pub unusual: &'a [(usize, Twin)],
    /// The baseline's mean A − B, and its lower and upper limit of agreement (± 1.96 SD): for
    /// [`StackMode::Difference`].
    pub agreement: Option<(f64, f64, f64)>,
}

/// Samples of both twins on one scale.
#[derive(Debug, Clone, Copy)]
pub struct StackLine<'a> {
    /// What it shows: `Heart rate`.
    pub name: &'a str,
    /// The values' unit; may be empty.
    pub unit: &'a str,
    /// Each twin's samples, or buckets of them, in order of time, A first. What is beyond the
    /// edges of the view is not looked at, but for the nearest.
    pub twins: [&'a [Bucketed]; 2],
    /// The lowest and the highest value of the scale, the same for every view.
    pub scale: (f64, f64),
    /// Each twin's borders of zones, lowest first, A first.
    pub zones: [Option<&'a [f64]>; 2],
    /// Why a twin has no samples, A first.
    pub missing: [Option<&'a str>; 2],
}

/// A stack laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct StackLayout {
    /// What is shown of it, in the size it was laid out for.
    pub picture: Picture,
    /// What is looked at, ms since the epoch; none without nights.
    pub view: Option<View>,
    /// Where the lanes are, from the top.
    pub lanes: Vec<LaneFrame>,
    /// Where the lines are, from the top.
    pub lines: Vec<LaneFrame>,
    /// The bottom of the altitude strip, where the axis begins, px.
    pub floor: f64,
    /// The left and right ends of the time axis, px.
    pub across: (f64, f64),
    /// The stretches of the picture that time runs over, left to right.
    pub columns: Vec<StackColumn>,
    /// Where the crosshair can stand, left to right: the nights in sight.
    pub stops: Vec<StackStop>,
    /// Where notes can be pointed at, column by column, left to right. Boxes are at least 24 px each
    /// way, and may overlap.
    pub notes: Vec<NoteMark>,
    /// The top of the altitude strip, px; equal to the floor without one.
    altitude_top: f64,
    compact: bool,
}

/// A stretch of the picture that time runs over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StackColumn {
    /// Left edge, px.
    pub left: f64,
    /// Right edge, px.
    pub right: f64,
    /// From ms since the epoch to px.
    pub time: Linear,
    /// Which twins are drawn in it, A first.
    pub shown: [bool; 2],
}

/// Where one lane is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneFrame {
    /// Where values are drawn.
    pub plot: Rect,
    /// The scale of values; none when there is nothing to scale.
    pub values: Option<Linear>,
}

impl LaneFrame {
    /// Where a value is, px, within the plot; none without a scale.
    fn at(&self, value: f64) -> Option<f64> {
        let y = self.values?.at(value);
        Some(y.clamp(self.plot.y, self.plot.bottom()))
    }
}

/// Where the crosshair can stand: one night, measured or missing.
#[derive(Debug, Clone, PartialEq)]
pub struct StackStop {
    /// The night's place among the nights given.
    pub night: usize,
    /// When it is on the time axis, ms since the epoch.
    pub at_ms: f64,
    /// Where, px, in the first column.
    pub x: f64,
    /// Lane by lane, where each twin's value is, px, A first; none where differences are drawn.
    pub y: Vec<[Option<f64>; 2]>,
    /// Lane by lane, where A − B is, px; only where differences are drawn.
    pub difference_y: Vec<Option<f64>>,
    /// Where the sleeping altitude is, px.
    pub altitude_y: Option<f64>,
}

impl StackLayout {
    /// The index of the stop nearest to `x`, px, in whichever column; the earlier of two as near.
    /// None without nights in sight.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        hit::nearest(&self.stops, self.in_first_column(x), |stop| stop.x)
    }

    /// The index of the newest stop.
    pub fn newest(&self) -> Option<usize> {
        self.stops.len().checked_sub(1)
    }

    /// The instant at `x`, px, in whichever column, ms since the epoch; within what is looked at.
    /// None without a time axis.
    pub fn time_at(&self, x: f64) -> Option<f64> {
        let column = self.column_at(x).filter(|_| x.is_finite())?;
        let (from, to) = column.time.domain();
        let at_ms = column.time.invert(x.clamp(column.left, column.right));
        Some(at_ms.clamp(from, to.max(from)))
    }

    /// The column that a twin is drawn in.
    fn column_of(&self, twin: Twin) -> Option<&StackColumn> {
        self.columns.iter().find(|column| column.shown[index(twin)])
    }

    /// The column that `x`, px, is in or nearest to.
    fn column_at(&self, x: f64) -> Option<&StackColumn> {
        let next = self.columns.iter().position(|column| x < column.left);
        let end = next.unwrap_or(self.columns.len());
        let before = end.checked_sub(1).and_then(|index| self.columns.get(index));
        match (before, next.and_then(|index| self.columns.get(index))) {
            (Some(before), Some(next)) if next.left - x < x - before.right => Some(next),
            (Some(column), _) | (None, Some(column)) => Some(column),
            (None, None) => None,
        }
    }

    /// The position in the first column that shows the same instant.
    fn in_first_column(&self, x: f64) -> f64 {
        let (Some(first), Some(column)) = (self.columns.first(), self.column_at(x)) else {
            return x;
        };
        x - column.left + first.left
    }
}
