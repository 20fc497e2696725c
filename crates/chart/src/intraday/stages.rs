//! The course of a night, a level a stage.

use physiology::{SleepStage, StageSpan, Twin};

use super::{Intraday, Sheet};
use crate::palette::Role;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// How thick a stretch is drawn, px.
const BAR_PX: f64 = 9.0;

/// Draws the levels with their names, and each stretch on its own.
pub(super) fn paint(
    sheet: &mut Sheet,
    chart: &Intraday<'_>,
    twin: Twin,
    spans: &[StageSpan],
    frame: Rect,
) {
    let level_px = frame.height / SleepStage::ALL.len() as f64;
    for stage in SleepStage::ALL {
        let y = middle(frame, stage);
        sheet
            .shapes
            .push(Shape::level(frame.x, frame.right(), y, Role::Grid));
        sheet.label(
            (frame.x - 8.0, y + 4.0),
            stage.name(),
            Anchor::End,
            TextStyle::Faint,
        );
    }
    let role = Role::of_twin(twin);
    let bar_px = BAR_PX.min(level_px - 2.0).max(1.0);
    let mut before: Option<StageSpan> = None;
    for span in spans {
        let Some((from_s, to_s)) = chart.cut(span.from_s, span.to_s) else {
            before = None;
            continue;
        };
        let y = middle(frame, span.stage);
        // Where one stage follows another the step is drawn; over a hole nothing is.
        if let Some(earlier) = before.filter(|earlier| earlier.to_s == span.from_s) {
            let other = middle(frame, earlier.stage);
            sheet.shapes.push(Shape::upright(
                sheet.x(from_s),
                y.min(other),
                y.max(other),
                1.0,
                role,
            ));
        }
        sheet.shapes.push(Shape::Fill {
            rect: Rect::between(
                sheet.x(from_s),
                y - bar_px / 2.0,
                sheet.x(to_s),
                y + bar_px / 2.0,
            ),
            role,
        });
        before = Some(*span);
    }
}

/// Where the middle of a stage's level is, px.
pub(super) fn middle(frame: Rect, stage: SleepStage) -> f64 {
    let level = SleepStage::ALL
        .iter()
        .position(|other| *other == stage)
        .unwrap_or(0);
    frame.y + (level as f64 + 0.5) * frame.height / SleepStage::ALL.len() as f64
}
