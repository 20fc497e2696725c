//! The strip under a stack: the whole record, and the part of it that is looked at.

use physiology::{Day, DayRange, Timestamp, Twin};

use crate::input::{Size, index};
use crate::layout::frame::{DAY_MS, ROOM_AFTER_MS, ROOM_BEFORE_MS, around};
use crate::line::{Bucketed, paths};
use crate::palette::Role;
use crate::picture::{Picture, Sheet};
use crate::plot::extent;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::view::{Bounds, View};

const HEIGHT_PX: f64 = 48.0;
const HANDLE_PX: f64 = 14.0;
/// How wide what a finger has to meet is, px.
const HIT_PX: f64 = 48.0;
const LINE_PX: f64 = 1.0;
/// Between the middle of a handle and a word, px.
const CLEAR_PX: f64 = HANDLE_PX / 2.0 + 4.0;
/// The lines lie over the words, px.
const WORDS_PX: f64 = 16.0;

/// The whole record of one metric, whatever range of it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Strip<'a> {
    /// From where to where there is something to look at, ms since the epoch.
    pub bounds: Bounds,
    /// The twins' lines, A first, in order of time.
    pub lines: [&'a [Bucketed]; 2],
    /// The first and the last day, and their numbers on the expedition.
    pub ends: Option<[(Day, Option<u32>); 2]>,
}

/// What there is to look at where the record's first and last night are drawn at these instants, ms
/// since the epoch, and a range of it is shown.
pub fn strip_bounds(range: Bounds, first_ms: f64, last_ms: f64) -> Bounds {
    let (from, to) = around(first_ms, last_ms);
    range.widened(from, to)
}

/// The fewest days among which a stretch, ms since the epoch, can be looked at, where nights are drawn
/// from so long after their day's midnight UTC, ms, to so long after it: clocks change on the way.
pub fn strip_days(stretch: View, (earliest_ms, latest_ms): (f64, f64)) -> DayRange {
    /// Less than is seen on a strip, days.
    const TINY: f64 = 1e-6;
    let first = (stretch.from + ROOM_BEFORE_MS - latest_ms) / DAY_MS + TINY;
    let last = (stretch.to - ROOM_AFTER_MS - earliest_ms) / DAY_MS - TINY;
    let midnight = |day: f64| Day::of_utc(Timestamp((day * DAY_MS) as i64));
    DayRange::new(midnight(first.floor()), midnight(last.ceil()))
}

/// What of a brush is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrushPart {
    /// The left handle: where what is looked at begins.
    From,
    /// The right handle: where it ends.
    To,
    /// Between the handles: what is looked at as a whole.
    Window,
    /// Outside.
    Outside,
}

fn size(width_px: f64) -> Size {
    Size::new(width_px, HEIGHT_PX)
}

/// From ms since the epoch to px: half a handle is left free at both ends.
fn time(bounds: Bounds, size: Size) -> Linear {
    let whole = bounds.whole();
    let left = (HANDLE_PX / 2.0).min(size.width_px / 2.0);
    let right = (size.width_px - left).max(left);
    Linear::new((whole.from, whole.to), (left, right))
}

/// One metric of both twins over the whole record, 48 px high, with the days at both ends.
///
/// The window and its handles go under it: [`brush_edges`], [`brush_handle`].
pub fn brush(strip: &Strip<'_>, width_px: f64) -> Picture {
    let size = size(width_px);
    let mut sheet = Sheet::default();
    let time = time(strip.bounds, size);
    lines(&mut sheet, strip, time);
    ends(&mut sheet, strip, time);
    sheet.picture(size)
}

