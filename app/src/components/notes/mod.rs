//! Notes people put to the charts: written in a dialogue, listed under the chart.

mod draft;
mod editor;
mod list;
#[cfg(test)]
mod tests;

pub(crate) use draft::{Draft, NoteClock, begin_of_sheet, newest_of_compare, newest_of_day};
pub(crate) use editor::NoteEditor;
pub(crate) use list::{NoteList, line_id};
