//! The twins' lanes: which nights are missing, and why.

use physiology::{Missing, Reading, Twin};

use super::frame::{NightAt, Nights, Panel, Plan};
use crate::hatch::hatch;
use crate::input::{TwinChart, index};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::{Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// Nights in a row that are missing for one reason.
struct Gap {
    first: usize,
    last: usize,
    reason: Missing,
}

fn gaps(nights: &[NightAt<'_>], twin: Twin) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for (position, night) in nights.iter().enumerate() {
        let reason = match night.day.of(twin) {
            Reading::Missing(reason) => *reason,
            // A number that cannot be drawn is no measurement.
            Reading::Measured(_) if TwinChart::value(night.day, twin).is_none() => {
                Missing::VendorHasNone
            }
            Reading::Measured(_) => continue,
        };
        match gaps.last_mut() {
            Some(gap) if gap.last + 1 == position && gap.reason == reason => gap.last = position,
            _ => gaps.push(Gap {
                first: position,
                last: position,
                reason,
            }),
        }
    }
    gaps
}

/// Draws a lane for each shown twin.
pub(super) fn lanes(sheet: &mut Sheet, chart: &TwinChart<'_>, nights: &Nights<'_>, plan: &Plan) {
    for twin in Twin::BOTH.into_iter().filter(|twin| chart.shows(*twin)) {
        let middle = plan.lanes_top + (index(twin) as f64 + 0.5) * Plan::LANE_PX;
        sheet.shapes.push(Shape::mark(
            twin,
            Point::new(plan.left - 13.0, middle),
            4.5,
            Role::of_twin(twin),
        ));
        // Words may run on into the margin, but not into the next panel.
        let ends = plan.panels.iter().skip(1).map(|next| next.left - 4.0);
        let ends = ends.chain([plan.size.width_px - 2.0]);
        for ((nights, panel), end) in nights.panels().zip(&plan.panels).zip(ends) {
            lane(sheet, panel, nights, twin, middle, end);
        }
    }
}

fn lane(
    sheet: &mut Sheet,
    panel: &Panel,
    nights: &[NightAt<'_>],
    twin: Twin,
    middle: f64,
    end: f64,
) {
    let half = (panel.day_px() * 0.32).max(1.0);
    let gaps = gaps(nights, twin);
    let boxes: Vec<Rect> = gaps
        .iter()
        .map(|gap| {
            Rect::between(
                (panel.time.at(nights[gap.first].at_ms) - half).max(panel.left),
                middle - 7.0,
                (panel.time.at(nights[gap.last].at_ms) + half).min(panel.right),
                middle + 7.0,
            )
        })
        .collect();
    let mut taken: Vec<(f64, f64)> = Vec::with_capacity(boxes.len());
    let mut free_from = panel.left;
    for (position, (gap, place)) in gaps.iter().zip(&boxes).enumerate() {
        let next = boxes.get(position + 1).map_or(end, |next| next.x - 4.0);
        let text = gap.reason.sentence();
        let width = TextStyle::Faint.width_px(text);
        let words = if place.right() + 5.0 + width <= next {
            Some((place.right() + 5.0, Anchor::Start))
        } else if place.x - 5.0 - width >= free_from {
            Some((place.x - 5.0, Anchor::End))
        } else if width + 12.0 <= place.width {
            Some((place.x + place.width / 2.0, Anchor::Middle))
        } else {
            None
        };
        hatch(&mut sheet.shapes, *place);
        let (mut left, mut right) = (place.x, place.right());
        if let Some((x, anchor)) = words {
            if anchor == Anchor::Middle {
                sheet.shapes.push(Shape::Fill {
                    rect: Rect::between(
                        x - width / 2.0 - 4.0,
                        place.y + 1.0,
                        x + width / 2.0 + 4.0,
                        place.bottom() - 1.0,
                    ),
                    role: Role::Sheet,
                });
            }
            let bounds = sheet.label((x, middle + 4.5), text, anchor, TextStyle::Faint);
            left = left.min(bounds.x - 5.0);
            right = right.max(bounds.right() + 5.0);
        }
        free_from = right + 4.0;
        taken.push((left, right));
    }
    // The lane's own line, where nothing stands on it.
    let mut from = panel.left;
    for (left, right) in taken.into_iter().chain([(panel.right, panel.right)]) {
        if left > from {
            sheet.shapes.push(Shape::level(
                from,
                left.min(panel.right),
                middle,
                Role::Grid,
            ));
        }
        from = from.max(right);
    }
}
