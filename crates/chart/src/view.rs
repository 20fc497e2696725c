//! The stretch of an axis that is looked at.
//!
//! Positions are in the axis's own unit, ms since the epoch or seconds after midnight, as `f64`.

/// What is looked at, from and to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Where it begins.
    pub from: f64,
    /// Where it ends, after `from`.
    pub to: f64,
}

impl View {
    /// How much is looked at.
    pub fn span(self) -> f64 {
        self.to - self.from
    }

    /// Whether a position is looked at.
    pub fn holds(self, at: f64) -> bool {
        self.from <= at && at <= self.to
    }
}

/// All there is to look at, and how closely one may look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    whole: View,
    least_span: f64,
}

impl Bounds {
    /// From the ends of what there is and the least span that may be looked at. Ends that are the
    /// wrong way round or no numbers are an axis of the least span.
    pub fn new(from: f64, to: f64, least_span: f64) -> Self {
        let finite = |value: f64, other: f64| if value.is_finite() { value } else { other };
        let from = finite(from, 0.0);
        let least_span = finite(least_span, 1.0).max(f64::MIN_POSITIVE);
        let to = finite(to, from).max(from + least_span);
        Self {
            whole: View { from, to },
            least_span: least_span.min(to - from),
        }
    }

    /// With more to look at, as closely as before.
    pub fn widened(self, from: f64, to: f64) -> Self {
        Self::new(
            from.min(self.whole.from),
            to.max(self.whole.to),
            self.least_span,
        )
    }

    /// Everything.
    pub const fn whole(self) -> View {
        self.whole
    }

    /// Whether there is something to look at in all of a view.
    pub fn holds(self, view: View) -> bool {
        self.whole.from <= view.from && view.to <= self.whole.to
    }

    /// Whether a view shows everything.
    pub fn is_whole(self, view: View) -> bool {
        view.from <= self.whole.from && view.to >= self.whole.to
    }

    /// The view nearest to the one wanted: not closer than may be, moved inside before it is cut.
    pub fn fit(self, wanted: View) -> View {
        if !(wanted.from.is_finite() && wanted.to.is_finite()) {
            return self.whole;
        }
        let (from, to) = (wanted.from.min(wanted.to), wanted.from.max(wanted.to));
        let span = (to - from).clamp(self.least_span, self.whole.span());
        // A view that was too narrow grows around its middle.
        let from = if to - from < span {
            f64::midpoint(from, to) - span / 2.0
        } else {
            from
        };
        let from = from.clamp(self.whole.from, (self.whole.to - span).max(self.whole.from));
        View {
            from,
            to: (from + span).min(self.whole.to),
        }
    }

    /// Closer by `factor` (over 1) or further away (under 1), with `at` staying where it is on the
    /// screen.
    pub fn zoomed(self, view: View, at: f64, factor: f64) -> View {
        if !(factor.is_finite() && factor > 0.0 && at.is_finite()) {
            return view;
        }
        let at = at.clamp(view.from, view.to);
        let span = (view.span() / factor).clamp(self.least_span, self.whole.span());
        let share = (at - view.from) / view.span();
        let from = at - share * span;
        self.fit(View {
            from,
            to: from + span,
        })
    }

    /// Moved by so much, as far as there is something to see.
    pub fn panned(self, view: View, by: f64) -> View {
        let by = if by.is_finite() { by } else { 0.0 };
        self.fit(View {
            from: view.from + by,
            to: view.to + by,
        })
    }

    /// Moved by as little as brings `at` into sight.
    pub fn showing(self, view: View, at: f64) -> View {
        if at < view.from {
            self.panned(view, at - view.from)
        } else if at > view.to {
            self.panned(view, at - view.to)
        } else {
            view
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bounds() -> Bounds {
        Bounds::new(0.0, 1_000.0, 10.0)
    }

    #[test]
    fn what_is_pointed_at_stays_where_it_is() {
        let view = View {
            from: 200.0,
            to: 600.0,
        };
        let closer = bounds().zoomed(view, 300.0, 2.0);
        assert_eq!((closer.from, closer.to), (250.0, 450.0));
        let back = bounds().zoomed(closer, 300.0, 0.5);
        assert_eq!(back, view);
        assert!(bounds().is_whole(bounds().zoomed(view, 300.0, 0.001)));
    }

    #[test]
    fn it_is_moved_inside_before_it_is_cut() {
        let wanted = |from, to| bounds().fit(View { from, to });
        assert_eq!(
            (wanted(-50.0, 50.0).from, wanted(-50.0, 50.0).to),
            (0.0, 100.0)
        );
        assert_eq!(wanted(990.0, 1_190.0).from, 800.0);
        assert_eq!(wanted(500.0, 400.0).from, 400.0);
        assert_eq!(wanted(500.0, 500.0).span(), 10.0);
        assert_eq!(wanted(f64::NAN, 5.0), bounds().whole());
    }

    proptest! {
        #[test]
        fn whatever_is_done_it_stays_inside_and_wide_enough(
            ends in (-1e13_f64..1e13, -1e13_f64..1e13), least in -10.0_f64..1e12,
            steps in prop::collection::vec((0_u8..4, prop::num::f64::ANY, prop::num::f64::ANY), 1..30),
        ) {
            let bounds = Bounds::new(ends.0, ends.1, least);
            let whole = bounds.whole();
            let mut view = whole;
            for (what, one, other) in steps {
                view = match what {
                    0 => bounds.fit(View { from: one, to: other }),
                    1 => bounds.zoomed(view, one, other),
                    2 => bounds.panned(view, one),
                    _ => bounds.showing(view, one),
                };
                let slack = 1e-9 * (1.0 + whole.from.abs() + whole.to.abs());
                prop_assert!(view.from >= whole.from && view.to <= whole.to);
                prop_assert!(view.span() > 0.0 || whole.span() <= slack);
                prop_assert!(view.span() + slack >= bounds.least_span);
            }
        }
    }
}
