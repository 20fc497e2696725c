//! One lane as A − B: against zero, and against the baseline's limits of agreement.

use super::StackLane;
use super::gaps::{self, Told};
use super::ground::LaneGround;
use super::lane;
use crate::input::drawable;
use crate::layout::domain;
use crate::layout::frame::{Nights, Plan};
use crate::layout::series::{self, Series};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::ticks::difference_tick_text;

/// Draws a lane's differences, and gives their scale; none without any.
pub(super) fn draw(
    sheet: &mut Sheet,
    lane: &StackLane<'_>,
    ground: &LaneGround,
    nights: &Nights<'_>,
    plan: &Plan,
    told: &mut Vec<Told>,
) -> Option<Linear> {
    let chart = &lane.chart;
    lane::silent(sheet, chart, ground, plan);
    let (axis, panel) = (ground.axis.as_ref()?, plan.main_panel()?);
    let scale = axis.scale(plan);
    band(sheet, lane, plan, scale);
    for tick in axis.ticks().into_iter().filter(|tick| *tick != 0.0) {
        let y = scale.at(tick);
        let grid = Shape::level(panel.left, panel.right, y, Role::Grid);
        sheet.shapes.push(grid);
    }
    // No difference at all is the line everything is judged against.
    let zero = Shape::level(panel.left, panel.right, scale.at(0.0), Role::Axis);
    sheet.shapes.push(zero);
    domain::tick_labels(sheet, plan, axis, scale, |tick, step| {
        difference_tick_text(chart.written, tick, step)
    });
    limits(sheet, lane, plan, scale);
    let gaps = gaps::of(nights, panel, plan, ground.drawn(chart));
    gaps::hatch(sheet, &gaps);
    let series = [Series::of_differences(nights, panel, scale)];
    for gap in &gaps {
        gap.tell(sheet, plan, None, &series, told);
    }
    let unlimited = crate::TwinChart {
        limit: None,
        ..*chart
    };
    series::paint(sheet, &unlimited, &series);
    Some(scale)
}

/// The baseline's mean, lower and upper limit, if they can be drawn.
fn agreement(lane: &StackLane<'_>) -> Option<(f64, f64, f64)> {
    lane.agreement
        .filter(|(bias, low, high)| [*bias, *low, *high].into_iter().all(drawable) && low <= high)
}

/// What lies between the limits of agreement, filled.
fn band(sheet: &mut Sheet, lane: &StackLane<'_>, plan: &Plan, scale: Linear) {
    if let Some((_, low, high)) = agreement(lane) {
        let plot = plan.frame.plot;
        sheet.shapes.push(Shape::Fill {
            rect: Rect::between(plot.x, scale.at(high), plot.right(), scale.at(low)),
            role: Role::Band,
        });
    }
}

/// The mean as a thin line, the limits dotted.
fn limits(sheet: &mut Sheet, lane: &StackLane<'_>, plan: &Plan, scale: Linear) {
    let Some((bias, low, high)) = agreement(lane) else {
        return;
    };
    let plot = plan.frame.plot;
    for (level, dash) in [
        (bias, Dash::SOLID),
        (low, Dash::PLANNED),
        (high, Dash::PLANNED),
    ] {
        let y = scale.at(level);
        sheet.shapes.push(Shape::Line {
            points: vec![Point::new(plot.x, y), Point::new(plot.right(), y)],
            width_px: 1.0,
            dash,
            role: Role::AltitudeLine,
        });
    }
}
