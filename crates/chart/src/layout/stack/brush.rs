//! The strip under a stack: all there is, and the part of it that is looked at.

use physiology::Twin;

use super::Stack;
use super::ground::StackGround;
use crate::decimate::{Sample, runs, thin};
use crate::input::{Size, TwinChart};
use crate::layout::frame::DAY_MS;
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

/// The first lane of both twins over all there is, 48 px high, with the days at both ends.
///
/// [`brush_window`] goes under it.
pub fn brush(stack: &Stack<'_>, width_px: f64) -> Picture {
    let size = size(width_px);
    let mut sheet = Sheet::default();
    let ground = StackGround::of(&Stack {
        lanes: stack.lanes.get(..1).unwrap_or_default(),
        mode: super::StackMode::Overlay,
        ..*stack
    });
    let time = time(ground.bounds(), size);
    if let Some(lane) = stack.lanes.first() {
        lines(&mut sheet, &lane.chart, &ground, time);
        ends(&mut sheet, &lane.chart, time);
    }
    sheet.picture(size)
}

fn lines(sheet: &mut Sheet, chart: &TwinChart<'_>, ground: &StackGround, time: Linear) {
    let Some(lane) = ground.lanes.first() else {
        return;
    };
    let nights: Vec<_> = lane.order.nights(chart.days).collect();
    let all = nights.iter().flat_map(|night| {
        let own = Twin::BOTH.map(|twin| TwinChart::value(night.day, twin));
        own.into_iter().flatten()
    });
    let Some(domain) = extent(all) else {
        return;
    };
    let values = Linear::new(domain, (HEIGHT_PX - WORDS_PX - 2.0, 4.0));
    for twin in [Twin::B, Twin::A] {
        let samples = nights.iter().map(|night| Sample {
            at_ms: night.at_ms as i64,
            value: TwinChart::value(night.day, twin),
        });
        for run in runs(samples, DAY_MS as i64) {
            let points: Vec<Point> = run
                .into_iter()
                .map(|(at_ms, value)| Point::new(time.at(at_ms as f64), values.at(value)))
                .collect();
            let role = Role::of_twin(twin);
            sheet.shapes.push(match points.as_slice() {
                [alone] => Shape::mark(twin, *alone, LINE_PX, role),
                _ => Shape::Line {
                    points: thin(points),
                    width_px: LINE_PX,
                    dash: Dash::SOLID,
                    role,
                },
            });
        }
    }
}

/// The first and the last day, by their number on the expedition where they have one.
fn ends(sheet: &mut Sheet, chart: &TwinChart<'_>, time: Linear) {
    let (Some(first), Some(last)) = (chart.days.first(), chart.days.last()) else {
        return;
    };
    // Clear of the handles where all is looked at.
    let (left, right) = time.range();
    let (left, right) = (left + CLEAR_PX, right - CLEAR_PX);
    let y = HEIGHT_PX - 4.0;
    let mut taken = left;
    for (day, x, anchor) in [(first, left, Anchor::Start), (last, right, Anchor::End)] {
        let date = day.day.short();
        let text = match day.day_number {
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

/// What is looked at, on the strip: the rest dimmed, a handle at each end. It goes under the lines
/// of [`brush`].
pub fn brush_window(bounds: Bounds, view: View, width_px: f64) -> Picture {
    let size = size(width_px);
    let mut sheet = Sheet::default();
    let time = time(bounds, size);
    let (from, to) = edges(bounds, view, time);
    for (left, right) in [(0.0, from), (to, size.width_px)] {
        if left < right {
            sheet.shapes.push(Shape::Fill {
                rect: Rect::between(left, 0.0, right, HEIGHT_PX),
                role: Role::Band,
            });
        }
    }
    let frame = Rect::between(from, 0.5, to, HEIGHT_PX - 0.5);
    let outline = Shape::outline(frame.corners().to_vec(), 1.0, Role::Axis);
    sheet.shapes.push(outline);
    for x in [from, to] {
        handle(&mut sheet, x);
    }
    sheet.picture(size)
}

/// A handle around `x`, with two lines to hold it by.
fn handle(sheet: &mut Sheet, x: f64) {
    let half = HANDLE_PX / 2.0;
    let middle = HEIGHT_PX / 2.0;
    let place = Rect::between(x - half + 0.5, middle - 12.0, x + half - 0.5, middle + 12.0);
    sheet.shapes.push(Shape::Area {
        points: place.rounded(4.0),
        role: Role::Sheet,
    });
    let outline = Shape::outline(place.rounded(4.0), 1.0, Role::Ink);
    sheet.shapes.push(outline);
    for beside in [-2.0, 2.0] {
        let line = Shape::upright(x + beside, middle - 5.0, middle + 5.0, 1.0, Role::Ink);
        sheet.shapes.push(line);
    }
}

/// Where what is looked at begins and ends, px.
fn edges(bounds: Bounds, view: View, time: Linear) -> (f64, f64) {
    let view = bounds.fit(view);
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
    let (from, to) = edges(bounds, view, time(bounds, size(width_px)));
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
