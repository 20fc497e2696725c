//! Notes. They are sent in the body alone: addresses are logged and remembered, and what is noted is
//! about somebody's health.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use views::notes::{NewNote, NoteId};

use super::PageError;

/// Keeps a note.
#[server(prefix = "/ask", endpoint = "add-note", input = Postcard, output = Postcard)]
pub(crate) async fn add_note(note: NewNote) -> Result<NoteId, PageError> {
    let (services, viewer) = super::request::asked()?;
    let added = services.add_note(&viewer, note).await;
    added.map_err(super::request::refused)
}

/// Replaces a note.
#[server(prefix = "/ask", endpoint = "change-note", input = Postcard, output = Postcard)]
pub(crate) async fn change_note(id: NoteId, note: NewNote) -> Result<(), PageError> {
    let (services, viewer) = super::request::asked()?;
    let changed = services.change_note(&viewer, id, note).await;
    changed.map_err(super::request::refused)
}

/// Forgets a note.
#[server(prefix = "/ask", endpoint = "delete-note", input = Postcard, output = Postcard)]
pub(crate) async fn delete_note(id: NoteId) -> Result<(), PageError> {
    let (services, viewer) = super::request::asked()?;
    let deleted = services.delete_note(&viewer, id).await;
    deleted.map_err(super::request::refused)
}
