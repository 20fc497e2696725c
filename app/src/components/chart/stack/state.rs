//! What the stack remembers, and what follows from it.

use chart::{
    Bounds, Picture, Readout, StackGround, StackLayout, View, brush, readout, stack_cursor,
    stack_cursor_at, stack_night_at, stack_summary,
};
use leptos::prelude::*;
use physiology::{Day, Metric};
use views::Compare;

use super::setting::Setting;
use super::source::Source;
use crate::components::chart::noting::Noting;
use crate::components::chart::stage::{
    Follow, Look, Nav, Scene, Screen, Step, Still, StripOf, redrawn,
};

/// The widths stacks are sent in, before the browser has measured: a tablet's and a phone's, px.
const TABLET_PX: f64 = 676.0;
/// See [`TABLET_PX`].
const PHONE_PX: f64 = 342.0;
/// How many nights a long step moves.
const LONG_STEP: isize = 7;
/// A day, ms.
const DAY_MS: f64 = 86_400_000.0;

/// The stack's signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) compare: Signal<Compare>,
    /// The night the crosshair stands on; none while it is away.
    cursor: RwSignal<Option<Day>>,
    /// Where on the time axis it stands where there are lines, ms since the epoch.
    at: RwSignal<Option<f64>>,
    /// The room on the screen, once measured.
    screen: RwSignal<Option<Screen>>,
    pub(super) source: Source,
    pub(super) setting: Setting,
    /// The stack as the browser shows it; until measured, as a tablet would.
    pub(super) layout: Memo<StackLayout>,
    /// Where the crosshair stands: an index of the layout's stops; none where it is out of sight.
    stop: Memo<Option<usize>>,
    /// The night at the crosshair, else the newest in sight, in words.
    pub(super) readout: Memo<Option<Readout>>,
    /// The whole stack in words.
    pub(super) summary: Memo<String>,
    nav: Nav,
}

impl State {
    pub(super) fn new(
        compare: Signal<Compare>,
        cursor: RwSignal<Option<Day>>,
        look: Look,
        setting: Setting,
    ) -> Self {
        let screen = RwSignal::new(None::<Screen>);
        let source = Source::new(compare, setting, look.view, screen);
        let layout = redrawn(move || {
            let width_px = screen
                .get()
                .map_or(TABLET_PX, |screen| screen.size.width_px);
            source.laid_out(width_px)
        });
        let stop = Memo::new(move |_| {
            let night = night_of(compare, cursor.get()?)?;
            layout.with(|layout| layout.stops.iter().position(|stop| stop.night == night))
        });
        let readout = Memo::new(move |_| {
            let night = night_told(compare, cursor, layout)?;
            source.whole(|stack| readout(&stack.lanes.first()?.chart, chart::Night::Shown(night)))
        });
        let bounds = Memo::new(move |_| source.bounds());
        let across = Memo::new(move |_| {
            layout.with(|layout| {
                let columns = layout.columns.iter();
                columns
                    .map(|column| (column.left, column.right))
                    .collect::<Vec<_>>()
            })
        });
        Self {
            compare,
            cursor,
            at: RwSignal::new(None),
            screen,
            source,
            setting,
            layout,
            stop,
            readout,
            summary: Memo::new(move |_| source.whole(stack_summary)),
            nav: Nav::new(bounds, across.into(), look.view, look.settled),
        }
    }

    /// Whether the crosshair stands on instants, not on nights alone.
    fn has_lines(self) -> bool {
        self.compare.with(|compare| !compare.lines.is_empty())
    }

    /// What of the time axis is shown.
    pub(super) fn nav(self) -> Nav {
        self.nav
    }

    /// The strip of the whole record; `beyond` is called with what of it is chosen that the range
    /// does not hold, and tells whether it is fetched.
    pub(super) fn strip(self, beyond: Callback<View, bool>) -> StripOf {
        StripOf {
            bounds: Memo::new(move |_| self.source.reach()),
            picture: Callback::new(move |width_px| {
                self.source.strip(|strip| brush(strip, width_px))
            }),
            beyond,
        }
    }

