//! What the pages ask of the server: each is a thin wrap of a service.

mod compare;
mod connections;
mod data;
mod day;
mod error;
mod notes;
mod overview;
mod session;
mod settings;
mod theme;
mod workouts;

#[cfg(feature = "ssr")]
mod request;

pub(crate) use compare::compare;
pub(crate) use connections::{Disconnect, SyncNow, connections};
pub(crate) use data::data;
pub(crate) use day::day;
pub(crate) use error::PageError;
pub(crate) use notes::{add_note, change_note, delete_note};
pub(crate) use overview::overview;
pub(crate) use session::session;
pub(crate) use settings::settings;
pub(crate) use theme::ChooseTheme;
pub(crate) use workouts::{workout, workouts};
