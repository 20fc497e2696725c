//! What the stack remembers, and what follows from it.

use chart::{
    Picture, Readout, Stack, StackLane, StackLayout, TwinChart, readout, stack, stack_cursor,
    stack_summary,
};
use leptos::prelude::*;
use physiology::pair::PairDay;
use physiology::{Day, Metric, Timestamp, Twin};
use views::Compare;
use views::compare::EventKind;

use crate::components::chart::state::Screen;

/// The widths stacks are sent in, before the browser has measured: a tablet's and a phone's, px.
pub(super) const TABLET_PX: f64 = 676.0;
/// See [`TABLET_PX`].
pub(super) const PHONE_PX: f64 = 342.0;

/// The stack's signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) compare: Signal<Compare>,
    /// The night the crosshair stands on; none while it is away.
    pub(super) cursor: RwSignal<Option<Day>>,
    /// The room on the screen, once measured.
    pub(super) screen: RwSignal<Option<Screen>>,
    /// Each lane's days as charts take them.
    days: Memo<Vec<Vec<PairDay>>>,
    /// The stack as the browser shows it; until measured, as a tablet would.
    pub(super) layout: Memo<StackLayout>,
    /// Where the crosshair stands: an index of the layout's stops.
    pub(super) stop: Memo<Option<usize>>,
    /// The night at the crosshair, else the newest, in words.
    pub(super) readout: Memo<Option<Readout>>,
    /// The whole stack in words.
    pub(super) summary: Memo<String>,
}

/// What lanes borrow: made anew for each reading, it holds references alone but for small lists.
struct Parts {
    unusual: Vec<Vec<(usize, Twin)>>,
    arrivals: Vec<Timestamp>,
    workouts: Vec<(Day, Twin)>,
}

impl Parts {
    fn of(compare: &Compare) -> Self {
        let nights = &compare.nights;
        let place = |day: Day| nights.binary_search_by_key(&day, |night| night.day).ok();
        let unusual = compare.lanes.iter().map(|lane| {
            let places = lane.anomalies.iter();
            places
                .filter_map(|anomaly| Some((place(anomaly.day)?, anomaly.twin)))
                .collect()
        });
        let events = || compare.events.iter();
        Self {
            unusual: unusual.collect(),
            arrivals: events()
                .filter_map(|event| match event.kind {
                    EventKind::Arrival { at, .. } => Some(at),
                    EventKind::Workout { .. } => None,
                })
                .collect(),
            workouts: events()
                .filter_map(|event| match event.kind {
                    EventKind::Workout { twin } => Some((event.day, twin)),
                    EventKind::Arrival { .. } => None,
                })
                .collect(),
        }
    }
}

