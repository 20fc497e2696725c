//! Where a note is written: a dialogue of the browser's own, which keeps the focus, closes with
//! Escape and gives the focus back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use physiology::Twin;
use views::notes::{LONGEST_TEXT, NoteId};

use super::draft::{Draft, NoteClock, STEP_S};
use super::list::ADD;
use crate::browser;
use crate::components::{Glyph, Icon, TwinMark};
use crate::functions::{self, PageError};

const DIALOG: &str = "note-editor";
const TEXT: &str = "note-text";

/// How far the buttons move a time: by what, s, and what it is called.
const STEPS: [(i64, &str); 3] = [(86_400, "1 day"), (3_600, "1 h"), (STEP_S, "5 min")];

/// What the server is asked to do with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Save,
    Delete(NoteId),
}

/// The dialogue, open while there is a draft.
#[component]
pub(crate) fn NoteEditor(
    /// What is being written; none closes it.
    open: RwSignal<Option<Draft>>,
    /// A note was kept, changed or deleted: the page's answer is out of date.
    saved: Callback<()>,
    clock: Memo<NoteClock>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<PageError>);
    let is_gone = StoredValue::new(false);
    // It lives as long as the page: closing the dialogue takes nothing back that was sent.
    let action = Action::new(move |(opened, sent, deed): &(Draft, Draft, Deed)| {
        let (opened, sent, deed) = (opened.clone(), sent.clone(), *deed);
        async move {
            let result = match (deed, sent.id) {
                (Deed::Delete(id), _) => functions::delete_note(id).await,
                (Deed::Save, Some(id)) => functions::change_note(id, sent.note()).await,
                (Deed::Save, None) => functions::add_note(sent.note()).await.map(|_| ()),
            };
            (opened, deed, result)
        }
    });
    Effect::new(move |_| {
        let Some((opened, deed, result)) = action.value().get() else {
            return;
        };
        let is_open = open.with_untracked(|draft| draft.as_ref() == Some(&opened));
        match result {
            Ok(()) => {
                if is_open {
                    is_gone.set_value(matches!(deed, Deed::Delete(_)));
                    open.set(None);
                }
                saved.run(());
            }
            Err(error) if is_open => problem.set(Some(error)),
            Err(_) => {}
        }
    });
    Effect::new(move |_| {
        if open.with(Option::is_none) {
            browser::close_dialog(DIALOG);
        }
    });
    let act = Callback::new(move |(opened, sent, deed)| {
        problem.set(None);
        action.dispatch((opened, sent, deed));
    });
    view! {
        <dialog
            class="note-editor sheet"
            id=DIALOG
            aria-labelledby="note-editor-name"
            on:close=move |_| {
                open.set(None);
                // The button somebody came from goes with its note.
                if is_gone.get_value() {
                    is_gone.set_value(false);
                    browser::focus(ADD);
                }
            }
        >
            {move || {
                open.get()
                    .map(|draft| {
                        problem.set(None);
                        view! { <Form draft open act problem clock is_sent=action.pending() /> }
                    })
            }}
        </dialog>
    }
    .into_any()
}

