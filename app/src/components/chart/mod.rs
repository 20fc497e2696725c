//! The twins' chart and the tiles' sparklines.
//!
//! A figure lays out what a page gives it and says how its crosshair moves; the [`stage`] shows it
//! and listens.

mod drawing;
mod figure;
mod legend;
mod lines;
mod noting;
mod picture;
mod readout;
mod shown;
mod spark;
mod stack;
mod stage;
mod state;
mod table;
mod take;
mod zoom;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use drawing::Drawing;
pub use figure::TwinChartFigure;
pub(crate) use noting::{Noting, on_axis};
pub(crate) use shown::toggled;
pub use spark::Sparkline;
pub(crate) use stack::Setting;
pub use stack::StackFigure;
pub(crate) use stage::{Follow, Look, Nav, Scene, Screen, Stage, Step, Still, ZoomTools, redrawn};
pub(crate) use take::{Row, Take, TakeAlong, Words};
pub(crate) use zoom::{instants_of, seconds_of, zoom_of, zoom_text};