/// Lends the stack that a page's view and its days make.
fn with_stack<R>(
    compare: &Compare,
    days: &[Vec<PairDay>],
    read: impl FnOnce(&Stack<'_>) -> R,
) -> R {
    let parts = Parts::of(compare);
    let [a, b] = &compare.head.names;
    let lanes: Vec<StackLane<'_>> = compare
        .lanes
        .iter()
        .zip(days)
        .zip(&parts.unusual)
        .map(|((lane, days), unusual)| StackLane {
            chart: TwinChart {
                written: lane.metric.written(compare.head.units),
                names: [a, b],
                days,
                baseline_days: &[],
                split: false,
                band: lane.band,
                baseline_means: lane.baseline_means,
                limit: lane.limit.map(|limit| chart::Limit {
                    value: limit.value,
                    priority: limit.priority,
                }),
                altitude: &compare.altitude,
                now: compare.head.now,
                utc_offset_s: compare.head.utc_offset_s,
                day_one: compare.day_one,
                shown: [true, true],
            },
            expected: &lane.expected,
            unusual,
        })
        .collect();
    read(&Stack {
        lanes: &lanes,
        arrivals: &parts.arrivals,
        workouts: &parts.workouts,
    })
}

impl State {
    pub(super) fn new(compare: Signal<Compare>, cursor: RwSignal<Option<Day>>) -> Self {
        let days = Memo::new(move |_| {
            compare.with(|compare| {
                let lanes = compare.lanes.iter();
                lanes
                    .map(|lane| lane.days(&compare.nights))
                    .collect::<Vec<_>>()
            })
        });
        let screen = RwSignal::new(None::<Screen>);
        let layout = Memo::new(move |_| {
            let width_px = screen
                .get()
                .map_or(TABLET_PX, |screen| screen.size.width_px);
            laid_out(compare, days, width_px)
        });
        let stop = Memo::new(move |_| {
            let day = cursor.get()?;
            layout.with(|layout| {
                compare.with(|compare| {
                    layout.stops.iter().position(|stop| {
                        compare.nights.get(stop.night).map(|night| night.day) == Some(day)
                    })
                })
            })
        });
        let readout = Memo::new(move |_| {
            let night = layout.with(|layout| {
                let stop = stop.get().or_else(|| layout.newest())?;
                layout.stops.get(stop).map(|stop| stop.night)
            })?;
            borrowed(compare, days, |stack| {
                readout(&stack.lanes.first()?.chart, chart::Night::Shown(night))
            })
        });
        Self {
            compare,
            cursor,
            screen,
            days,
            layout,
            stop,
            readout,
            summary: Memo::new(move |_| borrowed(compare, days, stack_summary)),
        }
    }

    /// The stack laid out for a width, px.
    pub(super) fn laid_out(self, width_px: f64) -> StackLayout {
        laid_out(self.compare, self.days, width_px)
    }

    /// Crosshair and values over a layout: at the crosshair, else of the newest night.
    pub(super) fn over(self, layout: &StackLayout) -> Option<Picture> {
        let stands = self.stop.get();
        let stop = stands.or_else(|| layout.newest())?;
        Some(borrowed(self.compare, self.days, |stack| {
            stack_cursor(stack, layout, stop, stands.is_some())
        }))
    }

    /// The newest nights in words, at most so many, the newest first: lane by lane.
    pub(super) fn newest_nights(self, most: usize) -> Vec<Vec<Readout>> {
        borrowed(self.compare, self.days, |stack| {
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
        let night = self.layout.with(|layout| {
            let stop = self.stop.get().or_else(|| layout.newest())?;
            layout.stops.get(stop).map(|stop| stop.night)
        })?;
        borrowed(self.compare, self.days, |stack| {
            let lane = stack
                .lanes
                .iter()
                .find(|lane| lane.chart.written.metric() == metric)?;
            readout(&lane.chart, chart::Night::Shown(night))
        })
    }

    /// Puts the crosshair on the night nearest to `x`, px from the stage's left edge.
    pub(super) fn point(self, x: f64) {
        // Before the stack has been measured, a picture of another size may be on the screen.
        if self.screen.with_untracked(Option::is_some) {
            self.stand(self.layout.with_untracked(|layout| layout.nearest(x)));
        }
    }

    /// Moves the crosshair by nights, from the newest where it is away; it stops at the ends.
    pub(super) fn step(self, nights: isize) {
        let target = self.layout.with_untracked(|layout| {
            let newest = layout.newest()?;
            let from = self.stop.get_untracked().unwrap_or(newest);
            Some(from.saturating_add_signed(nights).min(newest))
        });
        self.stand(target);
    }

    /// Takes the crosshair away.
    pub(super) fn leave(self) {
        if self.cursor.with_untracked(Option::is_some) {
            self.cursor.set(None);
        }
    }

    fn stand(self, stop: Option<usize>) {
        let day = self.layout.with_untracked(|layout| {
            let night = layout.stops.get(stop?)?.night;
            self.compare
                .with_untracked(|compare| compare.nights.get(night).map(|night| night.day))
        });
        if day.is_some() && self.cursor.get_untracked() != day {
            self.cursor.set(day);
        }
    }
}

fn borrowed<R>(
    compare: Signal<Compare>,
    days: Memo<Vec<Vec<PairDay>>>,
    read: impl FnOnce(&Stack<'_>) -> R,
) -> R {
    compare.with(|compare| days.with(|days| with_stack(compare, days, read)))
}

fn laid_out(compare: Signal<Compare>, days: Memo<Vec<Vec<PairDay>>>, width_px: f64) -> StackLayout {
    borrowed(compare, days, |lanes| stack(lanes, width_px))
}
