//! What is no page: health, sign-in, set-up, the vendors' OAuth.

pub(crate) mod health;
pub(crate) mod oauth;
pub(crate) mod setup;
pub(crate) mod sign_in;
