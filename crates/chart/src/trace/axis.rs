//! The time of day under a trace.

use super::input::TraceChart;
use super::parts::{Plan, TraceLayout};
use crate::hours::{step_s, ticks};
use crate::input::Options;
use crate::palette::Role;
use crate::shape::Shape;
use crate::text::{Anchor, Label, TextStyle};

pub(super) fn axis(
    layout: &mut TraceLayout,
    chart: &TraceChart<'_>,
    plan: &Plan,
    options: Options,
) {
    let floor = layout.floor;
    layout
        .picture
        .shapes
        .push(Shape::level(plan.left, plan.right, floor, Role::Axis));
    // Noon: of the widest there are.
    let widest_px = TextStyle::Muted.width_px(&chart.clock.time(43_200));
    let least_px = widest_px + if options.compact { 16.0 } else { 32.0 };
    let half_px = widest_px / 2.0 + 4.0;
    let shown = chart.shown();
    let px_per_s = (plan.right - plan.left) / shown.span();
    let step_s = step_s(px_per_s, least_px, 60);
    for second in ticks(shown, step_s) {
        let x = layout.time.at(second as f64);
        // At the very left the scale of values stands.
        if x <= plan.left {
            continue;
        }
        layout
            .picture
            .shapes
            .push(Shape::upright(x, floor, floor + 4.0, 1.0, Role::Axis));
        if x >= half_px && x + half_px <= layout.picture.size.width_px {
            layout.picture.labels.push(Label::new(
                (x, floor + 18.0),
                chart.clock.time(second),
                Anchor::Middle,
                TextStyle::Muted,
            ));
        }
    }
}
