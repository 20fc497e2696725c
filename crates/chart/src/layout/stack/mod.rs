//! Several metrics, one over the other on one time axis, altitude below.

mod cursor;
mod lane;
mod words;

pub use cursor::stack_cursor;
pub use words::stack_summary;

use physiology::baseline::Band;
use physiology::{Day, Timestamp, Twin};

use super::Sheet;
use super::altitude::{self, Profile};
use super::axis;
use super::domain::ValueAxis;
use super::frame::{DAY_MS, Frame, NightAt, Nights, Panel, Plan, room_after};
use crate::input::{Options, Size, TwinChart, index};
use crate::palette::Role;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};

/// Several metrics over the same nights.
///
/// Every lane holds the same nights, altitude and clock; those of the first are drawn. The twins
/// are both shown and time is never split.
#[derive(Debug, Clone, Copy)]
pub struct Stack<'a> {
    /// The lanes, from the top.
    pub lanes: &'a [StackLane<'a>],
    /// When the party arrives at places that have a name.
    pub arrivals: &'a [Timestamp],
    /// Days on which a twin recorded a workout.
    pub workouts: &'a [(Day, Twin)],
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
}

/// A stack laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct StackLayout {
    /// The size it was laid out for.
    pub size: Size,
    /// Where the lanes are, from the top.
    pub lanes: Vec<LaneFrame>,
    /// The bottom of the altitude strip, where the axis begins, px.
    pub floor: f64,
    /// The left and right ends of the time axis, px.
    pub across: (f64, f64),
    /// What to paint, in order.
    pub shapes: Vec<Shape>,
    /// What to set as text.
    pub labels: Vec<Label>,
    /// Where the crosshair can stand, left to right.
    pub stops: Vec<StackStop>,
    /// The top of the altitude strip, px; equal to the floor without one.
    altitude_top: f64,
    compact: bool,
}

/// Where one lane is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneFrame {
    /// Where values are drawn.
    pub plot: Rect,
    /// The scale of values; none when there is nothing to scale.
    pub values: Option<Linear>,
}

/// Where the crosshair can stand: one night, measured or missing.
#[derive(Debug, Clone, PartialEq)]
pub struct StackStop {
    /// The night's place among the nights given.
    pub night: usize,
    /// Where, px.
    pub x: f64,
    /// Lane by lane, where each twin's value is, px, A first.
    pub y: Vec<[Option<f64>; 2]>,
    /// Where the sleeping altitude is, px.
    pub altitude_y: Option<f64>,
}

/// Measures that differ between a tablet and a phone, px.
struct Measures {
    /// The line that names a lane, over its plot; on a phone its values are a second line.
    head: f64,
    plot: f64,
    gap: f64,
    strip: f64,
    axis: f64,
    /// The row of workouts, where there are any.
    workouts: f64,
    /// Room for values on the right.
    column: f64,
    least_left: f64,
}

impl Measures {
    const TOP: f64 = 6.0;
    /// From a lane's name, and from its values on a phone, down to the plot.
    const ABOVE_PLOT: f64 = 9.0;
    /// From a phone's name of a lane to its values.
    const LINE: f64 = 18.0;

    const fn of(compact: bool) -> Self {
        if compact {
            Self {
                head: 42.0,
                plot: 72.0,
                gap: 14.0,
                strip: 56.0,
                axis: 36.0,
                workouts: 26.0,
                column: 12.0,
                least_left: 28.0,
            }
        } else {
            Self {
                head: 24.0,
                plot: 82.0,
                gap: 14.0,
                strip: 66.0,
                axis: 40.0,
                workouts: 26.0,
                column: 128.0,
                least_left: 34.0,
            }
        }
    }

    fn lane(&self) -> f64 {
        self.head + self.plot + self.gap
    }
}

/// How high a stack is, px: the same for every width of its kind.
fn height_px(stack: &Stack<'_>, has_altitude: bool, measures: &Measures) -> f64 {
    let strip = if has_altitude {
        measures.strip + 8.0
    } else {
        0.0
    };
    let workouts = if stack.workouts.is_empty() {
        0.0
    } else {
        measures.workouts
    };
    Measures::TOP
        + stack.lanes.len().max(1) as f64 * measures.lane()
        + workouts
        + strip
        + measures.axis
}

impl StackLayout {
    /// The index of the stop nearest to `x`, px; the earlier of two as near. None without nights.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let after = self.stops.partition_point(|stop| stop.x < x);
        let before = after.checked_sub(1);
        match (before, self.stops.get(after)) {
            (Some(before), Some(next)) if next.x - x < x - self.stops[before].x => Some(after),
            (Some(before), _) => Some(before),
            (None, Some(_)) => Some(after),
            (None, None) => None,
        }
    }

    /// The index of the newest night's stop.
    pub fn newest(&self) -> Option<usize> {
        self.stops.len().checked_sub(1)
    }
}

