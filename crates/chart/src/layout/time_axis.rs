//! The time axis of a window: from years to minutes, on the clock of the place.

use physiology::Day;
use physiology::units::Clock;

use super::axis::{self, Mark};
use super::frame::{Nights, Panel, Plan};
use super::labels::Row;
use crate::local::LocalTime;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::Shape;
use crate::text::{Anchor, TextStyle};

/// From how wide a day on, px, hours are told instead of nights.
const HOURS_FROM_DAY_PX: f64 = 120.0;
/// The steps of hours and minutes, the widest first, ms.
const STEPS_MS: [i64; 10] = [
    12 * HOUR_MS,
    6 * HOUR_MS,
    3 * HOUR_MS,
    2 * HOUR_MS,
    HOUR_MS,
    HOUR_MS / 2,
    HOUR_MS / 4,
    HOUR_MS / 6,
    HOUR_MS / 12,
    HOUR_MS / 60,
];
const HOUR_MS: i64 = 3_600_000;
/// Between two times, px.
const APART_PX: f64 = 10.0;
/// How far the first time may reach over the left edge, px.
const OVERHANG_PX: f64 = 12.0;
/// More ticks than the widest picture has room for.
const MOST_TICKS: usize = 2_000;

/// The axis of one window.
pub(super) struct TimeAxis<'a> {
    pub(super) plan: &'a Plan,
    pub(super) panel: &'a Panel,
    /// The nights in sight, and one beyond each edge.
    pub(super) nights: &'a Nights<'a>,
    pub(super) local: LocalTime<'a>,
    pub(super) clock: Clock,
}

