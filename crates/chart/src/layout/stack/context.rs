//! What lies around the values: times asleep, workouts as stretches, notes.

use physiology::{Timestamp, Twin};

use super::StackNote;
use crate::input::index;
use crate::layout::frame::Panel;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// From how wide a day on, px, times asleep are shaded and workouts are stretches.
const STRETCHES_FROM_DAY_PX: f64 = 24.0;
/// Notes closer together than this are one mark, px.
const JOINED_PX: f64 = 14.0;
/// Half the size of a note's mark, px.
const NOTE_PX: f64 = 4.5;
/// Half the size of what a finger has to meet, px.
const HIT_PX: f64 = 12.0;
/// How high a workout's outline is, px.
const WORKOUT_PX: f64 = 11.0;

/// Whether days are wide enough to show stretches of them.
pub(super) fn shows_stretches(panel: &Panel) -> bool {
    panel.day_px() >= STRETCHES_FROM_DAY_PX
}

/// The part of a stretch that is in sight, from left to right, px.
fn across(panel: &Panel, from: Timestamp, to: Timestamp) -> Option<(f64, f64)> {
    let (first, last) = panel.time.domain();
    let from_ms = (from.unix_ms() as f64).max(first);
    let to_ms = (to.unix_ms() as f64).min(last);
    (from_ms < to_ms).then(|| (panel.time.at(from_ms), panel.time.at(to_ms)))
}

/// Times asleep, behind the plots.
pub(super) fn nights(
    sheet: &mut Sheet,
    nights: &[(Timestamp, Timestamp)],
    plots: &[Rect],
    panel: &Panel,
) {
    if !shows_stretches(panel) {
        return;
    }
    let stretches = nights
        .iter()
        .filter_map(|(from, to)| across(panel, *from, *to));
    for (left, right) in stretches {
        for plot in plots {
            sheet.shapes.push(Shape::Fill {
                rect: Rect::between(left, plot.y, right, plot.bottom()),
                role: Role::Band,
            });
        }
    }
}

/// Workouts as outlines, A's over B's, with what was done where it fits.
pub(super) fn workouts(
    sheet: &mut Sheet,
    spans: &[(Timestamp, Timestamp, Twin, &str)],
    shown: [bool; 2],
    panel: &Panel,
    middle: f64,
) {
    for (from, to, twin, name) in spans.iter().filter(|span| shown[index(span.2)]) {
        let Some((left, right)) = across(panel, *from, *to) else {
            continue;
        };
        let top = match twin {
            Twin::A => middle - WORKOUT_PX - 1.0,
            Twin::B => middle + 1.0,
        };
        // The shortest is seen as well.
        let rect = Rect::between(left, top, right.max(left + 2.0), top + WORKOUT_PX);
        let corners = rect.corners().to_vec();
        let outline = Shape::outline(corners, 1.0, Role::of_twin(*twin));
        sheet.shapes.push(outline);
        if TextStyle::Muted.width_px(name) + 8.0 <= rect.width {
            let at = (f64::midpoint(rect.x, rect.right()), rect.bottom() - 1.5);
            sheet.label(at, *name, Anchor::Middle, TextStyle::Muted);
        }
    }
}

/// Draws notes as hollow marks, those that stand close together as one, and gives where they can be
/// pointed at and which they are.
pub(super) fn notes(
    sheet: &mut Sheet,
    notes: &[StackNote<'_>],
    shown: [bool; 2],
    panel: &Panel,
    middle: f64,
) -> Vec<(Rect, Vec<usize>)> {
    let mut seen: Vec<(f64, usize)> = Vec::new();
    for (place, note) in notes.iter().enumerate() {
        if note.twin.is_some_and(|twin| !shown[index(twin)]) {
            continue;
        }
        let (from, to) = panel.time.domain();
        let at_ms = note.at.unix_ms() as f64;
        if let Some((left, right)) = note.until.and_then(|until| across(panel, note.at, until)) {
            // Under the marks, where it runs through no count.
            let y = middle + NOTE_PX + 3.0;
            sheet.shapes.push(Shape::Line {
                points: vec![Point::new(left, y), Point::new(right, y)],
                width_px: 1.0,
                dash: Dash::SOLID,
                role: role(note.twin),
            });
            seen.push((left, place));
        } else if (from..=to).contains(&at_ms) {
            seen.push((panel.time.at(at_ms), place));
        }
    }
    seen.sort_by(|one, two| one.0.total_cmp(&two.0));
    seen.chunk_by(|one, two| two.0 - one.0 < JOINED_PX)
        .map(|together| joined(sheet, notes, together, middle))
        .collect()
}

fn joined(
    sheet: &mut Sheet,
    notes: &[StackNote<'_>],
    together: &[(f64, usize)],
    middle: f64,
) -> (Rect, Vec<usize>) {
    let first = together.first().map_or(0.0, |one| one.0);
    let last = together.last().map_or(first, |one| one.0);
    let centre = Point::new(f64::midpoint(first, last), middle);
    let mut twins = together
        .iter()
        .map(|(_, place)| notes.get(*place).and_then(|note| note.twin));
    let of_first = twins.next().flatten();
    // Notes of both are nobody's alone.
    let twin = of_first.filter(|_| twins.all(|twin| twin == of_first));
    mark(sheet, twin, centre);
    let mut hit = Rect::between(
        first - HIT_PX,
        middle - HIT_PX,
        last + HIT_PX,
        middle + HIT_PX,
    );
    if together.len() > 1 {
        let at = (centre.x + NOTE_PX + 3.0, middle + 4.0);
        let count = together.len().to_string();
        let bounds = sheet.label(at, count, Anchor::Start, TextStyle::Faint);
        hit.width = hit.width.max(bounds.right() - hit.x);
    }
    (hit, together.iter().map(|(_, place)| *place).collect())
}

/// A hollow mark: A's is round, B's is square, both's is a diamond.
fn mark(sheet: &mut Sheet, twin: Option<Twin>, centre: Point) {
    for (half, role) in [(NOTE_PX, role(twin)), (NOTE_PX - 1.5, Role::Sheet)] {
        sheet.shapes.push(match twin {
            Some(twin) => Shape::mark(twin, centre, half, role),
            None => diamond(centre, half + 1.0, role),
        });
    }
}

fn diamond(centre: Point, half: f64, role: Role) -> Shape {
    let corners = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)];
    Shape::Area {
        points: corners
            .map(|(x, y)| Point::new(centre.x + x, centre.y + y))
            .to_vec(),
        role,
    }
}

const fn role(twin: Option<Twin>) -> Role {
    match twin {
        Some(twin) => Role::of_twin(twin),
        None => Role::Ink,
    }
}