/// Lays a stack out for a picture `width_px` wide, compactly where that is a phone's width.
pub fn stack(stack: &Stack<'_>, width_px: f64) -> StackLayout {
    let options = Options::for_width(width_px);
    let measures = Measures::of(options.compact);
    let first = stack.lanes.first().map(|lane| lane.chart);
    let profile = Profile::of(first.map_or(&[], |chart| chart.altitude));
    let height_px = height_px(stack, !profile.is_empty(), &measures);
    let size = Size::new(width_px, height_px);
    let floor = size.height_px - measures.axis;
    let altitude_top = if profile.is_empty() {
        floor
    } else {
        floor - measures.strip
    };

    let axes: Vec<Option<ValueAxis>> = stack
        .lanes
        .iter()
        .map(|lane| ValueAxis::of(&lane.chart, &nights_of(&lane.chart), MOST_INTERVALS))
        .collect();
    let left = stack
        .lanes
        .iter()
        .zip(&axes)
        .filter_map(|(lane, axis)| Some(axis.as_ref()?.widest_tick_px(lane.chart.written) + 12.0))
        .fold(measures.least_left, f64::max);
    let right = (size.width_px - measures.column).max(left + 40.0);
    let panel = first.and_then(|chart| panel(&chart, !profile.is_empty(), left, right));
    let plan = |plot: Rect, width_px: f64| Plan {
        options: Options {
            compact: true,
            ..options
        },
        size: Size::new(width_px, size.height_px),
        frame: Frame { plot, floor },
        panels: panel.into_iter().collect(),
        lanes_top: plot.bottom(),
        altitude_top,
        left,
    };

    let mut sheet = Sheet::default();
    if let (Some(panel), Some(chart)) = (panel, first) {
        day_one(&mut sheet, &chart, panel, Measures::TOP, floor);
    }
    let mut told = Vec::new();
    let mut drawn = Vec::new();
    for (place, (lane, axis)) in stack.lanes.iter().zip(&axes).enumerate() {
        let top = Measures::TOP + place as f64 * measures.lane() + measures.head;
        let plot = Rect::between(left, top, right, top + measures.plot);
        let plan = plan(plot, size.width_px);
        let nights = nights_of(&lane.chart);
        let line = if options.compact { Measures::LINE } else { 0.0 };
        let name_y = top - Measures::ABOVE_PLOT - line;
        let values = lane::draw(
            &mut sheet,
            lane,
            &nights,
            &plan,
            axis.as_ref(),
            name_y,
            &mut told,
        );
        drawn.push(LaneFrame { plot, values });
    }

    let mut altitudes = None;
    if let Some(chart) = first {
        let nights = nights_of(&chart);
        // The strip ends with the lanes: what stands on its right is the crosshair's.
        let strip = plan(Rect::between(left, altitude_top, right, floor), right);
        altitudes = altitude::strip(&mut sheet, &chart, &nights, &strip, &profile);
        arrivals(&mut sheet, stack.arrivals, panel, floor);
        let row = Measures::TOP + stack.lanes.len() as f64 * measures.lane() + 8.0;
        workouts(
            &mut sheet,
            stack.workouts,
            &chart,
            panel,
            row,
            options.compact,
        );
        let whole = plan(
            Rect::between(left, altitude_top, right, floor),
            size.width_px,
        );
        if !nights.shown.is_empty() {
            axis::axis(&mut sheet, true, &nights, &whole);
        }
    }
    let stops = match (first, panel) {
        (Some(chart), Some(panel)) => nights_of(&chart)
            .shown
            .iter()
            .map(|night| stop(stack, &drawn, night, panel, altitudes, altitude_top, floor))
            .collect(),
        _ => Vec::new(),
    };
    if stops.is_empty() {
        sheet.label(
            (size.width_px / 2.0, size.height_px / 2.0),
            "No nights in this range",
            Anchor::Middle,
            TextStyle::Muted,
        );
    }
    StackLayout {
        size,
        lanes: drawn,
        floor,
        across: (left, right),
        shapes: sheet.shapes,
        labels: sheet.labels,
        stops,
        altitude_top,
        compact: options.compact,
    }
}

/// A lane is low: its value axis is cut into at most so many steps.
const MOST_INTERVALS: u32 = 3;

