//! The heart rate over time: a picture without a script, and a crosshair with one.
//!
//! The server sends the picture in two widths, of which the stylesheet shows one; the height is the
//! same for every width of its kind, so that nothing moves when the browser lays it out for the room
//! there is.

mod readout;
mod table;
mod take;

use chart::{
    Bounds, Options, Picture, Size, TraceChart, TraceLayout, TracePanels, TwinTrace, View,
    trace_bounds, trace_crosshair, trace_extents, trace_layout, trace_layout_within, trace_snap,
    trace_summary,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use physiology::{Day, Timestamp, Twin, Units};
use views::workouts::{Sheet, TwinSheet};

use self::readout::Readout;
use self::table::TraceTable;
use super::wanted::Wanted;
use crate::components::{
    Follow, Look, Nav, Noting, Scene, Screen, Stage, Step, Still, Take, TakeAlong, ZoomTools,
    on_axis, redrawn,
};

/// The sizes the picture is sent in: a tablet's and a phone's.
const WIDE: Size = Size {
    width_px: 770.0,
    height_px: 474.0,
};
/// See [`WIDE`].
const NARROW: Size = Size {
    width_px: 340.0,
    height_px: 430.0,
};
/// What an arrow key moves the crosshair by, s, and with Shift: finer where one looks closer.
fn steps_s(view: Option<View>) -> (f64, f64) {
    match view.map(View::span) {
        Some(span_s) if span_s <= 1_800.0 => (5.0, 60.0),
        _ => (30.0, 600.0),
    }
}

/// The size and look of a picture in a room of this width, px.
fn fitted(width_px: f64) -> (Size, Options) {
    let options = Options::for_width(width_px);
    let size = if options.compact { NARROW } else { WIDE };
    (Size::new(width_px, size.height_px), options)
}

/// What the figure shows, ready for the chart.
#[derive(Clone, Copy)]
struct Source {
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    panels: Memo<TracePanels>,
    units: Memo<Units>,
}

impl Source {
    /// Lends all of it.
    fn with<R>(self, read: impl FnOnce(&TraceChart<'_>) -> R) -> Option<R> {
        self.looked_at(None, 1.0, read)
    }

    /// Lends it with a part looked at.
    fn looked_at<R>(
        self,
        view: Option<View>,
        columns_per_px: f64,
        read: impl FnOnce(&TraceChart<'_>) -> R,
    ) -> Option<R> {
        let panels = self.panels.get();
        let clock = self.units.get().clock;
        self.sheet.with(|sheet| {
            let sheet = sheet.as_ref()?;
            self.names.with(|[a, b]| {
                let place = |index: usize| sheet.places[index].as_deref();
                // Both in one panel lie over the zones of whoever has any.
                let zones_of = if sheet.twins[0].zones.is_ok() {
                    Twin::A
                } else {
                    Twin::B
                };
                Some(read(&TraceChart {
                    names: [a, b],
                    from_s: sheet.from_s,
                    to_s: sheet.to_s,
                    view,
                    columns_per_px,
                    clock,
                    twins: sheet.twins.each_ref().map(trace),
                    altitude: &sheet.altitude,
                    places: [place(0), place(1)],
                    panels,
                    zones_of,
                    notes: &on_axis(&sheet.notes, |at, twin| {
                        Some(sheet.second_of(at, twin) as f64)
                    }),
                }))
            })
        })
    }
}

fn trace(twin: &TwinSheet) -> TwinTrace<'_> {
    let missing = match (twin.none, &twin.heart) {
        (Some(none), _) => Some(none.sentence()),
        (None, Err(lacking)) => Some(lacking.sentence()),
        (None, Ok(_)) => None,
    };
    TwinTrace {
        runs: &twin.trace.runs,
        gaps: &twin.trace.gaps,
        bounds_bpm: twin.zones.ok().map(|zones| zones.zones.bounds_bpm),
        missing,
    }
}

/// Both twins' heart rate: `figure[data-chart="workout_heart_rate"]`.
#[component]
pub(super) fn TraceFigure(
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    wanted: Memo<Wanted>,
    units: Memo<Units>,
    noting: Noting,
) -> impl IntoView {
    let panels = Memo::new(move |_| wanted.with(|wanted| wanted.panels));
    let source = Source {
        sheet,
        names,
        panels,
        units,
    };
    let state = State::new(source, wanted);
    let scene = state.scene(noting);
    let still = Signal::derive(move || state.still());
    view! {
        <figure class="trace" data-chart="workout_heart_rate">
            <figcaption class="hidden">"Heart rate of both twins over the workout"</figcaption>
            <div class="chart-tools">
                <ZoomTools nav=state.nav stands=scene.follow.stands />
                {noting.here(state.instant())}
                <TakeAlong take=state.take() />
            </div>
            <div class="trace-body">
                <Readout state />
                <Stage
                    scene
                    still
                    label="Heart rate. Arrow keys move the crosshair, plus and minus look closer and further, Escape shows all."
                    class="trace-stage"
                />
            </div>
            <TraceTable source />
        </figure>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct State {
    source: Source,
    /// Where the crosshair stands, s after midnight; none while it is away.
    cursor: RwSignal<Option<f64>>,
    screen: RwSignal<Option<Screen>>,
    view: RwSignal<Option<View>>,
    /// The picture as it fits its room; none before that is measured.
    measured: Memo<Option<TraceLayout>>,
    nav: Nav,
}

impl State {
    fn new(source: Source, wanted: Memo<Wanted>) -> Self {
        let day = Memo::new(move |_| {
            source
                .sheet
                .with(|sheet| sheet.as_ref().map(|sheet| sheet.day))
        });
        let zoom = Memo::new(move |_| wanted.with(|wanted| wanted.view_s(day.get()?)));
        let path = use_location().pathname;
        let look = Look::in_address(zoom, move |view| {
            let path = path.get_untracked();
            let day = day.get_untracked();
            wanted.with_untracked(|wanted| {
                day.map_or(path.clone(), |day| wanted.with_view_s(&path, day, view))
            })
        });
        let view = look.view;
        let screen = RwSignal::new(None::<Screen>);
        let extents = Memo::new(move |_| source.with(trace_extents));
        let measured = redrawn(move || {
            let screen = screen.get()?;
            let (size, options) = fitted(screen.size.width_px);
            extents.with(|extents| {
                let extents = extents.as_ref()?;
                source.looked_at(view.get(), screen.device_px_per_px, |chart| {
                    trace_layout_within(chart, extents, size, options)
                })
            })
        });
        let bounds = Memo::new(move |_| {
            let bounds = source.with(trace_bounds);
            bounds.unwrap_or(Bounds::new(0.0, 1.0, 1.0))
        });
        let across = Memo::new(move |_| {
            measured.with(|layout| {
                let range = layout.as_ref().map(|layout| layout.time.range());
                range.into_iter().collect::<Vec<_>>()
            })
        });
        let cursor = RwSignal::new(None::<f64>);
        // Another day starts without a crosshair.
        Effect::new(move |before: Option<Option<Day>>| {
            let day = day.get();
            if before.is_some_and(|before| before != day) {
                cursor.set(None);
            }
            day
        });
        Self {
            source,
            cursor,
            screen,
            view,
            measured,
            nav: Nav::new(bounds, across.into(), view, look.settled),
        }
    }

    /// When it is at the crosshair.
    fn instant(self) -> Signal<Option<Timestamp>> {
        Signal::derive(move || {
            let at_s = self.cursor.get()?;
            let sheet = self.source.sheet;
            sheet.with(|sheet| Some(sheet.as_ref()?.instant(at_s.round() as i64)))
        })
    }

    fn scene(self, noting: Noting) -> Scene {
        let Self {
            source,
            cursor,
            screen,
            measured,
            ..
        } = self;
        Scene {
            screen,
            picture: redrawn(move || self.picture()),
            over: Memo::new(move |_| self.over()),
            summary: Memo::new(move |_| source.with(trace_summary).unwrap_or_default()),
            follow: Follow {
                point: Callback::new(move |x| self.point(x)),
                step: Callback::new(move |step| self.step(step)),
                leave: Callback::new(move |()| cursor.set(None)),
                stands: cursor.into(),
                tap: Some(Callback::new(move |at| {
                    measured.with_untracked(|layout| {
                        if let Some(layout) = layout {
                            noting.tap(self.nav, &layout.notes, at);
                        }
                    });
                })),
            },
            nav: Some(self.nav),
        }
    }

    /// The picture as it fits its room; none before that is measured.
    fn picture(self) -> Option<Picture> {
        self.measured
            .with(|layout| layout.as_ref().map(|layout| layout.picture.clone()))
    }

    /// What the figure gives away: as much as is in sight.
    fn take(self) -> Take {
        let source = self.source;
        let day = move || {
            let day = source
                .sheet
                .with(|sheet| sheet.as_ref().map(|sheet| sheet.day));
            day.unwrap_or(Day::of_utc(Timestamp(0)))
        };
        let picture = move |()| untrack(|| self.picture());
        let words = move |()| {
            untrack(|| {
                let description = source.with(trace_summary).unwrap_or_default();
                let words = source.with(|chart| take::words(chart, day(), description));
                words.unwrap_or_default()
            })
        };
        let rows = move |()| {
            untrack(|| {
                let view = self.view.get();
                let rows = source.with(|chart| take::rows(chart, day(), view));
                rows.unwrap_or_default()
            })
        };
        Take {
            picture: Callback::new(picture),
            words: Callback::new(words),
            rows: Callback::new(rows),
        }
    }

    /// The pictures the server sends.
    fn still(self) -> Vec<Still> {
        let sizes = [
            ("trace-wide", WIDE, Options::WIDE),
            ("trace-narrow", NARROW, Options::COMPACT),
        ];
        sizes
            .into_iter()
            .filter_map(|(class, size, options)| {
                let layout = self
                    .source
                    .with(|chart| trace_layout(chart, size, options))?;
                Some((class, layout.picture))
            })
            .collect()
    }

    /// The crosshair over the picture; nothing while it is away.
    fn over(self) -> Option<Picture> {
        let at_s = self.cursor.get()?;
        self.measured.with(|layout| {
            let layout = layout.as_ref()?;
            let shapes = self.source.looked_at(self.view.get(), 1.0, |chart| {
                trace_crosshair(layout, chart, at_s)
            })?;
            Some(Picture {
                size: layout.picture.size,
                shapes,
                labels: Vec::new(),
            })
        })
    }

    fn point(self, x: f64) {
        // Before the picture has been measured, one of another size may be on the screen.
        let at_s = self.measured.with_untracked(|layout| {
            let time = layout.as_ref()?.time;
            let (from, to) = time.domain();
            Some(time.invert(x).clamp(from, to))
        });
        let snapped =
            at_s.and_then(|at_s| untrack(|| self.source.with(|chart| trace_snap(chart, at_s))));
        if let Some(at_s) = snapped {
            self.cursor.set(Some(at_s));
        }
    }

    fn step(self, step: Step) {
        let ends = untrack(|| {
            self.source
                .with(|chart| (f64::from(chart.from_s), f64::from(chart.to_s)))
        });
        let Some((from, to)) = ends else {
            return;
        };
        let here = self.cursor.get_untracked();
        let (short_s, long_s) = steps_s(self.view.get_untracked());
        let by = |steps: isize, step_s: f64| {
            here.map_or(f64::midpoint(from, to), |at_s| at_s + steps as f64 * step_s)
        };
        let at_s = match step {
            Step::By(steps) => by(steps, short_s),
            Step::Far(steps) => by(steps, long_s),
            Step::First => from,
            Step::Last => to,
        };
        self.cursor.set(Some(at_s.clamp(from, to)));
    }
}
