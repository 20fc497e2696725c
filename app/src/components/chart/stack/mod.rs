//! Several metrics on one time axis.
//!
//! The server sends the stack as SVG, laid out for a tablet and for a phone; the stylesheet shows
//! one of the two. The browser measures its room and lays the same SVG out anew for it; the height
//! depends on the lanes alone, so nothing moves. Crosshair and values lie over it, so that moving
//! them draws no lane again.

mod figure;
mod picture;
mod readout;
mod state;
mod table;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use figure::StackFigure;
