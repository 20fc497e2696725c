//! Where the names of zones stand beside a plot.

use crate::shape::Rect;

/// From one name to the next at least, px: a line of text and a little air.
const APART_PX: f64 = 14.0;
/// Thinner zones have no name, px.
const LEAST_PX: f64 = 11.0;
/// From a name's middle down to its baseline, px.
const TO_BASELINE_PX: f64 = 4.0;

/// The names of a plot's zones, from the lowest up.
///
/// A name stands in the middle of its zone. Where zones are so thin that it would touch the one
/// below it moves up, as long as its middle stays within its zone; else there is none.
pub(crate) struct ZoneNames {
    plot: Rect,
    /// The middle of the name below, px.
    below: f64,
}

impl ZoneNames {
    /// None so far.
    pub(crate) const fn new(plot: Rect) -> Self {
        Self {
            plot,
            below: f64::INFINITY,
        }
    }

    /// The baseline of the name of the next zone, from `top` to `bottom`, px; none where there is
    /// no room for it.
    pub(crate) fn baseline(&mut self, top: f64, bottom: f64) -> Option<f64> {
        if bottom - top < LEAST_PX {
            return None;
        }
        // Half a name stays within the plot: another plot may follow closely.
        let middle = f64::midpoint(top, bottom).min(self.below - APART_PX);
        if middle < top || middle < self.plot.y + APART_PX / 2.0 - 1.0 {
            return None;
        }
        self.below = middle;
        Some(middle + TO_BASELINE_PX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_never_touch_and_stand_in_their_zones(
            heights in prop::collection::vec(0.0_f64..40.0, 1..7),
        ) {
            let total: f64 = heights.iter().sum();
            let mut names = ZoneNames::new(Rect::between(0.0, 0.0, 100.0, total));
            let mut bottom = total;
            let mut before = f64::INFINITY;
            for height in heights {
                let top = bottom - height;
                if let Some(baseline) = names.baseline(top, bottom) {
                    let middle = baseline - TO_BASELINE_PX;
                    prop_assert!(top <= middle && middle <= bottom);
                    // A line of 12 px and a pixel of air.
                    prop_assert!(before - middle >= 13.0);
                    before = middle;
                }
                // A zone with room for a name of its own and for its neighbours' has one.
                prop_assert!(height < 2.0 * APART_PX || before <= bottom && before >= top);
                bottom = top;
            }
        }
    }
}
