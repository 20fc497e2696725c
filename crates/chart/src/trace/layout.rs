//! Where everything of a trace goes.

use physiology::Twin;

use super::extents::{TraceExtents, trace_extents};
use super::input::TraceChart;
use super::samples::sample_at;
use super::{axis, ground, lines};
use crate::input::{Options, Size, index};
use crate::notes::{NoteMark, ROW_PX, mark_notes, row_px};
use crate::palette::Role;
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::{Point, Rect, Shape};

/// A trace laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceLayout {
    /// What is shown of it, in the size it was laid out for.
    pub picture: Picture,
    /// From s after local midnight, as far as they are looked at, to px.
    pub time: Linear,
    /// The panels, top to bottom.
    pub panels: Vec<TracePanel>,
    /// From m to px; none without altitude.
    pub altitude: Option<Linear>,
    /// Where the time axis lies, px.
    pub floor: f64,
    /// Where notes can be pointed at, left to right.
    pub notes: Vec<NoteMark>,
}

/// A panel and its scale.
#[derive(Debug, Clone, PartialEq)]
pub struct TracePanel {
    /// Whose traces it holds.
    pub twins: Vec<Twin>,
    /// Where it is.
    pub rect: Rect,
    /// From bpm to px.
    pub values: Linear,
}

/// Sizes, px.
pub(super) struct Plan {
    pub(super) left: f64,
    pub(super) right: f64,
    top: f64,
    gap: f64,
    pub(super) strip: f64,
    axis: f64,
}

impl Plan {
    fn new(size: Size, options: Options) -> Self {
        let (left, right_margin, gap, strip, axis) = if options.compact {
            (30.0, 26.0, 10.0, 46.0, 24.0)
        } else {
            (34.0, 34.0, 12.0, 52.0, 26.0)
        };
        Self {
            left,
            right: (size.width_px - right_margin).max(left + 10.0),
            top: options.top_px - 4.0,
            gap,
            strip,
            axis,
        }
    }
}

/// Lays a trace out for a picture of `size`.
pub fn trace_layout(chart: &TraceChart<'_>, size: Size, options: Options) -> TraceLayout {
    trace_layout_within(chart, &trace_extents(chart), size, options)
}

/// [`trace_layout`] with the extents of the same traces, read before: work is linear in the samples
/// in sight, and what is painted is bounded by the picture's width.
pub fn trace_layout_within(
    chart: &TraceChart<'_>,
    extents: &TraceExtents,
    size: Size,
    options: Options,
) -> TraceLayout {
    let plan = Plan::new(size, options);
    let has_altitude = !chart.altitude.is_empty();
    let floor = (size.height_px - plan.axis).max(plan.top + 60.0);
    let strip_px = if has_altitude {
        plan.strip + plan.gap
    } else {
        0.0
    };
    let bottom = (floor - strip_px - row_px(chart.notes)).max(plan.top + 40.0);
    let groups = chart.panels.groups();
    let count = groups.len() as f64;
    let height = ((bottom - plan.top - plan.gap * (count - 1.0)) / count).max(10.0);
    let (low, high) = domain(chart, extents, height);
    let panels: Vec<TracePanel> = groups
        .into_iter()
        .enumerate()
        .map(|(position, twins)| {
            let top = plan.top + position as f64 * (height + plan.gap);
            TracePanel {
                twins,
                rect: Rect::between(plan.left, top, plan.right, top + height),
                values: Linear::new((low, high), (top + height, top)),
            }
        })
        .collect();
    let shown = chart.shown();
    let time = Linear::new((shown.from, shown.to), (plan.left, plan.right));
    let mut layout = TraceLayout {
        picture: Picture::empty(size),
        time,
        panels,
        altitude: None,
        floor,
        notes: Vec::new(),
    };
    ground::zones(&mut layout, chart);
    lines::lines(&mut layout, chart);
    if has_altitude {
        ground::altitude(&mut layout, chart, extents, &plan);
    }
    axis::axis(&mut layout, chart, &plan, options);
    layout.notes = mark_notes(
        chart.notes.iter(),
        time,
        bottom + ROW_PX / 2.0,
        &mut layout.picture.shapes,
        &mut layout.picture.labels,
    );
    layout
}

/// What every panel's scale spans, bpm: both twins' values, and the bounds between the zones. No
/// value lies in the panel's first line, where the names stand.
fn domain(chart: &TraceChart<'_>, extents: &TraceExtents, height_px: f64) -> (f64, f64) {
    const AROUND_VALUES_BPM: f64 = 4.0;
    const NAMES_PX: f64 = 26.0;
    const AROUND_BOUNDS_BPM: f64 = 4.0;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut top = f64::NEG_INFINITY;
    if let Some((lowest, highest)) = extents.bpm {
        low = lowest - AROUND_VALUES_BPM;
        high = highest + AROUND_VALUES_BPM;
        top = highest;
    }
    for twin in &chart.twins {
        if let Some([_, second, .., fifth, _]) = twin.bounds_bpm.filter(sound) {
            low = low.min(second - AROUND_BOUNDS_BPM);
            high = high.max(fifth + 2.0 * AROUND_BOUNDS_BPM);
        }
    }
    if low >= high {
        return (60.0, 180.0);
    }
    let of_names = (NAMES_PX / height_px).min(0.4);
    (low, high.max((top - of_names * low) / (1.0 - of_names)))
}

/// Whether bounds are heart rates, in order.
pub(super) fn sound(bounds: &[f64; 6]) -> bool {
    bounds.iter().all(|bound| (0.0..=400.0).contains(bound)) && bounds.is_sorted()
}

/// What lies over the trace while the crosshair stands at a time: rings lie on the samples nearest to
/// it, where they are in sight.
pub fn trace_crosshair(layout: &TraceLayout, chart: &TraceChart<'_>, at_s: f64) -> Vec<Shape> {
    if !at_s.is_finite() {
        return Vec::new();
    }
    let (from, to) = layout.time.domain();
    let at_s = at_s.clamp(from, to);
    let x = layout.time.at(at_s);
    let top = layout.panels.first().map_or(0.0, |panel| panel.rect.y);
    let mut shapes = vec![Shape::upright(x, top - 12.0, layout.floor, 1.0, Role::Ink)];
    for panel in &layout.panels {
        for twin in panel.twins.iter().rev() {
            let found = sample_at(chart, &chart.twins[index(*twin)], at_s);
            let Some((second, bpm)) = found.filter(|found| {
                let second = f64::from(found.0);
                from <= second && second <= to
            }) else {
                continue;
            };
            let centre = Point::new(
                layout.time.at(f64::from(second)),
                panel.values.at(f64::from(bpm)),
            );
            for (half, role) in [(6.25, Role::of_twin(*twin)), (3.75, Role::Sheet)] {
                shapes.push(Shape::mark(*twin, centre, half, role));
            }
        }
    }
    if let Some((scale, altitude_m)) = layout.altitude.zip(chart.altitude_m(at_s)) {
        let centre = Point::new(x, scale.at(altitude_m));
        for (radius_px, role) in [(4.5, Role::Ink), (2.5, Role::Sheet)] {
            shapes.push(Shape::Disc {
                centre,
                radius_px,
                role,
            });
        }
    }
    shapes
}
