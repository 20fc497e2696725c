//! Several metrics on one time axis.
//!
//! The server sends it laid out for a tablet and for a phone. The height depends on the lanes alone,
//! so that nothing moves when the browser lays it out for the room there is.

mod figure;
mod readout;
mod setting;
mod source;
mod state;
mod table;
mod take;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use figure::StackFigure;
pub(crate) use setting::Setting;
