//! A picture: what to paint, and what to set as text over it.

use crate::input::Size;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};

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

impl Picture {
    /// Nothing, in a size.
    pub const fn empty(size: Size) -> Self {
        Self {
            size,
            shapes: Vec::new(),
            labels: Vec::new(),
        }
    }
}

/// Shapes and labels as they gather.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) labels: Vec<Label>,
}

impl Sheet {
    /// Sets a text, and gives the room it takes.
    pub(crate) fn label(
        &mut self,
        at: (f64, f64),
        text: impl Into<String>,
        anchor: Anchor,
        style: TextStyle,
    ) -> Rect {
        let label = Label::new(at, text, anchor, style);
        let bounds = label.bounds();
        self.labels.push(label);
        bounds
    }

    /// The picture of what has gathered.
    pub(crate) fn picture(self, size: Size) -> Picture {
        Picture {
            size,
            shapes: self.shapes,
            labels: self.labels,
        }
    }
}
