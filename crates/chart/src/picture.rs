//! A picture: what to paint, and what to set as text over it.

use crate::input::Size;
use crate::shape::Shape;
use crate::text::Label;

/// Something laid out for a size.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The size it was laid out for.
    pub size: Size,
    /// What to paint, in order.
    pub shapes: Vec<Shape>,
    /// What to set as text.
    pub labels: Vec<Label>,
}
