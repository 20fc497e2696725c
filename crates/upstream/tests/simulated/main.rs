//! Against vendors that answer as the real ones do.

#![expect(clippy::unwrap_used, reason = "a test may panic wherever it likes")]

#[path = "../support/mod.rs"]
mod support;

mod documents;
mod faults;
mod signing_in;
mod truth;
mod webhooks;
mod world;
