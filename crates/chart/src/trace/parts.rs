//! What a trace laid out is made of.

use physiology::Twin;

use crate::input::{Options, Size};
use crate::notes::NoteMark;
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::Rect;

/// A trace laid out: everything positioned, nothing painted.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceLayout {
    /// What is shown of it, in the size it was laid out for.
    pub picture: Picture,
    /// From s after local midnight, as far as they are looked at, to px.
    pub time: Linear,
    /// The panels, top to bottom.
    pub panels: Vec<TracePanel>,
    /// From m to px; none without altitude.
    pub altitude: Option<Linear>,
    /// Where the time axis lies, px.
    pub floor: f64,
    /// Where notes can be pointed at, left to right.
    pub notes: Vec<NoteMark>,
}

/// A panel and its scale.
#[derive(Debug, Clone, PartialEq)]
pub struct TracePanel {
    /// Whose traces it holds.
    pub twins: Vec<Twin>,
    /// Where it is.
    pub rect: Rect,
    /// From bpm to px.
    pub values: Linear,
}

/// Sizes, px.
pub(super) struct Plan {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) gap: f64,
    pub(super) strip: f64,
    pub(super) axis: f64,
}

impl Plan {
    pub(super) fn new(size: Size, options: Options) -> Self {
        let (left, right_margin, gap, strip, axis) = if options.compact {
            (30.0, 26.0, 10.0, 46.0, 24.0)
        } else {
            (34.0, 34.0, 12.0, 52.0, 26.0)
        };
        Self {
            left,
            right: (size.width_px - right_margin).max(left + 10.0),
            top: options.top_px - 4.0,
            gap,
            strip,
            axis,
        }
    }
}

/// Whether bounds are heart rates, in order.
pub(super) fn sound(bounds: &[f64; 6]) -> bool {
    bounds.iter().all(|bound| (0.0..=400.0).contains(bound)) && bounds.is_sorted()
}
