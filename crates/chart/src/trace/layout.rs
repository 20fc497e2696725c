//! Where everything of a trace goes.

use super::extents::{TraceExtents, trace_extents};
use super::input::TraceChart;
use super::parts::{Plan, TraceLayout, TracePanel, sound};
use super::{axis, ground, lines};
use crate::input::{Options, Size};
use crate::notes::{ROW_PX, mark_notes, row_px};
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::Rect;

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
