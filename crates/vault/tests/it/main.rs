//! The vault from outside: on every kind of store, against a vendor whose refresh tokens work once.

#![allow(missing_docs, reason = "tests")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod chaos;
mod deaths;
mod faults;
mod faulty;
mod gcs;
mod races;
mod rotation;
mod story;
mod support;
mod vendor_faults;