/// The nights of a lane. Time is never split here, whatever the lane's chart says.
fn nights_of<'a>(chart: &TwinChart<'a>) -> Nights<'a> {
    Nights::of(&TwinChart {
        split: false,
        ..*chart
    })
}

fn panel(chart: &TwinChart<'_>, has_altitude: bool, left: f64, right: f64) -> Option<Panel> {
    let nights = nights_of(chart);
    let (first, last) = (nights.shown.first()?, nights.shown.last()?);
    let from = first.at_ms - 0.43 * DAY_MS;
    let to = last.at_ms + room_after(last.at_ms, chart.now, has_altitude);
    Some(Panel {
        left,
        right,
        time: Linear::new((from, to), (left, right)),
        is_baseline: false,
    })
}

/// The line through all lanes where the expedition begins: between the night before and its own.
fn day_one(sheet: &mut Sheet, chart: &TwinChart<'_>, panel: Panel, top: f64, floor: f64) {
    let at = chart
        .days
        .iter()
        .find(|day| Some(day.day) == chart.day_one)
        .map(|day| day.at.unix_ms() as f64 - 0.5 * DAY_MS)
        .filter(|at_ms| *at_ms > panel.time.domain().0);
    let Some(at_ms) = at else {
        return;
    };
    let x = panel.time.at(at_ms).round() + 0.5;
    sheet.shapes.push(Shape::Line {
        points: vec![Point::new(x, top), Point::new(x, floor)],
        width_px: 1.0,
        dash: Dash::DAY_ONE,
        role: Role::AltitudeLine,
    });
}

/// A tick on the ground wherever the party arrives.
fn arrivals(sheet: &mut Sheet, arrivals: &[Timestamp], panel: Option<Panel>, floor: f64) {
    let Some(panel) = panel else {
        return;
    };
    let (from, to) = panel.time.domain();
    for at in arrivals {
        let at_ms = at.unix_ms() as f64;
        if (from..=to).contains(&at_ms) {
            let x = panel.time.at(at_ms);
            sheet
                .shapes
                .push(Shape::upright(x, floor - 5.0, floor, 1.5, Role::Ink));
        }
    }
}

/// Nights stand at their mid-sleep, about 02:00; so long is it to noon, ms.
const TO_NOON_MS: f64 = 10.0 * 3_600_000.0;

/// A mark for every day a twin recorded a workout, at its noon; A's over B's.
fn workouts(
    sheet: &mut Sheet,
    workouts: &[(Day, Twin)],
    chart: &TwinChart<'_>,
    panel: Option<Panel>,
    middle: f64,
    compact: bool,
) {
    let Some(panel) = panel.filter(|_| !workouts.is_empty()) else {
        return;
    };
    let half = (panel.day_px() * 0.2).clamp(1.5, 3.5);
    for (day, twin) in workouts {
        let place = chart.days.binary_search_by_key(day, |night| night.day);
        let Some(night) = place.ok().and_then(|place| chart.days.get(place)) else {
            continue;
        };
        let x = panel.time.at(night.at.unix_ms() as f64 + TO_NOON_MS);
        if x <= panel.right {
            let y = middle - 5.0 + 10.0 * index(*twin) as f64;
            let mark = Shape::mark(*twin, Point::new(x, y), half, Role::of_twin(*twin));
            sheet.shapes.push(mark);
        }
    }
    if !compact {
        sheet.label(
            (panel.right + 18.0, middle + 4.0),
            "Workouts",
            Anchor::Start,
            TextStyle::Muted,
        );
    }
}

fn stop(
    stack: &Stack<'_>,
    lanes: &[LaneFrame],
    night: &NightAt<'_>,
    panel: Panel,
    altitudes: Option<Linear>,
    altitude_top: f64,
    floor: f64,
) -> StackStop {
    let place = night.night.place();
    let y = stack
        .lanes
        .iter()
        .zip(lanes)
        .map(|(lane, frame)| {
            let mut both = [None, None];
            for twin in Twin::BOTH {
                both[index(twin)] = lane
                    .chart
                    .days
                    .get(place)
                    .and_then(|day| TwinChart::value(day, twin))
                    .zip(frame.values)
                    .map(|(value, scale)| scale.at(value));
            }
            both
        })
        .collect();
    StackStop {
        night: place,
        x: panel.time.at(night.at_ms),
        y,
        altitude_y: night
            .day
            .sleeping_altitude_m
            .filter(|altitude_m| altitude_m.is_finite())
            .and_then(|altitude_m| {
                let y = altitudes?.at(altitude_m);
                Some(y.clamp(altitude_top, floor))
            }),
    }
}
