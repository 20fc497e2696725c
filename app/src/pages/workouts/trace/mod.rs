//! The heart rate over time: a picture without a script, and a crosshair with one.
//!
//! The server sends the picture in two widths, of which the stylesheet shows one; the browser
//! measures its room and lays the same picture out for it. Heights are the stylesheet's, so that
//! nothing moves.

mod readout;
mod table;

use chart::{
    Options, Size, TraceChart, TraceLayout, TwinTrace, svg, trace_crosshair, trace_layout,
    trace_summary,
};
use leptos::either::EitherOf3;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use physiology::{Day, Twin, Units};
use views::workouts::{Sheet, TwinSheet};

use self::readout::Readout;
use self::table::TraceTable;
use super::wanted::Wanted;
use crate::components::{labels, px};

/// The sizes the picture is sent in: a tablet's and a phone's. Heights are those of the stylesheet.
const WIDE: Size = Size {
    width_px: 770.0,
    height_px: 474.0,
};
/// See [`WIDE`].
const NARROW: Size = Size {
    width_px: 340.0,
    height_px: 430.0,
};
/// What an arrow key moves the crosshair by, s, and with Shift.
const STEPS_S: (f64, f64) = (30.0, 600.0);

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
    together: Memo<bool>,
    units: Memo<Units>,
}

impl Source {
    fn with<R>(self, read: impl FnOnce(&TraceChart<'_>) -> R) -> Option<R> {
        let together = self.together.get();
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
                    clock,
                    twins: sheet.twins.each_ref().map(trace),
                    altitude: &sheet.altitude,
                    places: [place(0), place(1)],
                    together,
                    zones_of,
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
) -> impl IntoView {
    let together = Memo::new(move |_| wanted.with(|wanted| wanted.together));
    let source = Source {
        sheet,
        names,
        together,
        units,
    };
    let stage = NodeRef::<Div>::new();
    let state = State::new(source, stage);
    view! {
        <figure class="trace" data-chart="workout_heart_rate">
            <figcaption class="hidden">"Heart rate of both twins over the workout"</figcaption>
            <div class="trace-body">
                <Readout state />
                <div
                    class="trace-stage"
                    node_ref=stage
                    tabindex="0"
                    role="group"
                    aria-label="Heart rate. Arrow keys move by half a minute, with Shift by ten."
                    on:pointermove=move |event| state.point(&event)
                    on:pointerdown=move |event| state.point(&event)
                    on:pointerleave=move |event: PointerEvent| {
                        // A finger that lifts leaves the crosshair where it was put.
                        if event.pointer_type() == "mouse" {
                            state.cursor.set(None);
                        }
                    }
                    on:keydown=move |event| state.key(&event)
                >
                    {move || state.pictures()}
                    <svg
                        class="trace-svg trace-over"
                        aria-hidden="true"
                        inner_html=move || state.over()
                    ></svg>
                </div>
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
    /// The picture as it fits its room; none before that is measured.
    measured: Memo<Option<TraceLayout>>,
}

impl State {
    fn new(source: Source, stage: NodeRef<Div>) -> Self {
        let width_px = RwSignal::new(None::<f64>);
        measure(stage, width_px);
        let measured = Memo::new(move |_| {
            let (size, options) = fitted(width_px.get()?);
            source.with(|chart| trace_layout(chart, size, options))
        });
        let cursor = RwSignal::new(None::<f64>);
        // Another day starts without a crosshair.
        Effect::new(move |before: Option<Option<Day>>| {
            let day = source
                .sheet
                .with(|sheet| sheet.as_ref().map(|sheet| sheet.day));
            if before.is_some_and(|before| before != day) {
                cursor.set(None);
            }
            day
        });
        Self {
            source,
            cursor,
            measured,
        }
    }

    /// The picture that fits, or both that may.
    fn pictures(self) -> impl IntoView + use<> {
        let draw = |size: Size, options: Options| {
            self.source.with(|chart| trace_layout(chart, size, options))
        };
        self.measured.with(|measured| match measured {
            Some(layout) => EitherOf3::A(self.picture(layout, "trace-svg")),
            None => match (draw(WIDE, Options::WIDE), draw(NARROW, Options::COMPACT)) {
                (Some(wide), Some(narrow)) => EitherOf3::B([
                    self.picture(&wide, "trace-svg trace-wide"),
                    self.picture(&narrow, "trace-svg trace-narrow"),
                ]),
                _ => EitherOf3::C(()),
            },
        })
    }

    fn picture(self, layout: &TraceLayout, class: &'static str) -> AnyView {
        let bands = layout
            .bands
            .iter()
            .map(|band| {
                view! {
                    <rect
                        class=format!("zone zone-{}", band.zone)
                        x=px(band.rect.x)
                        y=px(band.rect.y)
                        width=px(band.rect.width)
                        height=px(band.rect.height)
                    ></rect>
                }
            })
            .collect_view();
        let words = move || self.source.with(trace_summary).unwrap_or_default();
        let Size {
            width_px,
            height_px,
        } = layout.size;
        view! {
            <svg
                class=class
                viewBox=format!("0 0 {} {}", px(width_px), px(height_px))
                preserveAspectRatio="xMidYMin meet"
                role="img"
                aria-label=words
            >
                <g>{bands}</g>
                <g inner_html=svg(&layout.shapes)></g>
                <g class="chart-text">{labels(&layout.labels)}</g>
            </svg>
        }
        .into_any()
    }

    /// The crosshair's shapes, over the picture; nothing while it is away.
    fn over(self) -> String {
        let Some(at_s) = self.cursor.get() else {
            return String::new();
        };
        let shapes = self.measured.with(|layout| {
            let layout = layout.as_ref()?;
            self.source
                .with(|chart| trace_crosshair(layout, chart, at_s))
        });
        shapes.map(|shapes| svg(&shapes)).unwrap_or_default()
    }

    fn point(self, event: &PointerEvent) {
        // Before the picture has been measured, one of another size may be on the screen.
        let at_s = self.measured.with_untracked(|layout| {
            let time = layout.as_ref()?.time;
            let (from, to) = time.domain();
            Some(time.invert(f64::from(event.offset_x())).clamp(from, to))
        });
        if let Some(at_s) = at_s {
            // To the five seconds a strap records.
            self.cursor.set(Some((at_s / 5.0).round() * 5.0));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let ends = untrack(|| {
            self.source
                .with(|chart| (f64::from(chart.from_s), f64::from(chart.to_s)))
        });
        let Some((from, to)) = ends else {
            return;
        };
        let step_s = if event.shift_key() {
            STEPS_S.1
        } else {
            STEPS_S.0
        };
        let here = self.cursor.get_untracked();
        let moved = |by: f64| here.map_or(f64::midpoint(from, to), |at_s| at_s + by);
        let next = match event.key().as_str() {
            "ArrowLeft" => Some(moved(-step_s)),
            "ArrowRight" => Some(moved(step_s)),
            "Home" => Some(from),
            "End" => Some(to),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        self.cursor.set(next.map(|at_s| at_s.clamp(from, to)));
    }
}

/// Measures the room now, and again when the window changes.
fn measure(stage: NodeRef<Div>, width_px: RwSignal<Option<f64>>) {
    Effect::new(move |_| {
        let Some(element) = stage.get() else {
            return;
        };
        let look = move || {
            let width = f64::from(element.client_width());
            if width > 0.0 && width_px.get_untracked() != Some(width) {
                width_px.set(Some(width));
            }
        };
        look();
        let listener = window_event_listener(leptos::ev::resize, move |_| look());
        on_cleanup(move || listener.remove());
    });
}
