//! Which days a page shows: what the address asks for, and the control that changes it.

mod control;
mod wanted;

pub(crate) use control::{RangeAddress, RangeControl, written};
pub(crate) use wanted::{WantedRange, parameter};
