//! What follows the crosshair: the line, the marks, and the values beside every lane.

use physiology::{Day, Twin};

use super::values::Values;
use super::{LineValue, Stack, StackLayout, StackStop};
use crate::hit;
use crate::input::index;
use crate::line;
use crate::local::LocalTime;
use crate::palette::Role;
use crate::picture::{Picture, Sheet};
use crate::readout::metres;
use crate::shape::{Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// So far from a sample, px, the crosshair still means it.
const REACH_PX: f64 = 2.0;

/// The values of the night at a stop, beside their lanes; with the crosshair on it where it
/// `stands` there. Empty where there is no such stop.
pub fn stack_cursor(stack: &Stack<'_>, layout: &StackLayout, stop: usize, stands: bool) -> Picture {
    let mut sheet = Sheet::default();
    if let Some(stop) = layout.stops.get(stop) {
        let told = Told {
            stack,
            layout,
            night: Some(stop.night),
            at_ms: stop.at_ms,
        };
        if stands {
            told.upright(&mut sheet);
            told.on_nights(&mut sheet, stop);
            told.on_lines(&mut sheet);
        }
        told.values(&mut sheet);
    }
    sheet.picture(layout.picture.size)
}

/// The crosshair at `x`, px, in whichever column, and what there is to tell beside the lanes: of
/// lines the nearest samples, of nights the nearest one. Empty without a time axis.
pub fn stack_cursor_at(stack: &Stack<'_>, layout: &StackLayout, x: f64) -> Picture {
    let mut sheet = Sheet::default();
    if let Some(at_ms) = layout.time_at(x) {
        let night = stack_night_at(stack, at_ms);
        let told = Told {
            stack,
            layout,
            night,
            at_ms,
        };
        told.upright(&mut sheet);
        let stop = layout.nearest(x).and_then(|stop| layout.stops.get(stop));
        if let Some(stop) = stop.filter(|stop| Some(stop.night) == night) {
            told.on_nights(&mut sheet, stop);
        }
        told.on_lines(&mut sheet);
        told.values(&mut sheet);
        told.time(&mut sheet);
    }
    sheet.picture(layout.picture.size)
}

/// Each twin's nearest sample to `x`, px, in whichever column, of one of the stack's lines, A first.
/// None in gaps and beyond the ends.
pub fn stack_line_at(
    stack: &Stack<'_>,
    layout: &StackLayout,
    line: usize,
    x: f64,
) -> [Option<LineValue>; 2] {
    match layout.time_at(x) {
        Some(at_ms) => line_at(stack, layout, line, at_ms),
        None => [None, None],
    }
}

/// The place among the nights given of the night nearest to an instant, ms since the epoch, in sight
/// or not. None without nights.
pub fn stack_night_at(stack: &Stack<'_>, at_ms: f64) -> Option<usize> {
    let days = stack.lanes.first()?.chart.days;
    hit::nearest(days, at_ms, |day| day.at.unix_ms() as f64)
}

/// The local day and time of day, s after midnight, of an instant, ms since the epoch.
pub fn stack_time(stack: &Stack<'_>, at_ms: f64) -> (Day, i64) {
    let local = local(stack);
    (local.day(at_ms as i64), local.second(at_ms as i64))
}

fn local<'a>(stack: &Stack<'a>) -> LocalTime<'a> {
    let first = stack.lanes.first();
    LocalTime::of(stack.zone, first.map_or(0, |lane| lane.chart.utc_offset_s))
}

fn line_at(
    stack: &Stack<'_>,
    layout: &StackLayout,
    line: usize,
    at_ms: f64,
) -> [Option<LineValue>; 2] {
    let found = stack.lines.get(line).zip(layout.lines.get(line));
    Twin::BOTH.map(|twin| {
        let ((line, frame), column) = found.zip(layout.column_of(twin))?;
        let (from, to) = column.time.domain();
        let reach_ms = REACH_PX * (to - from) / (column.right - column.left).max(1.0);
        let bucket = line::nearest(line.twins[index(twin)], at_ms as i64, reach_ms)?;
        let (at_ms, value) = line::nearest_known(bucket, at_ms as i64);
        let y = frame.values?.at(value);
        Some(LineValue {
            at_ms,
            value,
            from_ms: bucket.from_ms,
            to_ms: bucket.to_ms,
            min: bucket.min,
            max: bucket.max,
            count: bucket.count,
            source: bucket.source,
            x: column
                .time
                .at(at_ms as f64)
                .clamp(column.left, column.right),
            y: y.clamp(frame.plot.y, frame.plot.bottom()),
        })
    })
}

