//! Keeping texts apart, and off the lines.

use super::series::Series;
use crate::shape::{Point, Rect};
use crate::text::Label;

/// The first place that no line and no label touches, `margin` px around it kept free.
pub(super) fn clear_of(
    places: impl Iterator<Item = Rect>,
    series: &[Series],
    labels: &[Label],
    margin: f64,
) -> Option<Rect> {
    let paths = series.iter().flat_map(|series| &series.paths);
    clear_of_paths(places, paths, labels, margin)
}

/// The first place that no path and no label touches, `margin` px around it kept free.
pub(super) fn clear_of_paths<'a>(
    mut places: impl Iterator<Item = Rect>,
    paths: impl Iterator<Item = &'a Vec<Point>> + Clone,
    labels: &[Label],
    margin: f64,
) -> Option<Rect> {
    places.find(|place| {
        let wide = Rect::between(
            place.x - margin,
            place.y - margin,
            place.right() + margin,
            place.bottom() + margin,
        );
        !labels.iter().any(|label| label.bounds().overlaps(&wide))
            && !paths.clone().any(|path| wide.meets(path))
    })
}

/// Texts of one row that must not touch.
#[derive(Default)]
pub(super) struct Row {
    taken: Vec<(f64, f64)>,
}

impl Row {
    /// Takes the room from `left` to `right`, if it is free with `gap` px on both sides.
    pub(super) fn take(&mut self, left: f64, right: f64, gap: f64) -> bool {
        let free = self
            .taken
            .iter()
            .all(|(from, to)| right + gap <= *from || left - gap >= *to);
        if free {
            self.taken.push((left, right));
        }
        free
    }
}
