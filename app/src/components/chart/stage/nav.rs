//! What of the axis is shown, and how one gets about on it.

use chart::{Bounds, View};
use leptos::prelude::*;

/// A press of + or − is this much closer or further away.
const KEY_FACTOR: f64 = 1.6;
/// A turn of a wheel's notch, 100 px, is this much.
const WHEEL_FACTOR: f64 = 1.35;

/// The view of a figure: none is everything.
#[derive(Clone, Copy)]
pub(crate) struct Nav {
    bounds: Memo<Bounds>,
    /// Where the axis runs on the screen, px; more than once where columns stand side by side.
    across: Signal<Vec<(f64, f64)>>,
    view: RwSignal<Option<View>>,
    /// What the next frame shows: several events within a frame are one.
    next: StoredValue<Option<View>>,
    /// Called with what is shown once a gesture is over.
    settled: Callback<Option<View>>,
}

impl Nav {
    pub(crate) fn new(
        bounds: Memo<Bounds>,
        across: Signal<Vec<(f64, f64)>>,
        view: RwSignal<Option<View>>,
        settled: Callback<Option<View>>,
    ) -> Self {
        Self {
            bounds,
            across,
            view,
            next: StoredValue::new(None),
            settled,
        }
    }

    /// What is shown, or about to be.
    pub(super) fn wanted(self) -> View {
        let bounds = self.bounds.get_untracked();
        let next = self.next.get_value();
        next.or_else(|| self.view.get_untracked())
            .map_or(bounds.whole(), |view| bounds.fit(view))
    }

    /// All there is.
    pub(super) fn bounds(self) -> Bounds {
        self.bounds.get()
    }

    /// What is shown.
    pub(super) fn view(self) -> View {
        let bounds = self.bounds.get();
        self.view
            .get()
            .map_or(bounds.whole(), |view| bounds.fit(view))
    }

    /// Whether less than everything is shown.
    pub(crate) fn is_closer(self) -> bool {
        self.view.get().is_some()
    }

    /// The same, for those who do not follow it.
    pub(super) fn is_closer_now(self) -> bool {
        !self.bounds.get_untracked().is_whole(self.wanted())
    }

    pub(super) fn show(self, view: View) {
        let view = self.bounds.get_untracked().fit(view);
        let is_scheduled = self.next.get_value().is_some();
        self.next.set_value(Some(view));
        if !is_scheduled {
            request_animation_frame(move || self.shown());
        }
    }

    /// A frame begins: it shows what was asked for last.
    fn shown(self) {
        // Disposed with the page it was on.
        let next = self.next.try_update_value(Option::take).flatten();
        let (Some(next), Some(bounds)) = (next, self.bounds.try_get_untracked()) else {
            return;
        };
        let view = (!bounds.is_whole(next)).then_some(next);
        if self.view.get_untracked() != view {
            self.view.set(view);
        }
    }

    /// A gesture is over.
    pub(super) fn settle(self) {
        // What is about to be shown is shown first: the address, which is a little rounder, comes
        // after it, so that the picture is the one a copied address opens.
        self.shown();
        let whole = self.bounds.get_untracked();
        let view = self.wanted();
        self.settled.run((!whole.is_whole(view)).then_some(view));
    }

    /// Everything.
    pub(crate) fn everything(self) {
        self.show(self.bounds.get_untracked().whole());
    }

    /// Everything, at once: what was asked for was of another picture than the one that comes.
    pub(super) fn forget(self) {
        self.next.set_value(None);
        self.view.set(None);
    }

    /// The column a position is in or nearest to.
    fn column(self, x: f64) -> Option<(f64, f64)> {
        self.across.with_untracked(|across| {
            let off = |(left, right): &(f64, f64)| (left - x).max(x - right).max(0.0);
            across
                .iter()
                .copied()
                .filter(|(left, right)| left < right)
                .min_by(|one, other| off(one).total_cmp(&off(other)))
        })
    }

    /// What lies at a position on the screen.
    fn at(self, x: f64) -> Option<f64> {
        let (left, right) = self.column(x)?;
        let view = self.wanted();
        let share = ((x - left) / (right - left)).clamp(0.0, 1.0);
        Some(view.from + share * view.span())
    }

    /// Looks at what lies between two positions on the screen.
    pub(super) fn look_at(self, from_x: f64, to_x: f64) {
        // Both in the column where it began.
        let Some((left, right)) = self.column(from_x) else {
            return;
        };
        if let (Some(from), Some(to)) = (
            self.at(from_x.clamp(left, right)),
            self.at(to_x.clamp(left, right)),
        ) {
            self.show(View { from, to });
        }
    }

    /// Moves what is shown with the pointer.
    pub(super) fn move_by(self, px: f64) {
        let width = self.across.with_untracked(|across| {
            across
                .first()
                .map(|(left, right)| right - left)
                .filter(|width| *width > 0.0)
        });
        if let Some(width) = width {
            let view = self.wanted();
            let by = -px / width * view.span();
            self.show(self.bounds.get_untracked().panned(view, by));
        }
    }

    /// Closer, by a factor over 1, or further away, with what lies at `x` staying there.
    pub(super) fn zoom(self, x: f64, factor: f64) {
        if let Some(at) = self.at(x) {
            self.zoom_about(at, factor);
        }
    }

    fn zoom_about(self, at: f64, factor: f64) {
        self.show(
            self.bounds
                .get_untracked()
                .zoomed(self.wanted(), at, factor),
        );
    }

    /// Whether looking closer brings two places apart that lie on one.
    pub(crate) fn can_part(self, from: f64, to: f64) -> bool {
        from < to && self.parted(from, to).span() < self.wanted().span()
    }

    /// Looks so closely that two places lie apart.
    pub(crate) fn part(self, from: f64, to: f64) {
        self.show(self.parted(from, to));
        self.settle();
    }

    /// Two places with as much again on either side.
    fn parted(self, from: f64, to: f64) -> View {
        let span = to - from;
        let view = View {
            from: from - span,
            to: to + span,
        };
        self.bounds.get_untracked().fit(view)
    }

    /// One press closer (`true`) or further away, about a place or the middle.
    pub(crate) fn press(self, closer: bool, about: Option<f64>) {
        let view = self.wanted();
        let about = about
            .filter(|at| view.holds(*at))
            .unwrap_or(f64::midpoint(view.from, view.to));
        let factor = if closer { KEY_FACTOR } else { 1.0 / KEY_FACTOR };
        self.zoom_about(about, factor);
        self.settle();
    }

    /// A wheel turned by so many px: away from whoever turns it is closer.
    pub(super) fn wheel(self, x: f64, turned_px: f64) {
        self.zoom(x, WHEEL_FACTOR.powf((-turned_px / 100.0).clamp(-4.0, 4.0)));
    }

    /// Moved by as little as brings a place into sight.
    pub(crate) fn bring_into_sight(self, at: f64) {
        let view = self.wanted();
        let moved = self.bounds.get_untracked().showing(view, at);
        if moved != view {
            self.show(moved);
            self.settle();
        }
    }
}
