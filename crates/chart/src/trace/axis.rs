//! The time of day under a trace.

use super::input::TraceChart;
use super::layout::{Plan, TraceLayout};
use crate::input::Options;
use crate::palette::Role;
use crate::shape::Shape;
use crate::text::{Anchor, Label, TextStyle};

/// Steps of a clock, s.
const STEPS_S: [i32; 10] = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200];

pub(super) fn axis(
    layout: &mut TraceLayout,
    chart: &TraceChart<'_>,
    plan: &Plan,
    options: Options,
) {
    let floor = layout.floor;
    layout
        .shapes
        .push(Shape::level(plan.left, plan.right, floor, Role::Axis));
    // Noon: of the widest there are.
    let widest_px = TextStyle::Muted.width_px(&chart.clock.time(43_200));
    let least_px = widest_px + if options.compact { 16.0 } else { 32.0 };
    let half_px = widest_px / 2.0 + 4.0;
    let px_per_s = (plan.right - plan.left) / chart.span_s();
    let step_s = STEPS_S
        .into_iter()
        .find(|step_s| f64::from(*step_s) * px_per_s >= least_px)
        .unwrap_or(43_200);
    let first = i64::from(chart.from_s).div_euclid(i64::from(step_s)) + 1;
    for second in (first..).map(|step| step * i64::from(step_s)).take(100) {
        let x = layout.time.at(second as f64);
        if x > plan.right {
            break;
        }
        layout
            .shapes
            .push(Shape::upright(x, floor, floor + 4.0, 1.0, Role::Axis));
        if x >= half_px && x + half_px <= layout.size.width_px {
            layout.labels.push(Label::new(
                (x, floor + 18.0),
                chart.clock.time(second),
                Anchor::Middle,
                TextStyle::Muted,
            ));
        }
    }
}
