//! Against vendors that answer as the real ones do.

#[path = "../support/mod.rs"]
mod support;

mod documents;
mod faults;
mod signing_in;
mod truth;
mod webhooks;
mod world;
