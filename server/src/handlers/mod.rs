//! What is no page: health, sign-in, set-up, what settings are sent, the vendors' OAuth, downloads.

pub(crate) mod data;
pub(crate) mod health;
pub(crate) mod oauth;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