#[component]
fn Form(
    draft: Draft,
    open: RwSignal<Option<Draft>>,
    act: Callback<(Draft, Draft, Deed)>,
    problem: RwSignal<Option<PageError>>,
    clock: Memo<NoteClock>,
    /// Whether the server is at work on it.
    is_sent: Memo<bool>,
) -> impl IntoView {
    Effect::new(move |_| {
        browser::open_dialog(DIALOG);
        browser::focus(TEXT);
    });
    let opened = StoredValue::new(draft.clone());
    let id = draft.id;
    let draft = RwSignal::new(draft);
    let text = draft.with_untracked(|draft| draft.text.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        act.run((opened.get_value(), draft.get(), Deed::Save));
    };
    let delete = id.map(|id| {
        view! {
            <button
                class="btn"
                type="button"
                disabled=is_sent
                on:click=move |_| act.run((opened.get_value(), draft.get(), Deed::Delete(id)))
            >
                "Delete"
            </button>
        }
    });
    view! {
        <form on:submit=submit>
            <h2 id="note-editor-name">
                {if id.is_some() { "Edit the note" } else { "Add a note" }}
            </h2>
            <label for=TEXT>"What was it?"</label>
            <textarea
                class="field"
                id=TEXT
                rows="2"
                maxlength=LONGEST_TEXT.to_string()
                required
                // Not as a child: the framework escapes nothing inside a text area.
                prop:value=text
                aria-invalid=move || is_wrong(problem).then_some("true")
                aria-describedby="note-problem"
                on:input=move |event| draft.update(|draft| draft.text = one_line(&event_target_value(&event)))
            ></textarea>
            <Whose draft />
            <Times draft clock />
            <p class="field-problem" id="note-problem" role="alert">
                {move || problem.get().map(sentence)}
            </p>
            <div class="note-buttons">
                <button class="btn btn-primary" type="submit" disabled=is_sent>
                    "Save"
                </button>
                {delete}
                <button class="btn btn-quiet" type="button" on:click=move |_| open.set(None)>
                    "Cancel"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// A note is one line; somebody who presses Enter or pastes several means a space.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n', '\t'], " ")
}

fn is_wrong(problem: RwSignal<Option<PageError>>) -> bool {
    problem.with(|problem| matches!(problem, Some(PageError::Invalid(_))))
}

fn sentence(error: PageError) -> String {
    match error {
        PageError::SignedOut => "The session is over. Sign in again; nothing was saved.".to_owned(),
        PageError::Forbidden => "This account may not write notes.".to_owned(),
        PageError::Invalid(sentence) => sentence,
        PageError::Unavailable => "The server does not answer. Try again in a moment.".to_owned(),
    }
}

#[component]
fn Whose(draft: RwSignal<Draft>) -> impl IntoView {
    let choice = |twin: Option<Twin>| {
        let is_chosen = move || draft.with(|draft| draft.twin == twin);
        let name = match twin {
            Some(twin) => view! {
                <TwinMark twin />
                {twin.letter()}
            }
            .into_any(),
            None => "Both".into_any(),
        };
        view! {
            <label class="note-choice">
                <input
                    type="radio"
                    name="note-twin"
                    value=twin.map_or("both", Twin::id)
                    prop:checked=is_chosen
                    on:change=move |_| draft.update(|draft| draft.twin = twin)
                />
                {name}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="note-whose-choice">
            <legend>"Whose"</legend>
            {[Some(Twin::A), Some(Twin::B), None].map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Times(draft: RwSignal<Draft>, clock: Memo<NoteClock>) -> impl IntoView {
    let lasts = Memo::new(move |_| draft.with(|draft| draft.until.is_some()));
    let begin = move || draft.with(|draft| clock.with(|clock| clock.time(draft.at, draft.twin)));
    let end = move || {
        draft.with(|draft| {
            let until = draft.until.unwrap_or(draft.at);
            clock.with(|clock| clock.time(until, draft.twin))
        })
    };
    let zone = move || draft.with(|draft| clock.with(|clock| clock.zone(draft.at, draft.twin)));
    view! {
        <Time
            name="Begin"
            time=Signal::derive(begin)
            later=Callback::new(move |s| draft.update(|draft| draft.begin_later(s)))
        />
        <label class="note-choice">
            <input
                type="checkbox"
                prop:checked=lasts
                on:change=move |event| {
                    let is_checked = event_target_checked(&event);
                    draft.update(|draft| draft.lasts(is_checked));
                }
            />
            "Over a stretch of time"
        </label>
        <Show when=move || lasts.get()>
            <Time
                name="End"
                time=Signal::derive(end)
                later=Callback::new(move |s| draft.update(|draft| draft.end_later(s)))
            />
        </Show>
        <p class="note-zone">"Local time, " {zone}</p>
    }
    .into_any()
}

/// A time, and buttons that move it.
#[component]
fn Time(name: &'static str, time: Signal<String>, later: Callback<i64>) -> impl IntoView {
    let step = |seconds: i64, label: &'static str| {
        let (glyph, way) = if seconds < 0 {
            (Glyph::Minus, "earlier")
        } else {
            (Glyph::Plus, "later")
        };
        view! {
            <button
                class="btn note-step"
                type="button"
                aria-label=format!("{name} {label} {way}")
                on:click=move |_| later.run(seconds)
            >
                <Icon glyph />
                {label}
            </button>
        }
        .into_any()
    };
    let earlier = STEPS.map(|(seconds, label)| step(-seconds, label));
    let later = STEPS.map(|(seconds, label)| step(seconds, label));
    view! {
        <div class="note-time" role="group" aria-label=name>
            <p>
                <span class="note-time-name">{name}</span>
                <output>{time}</output>
            </p>
            <div class="note-steps">
                {earlier.into_iter().collect_view()} {later.into_iter().collect_view()}
            </div>
        </div>
    }
    .into_any()
}
