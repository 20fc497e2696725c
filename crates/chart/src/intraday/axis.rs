//! The hours, and what is marked under a row.

use super::{GAP_PX, Intraday, LANE_PX, Lane, Sheet};
use crate::palette::Role;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, TextStyle};

const HOUR_S: i32 = 3_600;
/// The steps of the axis, h.
const STEPS_H: [i32; 6] = [1, 2, 3, 4, 6, 12];
/// Between two labels, px.
const APART_PX: f64 = 12.0;

/// A line at each labelled hour, behind everything; midnight's is stronger.
pub(super) fn ground(sheet: &mut Sheet, chart: &Intraday<'_>, frames: &[Rect], floor: f64) {
    let Some(first) = frames.first() else {
        return;
    };
    for at_s in ticks(sheet, chart) {
        let role = if at_s % (24 * HOUR_S) == 0 {
            Role::Axis
        } else {
            Role::Grid
        };
        let line = Shape::upright(sheet.x(at_s), first.y, floor - GAP_PX, 1.0, role);
        sheet.shapes.push(line);
    }
}

/// The axis itself, with its hours.
pub(super) fn hours(sheet: &mut Sheet, chart: &Intraday<'_>, floor: f64) {
    let (left, right) = sheet.time.range();
    sheet
        .shapes
        .push(Shape::level(left, right, floor - GAP_PX, Role::Axis));
    let mut free_from = 0.0;
    for at_s in ticks(sheet, chart) {
        let x = sheet.x(at_s);
        let text = chart.clock.time(at_s.into());
        let half = TextStyle::Muted.width_px(&text) / 2.0;
        // At the ends the label stays within the picture.
        let x = x.min(right + 8.0 - half).max(half);
        if x - half < free_from {
            continue;
        }
        free_from = x + half + 2.0;
        sheet.label((x, floor + 6.0), text, Anchor::Middle, TextStyle::Muted);
    }
}

fn ticks(sheet: &Sheet, chart: &Intraday<'_>) -> Vec<i32> {
    let span_s = f64::from(chart.to_s) - f64::from(chart.from_s);
    if span_s <= 0.0 {
        return Vec::new();
    }
    let (left, right) = sheet.time.range();
    let hour_px = (right - left) * f64::from(HOUR_S) / span_s;
    // Noon: of the widest there are.
    let widest = chart.clock.time(12 * i64::from(HOUR_S));
    let apart_px = TextStyle::Muted.width_px(&widest) + APART_PX;
    let step_h = STEPS_H
        .into_iter()
        .find(|step_h| f64::from(*step_h) * hour_px >= apart_px)
        .unwrap_or(24);
    let step_s = step_h * HOUR_S;
    let first = chart.from_s.div_euclid(step_s) + i32::from(chart.from_s.rem_euclid(step_s) > 0);
    let last = chart.to_s.div_euclid(step_s);
    // Even the longest axis that makes sense has fewer.
    (first..=last.min(first.saturating_add(200)))
        .map(|step| step * step_s)
        .collect()
}

/// Times in bed, shaded behind the row.
pub(super) fn shade(sheet: &mut Sheet, chart: &Intraday<'_>, lane: Lane<'_>, frame: Rect) {
    for (from_s, to_s) in lane.asleep {
        let (from_s, to_s) = ((*from_s).max(chart.from_s), (*to_s).min(chart.to_s));
        if from_s < to_s {
            sheet.shapes.push(Shape::Fill {
                rect: Rect::between(sheet.x(from_s), frame.y, sheet.x(to_s), frame.bottom()),
                role: Role::Band,
            });
        }
    }
}

/// What is marked under a row: times in bed as bars, workouts as outlines.
pub(super) fn lane(sheet: &mut Sheet, chart: &Intraday<'_>, lane: Lane<'_>, frame: Rect) {
    let (top, bottom) = (frame.bottom() + 4.0, frame.bottom() + LANE_PX - 2.0);
    let place = |sheet: &Sheet, from_s: i32, to_s: i32| {
        let (from_s, to_s) = (from_s.max(chart.from_s), to_s.min(chart.to_s));
        (from_s < to_s).then(|| Rect::between(sheet.x(from_s), top, sheet.x(to_s), bottom))
    };
    for (from_s, to_s) in lane.asleep {
        if let Some(rect) = place(sheet, *from_s, *to_s) {
            sheet.shapes.push(Shape::Fill {
                rect,
                role: Role::AltitudeFill,
            });
            words(sheet, rect, "In bed");
        }
    }
    for (from_s, to_s, name) in lane.workouts {
        if let Some(rect) = place(sheet, *from_s, *to_s) {
            sheet.shapes.push(Shape::outline(
                rect.corners().to_vec(),
                1.0,
                Role::AltitudeLine,
            ));
            words(sheet, rect, name);
        }
    }
}

/// Words in the middle of a mark, where they fit.
fn words(sheet: &mut Sheet, rect: Rect, text: &str) {
    if TextStyle::Muted.width_px(text) + 8.0 <= rect.width {
        let x = f64::midpoint(rect.x, rect.right());
        sheet.label(
            (x, rect.bottom() - 4.0),
            text,
            Anchor::Middle,
            TextStyle::Muted,
        );
    }
}
