//! Missing nights of a lane: hatched, and told why.

use physiology::{Missing, Reading, Twin};

use crate::hatch::hatch_lines;
use crate::layout::frame::{Nights, Panel, Plan};
use crate::layout::labels::clear_of;
use crate::layout::series::Series;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::Rect;
use crate::text::{Anchor, TextStyle};

/// Nights closer together than this, px, have their gaps left blank: no hatch would be seen.
const LEAST_DAY_PX: f64 = 10.0;

/// Why a twin's night is missing, told once for all lanes.
pub(super) type Told = (Twin, usize, Missing);

/// Nights in a row that a twin is missing for one reason, while the lane has values of the twin.
pub(super) struct Gap {
    twin: Twin,
    first: usize,
    reason: Missing,
    place: Rect,
}

/// The gaps in sight of these twins, in order.
pub(super) fn of(
    nights: &Nights<'_>,
    panel: &Panel,
    plan: &Plan,
    twins: impl Iterator<Item = Twin>,
) -> Vec<Gap> {
    let day_px = panel.day_px();
    if day_px < LEAST_DAY_PX {
        return Vec::new();
    }
    let half = (day_px * 0.3).min(10.0);
    let plot = plan.frame.plot;
    let mut gaps: Vec<Gap> = Vec::new();
    for twin in twins {
        let mut joined = None;
        let mut before = f64::NEG_INFINITY;
        for (place, night) in nights.shown.iter().enumerate() {
            let Reading::Missing(reason) = night.day.of(twin) else {
                continue;
            };
            let x = panel.time.at(night.at_ms);
            let right = (x + half).min(panel.right);
            // More nights than days are no nights.
            let is_crowded = x - before < 1.0;
            if is_crowded || x + half <= panel.left || x - half >= panel.right {
                continue;
            }
            before = x;
            match gaps.last_mut() {
                Some(gap) if joined == place.checked_sub(1) && gap.reason == *reason => {
                    gap.place.width = right - gap.place.x;
                }
                _ => gaps.push(Gap {
                    twin,
                    first: night.night.place(),
                    reason: *reason,
                    place: Rect::between((x - half).max(panel.left), plot.y, right, plot.bottom()),
                }),
            }
            joined = Some(place);
        }
    }
    gaps
}

/// Hatches gaps.
pub(super) fn hatch(sheet: &mut Sheet, gaps: &[Gap]) {
    for gap in gaps {
        hatch_lines(&mut sheet.shapes, gap.place, 1.0, Role::Axis);
    }
}

impl Gap {
    /// Says whose and why, beside the gap, where no line runs; once for all lanes.
    pub(super) fn tell(
        &self,
        sheet: &mut Sheet,
        plan: &Plan,
        limit_y: Option<f64>,
        series: &[Series],
        told: &mut Vec<Told>,
    ) {
        let this = (self.twin, self.first, self.reason);
        if told.contains(&this) {
            return;
        }
        let text = format!("{}: {}", self.twin.letter(), self.reason.sentence());
        let width = TextStyle::Faint.width_px(&text);
        let plot = plan.frame.plot;
        let heights = (0..8).map(|step| plot.bottom() - 18.0 - f64::from(step) * 8.0);
        let clear = |y: &f64| *y >= plot.y && limit_y.is_none_or(|at| at < *y || at > *y + 13.0);
        let places = heights.filter(clear).flat_map(|y| {
            [self.place.right() + 5.0, self.place.x - width - 5.0]
                .into_iter()
                .filter(|x| *x >= plot.x && *x + width <= plot.right())
                .map(move |x| Rect::between(x, y, x + width, y + 13.0))
        });
        if let Some(place) = clear_of(places, series, &sheet.labels, 4.0) {
            sheet.label(
                (place.x, place.y + 10.0),
                text,
                Anchor::Start,
                TextStyle::Muted,
            );
            told.push(this);
        }
    }
}
