//! What is written beside the lanes while the crosshair stands.

use physiology::{Reading, Twin};

use super::measures::Measures;
use super::{LaneFrame, LineValue, StackLayout, StackLine, dense};
use crate::input::{TwinChart, index};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::{Point, Shape};
use crate::text::{Anchor, TextStyle};

/// What one lane says of one night, or a line of one instant.
pub(super) struct Values<'a> {
    /// Each twin's value as written, or the reason why there is none, A first.
    twins: [Result<String, &'a str>; 2],
    /// A − B as written, without and with its unit.
    difference: Option<(String, String)>,
}

impl<'a> Values<'a> {
    /// Of a night.
    pub(super) fn of(chart: &TwinChart<'_>, night: usize) -> Self {
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

    /// Of an instant. Of many samples told together it is the lowest and the highest, and no
    /// difference.
    pub(super) fn of_line(line: &StackLine<'a>, values: [Option<LineValue>; 2]) -> Self {
        let written = |value: &LineValue| {
            if value.count > 1 {
                let (low, high) = (value.min, value.max);
                let (low, high) = (
                    dense::written(line, low, false),
                    dense::written(line, high, false),
                );
                format!("{low}–{high}")
            } else {
                dense::written(line, value.value, false)
            }
        };
        let [a, b] = values;
        let alone = |value: Option<LineValue>| value.filter(|value| value.count == 1);
        let difference = alone(a).zip(alone(b)).map(|(a, b)| {
            let short = dense::written(line, a.value - b.value, true);
            let whole = if line.unit.is_empty() {
                short.clone()
            } else {
                format!("{short}\u{a0}{}", line.unit)
            };
            (short, whole)
        });
        let twins = Twin::BOTH.map(|twin| {
            let reason = line.missing[index(twin)].unwrap_or("Not measured");
            values[index(twin)].as_ref().map(written).ok_or(reason)
        });
        Self { twins, difference }
    }

    /// Beside a lane, or over it on a phone.
    pub(super) fn beside(&self, sheet: &mut Sheet, layout: &StackLayout, frame: &LaneFrame) {
        if layout.compact {
            self.in_a_row(sheet, layout, frame);
        } else {
            self.in_a_column(sheet, layout, frame);
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
            let fits = from + TextStyle::Strong.width_px(whole) <= layout.picture.size.width_px;
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
