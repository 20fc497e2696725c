//! What follows the crosshair over a trace.

use super::input::TraceChart;
use super::parts::TraceLayout;
use super::samples::sample_at;
use crate::input::index;
use crate::palette::Role;
use crate::shape::{Point, Shape};

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
