//! What is missing, drawn as a hatch.

use crate::palette::Role;
use crate::shape::{Dash, Point, Rect, Shape};

/// A hatched box, for what is missing; solid where it is too narrow for a hatch.
pub(crate) fn hatch(shapes: &mut Vec<Shape>, rect: Rect) {
    if rect.width < 6.0 {
        shapes.push(Shape::Fill {
            rect,
            role: Role::Axis,
        });
        return;
    }
    hatch_lines(shapes, rect, 1.5, Role::Axis);
    shapes.push(Shape::outline(rect.rounded(2.0), 1.0, Role::Axis));
}

/// Slanted lines all over a box.
pub(crate) fn hatch_lines(shapes: &mut Vec<Shape>, rect: Rect, width_px: f64, role: Role) {
    const STEP_PX: f64 = 7.0;
    // Lines from lower left to upper right are those of equal x + y.
    let (first, last) = (
        rect.x + rect.y + STEP_PX / 2.0,
        rect.right() + rect.bottom(),
    );
    let count = ((last - first) / STEP_PX).ceil().clamp(0.0, 4_000.0) as usize;
    for sum in (0..count).map(|step| first + step as f64 * STEP_PX) {
        let low_x = (sum - rect.bottom()).max(rect.x);
        let high_x = (sum - rect.y).min(rect.right());
        shapes.push(Shape::Line {
            points: vec![
                Point::new(low_x, sum - low_x),
                Point::new(high_x, sum - high_x),
            ],
            width_px,
            dash: Dash::SOLID,
            role,
        });
    }
}
