//! Values over time: zones as neutral steps, a scale, the line, its peak.

use physiology::Twin;
use physiology::metric::decimal;

use super::samples::parts;
use super::{Intraday, Row, Sheet, Trace};
use crate::input::drawable;
use crate::palette::Role;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::{nice_step, nice_ticks};

/// As the design has it for heart rate.
const LINE_PX: f64 = 1.25;
/// How far apart two ticks are at least, px.
const TICK_PX: f64 = 22.0;
/// More of them than this are no help.
const MOST_TICKS: f64 = 6.0;
/// Zones from the second border and from the fourth on are a step darker each.
const STEPS: [(usize, Role); 2] = [(1, Role::Band), (3, Role::AltitudeFill)];

/// A row's scale of values.
pub(super) fn scale((low, high): (f64, f64), frame: Rect) -> Linear {
    // Room above for the row's name, and a little below.
    let pad = ((high - low) * 0.08).max(1.0);
    let top = frame.y + (frame.height / 3.0).min(18.0);
    Linear::new((low - pad, high + pad), (frame.bottom(), top))
}

/// Draws a trace on its scale.
pub(super) fn paint(
    sheet: &mut Sheet,
    chart: &Intraday<'_>,
    row: &Row<'_>,
    trace: Trace<'_>,
    scale: Option<Linear>,
    frame: Rect,
) {
    let at = (frame.x + 6.0, frame.y + 12.0);
    let Some(scale) = scale else {
        let text = format!("{}: not measured", row.name);
        sheet.label(at, text, Anchor::Start, TextStyle::Faint);
        return;
    };
    ticks(sheet, scale, frame);
    let text = format!("{}, {}", row.name, trace.unit);
    sheet.label(at, text, Anchor::Start, TextStyle::Faint);
    let role = Role::of_twin(row.twin);
    let paths = parts(chart, trace).into_iter().map(|part| {
        let points = part.into_iter();
        points
            .map(|(at_s, value)| Point::new(sheet.x(at_s), scale.at(value)))
            .collect()
    });
    for points in sheet.sight.paths(paths) {
        sheet.shapes.push(match points.as_slice() {
            [alone] => Shape::Disc {
                centre: *alone,
                radius_px: LINE_PX,
                role,
            },
            _ => Shape::Line {
                points,
                width_px: LINE_PX,
                dash: Dash::SOLID,
                role,
            },
        });
    }
}

/// Zones within the scale, each step from its border up, and their names where there is room.
pub(super) fn zones(sheet: &mut Sheet, trace: Trace<'_>, scale: Linear, frame: Rect) {
    let y = |border: f64| scale.at(border).clamp(frame.y, frame.bottom());
    for (border, role) in STEPS {
        let Some(border) = trace
            .borders
            .get(border)
            .filter(|border| drawable(**border))
        else {
            continue;
        };
        let bottom = y(*border);
        if bottom > frame.y + 0.5 {
            sheet.shapes.push(Shape::Fill {
                rect: Rect::between(frame.x, frame.y, frame.right(), bottom),
                role,
            });
        }
    }
    for (index, pair) in trace.borders.windows(2).enumerate() {
        if !pair.iter().copied().all(drawable) {
            continue;
        }
        let (bottom, top) = (y(pair[0]), y(pair[1]));
        if bottom - top < 14.0 {
            continue;
        }
        sheet.label(
            (frame.right() + 6.0, f64::midpoint(top, bottom) + 4.0),
            format!("Z{}", index + 1),
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

fn ticks(sheet: &mut Sheet, scale: Linear, frame: Rect) {
    let ((bottom, top), (low, high)) = (scale.range(), scale.domain());
    let most = ((bottom - top) / TICK_PX).clamp(1.0, MOST_TICKS) as u32;
    for value in tick_values(low, high, most) {
        let y = scale.at(value);
        sheet
            .shapes
            .push(Shape::level(frame.x, frame.right(), y, Role::Grid));
        sheet.label(
            (frame.x - 8.0, y + 4.0),
            decimal(value, 0, false),
            Anchor::End,
            TextStyle::Faint,
        );
    }
}

/// Round values to read the scale by. One alone tells no scale: where only one fits, the outermost
/// of a finer step.
fn tick_values(low: f64, high: f64, most: u32) -> Vec<f64> {
    let with = |most| nice_ticks(low, high, nice_step(high - low, most).max(1.0));
    let ticks = with(most);
    if ticks.len() > 1 {
        return ticks;
    }
    let finer = (most + 1..=most + 4)
        .map(with)
        .find(|ticks| ticks.len() > 1);
    match finer.as_deref() {
        Some([lowest, .., highest]) => vec![*lowest, *highest],
        _ => ticks,
    }
}

/// A ring on the highest sample, where it is in sight, and its value beside it.
pub(super) fn peak(
    sheet: &mut Sheet,
    twin: Twin,
    (at_s, value): (i32, f64),
    scale: Linear,
    frame: Rect,
) {
    let centre = Point::new(sheet.x(at_s), scale.at(value));
    if !sheet.sight.holds(centre.x) {
        return;
    }
    for (half, role) in [(4.5, Role::of_twin(twin)), (2.75, Role::Sheet)] {
        sheet.shapes.push(Shape::mark(twin, centre, half, role));
    }
    let text = format!("Peak {}", decimal(value, 0, false));
    let width = TextStyle::Strong.width_px(&text);
    // Above the line, where nothing is drawn; at the right end to the left.
    let (x, anchor) = if centre.x + 7.0 + width <= frame.right() {
        (centre.x + 7.0, Anchor::Start)
    } else {
        (centre.x - 7.0, Anchor::End)
    };
    sheet.label((x, centre.y - 4.0), text, anchor, TextStyle::Strong);
}