fn lines(sheet: &mut Sheet, strip: &Strip<'_>, time: Linear) {
    let all = strip.lines.into_iter().flatten().flat_map(Bucketed::known);
    let Some(domain) = extent(all.map(|(_, value)| value)) else {
        return;
    };
    let values = Linear::new(domain, (HEIGHT_PX - WORDS_PX - 2.0, 4.0));
    let (left, right) = time.range();
    let place = |at_ms: i64, value: f64| {
        let x = time.at(at_ms as f64).clamp(left, right);
        Point::new(x, values.at(value))
    };
    for twin in [Twin::B, Twin::A] {
        for points in paths(strip.lines[index(twin)], place, 1.0) {
            let role = Role::of_twin(twin);
            sheet.shapes.push(match points.as_slice() {
                [alone] => Shape::mark(twin, *alone, LINE_PX, role),
                _ => Shape::Line {
                    points,
                    width_px: LINE_PX,
                    dash: Dash::SOLID,
                    role,
                },
            });
        }
    }
}

/// The first and the last day, by their number on the expedition where they have one.
fn ends(sheet: &mut Sheet, strip: &Strip<'_>, time: Linear) {
    let Some([first, last]) = strip.ends else {
        return;
    };
    // Clear of the handles where all is looked at.
    let (left, right) = time.range();
    let (left, right) = (left + CLEAR_PX, right - CLEAR_PX);
    let y = HEIGHT_PX - 4.0;
    let mut taken = left;
    let is_years = first.0.year() != last.0.year();
    for ((day, number), x, anchor) in [(first, left, Anchor::Start), (last, right, Anchor::End)] {
        let date = if is_years {
            format!("{} {}", day.short(), day.year())
        } else {
            day.short()
        };
        let text = match number {
            Some(number) => format!("Day {number}, {date}"),
            None => date,
        };
        let wide = TextStyle::Faint.width_px(&text);
        let begins = if anchor == Anchor::Start { x } else { x - wide };
        if begins >= taken && begins + wide <= right + 1.0 {
            sheet.label((x, y), text, anchor, TextStyle::Faint);
            taken = begins + wide + 8.0;
        }
    }
}

/// What a window's end is held by, around 0 px: two lines in a box. It goes under the lines of
/// [`brush`], at both of [`brush_edges`].
pub fn brush_handle() -> Vec<Shape> {
    let half = HANDLE_PX / 2.0;
    let middle = HEIGHT_PX / 2.0;
    let place = Rect::between(0.5 - half, middle - 12.0, half - 0.5, middle + 12.0);
    let line = |x: f64| Shape::upright(x, middle - 5.0, middle + 5.0, 1.0, Role::Ink);
    vec![
        Shape::Area {
            points: place.rounded(4.0),
            role: Role::Sheet,
        },
        Shape::outline(place.rounded(4.0), 1.0, Role::Ink),
        line(-2.0),
        line(2.0),
    ]
}

/// Where on a strip so wide what is looked at begins and ends, px.
pub fn brush_edges(bounds: Bounds, view: View, width_px: f64) -> (f64, f64) {
    let (time, view) = (time(bounds, size(width_px)), bounds.fit(view));
    (time.at(view.from), time.at(view.to))
}

/// The instant at `x`, px, on a strip so wide, ms since the epoch; within all there is.
pub fn brush_at(bounds: Bounds, width_px: f64, x: f64) -> f64 {
    let whole = bounds.whole();
    let at_ms = time(bounds, size(width_px)).invert(x);
    if at_ms.is_finite() {
        at_ms.clamp(whole.from, whole.to)
    } else {
        whole.from
    }
}

/// What is meant by pointing at `x`, px: a handle as far as a finger is wide, the nearer of two.
pub fn brush_part(bounds: Bounds, view: View, width_px: f64, x: f64) -> BrushPart {
    let (from, to) = brush_edges(bounds, view, width_px);
    // Between handles that stand close together there is always something to move both by.
    let reach = |inwards: bool| {
        if inwards {
            (HIT_PX / 2.0).min((to - from) / 3.0)
        } else {
            HIT_PX / 2.0
        }
    };
    let on_from = (x - from).abs() <= reach(x > from);
    let on_to = (x - to).abs() <= reach(x < to);
    match (on_from, on_to) {
        (true, true) if (x - to).abs() < (x - from).abs() => BrushPart::To,
        (true, _) => BrushPart::From,
        (false, true) => BrushPart::To,
        (false, false) if from < x && x < to => BrushPart::Window,
        (false, false) => BrushPart::Outside,
    }
}