/// What is told of one instant.
struct Told<'a> {
    stack: &'a Stack<'a>,
    layout: &'a StackLayout,
    night: Option<usize>,
    at_ms: f64,
}

impl Told<'_> {
    /// The line through all lanes, in every column.
    fn upright(&self, sheet: &mut Sheet) {
        for column in &self.layout.columns {
            let x = column.time.at(self.at_ms);
            let line = Shape::upright(x, 0.0, self.layout.floor, 1.0, Role::Ink);
            sheet.shapes.push(line);
        }
    }

    /// The marks of a night, lane by lane, and of its altitude.
    fn on_nights(&self, sheet: &mut Sheet, stop: &StackStop) {
        for both in &stop.y {
            for twin in [Twin::B, Twin::A] {
                let column = self.layout.column_of(twin);
                if let (Some(y), Some(column)) = (both[index(twin)], column) {
                    let centre = Point::new(column.time.at(stop.at_ms), y);
                    mark(sheet, twin, centre, [6.75, 4.25]);
                }
            }
        }
        for y in stop.difference_y.iter().flatten() {
            for (radius_px, role) in [(6.75, Role::Ink), (4.25, Role::Sheet)] {
                sheet.shapes.push(Shape::Disc {
                    centre: Point::new(stop.x, *y),
                    radius_px,
                    role,
                });
            }
        }
        if let Some(y) = stop.altitude_y {
            for column in &self.layout.columns {
                let centre = Point::new(column.time.at(stop.at_ms), y);
                for (radius_px, role) in [(5.0, Role::Ink), (3.0, Role::Sheet)] {
                    sheet.shapes.push(Shape::Disc {
                        centre,
                        radius_px,
                        role,
                    });
                }
            }
        }
    }

    /// The marks on the nearest samples of lines.
    fn on_lines(&self, sheet: &mut Sheet) {
        for line in 0..self.stack.lines.len() {
            let both = line_at(self.stack, self.layout, line, self.at_ms);
            for twin in [Twin::B, Twin::A] {
                if let Some(value) = both[index(twin)] {
                    let centre = Point::new(value.x, value.y);
                    mark(sheet, twin, centre, [5.25, 3.0]);
                }
            }
        }
    }

    /// What is written beside the lanes, the lines and the altitude strip.
    fn values(&self, sheet: &mut Sheet) {
        let (stack, layout) = (self.stack, self.layout);
        if let Some(night) = self.night {
            for (lane, frame) in stack.lanes.iter().zip(&layout.lanes) {
                Values::of(&lane.chart, night).beside(sheet, layout, frame);
            }
        }
        for (place, (line, frame)) in stack.lines.iter().zip(&layout.lines).enumerate() {
            let values = line_at(stack, layout, place, self.at_ms);
            Values::of_line(line, values).beside(sheet, layout, frame);
        }
        if !layout.compact {
            self.altitude(sheet);
        }
    }

    /// The altitude and the place slept at, beside the strip.
    fn altitude(&self, sheet: &mut Sheet) {
        let layout = self.layout;
        let night = self.stack.lanes.first().zip(self.night);
        let Some(night) = night.and_then(|(lane, night)| lane.chart.days.get(night)) else {
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

    /// When it is, on the axis.
    fn time(&self, sheet: &mut Sheet) {
        let (day, second) = stack_time(self.stack, self.at_ms);
        let text = format!("{}, {}", day.short(), self.stack.clock.time(second));
        let half = TextStyle::Inverse.width_px(&text) / 2.0 + 6.0;
        let top = self.layout.floor + 2.0;
        for column in &self.layout.columns {
            let x = column.time.at(self.at_ms);
            let x = x.min(self.layout.picture.size.width_px - half).max(half);
            sheet.shapes.push(Shape::Area {
                points: Rect::between(x - half, top, x + half, top + 20.0).rounded(4.0),
                role: Role::Ink,
            });
            let at = (x, top + 14.0);
            sheet.label(at, text.as_str(), Anchor::Middle, TextStyle::Inverse);
        }
    }
}

/// A twin's mark, hollow.
fn mark(sheet: &mut Sheet, twin: Twin, centre: Point, [outer, inner]: [f64; 2]) {
    for (half, role) in [(outer, Role::of_twin(twin)), (inner, Role::Sheet)] {
        sheet.shapes.push(Shape::mark(twin, centre, half, role));
    }
}
