//! Parts that several pages share.

mod actions;
mod chart;
mod frame;
mod icon;
mod mark;
mod priority;
mod problem;
mod theme;

pub(crate) use actions::Actions;
pub(crate) use chart::{Sparkline, TwinChartFigure};
pub(crate) use frame::Frame;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use mark::{Mark, TwinMark};
pub(crate) use priority::{PrioritySign, PriorityTag};
pub(crate) use problem::Problem;
pub(crate) use theme::Theme;
