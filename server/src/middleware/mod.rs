//! What stands before every handler, one concern a file.

pub(crate) mod access_log;
pub(crate) mod headers;
pub(crate) mod recent;
pub(crate) mod same_origin;
pub(crate) mod scripts;
pub(crate) mod session;
