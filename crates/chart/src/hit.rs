//! Which night a pointer means.

use crate::layout::Layout;

/// A night of the chart, by its place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Night {
    /// Of [`TwinChart::baseline_days`](crate::TwinChart::baseline_days).
    Baseline(usize),
    /// Of [`TwinChart::days`](crate::TwinChart::days).
    Shown(usize),
}

impl Night {
    /// The place in its own list.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Baseline(place) | Self::Shown(place) => place,
        }
    }
}

/// Where the crosshair can stand: one night, measured or missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// Which night.
    pub night: Night,
    /// Where, px.
    pub x: f64,
    /// Where each shown twin's value is, px, A first.
    pub y: [Option<f64>; 2],
    /// Where the sleeping altitude is, px.
    pub altitude_y: Option<f64>,
}

/// The index of what is nearest to `at`, of things in order of their place; the earlier of two as
/// near. None of nothing.
pub(crate) fn nearest<T>(things: &[T], at: f64, place: impl Fn(&T) -> f64) -> Option<usize> {
    let after = things.partition_point(|thing| place(thing) < at);
    let before = after.checked_sub(1);
    let distance = |index: usize| things.get(index).map(|thing| (place(thing) - at).abs());
    match (before.and_then(distance), distance(after)) {
        (Some(before), Some(next)) if next < before => Some(after),
        (Some(_), _) => before,
        (None, Some(_)) => Some(after),
        (None, None) => None,
    }
}

impl Layout {
    /// The index of the stop nearest to `x`, px; the earlier of two as near. None without nights.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        nearest(&self.stops, x, |stop| stop.x)
    }

    /// The index of a night's stop.
    pub fn stop_of(&self, night: Night) -> Option<usize> {
        self.stops.iter().position(|stop| stop.night == night)
    }

    /// The index of the newest night's stop.
    pub fn newest(&self) -> Option<usize> {
        self.stops.len().checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::Frame;
    use crate::{Picture, Rect, Size};

    fn layout_of(xs: &[f64]) -> Layout {
        Layout {
            picture: Picture::empty(Size::new(100.0, 100.0)),
            frame: Frame {
                plot: Rect::between(0.0, 0.0, 100.0, 60.0),
                floor: 90.0,
            },
            panels: Vec::new(),
            values: None,
            stops: xs
                .iter()
                .enumerate()
                .map(|(index, x)| Stop {
                    night: Night::Shown(index),
                    x: *x,
                    y: [None, None],
                    altitude_y: None,
                })
                .collect(),
        }
    }

    #[test]
    fn no_nights_no_stop() {
        assert_eq!(layout_of(&[]).nearest(3.0), None);
        assert_eq!(layout_of(&[]).newest(), None);
    }

    proptest! {
        #[test]
        fn nearest_is_nearest(
            mut xs in prop::collection::vec(0.0_f64..800.0, 1..60), x in -50.0_f64..900.0,
        ) {
            xs.sort_by(f64::total_cmp);
            let layout = layout_of(&xs);
            let found = layout.nearest(x).map(|index| (xs[index] - x).abs());
            let best = xs.iter().map(|other| (other - x).abs()).min_by(f64::total_cmp);
            prop_assert_eq!(found, best);
        }
    }
}
