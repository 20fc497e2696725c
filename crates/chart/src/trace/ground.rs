//! What lies behind and under a trace: the zones, the altitude.

use physiology::Twin;

use super::input::TraceChart;
use super::layout::{Plan, TraceLayout, ZoneBand, sound};
use crate::decimate::thin;
use crate::palette::Role;
use crate::readout::metres;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};

/// The zones of each panel: a band each, a line and its heart rate between two, the name at the
/// right.
pub(super) fn zones(layout: &mut TraceLayout, chart: &TraceChart<'_>) {
    for panel in layout.panels.clone() {
        let twin = if chart.together {
            chart.zones_of
        } else {
            panel.twins.first().copied().unwrap_or(Twin::A)
        };
        let Some(bounds) = chart.twin(twin).bounds_bpm.filter(sound) else {
            continue;
        };
        let (low, high) = panel.values.domain();
        let mut last_tick_px = f64::INFINITY;
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
            layout.bands.push(ZoneBand {
                zone: zone + 1,
                rect: Rect::between(panel.rect.x, top, panel.rect.right(), bottom),
            });
            if bottom - top >= 11.0 {
                let middle = f64::midpoint(top, bottom) + 4.0;
                layout.labels.push(Label::new(
                    (panel.rect.right() + 8.0, middle),
                    format!("Z{}", zone + 1),
                    Anchor::Start,
                    TextStyle::Muted,
                ));
            }
            if zone > 0 && bounds[zone] > low {
                layout.shapes.push(Shape::level(
                    panel.rect.x,
                    panel.rect.right(),
                    bottom,
                    Role::Axis,
                ));
                if last_tick_px - bottom >= 13.0 {
                    last_tick_px = bottom;
                    layout.labels.push(Label::new(
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

/// The altitude strip, with the places at its ends.
pub(super) fn altitude(layout: &mut TraceLayout, chart: &TraceChart<'_>, plan: &Plan) {
    let sound = |(_, altitude_m): &&(i32, f64)| altitude_m.is_finite();
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (_, altitude_m) in chart.altitude.iter().filter(sound) {
        low = low.min(*altitude_m);
        high = high.max(*altitude_m);
    }
    if low > high {
        return;
    }
    // Half of the strip stays under the lowest point for the names, and level ground stays level.
    let rise = (high - low).max(200.0);
    let top = layout.floor - plan.strip;
    let scale = Linear::new((low - 0.9 * rise, low + rise), (layout.floor, top + 3.0));
    let line: Vec<Point> = chart
        .altitude
        .iter()
        .filter(sound)
        .map(|(second, altitude_m)| {
            Point::new(layout.time.at(f64::from(*second)), scale.at(*altitude_m))
        })
        .collect();
    let line = thin(line);
    let mut area = line.clone();
    area.extend([
        Point::new(plan.right, layout.floor),
        Point::new(plan.left, layout.floor),
    ]);
    layout.shapes.push(Shape::Area {
        points: area,
        role: Role::AltitudeFill,
    });
    layout.shapes.push(Shape::Line {
        points: line,
        width_px: 1.25,
        dash: Dash::SOLID,
        role: Role::AltitudeLine,
    });
    layout.altitude = Some(scale);
    let text = |place: Option<&str>, altitude_m: f64| match place {
        Some(place) => format!("{place} {}", metres(altitude_m)),
        None => metres(altitude_m),
    };
    let ends = [chart.altitude.first(), chart.altitude.last()];
    let [Some((_, first_m)), Some((_, last_m))] = ends else {
        return;
    };
    let y = layout.floor - 8.0;
    let (first, last) = (
        Label::new(
            (plan.left + 8.0, y),
            text(chart.places[0], *first_m),
            Anchor::Start,
            TextStyle::Muted,
        ),
        Label::new(
            (plan.right - 8.0, y),
            text(chart.places[1], *last_m),
            Anchor::End,
            TextStyle::Muted,
        ),
    );
    let is_round_trip = first.text == last.text;
    let fits = !first.bounds().overlaps(&last.bounds());
    layout.labels.push(first);
    if fits && !is_round_trip {
        layout.labels.push(last);
    }
}
