//! What people see: pages, components, and the thin functions that ask the server.
//!
//! Rendered on the server (`ssr`), then taken over by the browser (`hydrate`). Every page works
//! without JavaScript: links change what is shown, forms change what is.

// A component's view is one type, as deep as its markup: the chart's is deeper than 128.
#![recursion_limit = "256"]

mod application;
mod browser;
mod components;
mod format;
mod functions;
mod lazy;
mod pages;
#[cfg(test)]
mod testing;

#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod document;

/// In the browser there is no answer to change any more.
#[cfg(not(feature = "ssr"))]
mod answer {
    pub(crate) const fn not_found() {}
}

pub use application::App;
#[cfg(feature = "ssr")]
pub use document::shell;
