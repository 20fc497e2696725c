//! Notes on a time axis: hollow marks, those that stand close together as one.

use physiology::Twin;

use crate::palette::Role;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};

/// How high a row of marks is, px.
pub(crate) const ROW_PX: f64 = 26.0;
/// Notes closer together than this are one mark, px.
const JOINED_PX: f64 = 14.0;
/// Half the size of a mark, px.
const MARK_PX: f64 = 4.5;
/// Half the size of what a finger has to meet, px.
const HIT_PX: f64 = 12.0;

/// Something noted, on the axis of its chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisNote {
    /// Where it begins, in the axis' unit.
    pub from: f64,
    /// Where it ends, if it lasts.
    pub until: Option<f64>,
    /// Whose it is; none of both.
    pub twin: Option<Twin>,
    /// Which one it is: what its mark tells.
    pub note: usize,
}

/// A mark, and the notes that are one there.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteMark {
    /// Where it can be pointed at, px.
    pub rect: Rect,
    /// The notes, from left to right, each once.
    pub notes: Vec<usize>,
    /// Where the first and the last of them begin, in the axis' unit.
    pub begin: (f64, f64),
}

impl NoteMark {
    /// Whether a place, px, is on it.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        let rect = &self.rect;
        (rect.x..=rect.right()).contains(&x) && (rect.y..=rect.bottom()).contains(&y)
    }
}

/// How high a row of these is, px: nothing without any.
pub(crate) const fn row_px(notes: &[AxisNote]) -> f64 {
    if notes.is_empty() { 0.0 } else { ROW_PX }
}

/// Marks the notes in sight, those of both and of the twins shown, in a row about `middle`, px.
pub(crate) fn mark_notes<'a>(
    notes: impl Iterator<Item = &'a AxisNote>,
    time: Linear,
    middle: f64,
    shapes: &mut Vec<Shape>,
    labels: &mut Vec<Label>,
) -> Vec<NoteMark> {
    let mut seen: Vec<(f64, &AxisNote)> = Vec::new();
    let (first, last) = time.domain();
    for note in notes {
        let stretch = note.until.and_then(|until| {
            let (from, to) = (note.from.max(first), until.min(last));
            (from < to).then(|| (time.at(from), time.at(to)))
        });
        if let Some((left, right)) = stretch {
            // Under the marks, where it runs through no count.
            let y = middle + MARK_PX + 3.0;
            shapes.push(Shape::Line {
                points: vec![Point::new(left, y), Point::new(right, y)],
                width_px: 1.0,
                dash: Dash::SOLID,
                role: role(note.twin),
            });
            seen.push((left, note));
        } else if (first..=last).contains(&note.from) {
            seen.push((time.at(note.from), note));
        }
    }
    seen.sort_by(|one, two| one.0.total_cmp(&two.0));
    seen.chunk_by(|one, two| two.0 - one.0 < JOINED_PX)
        .map(|together| joined(together, middle, shapes, labels))
        .collect()
}

fn joined(
    together: &[(f64, &AxisNote)],
    middle: f64,
    shapes: &mut Vec<Shape>,
    labels: &mut Vec<Label>,
) -> NoteMark {
    let first = together.first().map_or(0.0, |one| one.0);
    let last = together.last().map_or(first, |one| one.0);
    let centre = Point::new(f64::midpoint(first, last), middle);
    let mut twins = together.iter().map(|(_, note)| note.twin);
    let of_first = twins.next().flatten();
    // Notes of both are nobody's alone.
    let twin = of_first.filter(|_| twins.all(|twin| twin == of_first));
    hollow(twin, centre, shapes);
    let mut rect = Rect::between(
        first - HIT_PX,
        middle - HIT_PX,
        last + HIT_PX,
        middle + HIT_PX,
    );
    let mut notes: Vec<usize> = Vec::new();
    for (_, AxisNote { note, .. }) in together {
        // On an axis that is each twin's own, a note of both stands twice.
        if !notes.contains(note) {
            notes.push(*note);
        }
    }
    if notes.len() > 1 {
        let at = (centre.x + MARK_PX + 3.0, middle + 4.0);
        let count = Label::new(at, notes.len().to_string(), Anchor::Start, TextStyle::Faint);
        rect.width = rect.width.max(count.bounds().right() - rect.x);
        labels.push(count);
    }
    let begins = together.iter().map(|(_, note)| note.from);
    NoteMark {
        rect,
        notes,
        begin: begins.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), from| {
            (first.min(from), last.max(from))
        }),
    }
}

/// A hollow mark: A's is round, B's is square, both's is a diamond.
fn hollow(twin: Option<Twin>, centre: Point, shapes: &mut Vec<Shape>) {
    for (half, role) in [(MARK_PX, role(twin)), (MARK_PX - 1.5, Role::Sheet)] {
        shapes.push(match twin {
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
