//! Notes people put to the charts: written in a dialogue, listed under the chart.

mod draft;
mod editor;
mod list;
#[cfg(test)]
mod tests;

use leptos::prelude::*;
use physiology::Timestamp;

pub(crate) use self::draft::{Draft, NoteClock, newest_of_compare, newest_of_day};
use self::editor::NoteEditor;
use self::list::NoteList;
pub(crate) use self::list::line_id;
use super::{Fresh, Noting};

/// The notes of a page, and where they are written. One that is kept asks for the page anew.
#[component]
pub(crate) fn Notes(
    noting: Noting,
    clock: Memo<NoteClock>,
    /// Where a new note begins that is begun at none of the charts.
    begin: Signal<Timestamp>,
    fresh: Fresh,
) -> impl IntoView {
    let Noting {
        notes,
        may_note,
        open,
    } = noting;
    let begin = move || Draft::at(begin.get_untracked());
    let saved = move || fresh.ask_again();
    view! {
        <NoteList notes may_note clock begin=begin.into() open />
        <NoteEditor open saved=saved.into() clock />
    }
    .into_any()
}
