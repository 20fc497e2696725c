//! What both vendors' halves need of HTTP.

pub(crate) mod basic;
pub(crate) mod page;
pub(crate) mod params;
pub(crate) mod reply;
