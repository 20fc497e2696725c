//! What the pages ask of the server: each is a thin wrap of a service.

mod connections;
mod error;
mod overview;
mod session;
mod theme;

#[cfg(feature = "ssr")]
mod request;

pub(crate) use connections::{Disconnect, SyncNow, connections};
pub(crate) use error::PageError;
pub(crate) use overview::overview;
pub(crate) use session::session;
pub(crate) use theme::ChooseTheme;
