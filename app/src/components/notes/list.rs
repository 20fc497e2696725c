//! The notes of a page, in words.

use leptos::prelude::*;
use views::notes::{Note, NoteId};

use super::draft::{Draft, NoteClock};
use crate::components::{Glyph, Icon, TwinMark};

/// What adds a note: the focus goes there when a note is gone.
pub(super) const ADD: &str = "add-note";

/// What a note's line is called: who may not change it is led there from its mark.
pub(crate) fn line_id(note: NoteId) -> String {
    format!("note-{}", note.0)
}

/// The notes, oldest first, with what adds and changes them for those who may.
#[component]
pub(crate) fn NoteList(
    notes: Memo<Vec<Note>>,
    /// Whether whoever looks may write notes.
    may_note: Memo<bool>,
    clock: Memo<NoteClock>,
    /// Where a new note begins.
    begin: Callback<(), Draft>,
    /// What is being written.
    open: RwSignal<Option<Draft>>,
) -> impl IntoView {
    let ids = move || notes.with(|notes| notes.iter().map(|note| note.id).collect::<Vec<_>>());
    let is_empty = move || notes.with(Vec::is_empty);
    view! {
        <section class="sheet notes" aria-labelledby="notes">
            <div class="notes-head">
                <h2 id="notes">"Notes"</h2>
                {move || {
                    may_note
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    class="btn note-write"
                                    id=ADD
                                    type="button"
                                    aria-haspopup="dialog"
                                    on:click=move |_| open.set(Some(begin.run(())))
                                >
                                    <Icon glyph=Glyph::Plus />
                                    "Add a note"
                                </button>
                            }
                        })
                }}
            </div>
            <ul class="notes-list">
                // By id, so that the button somebody came from is there to come back to.
                <For each=ids key=|id| *id let:id>
                    <Line id notes clock open />
                </For>
            </ul>
            <p class="notes-none" hidden=move || !is_empty()>
                "Nothing was noted in the time shown."
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Line(
    id: NoteId,
    notes: Memo<Vec<Note>>,
    clock: Memo<NoteClock>,
    open: RwSignal<Option<Draft>>,
) -> impl IntoView {
    let note =
        Memo::new(move |_| notes.with(|notes| notes.iter().find(|note| note.id == id).cloned()));
    let may_change =
        Memo::new(move |_| note.with(|note| note.as_ref().is_some_and(|note| note.may_change)));
    let told = move || note.get().map(|note| told(&note, &clock.get()));
    view! {
        <li id=line_id(id) tabindex="-1">
            <div class="note">{told}</div>
            {move || {
                may_change
                    .get()
                    .then(|| {
                        let name = move || {
                            let note = note.get()?;
                            let at = clock.with(|clock| clock.time(note.at, note.twin));
                            Some(format!("Edit the note of {at}"))
                        };
                        view! {
                            <button
                                class="btn btn-quiet note-write"
                                type="button"
                                aria-haspopup="dialog"
                                aria-label=name
                                on:click=move |_| open.set(note.get().as_ref().map(Draft::of))
                            >
                                "Edit"
                            </button>
                        }
                    })
            }}
        </li>
    }
    .into_any()
}

fn told(note: &Note, clock: &NoteClock) -> AnyView {
    let times = clock.times(note.at, note.until, note.twin);
    let whose = match note.twin {
        Some(twin) => view! {
            <span class=format!("note-whose who-{}", twin.id())>
                <TwinMark twin />
                {twin.letter()}
            </span>
        }
        .into_any(),
        None => view! { <span class="note-whose">"Both"</span> }.into_any(),
    };
    view! {
        <p class="note-when">
            {times} " " {whose}
        </p>
        // Whatever way its words are written, they stay in their own line.
        <p class="note-text" dir="auto">
            {note.text.clone()}
        </p>
        <p class="note-author">"By " <bdi>{note.author.clone()}</bdi></p>
    }
    .into_any()
}
