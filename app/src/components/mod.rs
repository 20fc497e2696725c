//! Parts that several pages share.

mod actions;
mod answer;
mod chart;
mod frame;
mod header;
mod icon;
mod mark;
mod notices;
mod priority;
mod problem;
mod range;
mod skeleton;
mod theme;

pub(crate) use answer::{Answer, Answered, Fresh, Freshness, ask};
pub(crate) use chart::{Drawing, Sparkline, StackFigure, TwinChartFigure, labels, px};
pub(crate) use frame::Frame;
pub(crate) use header::PageHeader;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use mark::{Mark, TwinMark};
pub(crate) use notices::Notices;
pub(crate) use priority::{PrioritySign, PriorityTag};
pub(crate) use problem::Problem;
pub(crate) use range::{RangeAddress, RangeControl, WantedRange, parameter, written};
pub(crate) use skeleton::{KnownHead, Skeleton, SkeletonKind};
pub(crate) use theme::Theme;
