//! Parts that several pages share.

mod actions;
mod answer;
mod chart;
mod frame;
mod header;
mod icon;
mod mark;
mod notes;
mod notices;
mod priority;
mod problem;
mod range;
mod skeleton;
mod theme;

pub(crate) use answer::{Fresh, Freshness, PageNames, answered_page, ask};
pub(crate) use chart::{
    Drawing, Follow, Look, Nav, Noting, Row, Scene, Screen, Setting, Sparkline, StackFigure, Stage,
    Step, Still, Take, TakeAlong, TwinChartFigure, Words, ZoomTools, instants_of, on_axis, redrawn,
    seconds_of, toggled, zoom_of, zoom_text,
};
pub(crate) use frame::Frame;
pub(crate) use header::PageHeader;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use mark::{Mark, TwinMark};
pub(crate) use notes::{Draft, NoteClock, Notes, newest_of_compare, newest_of_day};
pub(crate) use notices::{Notice, Notices};
pub(crate) use priority::{PrioritySign, PriorityTag};
pub(crate) use problem::Problem;
pub(crate) use range::{RangeAddress, RangeControl, WantedRange, parameter, written};
pub(crate) use skeleton::{KnownHead, Skeleton, SkeletonKind};
pub(crate) use theme::Theme;
