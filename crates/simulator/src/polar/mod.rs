//! Polar AccessLink: OAuth, users, what watches recorded, webhooks.

pub(crate) mod access;
pub(crate) mod activities;
pub(crate) mod cardio_load;
pub(crate) mod errors;
pub(crate) mod exercises;
pub(crate) mod files;
pub(crate) mod heart_rate;
pub(crate) mod limits;
pub(crate) mod nights;
pub(crate) mod oauth;
pub(crate) mod routes;
pub(crate) mod sleepwise;
pub(crate) mod users;
pub(crate) mod webhooks;

/// Polar keeps most data for so many days, counted back from the day it is in UTC.
pub(crate) const WINDOW_DAYS: i64 = 28;
/// Exercises it keeps for so many days after they were uploaded.
pub(crate) const EXERCISE_WINDOW_DAYS: i64 = 30;
