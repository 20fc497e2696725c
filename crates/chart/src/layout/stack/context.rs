//! What lies around the values: times asleep, workouts as stretches.

use physiology::{Timestamp, Twin};

use crate::input::index;
use crate::layout::frame::Panel;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// From how wide a day on, px, times asleep are shaded and workouts are stretches.
const STRETCHES_FROM_DAY_PX: f64 = 24.0;
/// How high a workout's outline is, px.
const WORKOUT_PX: f64 = 11.0;

/// Whether days are wide enough to show stretches of them.
pub(super) fn shows_stretches(panel: &Panel) -> bool {
    panel.day_px() >= STRETCHES_FROM_DAY_PX
}

/// The part of a stretch that is in sight, from left to right, px.
fn across(panel: &Panel, from: Timestamp, to: Timestamp) -> Option<(f64, f64)> {
    let (first, last) = panel.time.domain();
    let from_ms = (from.unix_ms() as f64).max(first);
    let to_ms = (to.unix_ms() as f64).min(last);
    (from_ms < to_ms).then(|| (panel.time.at(from_ms), panel.time.at(to_ms)))
}

/// Times asleep, behind the plots.
pub(super) fn nights(
    sheet: &mut Sheet,
    nights: &[(Timestamp, Timestamp)],
    plots: &[Rect],
    panel: &Panel,
) {
    if !shows_stretches(panel) {
        return;
    }
    let stretches = nights
        .iter()
        .filter_map(|(from, to)| across(panel, *from, *to));
    for (left, right) in stretches {
        for plot in plots {
            sheet.shapes.push(Shape::Fill {
                rect: Rect::between(left, plot.y, right, plot.bottom()),
                role: Role::Band,
            });
        }
    }
}

/// Workouts as outlines, A's over B's, with what was done where it fits.
pub(super) fn workouts(
    sheet: &mut Sheet,
    spans: &[(Timestamp, Timestamp, Twin, &str)],
    shown: [bool; 2],
    panel: &Panel,
    middle: f64,
) {
    for (from, to, twin, name) in spans.iter().filter(|span| shown[index(span.2)]) {
        let Some((left, right)) = across(panel, *from, *to) else {
            continue;
        };
        let top = match twin {
            Twin::A => middle - WORKOUT_PX - 1.0,
            Twin::B => middle + 1.0,
        };
        // The shortest is seen as well.
        let rect = Rect::between(left, top, right.max(left + 2.0), top + WORKOUT_PX);
        let corners = rect.corners().to_vec();
        let outline = Shape::outline(corners, 1.0, Role::of_twin(*twin));
        sheet.shapes.push(outline);
        if TextStyle::Muted.width_px(name) + 8.0 <= rect.width {
            let at = (f64::midpoint(rect.x, rect.right()), rect.bottom() - 1.5);
            sheet.label(at, *name, Anchor::Middle, TextStyle::Muted);
        }
    }
}
