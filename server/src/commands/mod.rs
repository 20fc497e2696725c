//! The commands, one a file.

pub(crate) mod account;
pub(crate) mod demo;
pub(crate) mod healthcheck;
pub(crate) mod rebuild;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod sync;
