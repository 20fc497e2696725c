//! What lies over the rows while the crosshair stands at a time.

use super::moment::stage_at;
use super::samples::sample_at;
use super::{Content, GAP_PX, Intraday, IntradayLayout, stages};
use crate::palette::Role;
use crate::shape::{Point, Shape};

/// The crosshair at a time, s on the axis, with a ring on the sample each row has there. Empty where
/// the time is out of sight, as is a ring on a sample that is.
pub fn crosshair(chart: &Intraday<'_>, layout: &IntradayLayout, at_s: i32) -> Vec<Shape> {
    if !chart.shows(at_s) {
        return Vec::new();
    }
    let x = layout.time.at(f64::from(at_s));
    let foot = layout.floor - GAP_PX;
    let mut shapes = vec![Shape::upright(x, 0.0, foot, 1.0, Role::Ink)];
    for (row, (frame, scale)) in chart.rows.iter().zip(&layout.rows) {
        let centre = match (row.content, scale) {
            (Content::Trace(trace), Some(scale)) => sample_at(chart, trace, at_s)
                .filter(|(at_s, _)| chart.shows(*at_s))
                .map(|(at_s, value)| Point::new(layout.time.at(f64::from(at_s)), scale.at(value))),
            (Content::Stages(spans), _) => {
                stage_at(spans, at_s).map(|stage| Point::new(x, stages::middle(*frame, stage)))
            }
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
