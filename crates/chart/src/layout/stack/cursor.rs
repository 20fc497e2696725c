//! What follows the crosshair: the line, the marks, and the values beside every lane.

use physiology::{Reading, Twin};

use super::{LaneFrame, Measures, Stack, StackLayout, StackStop};
use crate::input::{TwinChart, index};
use crate::layout::Sheet;
use crate::palette::Role;
use crate::picture::Picture;
use crate::readout::metres;
use crate::shape::{Point, Shape};
use crate::text::{Anchor, TextStyle};

/// The values of the night at a stop, beside their lanes; with the crosshair on it where it
/// `stands` there. Empty where there is no such stop.
pub fn stack_cursor(stack: &Stack<'_>, layout: &StackLayout, stop: usize, stands: bool) -> Picture {
    let mut sheet = Sheet::default();
    if let Some(stop) = layout.stops.get(stop) {
        if stands {
            crosshair(&mut sheet, layout, stop);
        }
        for (lane, frame) in stack.lanes.iter().zip(&layout.lanes) {
            let values = Values::of(&lane.chart, stop.night);
            if layout.compact {
                values.in_a_row(&mut sheet, layout, frame);
            } else {
                values.in_a_column(&mut sheet, layout, frame);
            }
        }
        if !layout.compact {
            altitude(&mut sheet, stack, layout, stop);
        }
    }
    Picture {
        size: layout.size,
        shapes: sheet.shapes,
        labels: sheet.labels,
    }
}

fn crosshair(sheet: &mut Sheet, layout: &StackLayout, stop: &StackStop) {
    sheet
        .shapes
        .push(Shape::upright(stop.x, 0.0, layout.floor, 1.0, Role::Ink));
    for both in &stop.y {
        for twin in [Twin::B, Twin::A] {
            let Some(y) = both[index(twin)] else {
                continue;
            };
            for (half, role) in [(6.75, Role::of_twin(twin)), (4.25, Role::Sheet)] {
                sheet
                    .shapes
                    .push(Shape::mark(twin, Point::new(stop.x, y), half, role));
            }
        }
    }
    if let Some(y) = stop.altitude_y {
        for (radius_px, role) in [(5.0, Role::Ink), (3.0, Role::Sheet)] {
            sheet.shapes.push(Shape::Disc {
                centre: Point::new(stop.x, y),
                radius_px,
                role,
            });
        }
    }
}

/// The altitude and the place slept at, beside the strip.
fn altitude(sheet: &mut Sheet, stack: &Stack<'_>, layout: &StackLayout, stop: &StackStop) {
    let night = stack
        .lanes
        .first()
        .and_then(|lane| lane.chart.days.get(stop.night));
    let Some(night) = night else {
        return;
    };
    let x = layout.across.1 + 18.0;
    let height = night
        .sleeping_altitude_m
        .filter(|height| height.is_finite());
    if let Some(height) = height.filter(|_| layout.altitude_top < layout.floor) {
        sheet.label(
            (x, layout.floor - 24.0),
            metres(height),
            Anchor::Start,
            TextStyle::Figure,
        );
        if let Some(place) = &night.place {
            sheet.label(
                (x, layout.floor - 7.0),
                place.as_str(),
                Anchor::Start,
                TextStyle::Muted,
            );
        }
    }
}

/// What one lane says of one night.
struct Values {
    /// Each twin's value as written, or the reason why there is none, A first.
    twins: [Result<String, &'static str>; 2],
    /// A − B as written, without and with its unit.
    difference: Option<(String, String)>,
}

impl Values {
    fn of(chart: &TwinChart<'_>, night: usize) -> Self {
        let (day, written) = (chart.days.get(night), chart.written);
        let twin = |twin: Twin| {
            let value = day.and_then(|day| TwinChart::value(day, twin));
            value.map(|value| written.value(value)).ok_or_else(|| {
                match day.map(|day| day.of(twin)) {
                    Some(Reading::Missing(reason)) => reason.sentence(),
                    _ => "Not measured",
                }
            })
        };
        let difference = day.and_then(|day| {
            let (a, b) = (
                TwinChart::value(day, Twin::A)?,
                TwinChart::value(day, Twin::B)?,
            );
            Some((
                written.difference(a - b),
                written.difference_with_unit(a - b),
            ))
        });
        Self {
            twins: Twin::BOTH.map(twin),
            difference,
        }
    }

    /// On the right of the lane, one under the other.
    fn in_a_column(&self, sheet: &mut Sheet, layout: &StackLayout, frame: &LaneFrame) {
        let x = layout.across.1 + 18.0;
        let middle = f64::midpoint(frame.plot.y, frame.plot.bottom());
        for (twin, value) in Twin::BOTH.into_iter().zip(&self.twins) {
            let y = middle - 17.0 + 22.0 * index(twin) as f64;
            mark(sheet, twin, Point::new(x + 4.0, y - 5.0));
            sheet.label((x + 15.0, y), twin.letter(), Anchor::Start, style(twin));
            match value {
                Ok(value) => {
                    sheet.label(
                        (x + 31.0, y + 0.5),
                        value.as_str(),
                        Anchor::Start,
                        TextStyle::Figure,
                    );
                }
                Err(reason) => {
                    sheet.label((x + 31.0, y), *reason, Anchor::Start, TextStyle::Faint);
                }
            }
        }
        if let Some((short, whole)) = &self.difference {
            let y = middle + 28.0;
            let name = sheet.label((x, y), "A−B", Anchor::Start, TextStyle::Muted);
            let from = name.right() + 4.0;
            let fits = from + TextStyle::Strong.width_px(whole) <= layout.size.width_px;
            let text = if fits { whole } else { short };
            sheet.label((from, y), text.as_str(), Anchor::Start, TextStyle::Strong);
        }
    }

    /// Over the lane, under its name.
    fn in_a_row(&self, sheet: &mut Sheet, layout: &StackLayout, frame: &LaneFrame) {
        let y = frame.plot.y - Measures::ABOVE_PLOT;
        let mut x = layout.across.0;
        for (twin, value) in Twin::BOTH.into_iter().zip(&self.twins) {
            mark(sheet, twin, Point::new(x + 4.0, y - 4.0));
            let (text, style) = match value {
                Ok(value) => (value.as_str(), TextStyle::Strong),
                Err(reason) => (*reason, TextStyle::Faint),
            };
            let bounds = sheet.label((x + 13.0, y), text, Anchor::Start, style);
            x = bounds.right() + 14.0;
        }
        if let Some((difference, _)) = &self.difference {
            let name = sheet.label((x, y), "A−B", Anchor::Start, TextStyle::Muted);
            sheet.label(
                (name.right() + 4.0, y),
                difference.as_str(),
                Anchor::Start,
                TextStyle::Strong,
            );
        }
    }
}

fn mark(sheet: &mut Sheet, twin: Twin, centre: Point) {
    sheet
        .shapes
        .push(Shape::mark(twin, centre, 4.7, Role::of_twin(twin)));
}

const fn style(twin: Twin) -> TextStyle {
    match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    }
}
