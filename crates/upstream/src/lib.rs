//! Oura and Polar: typed documents, OAuth, paging, limits, and what the documents mean.
//!
//! A [`Client`] speaks to one vendor. [`Client::pages`] brings the [`Document`]s of a
//! [`Collection`], verbatim; [`derive()`] says, without any I/O, what the documents of a day mean in
//! the terms of [`physiology`]. One file per collection, under [`oura`] and [`polar`], holds its
//! typed document and its derivation.

mod client;
mod collection;
mod config;
mod derive;
mod document;
mod error;
mod http;
pub mod oura;
mod pages;
pub mod polar;
mod signature;
pub mod time;

pub use client::{Authorize, Client, Grant};
pub use collection::Collection;
pub use config::{Config, RetryPolicy};
pub use derive::{Derived, DerivedReading, DerivedSeries, Malformed, derive};
pub use document::Document;
pub use error::{ConfigError, FetchError, OAuthError};
pub use http::Limit;
pub use pages::Pages;
