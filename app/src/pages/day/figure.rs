//! A picture of the page, with its crosshair and what stands under it in words.
//!
//! The server sends it in three widths, of which the stylesheet shows one; the height is the same
//! for every width, so that nothing moves when the browser lays it out for the room there is.

use chart::intraday::{
    self, Extents, Intraday, IntradayLayout, Moment, RowMoment, crosshair, extents, layout_within,
    snap, summary, values_at,
};
use chart::{Picture, View};
use leptos::prelude::*;
use physiology::{Timestamp, Twin};
use views::day::DayView;

use super::part::{Drawn, Part};
use super::take;
use super::wanted::Wanted;
use crate::components::{
    Follow, Look, Nav, Noting, Scene, Screen, Stage, Step, Still, Take, TakeAlong, TwinMark,
    ZoomTools, redrawn,
};

/// The widths pictures are sent in, px: a wall screen's, a tablet's and a phone's.
const WIDTHS_PX: [(&str, f64); 3] = [
    ("day-wide", 1_040.0),
    ("day-middle", 740.0),
    ("day-narrow", 340.0),
];
/// Both twins over one axis: `figure[data-chart]`.
#[component]
pub(super) fn IntradayFigure(
    day: Signal<DayView>,
    part: Part,
    wanted: Memo<Wanted>,
    /// Where the crosshair stands, s after midnight; the page's pictures share it where both are by
    /// the clock.
    cursor: RwSignal<Option<i32>>,
    noting: Noting,
    /// What else changes how it is shown.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let state = State::new(day, part, wanted, cursor);
    let scene = state.scene(noting);
    let still = Signal::derive(move || state.still());
    view! {
        <figure class="day-figure" data-chart=part.id()>
            <div class="chart-tools">
                <ZoomTools nav=state.nav stands=scene.follow.stands />
                {children.map(|children| children())}
                {move || state.is_by_clock().then(|| noting.here(state.instant()))}
                <TakeAlong take=state.take() />
            </div>
            <Readout state />
            <Stage
                scene
                still
                label="Chart. Arrow keys move the crosshair, plus and minus look closer and further, Escape shows all."
                class="day-stage"
            />
        </figure>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct State {
    day: Signal<DayView>,
    drawn: Memo<Drawn>,
    /// Where the crosshair stands on an axis that is the clock's.
    by_clock: RwSignal<Option<i32>>,
    /// Where it stands on this picture's own axis.
    own: RwSignal<Option<i32>>,
    /// The crosshair, where it stands on this picture's axis.
    stands: Memo<Option<i32>>,
    screen: RwSignal<Option<Screen>>,
    view: RwSignal<Option<View>>,
    /// What follows from all samples, whatever is looked at.
    extents: Memo<Extents>,
    /// The picture as it fits its room; none before that is measured.
    measured: Memo<Option<IntradayLayout>>,
    nav: Nav,
}

impl State {
    fn new(
        day: Signal<DayView>,
        part: Part,
        wanted: Memo<Wanted>,
        by_clock: RwSignal<Option<i32>>,
    ) -> Self {
        let align = Memo::new(move |_| wanted.with(|wanted| wanted.align));
        let drawn = Memo::new(move |_| day.with(|day| Drawn::of(day, part, align.get())));
        let shown = move || day.with(|day| day.day);
        let zoom = Memo::new(move |_| wanted.with(|wanted| wanted.view_s(part, shown())));
        let look = Look::in_address(zoom, move |view| {
            let day = day.with_untracked(|day| day.day);
            wanted
                .get_untracked()
                .with_view_s(part, day, view)
                .address(day)
        });
        let screen = RwSignal::new(None::<Screen>);
        let extents = Memo::new(move |_| whole(day, drawn, extents));
        let bounds = Memo::new(move |_| whole(day, drawn, intraday::bounds));
        let view = look.view;
        let measured = redrawn(move || {
            let screen = screen.get()?;
            let (view, width_px) = (view.get(), screen.size.width_px);
            Some(day.with(|day| {
                drawn.with(|drawn| {
                    drawn.with(day, view, screen.device_px_per_px, |chart| {
                        extents.with(|extents| layout_within(chart, extents, width_px))
                    })
                })
            }))
        });
        let own = RwSignal::new(None::<i32>);
        let stands = Memo::new(move |_| {
            drawn.with(|drawn| {
                let at_s = if drawn.is_by_clock() { by_clock } else { own }.get()?;
                (drawn.axis.from_s <= at_s && at_s <= drawn.axis.to_s).then_some(at_s)
            })
        });
        let across = Memo::new(move |_| {
            measured.with(|layout| {
                let layout = layout.as_ref();
                layout
                    .map(|layout| layout.time.range())
                    .into_iter()
                    .collect::<Vec<_>>()
            })
        });
        Self {
            day,
            drawn,
            by_clock,
            own,
            stands,
            screen,
            view,
            extents,
            measured,
            nav: Nav::new(bounds, across.into(), view, look.settled),
        }
    }

    /// Lends the picture's rows as they are looked at.
    fn with<R>(self, read: impl FnOnce(&Intraday<'_>) -> R) -> R {
        let view = self.view.get();
        self.day
            .with(|day| self.drawn.with(|drawn| drawn.with(day, view, 1.0, read)))
    }

    /// Whether a place on the axis is one instant of both.
    fn is_by_clock(self) -> bool {
        self.drawn.with(Drawn::is_by_clock)
    }

    /// When it is at the crosshair.
    fn instant(self) -> Signal<Option<Timestamp>> {
        Signal::derive(move || {
            let at_s = self.stands.get()?;
            Some(self.day.with(|day| day.instant(at_s.into())))
        })
    }

    fn scene(self, noting: Noting) -> Scene {
        let Self {
            stands,
            screen,
            measured,
            ..
        } = self;
        let summary = Memo::new(move |_| {
            let [a, b] = self.day.with(|day| day.head.names.clone());
            self.with(|chart| summary(chart, [&a, &b]))
        });
        Scene {
            screen,
            picture: redrawn(move || self.picture()),
            over: Memo::new(move |_| self.over()),
            summary,
            follow: Follow {
                point: Callback::new(move |x| self.point(x)),
                step: Callback::new(move |step| self.step(step)),
                leave: Callback::new(move |()| self.stand(None)),
                stands: Signal::derive(move || stands.get().map(f64::from)),
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
        let words = move |()| {
            untrack(|| {
                let [a, b] = self.day.with(|day| day.head.names.clone());
                let description = self.with(|chart| summary(chart, [&a, &b]));
                let part = self.drawn.with(Drawn::part);
                self.day.with(|day| take::words(day, part, description))
            })
        };
        let rows = move |()| {
            untrack(|| {
                let (day, view) = (self.day.with(|day| day.day), self.view.get());
                self.with(|chart| take::rows(chart, day, view))
            })
        };
        let picture = move |()| untrack(|| self.picture());
        Take {
            picture: Callback::new(picture),
            words: Callback::new(words),
            rows: Callback::new(rows),
        }
    }

    /// The pictures the server sends.
    fn still(self) -> Vec<Still> {
        WIDTHS_PX
            .map(|(class, width_px)| {
                let layout = self
                    .extents
                    .with(|extents| self.with(|chart| layout_within(chart, extents, width_px)));
                (class, layout.picture)
            })
            .into()
    }

    /// The crosshair over the picture; nothing while it is away.
    fn over(self) -> Option<Picture> {
        let at_s = self.stands.get()?;
        self.measured.with(|layout| {
            let layout = layout.as_ref()?;
            let shapes = self.with(|chart| crosshair(chart, layout, at_s));
            Some(Picture {
                size: layout.picture.size,
                shapes,
                labels: Vec::new(),
            })
        })
    }

    /// Puts the crosshair on the sample nearest to a position, px.
    fn point(self, x: f64) {
        let at_s = self
            .measured
            .with_untracked(|layout| Some(layout.as_ref()?.at_s(x)));
        if let Some(at_s) = at_s {
            self.stand(Some(untrack(|| self.with(|chart| snap(chart, at_s)))));
        }
    }

    fn step(self, step: Step) {
        let axis = self.drawn.with_untracked(|drawn| drawn.axis);
        let from_s = self.stands.get_untracked();
        let (short_s, long_s) = steps_s(self.view.get_untracked());
        let by = |steps: isize, step_s: i32| {
            let start_s = if steps < 0 {
                axis.to_s.saturating_add(step_s)
            } else {
                axis.from_s.saturating_sub(step_s)
            };
            let from_s = from_s.unwrap_or(start_s);
            from_s.saturating_add(step_s.saturating_mul(steps as i32))
        };
        let to_s = match step {
            Step::By(steps) => by(steps, short_s),
            Step::Far(steps) => by(steps, long_s),
            Step::First => axis.from_s,
            Step::Last => axis.to_s,
        };
        self.stand(Some(to_s.clamp(axis.from_s, axis.to_s)));
    }

    fn stand(self, at_s: Option<i32>) {
        let is_by_clock = self.drawn.with_untracked(Drawn::is_by_clock);
        let cursor = if is_by_clock { self.by_clock } else { self.own };
        if cursor.get_untracked() != at_s {
            cursor.set(at_s);
        }
    }
}

/// Lends the picture's rows with all of them looked at.
fn whole<R>(day: Signal<DayView>, drawn: Memo<Drawn>, read: impl FnOnce(&Intraday<'_>) -> R) -> R {
    day.with(|day| drawn.with(|drawn| drawn.with(day, None, 1.0, read)))
}

/// How far an arrow key moves the crosshair, and with Shift, s: finer where one looks closer.
fn steps_s(view: Option<View>) -> (i32, i32) {
    match view.map(View::span) {
        Some(span_s) if span_s <= 1_800.0 => (5, 60),
        Some(span_s) if span_s <= 10_800.0 => (60, 600),
        _ => (300, 3_600),
    }
}

/// What each twin has under the crosshair; while it is away, how to move it. Its height never
/// changes.
#[component]
fn Readout(state: State) -> impl IntoView {
    let told = move || {
        let at_s = state.stands.get()?;
        Some(state.with(|chart| {
            let moment = values_at(chart, at_s);
            let twins = Twin::BOTH.map(|twin| {
                let own = chart.rows.iter().zip(&moment.rows);
                let own = own.filter(|(row, _)| row.twin == twin);
                in_words(own.map(|(_, value)| value))
            });
            (twins, moment)
        }))
    };
    view! {
        <div class="day-readout" aria-live="polite" aria-atomic="true">
            {move || match told() {
                None => view! { <span class="day-hint">"Point at the chart to read its values."</span> }.into_any(),
                Some((twins, Moment { time, differences, .. })) => {
                    let twins = Twin::BOTH
                        .into_iter()
                        .zip(twins)
                        .map(|(twin, words)| {
                            view! {
                                <span class="day-told">
                                    <TwinMark twin />
                                    <b class=format!("who-{}", twin.id())>{twin.letter()}</b>
                                    <span>{words}</span>
                                </span>
                            }
                        })
                        .collect_view();
                    let apart = differences
                        .into_iter()
                        .map(|difference| {
                            view! {
                                <span class="day-told">
                                    <span class="sub">"A−B"</span>
                                    <b>{difference.text}</b>
                                </span>
                            }
                        })
                        .collect_view();
                    view! {
                        <b>{time}</b>
                        {twins}
                        {apart}
                    }
                        .into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// What a twin has: its values, else the reason why there is none.
fn in_words<'a>(rows: impl Iterator<Item = &'a RowMoment> + Clone) -> String {
    let values: Vec<&str> = rows.clone().filter_map(RowMoment::text).collect();
    if !values.is_empty() {
        return values.join(", ");
    }
    let reason = rows.into_iter().find_map(|row| match row {
        RowMoment::Missing(reason) => reason.clone(),
        RowMoment::Measured { .. } => None,
    });
    reason.unwrap_or_else(|| "no value".to_owned())
}