    /// What the stage shows.
    pub(super) fn scene(self, noting: Noting) -> Scene {
        let Self { screen, layout, .. } = self;
        let picture = redrawn(move || {
            screen.get()?;
            Some(layout.with(|layout| layout.picture.clone()))
        });
        let over = Memo::new(move |_| {
            screen.get()?;
            layout.with(|layout| self.over(layout))
        });
        Scene {
            screen,
            picture,
            over,
            summary: self.summary,
            follow: Follow {
                point: Callback::new(move |x| self.point(x)),
                step: Callback::new(move |step| self.step(step)),
                leave: Callback::new(move |()| self.leave()),
                stands: Signal::derive(move || self.stands()),
                tap: Some(Callback::new(move |at| {
                    layout.with_untracked(|layout| noting.tap(self.nav, &layout.notes, at));
                })),
            },
            nav: Some(self.nav),
        }
    }

    /// The pictures the server sends, with the newest values beside their lanes.
    pub(super) fn still(self) -> Vec<Still> {
        [("stack-wide", TABLET_PX), ("stack-narrow", PHONE_PX)]
            .map(|(class, width_px)| {
                let layout = self.source.laid_out(width_px);
                let mut picture = layout.picture.clone();
                if let Some(over) = self.over(&layout) {
                    picture.shapes.extend(over.shapes);
                    picture.labels.extend(over.labels);
                }
                (class, picture)
            })
            .into()
    }

    /// Crosshair and values over a layout: at the crosshair, else of the newest night.
    fn over(self, layout: &StackLayout) -> Option<Picture> {
        let x = self
            .at
            .get()
            .filter(|_| self.has_lines())
            .and_then(|at_ms| Some(layout.columns.first()?.time.at(at_ms)));
        let stands = self.stop.get();
        self.source.with(|stack| {
            if let Some(x) = x {
                return Some(stack_cursor_at(stack, layout, x));
            }
            let stop = stands.or_else(|| layout.newest())?;
            Some(stack_cursor(stack, layout, stop, stands.is_some()))
        })
    }

    /// The newest nights in words, at most so many, the newest first: lane by lane.
    pub(super) fn newest_nights(self, most: usize) -> Vec<Vec<Readout>> {
        self.source.whole(|stack| {
            let nights = stack.lanes.first().map_or(0, |lane| lane.chart.days.len());
            let words = |night: usize| {
                let lanes = stack.lanes.iter();
                lanes
                    .filter_map(|lane| readout(&lane.chart, chart::Night::Shown(night)))
                    .collect()
            };
            (0..nights).rev().take(most).map(words).collect()
        })
    }

    /// One metric's night in words: at the crosshair, else the newest. None where it has no lane.
    pub(super) fn words_of(self, metric: Metric) -> Option<Readout> {
        let night = night_told(self.compare, self.cursor, self.layout)?;
        self.source.whole(|stack| {
            let lane = stack
                .lanes
                .iter()
                .find(|lane| lane.chart.written.metric() == metric)?;
            readout(&lane.chart, chart::Night::Shown(night))
        })
    }

    /// Where the crosshair stands on the time axis, ms since the epoch.
    fn stands(self) -> Option<f64> {
        let day = self.cursor.get()?;
        if let Some(at_ms) = self.at.get().filter(|_| self.has_lines()) {
            return Some(at_ms);
        }
        let night = night_of(self.compare, day)?;
        self.compare
            .with(|compare| Some(compare.nights.get(night)?.at.unix_ms() as f64))
    }

    /// Puts the crosshair on the night nearest to `x`, px from the stage's left edge; with lines on
    /// the instant there.
    fn point(self, x: f64) {
        // Before the stack has been measured, a picture of another size may be on the screen.
        if self.screen.with_untracked(Option::is_none) {
            return;
        }
        if untrack(|| self.has_lines()) {
            self.stand_at(self.layout.with_untracked(|layout| layout.time_at(x)));
        } else {
            let night = self
                .layout
                .with_untracked(|layout| Some(layout.stops.get(layout.nearest(x)?)?.night));
            self.stand(night);
        }
    }

