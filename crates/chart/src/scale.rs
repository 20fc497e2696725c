//! From values to pixels.

/// A linear scale; `to` may run downwards, as pixels do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    from: (f64, f64),
    to: (f64, f64),
}

impl Linear {
    /// Maps `from.0` to `to.0` and `from.1` to `to.1`. An empty domain maps to the middle.
    pub const fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// Where a value lies, px.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.from.1 - self.from.0;
        let share = if span == 0.0 {
            0.5
        } else {
            (value - self.from.0) / span
        };
        self.to.0 + share * (self.to.1 - self.to.0)
    }

    /// The value at a position, the inverse of [`Linear::at`].
    pub fn invert(&self, position: f64) -> f64 {
        let span = self.to.1 - self.to.0;
        let share = if span == 0.0 {
            0.5
        } else {
            (position - self.to.0) / span
        };
        self.from.0 + share * (self.from.1 - self.from.0)
    }

    /// The values at both ends.
    pub const fn domain(&self) -> (f64, f64) {
        self.from
    }

    /// The positions of both ends, px.
    pub const fn range(&self) -> (f64, f64) {
        self.to
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ends_meet_ends_downwards_too() {
        let scale = Linear::new((68.0, 100.0), (260.0, 52.0));
        assert_eq!(scale.at(68.0), 260.0);
        assert_eq!(scale.at(100.0), 52.0);
        assert_eq!(scale.at(84.0), 156.0);
    }

    #[test]
    fn an_empty_domain_is_the_middle() {
        assert_eq!(Linear::new((5.0, 5.0), (0.0, 10.0)).at(5.0), 5.0);
        assert_eq!(Linear::new((0.0, 10.0), (3.0, 3.0)).invert(3.0), 5.0);
    }

    proptest! {
        #[test]
        fn inverse(value in -1e6_f64..1e6, low in -1e6_f64..1e6, span in 1.0_f64..1e6) {
            let scale = Linear::new((low, low + span), (300.0, 20.0));
            let back = scale.invert(scale.at(value));
            prop_assert!((back - value).abs() <= 1e-6 * (1.0 + value.abs() + low.abs()));
        }
    }
}
