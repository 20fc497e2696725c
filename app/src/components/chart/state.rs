//! What a chart on the page remembers, and what follows from it.

use chart::{Layout, Night, Options, Readout, Size, TwinChart, layout, readout, summary};
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use physiology::{Day, Timestamp, Twin, Units};
use views::overview::{MetricChart, RangeChoice};

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

/// The room a chart has on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Screen {
    /// The picture's size, CSS px.
    pub(super) size: Size,
    /// Device pixels a CSS pixel.
    pub(super) device_px_per_px: f64,
}

/// The elements the browser paints on and listens to.
#[derive(Clone, Copy, Default)]
pub(super) struct Nodes {
    /// What is measured.
    pub(super) stage: NodeRef<Div>,
    /// The data.
    pub(super) data: NodeRef<Canvas>,
    /// The crosshair, over the data, so that moving it never paints the data again.
    pub(super) overlay: NodeRef<Canvas>,
}

/// A chart's signals.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) source: Source,
    /// Which twins are shown, A first.
    pub(super) shown: RwSignal<[bool; 2]>,
    /// The night the crosshair stands on; none while it is away.
    pub(super) cursor: RwSignal<Option<Day>>,
    /// The room on the screen, once measured.
    pub(super) screen: RwSignal<Option<Screen>>,
    /// Whether the canvas shows the chart, so that the SVG need not.
    pub(super) painted: RwSignal<bool>,
    /// The chart as the browser shows it; until measured, as a tablet would.
    pub(super) layout: Memo<Layout>,
    /// Where the crosshair stands: an index of the layout's stops.
    pub(super) stop: Memo<Option<usize>>,
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
        let layout = Memo::new(move |_| {
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
            painted: RwSignal::new(false),
            layout,
            stop,
            readout,
            summary: Memo::new(move |_| source.with(shown.get(), summary)),
        }
    }

    /// Shows or hides a twin; the last one stays.
    pub(super) fn toggle(self, twin: Twin) {
        self.shown.update(|[a, b]| match twin {
            Twin::A => *a = !*a || !*b,
            Twin::B => *b = !*b || !*a,
        });
    }

    /// Puts the crosshair on the night nearest to `x`, px from the stage's left edge.
    pub(super) fn point(self, x: f64) {
        // Before the chart has been measured, a picture of another size may be on the screen.
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
