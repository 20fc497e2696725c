//! What a chart on the page remembers, and what follows from it.

use chart::{
    Layout, Night, Options, Picture, Readout, Size, TwinChart, crosshair, layout, readout, summary,
};
use leptos::prelude::*;
use physiology::{Day, Timestamp, Twin, Units};
use views::overview::{MetricChart, RangeChoice};

use super::shown::toggled;
use super::stage::{Follow, Scene, Screen, Step, Still, redrawn};

/// The sizes charts are sent in, before the browser has measured: a tablet's and a phone's.
pub(super) const TABLET: Size = Size {
    width_px: 796.0,
    height_px: 414.0,
};
/// See [`TABLET`].
pub(super) const PHONE: Size = Size {
    width_px: 358.0,
    height_px: 380.0,
};

/// How many nights a long step moves.
const LONG_STEP: isize = 7;

/// A chart's signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) source: Source,
    /// Which twins are shown, A first.
    pub(super) shown: RwSignal<[bool; 2]>,
    /// The night the crosshair stands on; none while it is away.
    cursor: RwSignal<Option<Day>>,
    /// The room on the screen, once measured.
    screen: RwSignal<Option<Screen>>,
    /// The chart as the browser shows it; until measured, as a tablet would.
    layout: Memo<Layout>,
    /// Where the crosshair stands: an index of the layout's stops.
    stop: Memo<Option<usize>>,
    /// The night at the crosshair, else the newest, in words.
    pub(super) readout: Memo<Option<Readout>>,
    /// The whole chart in words.
    pub(super) summary: Memo<String>,
}

/// What the page gives.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) chart: Signal<MetricChart>,
    pub(super) names: Signal<[String; 2]>,
    pub(super) now: Signal<Timestamp>,
    pub(super) utc_offset_s: Signal<i32>,
    pub(super) units: Signal<Units>,
}

impl Source {
    /// Reads the chart with the given twins shown.
    pub(super) fn with<R>(self, shown: [bool; 2], read: impl FnOnce(&TwinChart<'_>) -> R) -> R {
        let (now, utc_offset_s) = (self.now.get(), self.utc_offset_s.get());
        let units = self.units.get();
        self.chart.with(|chart| {
            self.names.with(|[a, b]| {
                read(&TwinChart {
                    written: chart.metric.written(units),
                    names: [a, b],
                    days: &chart.days,
                    baseline_days: &chart.baseline_days,
                    split: is_split(chart),
                    band: chart.band,
                    baseline_means: chart.baseline_means,
                    limit: chart.limit.map(|limit| chart::Limit {
                        value: limit.value,
                        priority: limit.priority,
                    }),
                    altitude: &chart.altitude,
                    now,
                    utc_offset_s,
                    day_one: chart.day_one,
                    shown,
                })
            })
        })
    }
}

/// Whether the baseline stands apart: only once the expedition itself is what is shown.
fn is_split(chart: &MetricChart) -> bool {
    chart.choice == RangeChoice::Trip
        && chart
            .day_one
            .is_some_and(|day_one| day_one <= chart.range.first)
}

/// The day of a night of the chart.
fn day_of(chart: &TwinChart<'_>, night: Night) -> Option<Day> {
    let day = match night {
        Night::Baseline(index) => chart.baseline_days.get(index)?,
        Night::Shown(index) => chart.days.get(index)?,
    };
    Some(day.day)
}

impl State {
    pub(super) fn new(source: Source) -> Self {
        let shown = RwSignal::new([true, true]);
        let cursor = RwSignal::new(None::<Day>);
        let screen = RwSignal::new(None::<Screen>);
        let layout = redrawn(move || {
            let (size, options) = screen.get().map_or((TABLET, Options::WIDE), |screen| {
                (screen.size, Options::for_width(screen.size.width_px))
            });
            source.with(shown.get(), |chart| layout(chart, size, options))
        });
        let stop = Memo::new(move |_| {
            let day = cursor.get()?;
            source.with(shown.get(), |chart| {
                layout.with(|layout| {
                    layout
                        .stops
                        .iter()
                        .position(|stop| day_of(chart, stop.night) == Some(day))
                })
            })
        });
        let readout = Memo::new(move |_| {
            let night = layout.with(|layout| {
                let stop = stop.get().or_else(|| layout.newest())?;
                layout.stops.get(stop).map(|stop| stop.night)
            })?;
            source.with(shown.get(), |chart| readout(chart, night))
        });
        Self {
            source,
            shown,
            cursor,
            screen,
            layout,
            stop,
            readout,
            summary: Memo::new(move |_| source.with(shown.get(), summary)),
        }
    }

    /// What the stage shows.
    pub(super) fn scene(self) -> Scene {
        let Self {
            screen,
            stop,
            layout,
            ..
        } = self;
        let picture = redrawn(move || {
            screen.get()?;
            Some(layout.with(|layout| layout.picture.clone()))
        });
        let over = Memo::new(move |_| {
            let stop = stop.get()?;
            Some(layout.with(|layout| Picture {
                size: layout.picture.size,
                shapes: crosshair(layout, stop),
                labels: Vec::new(),
            }))
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
                stands: Signal::derive(move || stop.get().map(|stop| stop as f64)),
                tap: None,
            },
            nav: None,
        }
    }

    /// The pictures the server sends.
    pub(super) fn still(self) -> Vec<Still> {
        let sizes = [
            ("chart-wide", TABLET, Options::WIDE),
            ("chart-narrow", PHONE, Options::COMPACT),
        ];
        sizes
            .map(|(class, size, options)| {
                let layout = self
                    .source
                    .with(self.shown.get(), |chart| layout(chart, size, options));
                (class, layout.picture)
            })
            .into()
    }

    /// Shows or hides a twin; the last one stays.
    pub(super) fn toggle(self, twin: Twin) {
        self.shown.update(|shown| *shown = toggled(*shown, twin));
    }

    /// Puts the crosshair on the night nearest to `x`, px from the stage's left edge.
    fn point(self, x: f64) {
        // Before the chart has been measured, a picture of another size may be on the screen.
        if self.screen.with_untracked(Option::is_some) {
            self.stand(self.layout.with_untracked(|layout| layout.nearest(x)));
        }
    }

    /// Moves the crosshair by nights, from the newest where it is away; it stops at the ends.
    fn step(self, step: Step) {
        let nights = step.stops(LONG_STEP);
        let target = self.layout.with_untracked(|layout| {
            let newest = layout.newest()?;
            let from = self.stop.get_untracked().unwrap_or(newest);
            Some(from.saturating_add_signed(nights).min(newest))
        });
        self.stand(target);
    }

    /// Takes the crosshair away.
    fn leave(self) {
        if self.cursor.with_untracked(Option::is_some) {
            self.cursor.set(None);
        }
    }

    fn stand(self, stop: Option<usize>) {
        let night = self
            .layout
            .with_untracked(|layout| Some(layout.stops.get(stop?)?.night));
        let day = night.and_then(|night| {
            untrack(|| {
                self.source
                    .with(self.shown.get(), |chart| day_of(chart, night))
            })
        });
        if day.is_some() && self.cursor.get_untracked() != day {
            self.cursor.set(day);
        }
    }
}
