//! The simulator as a whole, asked over HTTP.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod control;
mod oura;
mod oura_oauth;
mod polar;
mod schema;
mod support;
mod traps;
mod truth;
mod twins;
mod webhooks;
