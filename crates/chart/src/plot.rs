//! A small plot with two scales: what the pair's pictures share.

use crate::input::Size;
use crate::palette::Role;
use crate::picture::{Picture, Sheet};
use crate::scale::Linear;
use crate::shape::{Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// A plot as it grows.
pub(crate) struct Plot {
    pub(crate) frame: Rect,
    pub(crate) x: Linear,
    pub(crate) y: Linear,
    size: Size,
    sheet: Sheet,
}

/// Room around the plot, px.
#[derive(Clone, Copy)]
pub(crate) struct Margins {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Plot {
    pub(crate) fn new(size: Size, margins: Margins, x: (f64, f64), y: (f64, f64)) -> Self {
        let frame = Rect::between(
            margins.left,
            margins.top,
            (size.width_px - margins.right).max(margins.left + 10.0),
            (size.height_px - margins.bottom).max(margins.top + 10.0),
        );
        Self {
            frame,
            x: Linear::new(x, (frame.x, frame.right())),
            y: Linear::new(y, (frame.bottom(), frame.y)),
            size,
            sheet: Sheet::default(),
        }
    }

    pub(crate) fn shape(&mut self, shape: Shape) {
        self.sheet.shapes.push(shape);
    }

    pub(crate) fn label(
        &mut self,
        at: (f64, f64),
        text: impl Into<String>,
        anchor: Anchor,
        style: TextStyle,
    ) -> Rect {
        self.sheet.label(at, text, anchor, style)
    }

    /// A level line and its value on the left.
    pub(crate) fn y_tick(&mut self, value: f64, text: String, role: Role) {
        let y = self.y.at(value);
        self.shape(Shape::level(self.frame.x, self.frame.right(), y, role));
        self.label(
            (self.frame.x - 8.0, y + 4.0),
            text,
            Anchor::End,
            TextStyle::Faint,
        );
    }

    /// A tick under the plot and its value.
    pub(crate) fn x_tick(&mut self, value: f64, text: String) {
        let (x, bottom) = (self.x.at(value), self.frame.bottom());
        self.shape(Shape::upright(x, bottom, bottom + 4.0, 1.0, Role::Axis));
        self.label((x, bottom + 17.0), text, Anchor::Middle, TextStyle::Faint);
    }

    /// What the values under the plot are.
    pub(crate) fn x_title(&mut self, text: String) {
        self.label(
            (self.frame.right(), self.frame.bottom() + 33.0),
            text,
            Anchor::End,
            TextStyle::Muted,
        );
    }

    pub(crate) fn done(self) -> Picture {
        self.sheet.picture(self.size)
    }
}

/// The least and the greatest of what can be drawn; none of nothing.
pub(crate) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = values
        .into_iter()
        .filter(|value| crate::input::drawable(*value))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    (low <= high).then_some((low, high))
}

/// An extent with `share` of its span added at both ends, and never narrower than `least`.
pub(crate) fn widened((low, high): (f64, f64), share: f64, least: f64) -> (f64, f64) {
    let missing = (least - (high - low)).max(0.0) / 2.0;
    let pad = share * (high - low).max(least) + missing;
    (low - pad, high + pad)
}

/// Heights of labels moved apart, at least `apart`, from the top, in the order given by height.
pub(crate) fn parted(mut heights: Vec<f64>, apart: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|one, two| heights[*one].total_cmp(&heights[*two]));
    // Outwards from the middle one, so that it stays where it belongs.
    let middle = order.len() / 2;
    for place in middle + 1..order.len() {
        let least = heights[order[place - 1]] + apart;
        let own = &mut heights[order[place]];
        *own = own.max(least);
    }
    for place in (0..middle).rev() {
        let most = heights[order[place + 1]] - apart;
        let own = &mut heights[order[place]];
        *own = own.min(most);
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_part_around_the_middle() {
        assert_eq!(parted(vec![50.0, 52.0, 51.0], 13.0), [38.0, 64.0, 51.0]);
        assert_eq!(parted(vec![0.0, 100.0], 13.0), [0.0, 100.0]);
        assert!(parted(vec![], 13.0).is_empty());
    }

    #[test]
    fn extents() {
        assert_eq!(extent([3.0, f64::NAN, 1.0]), Some((1.0, 3.0)));
        assert_eq!(extent([f64::INFINITY]), None);
        assert_eq!(widened((0.0, 10.0), 0.1, 1.0), (-1.0, 11.0));
        assert_eq!(widened((5.0, 5.0), 0.0, 2.0), (4.0, 6.0));
    }
}
