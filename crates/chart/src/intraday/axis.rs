//! The hours, and what is marked under a row.

use super::{GAP_PX, Intraday, LANE_PX, Lane, Sheet, words};
use crate::hours::step_s;
use crate::palette::Role;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, TextStyle};

const HOUR_S: i32 = 3_600;
/// Between two labels, px.
const APART_PX: f64 = 12.0;

/// A line at each labelled hour, behind everything; midnight's, or sleep onset's, is stronger.
pub(super) fn ground(sheet: &mut Sheet, chart: &Intraday<'_>, frames: &[Rect], floor: f64) {
    let Some(first) = frames.first() else {
        return;
    };
    for at_s in ticks(sheet, chart) {
        let role = if at_s % i64::from(24 * HOUR_S) == 0 {
            Role::Axis
        } else {
            Role::Grid
        };
        let line = Shape::upright(
            sheet.time.at(at_s as f64),
            first.y,
            floor - GAP_PX,
            1.0,
            role,
        );
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
        let x = sheet.time.at(at_s as f64);
        let text = words::tick(chart, at_s, free_from == 0.0);
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

fn ticks(sheet: &Sheet, chart: &Intraday<'_>) -> Vec<i64> {
    let shown = chart.shown();
    if shown.span() <= 0.0 {
        return Vec::new();
    }
    let (left, right) = sheet.time.range();
    let apart_px = TextStyle::Muted.width_px(&words::widest_tick(chart)) + APART_PX;
    // All of a night or a day is read by the hour; closer than that down to the minute.
    let least_s = if chart.is_part() { 60 } else { HOUR_S };
    let step_s = step_s((right - left) / shown.span(), apart_px, least_s);
    crate::hours::ticks(shown, step_s).collect()
}

/// Times in bed, shaded behind the row.
pub(super) fn shade(sheet: &mut Sheet, chart: &Intraday<'_>, lane: Lane<'_>, frame: Rect) {
    for (from_s, to_s) in lane.asleep {
        if let Some((from_s, to_s)) = chart.cut(*from_s, *to_s) {
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
        let (from_s, to_s) = chart.cut(from_s, to_s)?;
        Some(Rect::between(sheet.x(from_s), top, sheet.x(to_s), bottom))
    };
    for (from_s, to_s) in lane.asleep {
        if let Some(rect) = place(sheet, *from_s, *to_s) {
            sheet.shapes.push(Shape::Fill {
                rect,
                role: Role::AltitudeFill,
            });
            inside(sheet, rect, "In bed");
        }
    }
    for (from_s, to_s, name) in lane.workouts {
        if let Some(rect) = place(sheet, *from_s, *to_s) {
            sheet.shapes.push(Shape::outline(
                rect.corners().to_vec(),
                1.0,
                Role::AltitudeLine,
            ));
            inside(sheet, rect, name);
        }
    }
}

/// Words in the middle of a mark, where they fit.
fn inside(sheet: &mut Sheet, rect: Rect, text: &str) {
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
