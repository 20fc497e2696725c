//! Notes on a chart: begun where the crosshair stands, opened by their marks.

use chart::{AxisNote, NoteMark};
use leptos::prelude::*;
use physiology::{Timestamp, Twin};
use views::notes::Note;

use super::stage::Nav;
use crate::browser;
use crate::components::notes::line_id;
use crate::components::{Draft, Glyph, Icon};

/// What is done with notes.
#[derive(Clone, Copy)]
pub(crate) struct Noting {
    /// Those of the time shown.
    pub notes: Memo<Vec<Note>>,
    /// Whether whoever looks may write them.
    pub may_note: Memo<bool>,
    /// What is being written.
    pub open: RwSignal<Option<Draft>>,
}

impl Noting {
    /// Of a page's notes; nothing is being written yet.
    pub(crate) fn new(notes: Memo<Vec<Note>>, may_note: Memo<bool>) -> Self {
        Self {
            notes,
            may_note,
            open: RwSignal::new(None),
        }
    }

    /// Opens the note whose mark is at a place, px. Where one mark is of many it looks at them closer,
    /// and where that parts them no more it leads to the first of them in the list.
    pub(crate) fn tap(self, nav: Nav, marks: &[NoteMark], at: (f64, f64)) {
        let Some(NoteMark { notes, begin, .. }) = marks.iter().find(|mark| mark.holds(at)) else {
            return;
        };
        if notes.len() > 1 && nav.can_part(begin.0, begin.1) {
            nav.part(begin.0, begin.1);
            return;
        }
        let first = notes.first().copied();
        let note = first.and_then(|first| self.notes.with_untracked(|all| all.get(first).cloned()));
        match note {
            Some(note) if notes.len() > 1 => browser::focus(&line_id(note.id)),
            Some(note) => self.open(&note),
            None => {}
        }
    }

    /// To be changed by those who may; others are led to its words in the list.
    fn open(self, note: &Note) {
        if note.may_change {
            self.open.set(Some(Draft::of(note)));
        } else {
            browser::focus(&line_id(note.id));
        }
    }

    /// The button that notes what the crosshair stands on, for those who may.
    pub(crate) fn here(self, at: Signal<Option<Timestamp>>) -> impl Fn() -> Option<AnyView> + Copy {
        move || self.may_note.get().then(|| self.button(at))
    }

    fn button(self, at: Signal<Option<Timestamp>>) -> AnyView {
        view! {
            <button
                class="btn note-here"
                type="button"
                disabled=move || at.with(Option::is_none)
                on:click=move |_| {
                    if let Some(at) = at.get_untracked() {
                        self.open.set(Some(Draft::at(at)));
                    }
                }
            >
                <Icon glyph=Glyph::Plus />
                "Note here"
            </button>
        }
        .into_any()
    }
}

/// Notes on an axis that tells where an instant of a twin lies. A note of both stands once where
/// that is one place, else once for each.
pub(crate) fn on_axis(
    notes: &[Note],
    place: impl Fn(Timestamp, Twin) -> Option<f64>,
) -> Vec<AxisNote> {
    let mut placed = Vec::with_capacity(notes.len());
    for (index, note) in notes.iter().enumerate() {
        let of = |twin: Twin| {
            Some(AxisNote {
                from: place(note.at, twin)?,
                until: note.until.and_then(|until| place(until, twin)),
                twin: Some(twin),
                note: index,
            })
        };
        let Some(twin) = note.twin else {
            let [a, b] = Twin::BOTH.map(of);
            match (a, b) {
                (Some(a), Some(b)) if a.from == b.from => placed.push(AxisNote { twin: None, ..a }),
                (a, b) => placed.extend(a.into_iter().chain(b)),
            }
            continue;
        };
        placed.extend(of(twin));
    }
    placed
}

#[cfg(test)]
mod tests {
    use physiology::NoteId;

    use super::*;

    const AT: Timestamp = Timestamp::from_unix_s(1_791_828_800);

    fn note(twin: Option<Twin>) -> Note {
        Note {
            id: NoteId(1),
            at: AT,
            until: Some(AT.plus_seconds(600)),
            twin,
            text: "Headache".to_owned(),
            author: "clinic".to_owned(),
            written_at: AT,
            may_change: true,
        }
    }

    #[test]
    fn a_note_of_both_stands_twice_where_the_twins_clocks_differ() {
        let notes = [note(Some(Twin::B)), note(None)];
        let seconds = |offsets: [i64; 2]| {
            move |at: Timestamp, twin: Twin| {
                let offset_s = offsets[usize::from(twin == Twin::B)];
                Some((at.unix_s() - AT.unix_s() + offset_s) as f64)
            }
        };
        let placed = |from: f64, twin, note| AxisNote {
            from,
            until: Some(from + 600.0),
            twin,
            note,
        };
        assert_eq!(
            on_axis(&notes, seconds([60, 60])),
            [placed(60.0, Some(Twin::B), 0), placed(60.0, None, 1)]
        );
        assert_eq!(
            on_axis(&notes, seconds([0, 60])),
            [
                placed(60.0, Some(Twin::B), 0),
                placed(0.0, Some(Twin::A), 1),
                placed(60.0, Some(Twin::B), 1)
            ]
        );
        // A twin that has no place on the axis has no mark.
        let only_a = |_, twin| (twin == Twin::A).then_some(5.0);
        let of_a = AxisNote {
            until: Some(5.0),
            ..placed(5.0, Some(Twin::A), 1)
        };
        assert_eq!(on_axis(&notes, only_a), [of_a]);
    }
}
