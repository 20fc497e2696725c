//! Charts to take along: a picture as a file of its own, and its numbers as a table.

pub mod csv;
mod document;
mod xml;

pub use document::{Document, svg_document};
pub use xml::escaped;
