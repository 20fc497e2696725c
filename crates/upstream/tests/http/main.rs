//! How a client behaves towards a vendor that is played here.
#![expect(clippy::unwrap_used, reason = "a test may panic wherever it likes")]

#[path = "../support/mod.rs"]
mod support;

mod paging;
mod repeats;
mod tokens;
mod vendor;
