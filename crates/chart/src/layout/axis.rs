//! The time axis: the day of the expedition, and its date.

use physiology::Day;

use super::frame::{NightAt, Nights, Panel, Plan};
use super::labels::Row;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::Shape;
use crate::text::{Anchor, TextStyle};

/// From the floor to the first and the second line of text, px.
pub(super) const LINES_PX: [f64; 2] = [17.0, 32.0];
/// Ranges of more nights than this are labelled by months.
pub(super) const MOST_NIGHTS_BY_DAY: usize = 150;

/// A place on the axis that may get a tick and two lines of text.
pub(super) struct Mark {
    pub(super) x: f64,
    pub(super) upper: String,
    pub(super) lower: String,
    pub(super) is_newest: bool,
    /// Marks of a lower rank are set first; others only where there is room left.
    pub(super) rank: u8,
}

/// Draws the axis; `numbers_days` names days of the expedition by their number.
pub(super) fn axis(sheet: &mut Sheet, numbers_days: bool, nights: &Nights<'_>, plan: &Plan) {
    for (nights, panel) in nights.panels().zip(&plan.panels) {
        if panel.is_baseline {
            baseline(sheet, plan, panel, nights);
        } else {
            let marks = if nights.len() > MOST_NIGHTS_BY_DAY {
                by_month(nights, panel)
            } else {
                by_day(numbers_days, nights, plan, panel)
            };
            set(sheet, plan, panel, marks);
        }
    }
}

fn baseline(sheet: &mut Sheet, plan: &Plan, panel: &Panel, nights: &[NightAt<'_>]) {
    let floor = plan.frame.floor;
    let x = panel.left + 2.0;
    sheet.label(
        (x, floor + LINES_PX[0]),
        "Baseline",
        Anchor::Start,
        TextStyle::Muted,
    );
    let (Some(first), Some(last)) = (nights.first(), nights.last()) else {
        return;
    };
    let long = format!("{} to {}", first.day.day.short(), last.day.day.short());
    let short = format!("{} nights", nights.len());
    let room = panel.right - x + 4.0;
    if let Some(text) = [long, short]
        .into_iter()
        .find(|text| TextStyle::Faint.width_px(text) <= room)
    {
        sheet.label(
            (x, floor + LINES_PX[1]),
            text,
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

/// Night by night: `Day 1, 2, 3` over dates on the expedition, dates over weekdays elsewhere.
fn by_day(numbers_days: bool, nights: &[NightAt<'_>], plan: &Plan, panel: &Panel) -> Vec<Mark> {
    let first_number = nights
        .iter()
        .position(|night| night.day.day_number.is_some())
        .filter(|_| numbers_days);
    let numbered = first_number.is_some();
    let last = nights.len() - 1;
    let mut widest = 0.0_f64;
    let mut marks: Vec<Mark> = nights
        .iter()
        .enumerate()
        .map(|(position, night)| {
            let day = night.day.day;
            let at_edge = position == 0 || position == last;
            // The month is named once on a phone, at both ends where there is room.
            let names_month = position == 0 || (at_edge && !plan.options.compact);
            let date = if names_month || day.day_of_month() == 1 {
                day.short()
            } else {
                day.day_of_month().to_string()
            };
            let (upper, lower) = match night.day.day_number {
                Some(number) if first_number == Some(position) => (format!("Day {number}"), date),
                Some(number) if numbered => (number.to_string(), date),
                _ if numbered => (String::new(), date),
                _ => (date, day.weekday_short().to_owned()),
            };
            let mark = Mark {
                x: panel.time.at(night.at_ms),
                upper,
                lower,
                is_newest: position == last,
                rank: 2,
            };
            if !at_edge && first_number != Some(position) {
                widest = widest.max(width(&mark));
            }
            mark
        })
        .collect();
    // Every nth night, counted back from the newest, so that the labels are evenly spread.
    let stride = stride(widest, panel.day_px());
    for (position, mark) in marks.iter_mut().enumerate() {
        mark.rank = match position {
            newest if newest == last => 0,
            0 => 1,
            first if first_number == Some(first) => 1,
            other if (last - other).is_multiple_of(stride) => 2,
            _ => u8::MAX,
        };
    }
    marks.retain(|mark| mark.rank < u8::MAX);
    marks
}

/// Every how many nights one is named, where names are so wide and nights so far apart, px.
pub(super) fn stride(widest_px: f64, day_px: f64) -> usize {
    let apart = (widest_px + GAP_PX) / day_px.max(0.01);
    [1, 2, 3, 7, 14, 28]
        .into_iter()
        .find(|stride| f64::from(*stride) >= apart)
        .unwrap_or(28) as usize
}

/// The first night of each month, the year under the first and under January.
pub(super) fn by_month(nights: &[NightAt<'_>], panel: &Panel) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before: Option<Day> = None;
    for night in nights {
        let day = night.day.day;
        let begins = before
            .is_some_and(|before| (before.year(), before.month()) != (day.year(), day.month()));
        if begins {
            let with_year = marks.is_empty() || day.month() == 1;
            marks.push(Mark {
                x: panel.time.at(night.at_ms),
                upper: day.month_short().to_owned(),
                lower: if with_year {
                    day.year().to_string()
                } else {
                    String::new()
                },
                is_newest: false,
                // Years before quarters before months.
                rank: match day.month() {
                    1 => 0,
                    4 | 7 | 10 => 1,
                    _ => 2,
                },
            });
        }
        before = Some(day);
    }
    marks
}

const GAP_PX: f64 = 4.0;

fn width(mark: &Mark) -> f64 {
    TextStyle::Strong
        .width_px(&mark.upper)
        .max(TextStyle::Faint.width_px(&mark.lower))
}

pub(super) fn set(sheet: &mut Sheet, plan: &Plan, panel: &Panel, mut marks: Vec<Mark>) {
    let floor = plan.frame.floor;
    marks.sort_by_key(|mark| mark.rank);
    let mut row = Row::default();
    for mark in marks {
        let half = width(&mark) / 2.0;
        let x = mark
            .x
            .min(plan.size.width_px - half)
            .max(panel.left + half - 6.0);
        if !row.take(x - half, x + half, GAP_PX) {
            continue;
        }
        sheet
            .shapes
            .push(Shape::upright(mark.x, floor, floor + 4.0, 1.0, Role::Axis));
        let style = if mark.is_newest {
            TextStyle::Strong
        } else {
            TextStyle::Muted
        };
        let lines = [(mark.upper, style), (mark.lower, TextStyle::Faint)];
        for ((text, style), down) in lines.into_iter().zip(LINES_PX) {
            if !text.is_empty() {
                sheet.label((x, floor + down), text, Anchor::Middle, style);
            }
        }
    }
}
