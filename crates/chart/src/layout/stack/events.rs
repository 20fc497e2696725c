//! What happened: where the expedition begins, arrivals, workouts.

use physiology::{Day, Timestamp, Twin};

use crate::input::{TwinChart, index};
use crate::layout::frame::Panel;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::{Dash, Point, Shape};

/// The line through all lanes where the expedition begins.
pub(super) fn day_one(
    sheet: &mut Sheet,
    at_ms: Option<f64>,
    panel: &Panel,
    (top, floor): (f64, f64),
) {
    let (from, to) = panel.time.domain();
    let Some(at_ms) = at_ms.filter(|at_ms| from < *at_ms && *at_ms <= to) else {
        return;
    };
    let x = panel.time.at(at_ms).round() + 0.5;
    sheet.shapes.push(Shape::Line {
        points: vec![Point::new(x, top), Point::new(x, floor)],
        width_px: 1.0,
        dash: Dash::DAY_ONE,
        role: Role::AltitudeLine,
    });
}

/// How wide an arrival's tick is, px.
const TICK_PX: f64 = 1.5;

/// A tick on the ground wherever the party arrives.
pub(super) fn arrivals(sheet: &mut Sheet, arrivals: &[Timestamp], panel: &Panel, floor: f64) {
    let (from, to) = panel.time.domain();
    let mut drawn = f64::NEG_INFINITY;
    for at in arrivals {
        let at_ms = at.unix_ms() as f64;
        let x = panel.time.at(at_ms);
        // Two on the same pixels are seen as one.
        let left = (x - TICK_PX / 2.0).round();
        if (from..=to).contains(&at_ms) && left != drawn {
            drawn = left;
            sheet
                .shapes
                .push(Shape::upright(x, floor - 5.0, floor, TICK_PX, Role::Ink));
        }
    }
}

/// Nights stand at their mid-sleep, about 02:00; so long is it to noon, ms.
const TO_NOON_MS: f64 = 10.0 * 3_600_000.0;

/// A mark for every day a twin recorded a workout, at its noon; A's over B's.
pub(super) fn workouts(
    sheet: &mut Sheet,
    workouts: &[(Day, Twin)],
    chart: &TwinChart<'_>,
    panel: &Panel,
    middle: f64,
) {
    let half = (panel.day_px() * 0.2).clamp(1.5, 3.5);
    let mut drawn = [f64::NEG_INFINITY; 2];
    for (day, twin) in workouts.iter().filter(|one| chart.shows(one.1)) {
        let place = chart.days.binary_search_by_key(day, |night| night.day);
        let Some(night) = place.ok().and_then(|place| chart.days.get(place)) else {
            continue;
        };
        let x = panel.time.at(night.at.unix_ms() as f64 + TO_NOON_MS);
        let before = &mut drawn[index(*twin)];
        if panel.holds(x) && (x - *before).abs() >= 0.5 {
            *before = x;
            let y = middle - 5.0 + 10.0 * index(*twin) as f64;
            let mark = Shape::mark(*twin, Point::new(x, y), half, Role::of_twin(*twin));
            sheet.shapes.push(mark);
        }
    }
}
