//! What the server sends, without a browser.

use leptos::prelude::*;
use physiology::{Timestamp, Twin};
use views::notes::{Note, NoteId};

use super::{Draft, NoteClock, NoteEditor, NoteList};

/// Noon of 5 October 2026, UTC.
const NOON: Timestamp = Timestamp::from_unix_s(1_791_201_600);

fn note(id: i64, twin: Option<Twin>, may_change: bool) -> Note {
    Note {
        id: NoteId(id),
        at: NOON,
        until: Some(NOON.plus_seconds(5_400)),
        twin,
        text: format!("<b>Headache {id}</b>"),
        author: "Inés <i>".to_owned(),
        written_at: NOON,
        may_change,
    }
}

fn list(notes: Vec<Note>, may_note: bool) -> String {
    Owner::new().with(|| {
        let notes = Memo::new(move |_| notes.clone());
        let may_note = Memo::new(move |_| may_note);
        let clock = Memo::new(|_| NoteClock::default());
        let begin = Callback::new(|()| Draft::at(NOON));
        let open = RwSignal::new(None);
        view! { <NoteList notes may_note clock begin open /> }
            .to_html()
            // Marks between nodes are the framework's own affair.
            .replace("<!>", "")
    })
}

/// The tag of the sentence that says there are none.
fn tells_of_none(html: &str) -> &str {
    let mut tags = html.split('<').filter_map(|tag| tag.split('>').next());
    tags.find(|tag| tag.contains("notes-none")).unwrap()
}

#[test]
fn notes_are_listed_with_time_whose_text_and_author() {
    let html = list(
        vec![note(1, Some(Twin::B), true), note(2, None, true)],
        true,
    );
    assert_eq!(html.matches("<li id=\"note-").count(), 2);
    assert_eq!(html.matches("Mon 5 Oct, 12:00 to 13:30").count(), 2);
    assert!(html.contains("who-b") && !html.contains("who-a") && html.contains(">Both<"));
    // What people wrote is text, whatever it says.
    assert!(html.contains("&lt;b&gt;Headache 1&lt;/b&gt;"));
    assert!(html.contains("Inés &lt;i&gt;"));
    assert!(!html.contains("<b>Headache") && !html.contains("Inés <i>"));
    assert!(html.contains("Add a note"));
    assert!(html.contains("aria-label=\"Edit the note of Mon 5 Oct, 12:00\""));
    assert_eq!(html.matches(">Edit<").count(), 2);
    assert!(tells_of_none(&html).contains(" hidden"));
}

#[test]
fn who_only_looks_has_no_buttons() {
    let html = list(vec![note(1, Some(Twin::A), false)], false);
    assert!(html.contains("Headache 1"));
    assert!(!html.contains("<button"));
}

#[test]
fn without_notes_it_says_so() {
    let html = list(Vec::new(), false);
    assert!(html.contains("Nothing was noted in the time shown."));
    assert!(!tells_of_none(&html).contains(" hidden") && !html.contains("<li"));
}

fn editor(draft: Option<Draft>) -> String {
    Owner::new().with(|| {
        let clock = Memo::new(|_| NoteClock::default());
        let open = RwSignal::new(draft);
        view! { <NoteEditor open saved=Callback::new(|()| ()) clock /> }
            .to_html()
            .replace("<!>", "")
    })
}

#[test]
fn the_editor_is_empty_until_there_is_a_draft() {
    let html = editor(None);
    assert!(html.contains("<dialog") && !html.contains("<form"));
}

#[test]
fn a_new_note_is_an_instant_that_can_be_saved() {
    let html = editor(Some(Draft::at(NOON)));
    assert!(html.contains("Add a note") && html.contains("Save") && html.contains("Cancel"));
    assert!(!html.contains("Delete"));
    assert_eq!(html.matches("type=\"radio\"").count(), 3);
    assert!(html.contains("Mon 5 Oct, 12:00") && html.contains("Local time, "));
    assert_eq!(html.matches("role=\"group\"").count(), 1);
    assert!(html.contains("aria-label=\"Begin 5 min earlier\""));
}

#[test]
fn a_note_that_is_there_can_be_deleted_and_its_end_moved() {
    let html = editor(Some(Draft::of(&note(7, Some(Twin::A), true))));
    assert!(html.contains("Edit the note") && html.contains("Delete"));
    // The framework escapes nothing inside a text area: the words are no part of the markup.
    assert!(!html.contains("Headache"));
    assert_eq!(html.matches("role=\"group\"").count(), 2);
    assert!(html.contains("Mon 5 Oct, 13:30"));
}
