//! What lies behind and under a trace: the zones, the altitude.

use super::extents::TraceExtents;
use super::input::TraceChart;
use super::parts::{Plan, TraceLayout, sound};
use super::samples::in_sight;
use crate::input::drawable;
use crate::palette::Role;
use crate::readout::metres;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::sight::Sight;
use crate::text::{Anchor, Label, TextStyle};
use crate::zones::ZoneNames;

/// The zones of each panel: a band each, a line and its heart rate between two, the name at the
/// right.
pub(super) fn zones(layout: &mut TraceLayout, chart: &TraceChart<'_>) {
    for panel in layout.panels.clone() {
        let twin = match panel.twins.as_slice() {
            [alone] => *alone,
            _ => chart.zones_of,
        };
        let Some(bounds) = chart.twin(twin).bounds_bpm.filter(sound) else {
            continue;
        };
        let (low, high) = panel.values.domain();
        let mut last_tick_px = f64::INFINITY;
        let mut names = ZoneNames::new(panel.rect);
        for zone in 0..5 {
            // Below the first zone nothing is told apart from it; over the last neither.
            let from = if zone == 0 {
                low
            } else {
                bounds[zone].max(low)
            };
            let to = if zone == 4 {
                high
            } else {
                bounds[zone + 1].min(high)
            };
            if to <= from {
                continue;
            }
            let (top, bottom) = (panel.values.at(to), panel.values.at(from));
            if let Some(role) = ground_of(zone) {
                layout.picture.shapes.push(Shape::Fill {
                    rect: Rect::between(panel.rect.x, top, panel.rect.right(), bottom),
                    role,
                });
            }
            if let Some(baseline) = names.baseline(top, bottom) {
                layout.picture.labels.push(Label::new(
                    (panel.rect.right() + 8.0, baseline),
                    format!("Z{}", zone + 1),
                    Anchor::Start,
                    TextStyle::Muted,
                ));
            }
            if zone > 0 && bounds[zone] > low {
                layout.picture.shapes.push(Shape::level(
                    panel.rect.x,
                    panel.rect.right(),
                    bottom,
                    Role::Axis,
                ));
                if last_tick_px - bottom >= 13.0 {
                    last_tick_px = bottom;
                    layout.picture.labels.push(Label::new(
                        (panel.rect.x - 8.0, bottom + 4.0),
                        format!("{:.0}", bounds[zone]),
                        Anchor::End,
                        TextStyle::Muted,
                    ));
                }
            }
        }
    }
}

/// What lies behind a zone, the lowest being 0: neutral steps, for hue is data.
const fn ground_of(zone: usize) -> Option<Role> {
    match zone {
        0 => None,
        1 | 2 => Some(Role::Band),
        _ => Some(Role::AltitudeFill),
    }
}

/// The altitude strip, with the places at its ends.
pub(super) fn altitude(
    layout: &mut TraceLayout,
    chart: &TraceChart<'_>,
    extents: &TraceExtents,
    plan: &Plan,
) {
    let Some((low, high)) = extents.altitude_m else {
        return;
    };
    // Half of the strip stays under the lowest point for the names, and level ground stays level.
    let rise = (high - low).max(200.0);
    let top = layout.floor - plan.strip;
    let scale = Linear::new((low - 0.9 * rise, low + rise), (layout.floor, top + 3.0));
    let place = |(second, altitude_m): (i32, f64)| {
        Point::new(layout.time.at(f64::from(second)), scale.at(altitude_m))
    };
    let near = in_sight(chart.altitude, chart.shown(), drawable);
    let near: Vec<Point> = near.into_iter().map(place).collect();
    let sight = Sight::new(layout.time, chart.columns_per_px);
    let line: Vec<Point> = sight.parts(near.clone()).flatten().collect();
    let is_beyond = |point: &&Point| !sight.holds(point.x);
    let mut area: Vec<Point> = near
        .first()
        .filter(is_beyond)
        .copied()
        .into_iter()
        .collect();
    area.extend(&line);
    area.extend(near.last().filter(is_beyond));
    // The foot is as long as the whole axis.
    let end = |at_s: f64| Point::new(layout.time.at(at_s), layout.floor);
    let from_s = f64::from(chart.from_s);
    area.extend([end(from_s + chart.span_s()), end(from_s)]);
    layout.picture.shapes.push(Shape::Area {
        points: sight.cut_area(&area),
        role: Role::AltitudeFill,
    });
    layout.picture.shapes.push(Shape::Line {
        points: line,
        width_px: 1.25,
        dash: Dash::SOLID,
        role: Role::AltitudeLine,
    });
    layout.altitude = Some(scale);
    names(layout, chart, plan);
}

/// The altitudes at both edges, with the places where an edge is an end of the whole.
fn names(layout: &mut TraceLayout, chart: &TraceChart<'_>, plan: &Plan) {
    let shown = chart.shown();
    let from = f64::from(chart.from_s);
    let is_whole = [shown.from <= from, shown.to >= from + chart.span_s()];
    let ends = [chart.altitude.first(), chart.altitude.last()];
    let [first, last] = [0, 1].map(|end| {
        if is_whole[end] {
            let altitude_m = ends[end]
                .map(|point| point.1)
                .filter(|one| drawable(*one))?;
            let place = chart.places[end].map(|place| format!("{place} "));
            return Some(place.unwrap_or_default() + &metres(altitude_m));
        }
        let edge = if end == 0 { shown.from } else { shown.to };
        chart.altitude_m(edge).map(metres)
    });
    let y = layout.floor - 8.0;
    let first =
        first.map(|text| Label::new((plan.left + 8.0, y), text, Anchor::Start, TextStyle::Muted));
    let last =
        last.map(|text| Label::new((plan.right - 8.0, y), text, Anchor::End, TextStyle::Muted));
    let is_told = |last: &Label| {
        first
            .as_ref()
            .is_some_and(|first| first.text == last.text || first.bounds().overlaps(&last.bounds()))
    };
    let last = last.filter(|last| !is_told(last));
    layout.picture.labels.extend(first);
    layout.picture.labels.extend(last);
}
