//! Where everything goes.

mod altitude;
mod axis;
mod domain;
mod frame;
mod labels;
mod lanes;
mod series;
mod stack;
mod time_axis;

pub use frame::{Frame, Panel};
pub use stack::{
    BrushPart, LaneFrame, LineValue, Stack, StackColumn, StackGround, StackLane, StackLayout,
    StackLine, StackMode, StackStop, Strip, brush, brush_at, brush_edges, brush_handle, brush_part,
    stack, stack_bounds, stack_cursor, stack_cursor_at, stack_line_at, stack_night_at, stack_on,
    stack_summary, stack_time, strip_bounds, strip_days,
};

use crate::hit::Stop;
use crate::input::{Options, Size, TwinChart, index};
use crate::palette::Role;
use crate::picture::{Picture, Sheet};
use crate::scale::Linear;
use crate::shape::{Point, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::tick_text;
use altitude::Profile;
use domain::ValueAxis;
use frame::{Nights, Plan};
use physiology::Twin;
use series::Series;

/// The value axis is cut into at most so many steps.
const MOST_INTERVALS: u32 = 4;

/// A chart laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What is shown of it, in the size it was laid out for.
    pub picture: Picture,
    /// Where the plot is and where the chart's floor lies.
    pub frame: Frame,
    /// The stretches of the time axis, left to right.
    pub panels: Vec<Panel>,
    /// The scale of values; none when there is nothing to scale.
    pub values: Option<Linear>,
    /// Where the crosshair can stand, left to right.
    pub stops: Vec<Stop>,
}

/// Lays a chart out for a picture of `size`.
///
/// Work is linear in the nights given; what is painted afterwards is bounded by the picture's
/// width, because series denser than two points a pixel are thinned without changing a pixel.
pub fn layout(chart: &TwinChart<'_>, size: Size, options: Options) -> Layout {
    let nights = Nights::of(chart);
    let profile = Profile::of(chart.altitude);
    let axis = ValueAxis::of(chart, &nights, MOST_INTERVALS);
    let plan = Plan::new(chart, &nights, &profile, axis.as_ref(), size, options);
    let mut sheet = Sheet::default();

    if nights.shown.is_empty() {
        sheet.label(
            (
                size.width_px / 2.0,
                f64::midpoint(plan.frame.plot.y, plan.frame.plot.bottom()),
            ),
            "No nights in this range",
            Anchor::Middle,
            TextStyle::Muted,
        );
    }
    let values = axis.as_ref().map(|axis| axis.scale(&plan));
    let series = values
        .map(|scale| Series::of(chart, &nights, &plan, scale))
        .unwrap_or_default();
    if let (Some(axis), Some(scale)) = (&axis, values) {
        domain::ground(&mut sheet, chart, &plan, axis, scale);
        domain::tick_labels(&mut sheet, &plan, axis, scale, |tick, step| {
            tick_text(chart.written, tick, step)
        });
        series::ends(&mut sheet, chart, &plan, &series);
        domain::notes(&mut sheet, chart, &plan, scale, &series);
        series::paint(&mut sheet, chart, &series);
    }
    lanes::lanes(&mut sheet, chart, &nights, &plan);
    let domains = plan.panels.iter().map(|panel| panel.time.domain());
    let heights_m = profile.range_m(domains);
    let altitudes = altitude::strip(&mut sheet, chart, &nights, &plan, &profile, heights_m);
    axis::axis(&mut sheet, chart.split, &nights, &plan);

    let stops = nights
        .panels()
        .zip(&plan.panels)
        .flat_map(|(nights, panel)| nights.iter().map(move |night| (night, panel)))
        .map(|(night, panel)| Stop {
            night: night.night,
            x: panel.time.at(night.at_ms),
            y: Twin::BOTH.map(|twin| {
                let value = TwinChart::value(night.day, twin).filter(|_| chart.shows(twin))?;
                Some(values?.at(value))
            }),
            altitude_y: night
                .day
                .sleeping_altitude_m
                .filter(|altitude_m| altitude_m.is_finite())
                .and_then(|altitude_m| {
                    let y = altitudes?.at(altitude_m);
                    Some(y.clamp(plan.altitude_top, plan.frame.floor))
                }),
        })
        .collect();

    Layout {
        picture: sheet.picture(size),
        frame: plan.frame,
        panels: plan.panels,
        values,
        stops,
    }
}

/// What lies over the chart while the crosshair stands at a stop; nothing where there is none.
pub fn crosshair(layout: &Layout, stop: usize) -> Vec<Shape> {
    let Some(stop) = layout.stops.get(stop) else {
        return Vec::new();
    };
    let mut shapes = vec![Shape::upright(
        stop.x,
        layout.frame.plot.y - 16.0,
        layout.frame.floor,
        1.0,
        Role::Ink,
    )];
    for twin in [Twin::B, Twin::A] {
        let Some(y) = stop.y[index(twin)] else {
            continue;
        };
        let centre = Point::new(stop.x, y);
        for (half, role) in [(7.5, Role::of_twin(twin)), (4.75, Role::Sheet)] {
            shapes.push(Shape::mark(twin, centre, half, role));
        }
    }
    if let Some(y) = stop.altitude_y {
        for (radius_px, role) in [(5.0, Role::Ink), (3.0, Role::Sheet)] {
            shapes.push(Shape::Disc {
                centre: Point::new(stop.x, y),
                radius_px,
                role,
            });
        }
    }
    shapes
}
