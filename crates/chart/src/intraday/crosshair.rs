//! What lies over the rows while the crosshair stands at a time.

use super::words::sample_at;
use super::{Content, GAP_PX, Intraday, IntradayLayout, stages, words};
use crate::palette::Role;
use crate::shape::{Point, Shape};

/// The crosshair at a time, s after midnight, with a ring on what each row has there.
pub fn crosshair(chart: &Intraday<'_>, layout: &IntradayLayout, at_s: i32) -> Vec<Shape> {
    if !chart.holds(at_s) {
        return Vec::new();
    }
    let x = layout.time.at(f64::from(at_s));
    let foot = layout.floor - GAP_PX;
    let mut shapes = vec![Shape::upright(x, 0.0, foot, 1.0, Role::Ink)];
    for (row, (frame, scale)) in chart.rows.iter().zip(&layout.rows) {
        let centre = match (row.content, scale) {
            (Content::Trace(trace), Some(scale)) => sample_at(chart, trace, at_s)
                .map(|(at_s, value)| Point::new(layout.time.at(f64::from(at_s)), scale.at(value))),
            (Content::Stages(spans), _) => words::stage_at(spans, at_s)
                .map(|stage| Point::new(x, stages::middle(*frame, stage))),
            _ => None,
        };
        let Some(centre) = centre else {
            continue;
        };
        for (half, role) in [(6.0, Role::of_twin(row.twin)), (3.75, Role::Sheet)] {
            shapes.push(Shape::mark(row.twin, centre, half, role));
        }
    }
    shapes
}