    /// Moves the crosshair by nights, from the newest in sight where it is away; it stops at the
    /// ends of the range. Where one looks closely at lines it moves by less, and by days with Shift.
    fn step(self, step: Step) {
        let view = self.layout.with_untracked(|layout| layout.view);
        let fine_ms = view
            .filter(|_| untrack(|| self.has_lines()))
            .and_then(|view| fine_step_ms(view.span()));
        if let (Some(fine_ms), Some(view)) = (fine_ms, view) {
            let from = untrack(|| self.stands());
            let from = from.unwrap_or(f64::midpoint(view.from, view.to));
            let bounds = self
                .source
                .ground
                .with_untracked(|ground| ground.as_ref().map(StackGround::bounds));
            let whole = bounds.map_or(view, Bounds::whole);
            let at_ms = match step {
                Step::By(steps) => from + steps as f64 * fine_ms,
                Step::Far(days) => from + days as f64 * DAY_MS,
                Step::First => whole.from,
                Step::Last => whole.to,
            };
            self.stand_at(Some(at_ms.clamp(whole.from, whole.to)));
            return;
        }
        let nights = step.stops(LONG_STEP);
        let newest = self
            .compare
            .with_untracked(|compare| compare.nights.len().checked_sub(1));
        let from = untrack(|| night_told(self.compare, self.cursor, self.layout)).or(newest);
        let to = newest
            .zip(from)
            .map(|(newest, from)| from.saturating_add_signed(nights).min(newest));
        self.stand(to);
    }

    /// Takes the crosshair away.
    fn leave(self) {
        if self.at.with_untracked(Option::is_some) {
            self.at.set(None);
        }
        if self.cursor.with_untracked(Option::is_some) {
            self.cursor.set(None);
        }
    }

    fn stand_at(self, at_ms: Option<f64>) {
        if at_ms.is_none() || self.at.get_untracked() == at_ms {
            return;
        }
        self.at.set(at_ms);
        let night = untrack(|| {
            at_ms.and_then(|at_ms| self.source.whole(|stack| stack_night_at(stack, at_ms)))
        });
        self.stand_on(night);
    }

    fn stand(self, night: Option<usize>) {
        let at_ms = night.and_then(|night| {
            self.compare
                .with_untracked(|compare| Some(compare.nights.get(night)?.at.unix_ms() as f64))
        });
        if at_ms.is_some() && self.at.get_untracked() != at_ms {
            self.at.set(at_ms);
        }
        self.stand_on(night);
    }

    fn stand_on(self, night: Option<usize>) {
        let day = night.and_then(|night| {
            self.compare
                .with_untracked(|compare| compare.nights.get(night).map(|night| night.day))
        });
        if day.is_some() && self.cursor.get_untracked() != day {
            self.cursor.set(day);
        }
    }
}

/// How far an arrow key moves the crosshair where so much is looked at, ms; none where it moves by
/// nights.
fn fine_step_ms(span_ms: f64) -> Option<f64> {
    match span_ms {
        close if close <= 3_600_000.0 * 2.0 => Some(5_000.0),
        hours if hours <= DAY_MS => Some(60_000.0),
        days if days <= 3.0 * DAY_MS => Some(300_000.0),
        _ => None,
    }
}

/// A day's place among the nights.
fn night_of(compare: Signal<Compare>, day: Day) -> Option<usize> {
    compare.with(|compare| {
        let nights = &compare.nights;
        nights.binary_search_by_key(&day, |night| night.day).ok()
    })
}

/// The night that is read out: at the crosshair, else the newest in sight.
fn night_told(
    compare: Signal<Compare>,
    cursor: RwSignal<Option<Day>>,
    layout: Memo<StackLayout>,
) -> Option<usize> {
    let stands = cursor.get().and_then(|day| night_of(compare, day));
    stands.or_else(|| layout.with(|layout| Some(layout.stops.get(layout.newest()?)?.night)))
}
