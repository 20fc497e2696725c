//! The twins' chart and the tiles' sparklines.
//!
//! The server sends the chart as SVG, laid out for a tablet and for a phone; the stylesheet shows
//! one of the two, so that it is there without JavaScript, in print and before it loads. The
//! browser then measures its room, paints the same shapes on a canvas in place of the SVG's, and
//! follows pointer and keyboard. Labels stay SVG text throughout.

mod drawing;
mod figure;
mod legend;
mod picture;
mod readout;
mod spark;
mod stack;
mod state;
mod table;

#[cfg(feature = "hydrate")]
mod live;
#[cfg(not(feature = "hydrate"))]
#[path = "still.rs"]
mod live;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use drawing::Drawing;
pub use figure::TwinChartFigure;
pub(crate) use picture::{labels, px};
pub use spark::Sparkline;
pub use stack::StackFigure;