impl TimeAxis<'_> {
    /// By month, night, hour or minute: as closely as it is looked at.
    pub(super) fn draw(&self, sheet: &mut Sheet) {
        if self.nights.shown.is_empty() || self.panel.day_px() >= HOURS_FROM_DAY_PX {
            self.by_hour(sheet);
            return;
        }
        let nights = &self.nights.shown;
        let mut marks = if nights.len() > axis::MOST_NIGHTS_BY_DAY {
            axis::by_month(nights, self.panel)
        } else {
            self.by_night()
        };
        marks.retain(|mark| self.panel.holds(mark.x));
        axis::set(sheet, self.plan, self.panel, marks);
    }

    /// `Day 3, 4, 5` over dates on the expedition, dates over weekdays elsewhere. Which nights are
    /// named does not change as they move; the first in sight names day and month.
    fn by_night(&self) -> Vec<Mark> {
        let nights = &self.nights.shown;
        let seen = |x: &f64| self.panel.holds(*x);
        let numbered = nights
            .iter()
            .any(|night| night.day.day_number.is_some() && seen(&self.panel.time.at(night.at_ms)));
        let widest = if numbered {
            TextStyle::Strong.width_px("000")
        } else {
            TextStyle::Strong
                .width_px("30")
                .max(TextStyle::Faint.width_px("Wed"))
        };
        let stride = axis::stride(widest, self.panel.day_px());
        let newest = self.nights.of.saturating_sub(1);
        let mut marks: Vec<Mark> = Vec::new();
        let mut month = None;
        let mut names_number = true;
        for (position, night) in (self.nights.before..).zip(nights) {
            let x = self.panel.time.at(night.at_ms);
            let is_named = newest.saturating_sub(position).is_multiple_of(stride);
            if !is_named || !seen(&x) {
                continue;
            }
            let day = night.day.day;
            let this_month = Some((day.year(), day.month()));
            let names_month = month != this_month;
            month = this_month;
            let date = if names_month {
                day.short()
            } else {
                day.day_of_month().to_string()
            };
            let (upper, lower) = match night.day.day_number {
                Some(number) if core::mem::take(&mut names_number) => {
                    (format!("Day {number}"), date)
                }
                Some(number) => (number.to_string(), date),
                None if numbered => (String::new(), date),
                None => (date, day.weekday_short().to_owned()),
            };
            marks.push(Mark {
                x,
                upper,
                lower,
                is_newest: position == newest,
                rank: match position {
                    position if position == newest => 0,
                    _ if names_month => 1,
                    _ => 2,
                },
            });
        }
        marks
    }

    /// Times of day over dates: each date where it begins, and the one that has begun at the left.
    fn by_hour(&self, sheet: &mut Sheet) {
        let (from, to) = self.panel.time.domain();
        let (from_ms, to_ms) = (from as i64, to as i64);
        let floor = self.plan.frame.floor;
        // At noon the widest time there is, as the clock writes it.
        let widest = TextStyle::Muted.width_px(&self.clock.time(12 * 3_600));
        let px_per_ms = (self.panel.right - self.panel.left) / (to - from).max(1.0);
        let step_ms = STEPS_MS
            .into_iter()
            .rev()
            .find(|step_ms| *step_ms as f64 * px_per_ms >= widest + APART_PX)
            .unwrap_or(24 * HOUR_MS);
        let mut row = Row::default();
        let ticks = self
            .local
            .stretches(from_ms, to_ms)
            .flat_map(|stretch| stretch.multiples(step_ms, MOST_TICKS))
            .take(MOST_TICKS);
        for at_ms in ticks {
            let x = self.panel.time.at(at_ms as f64);
            if !self.panel.holds(x) {
                continue;
            }
            sheet
                .shapes
                .push(Shape::upright(x, floor, floor + 4.0, 1.0, Role::Axis));
            let text = self.clock.time(self.local.second(at_ms));
            let half = TextStyle::Muted.width_px(&text) / 2.0;
            let middle = x
                .min(self.plan.size.width_px - half)
                .max(self.panel.left - OVERHANG_PX + half);
            if row.take(middle - half, middle + half, 2.0) {
                let at = (middle, floor + axis::LINES_PX[0]);
                sheet.label(at, text, Anchor::Middle, TextStyle::Muted);
            }
        }
        self.dates(sheet, from_ms, to_ms);
    }

    fn dates(&self, sheet: &mut Sheet, from_ms: i64, to_ms: i64) {
        let floor = self.plan.frame.floor;
        let begin = self.local.days(from_ms, to_ms, MOST_TICKS);
        let begin: Vec<(f64, Day)> = begin
            .into_iter()
            .map(|(at_ms, day)| (self.panel.time.at(at_ms as f64), day))
            .filter(|(x, _)| self.panel.holds(*x))
            .collect();
        let y = floor + axis::LINES_PX[1];
        let ends = |index: usize| {
            let next = begin.get(index).map(|next| next.0 - 6.0);
            next.unwrap_or(self.plan.size.width_px)
        };
        let sticky = self.local.day(from_ms);
        if begin
            .first()
            .is_none_or(|first| first.0 > self.panel.left + 1.0)
        {
            self.date(sheet, (self.panel.left, y), sticky, ends(0));
        }
        for (index, (x, day)) in begin.iter().enumerate() {
            sheet
                .shapes
                .push(Shape::upright(*x, floor, floor + 9.0, 1.0, Role::Axis));
            self.date(sheet, (*x, y), *day, ends(index + 1));
        }
    }

    /// The date and the day of the expedition, as much of it as ends before `end`.
    fn date(&self, sheet: &mut Sheet, at: (f64, f64), day: Day, end: f64) {
        let number = self
            .nights
            .shown
            .iter()
            .find(|night| night.day.day == day)
            .and_then(|night| night.day.day_number);
        let numbered = number.map(|number| format!("{}, Day {number}", day.short()));
        let texts = numbered
            .into_iter()
            .chain([day.with_weekday(), day.short()]);
        for text in texts {
            if at.0 + TextStyle::Faint.width_px(&text) <= end {
                sheet.label(at, text, Anchor::Start, TextStyle::Faint);
                return;
            }
        }
    }
}
