//! A picture of the page, with its crosshair and what stands under it in words.
//!
//! The server sends it in three widths, of which the stylesheet shows one; the browser measures its
//! room and lays the same picture out for it. The height is the same for every width, so that
//! nothing moves.

use chart::intraday::{IntradayLayout, crosshair, layout, summary, values_at};
use chart::svg;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use physiology::Twin;
use views::day::DayView;

use super::part::Part;
use crate::components::TwinMark;

/// The widths pictures are sent in, px: a wall screen's, a tablet's and a phone's.
const WIDTHS_PX: [(f64, &str); 3] = [
    (1_040.0, "day-svg day-wide"),
    (740.0, "day-svg day-middle"),
    (340.0, "day-svg day-narrow"),
];
/// How far an arrow key moves the crosshair, and with Shift, s.
const STEPS_S: (i32, i32) = (300, 3_600);

/// Both twins over one axis: `figure[data-chart]`.
#[component]
pub(super) fn IntradayFigure(
    day: Signal<DayView>,
    part: Part,
    /// Where the crosshair stands, s after midnight; the page's pictures share it.
    cursor: RwSignal<Option<i32>>,
) -> impl IntoView {
    let stage = NodeRef::<Div>::new();
    let width_px = RwSignal::new(None::<f64>);
    measure(stage, width_px);
    let measured = Memo::new(move |_| {
        let width_px = width_px.get()?;
        Some(day.with(|day| part.with(day, |chart| layout(chart, width_px))))
    });
    let stands = Memo::new(move |_| {
        let at_s = cursor.get()?;
        let axis = day.with(|day| part.axis(day));
        (axis.from_s <= at_s && at_s <= axis.to_s).then_some(at_s)
    });
    let state = State {
        day,
        part,
        cursor,
        stands,
        measured,
    };
    let pictures = move || match measured.get() {
        Some(layout) => state.picture(&layout, "day-svg").into_any(),
        None => WIDTHS_PX
            .map(|(width_px, class)| {
                let layout = day.with(|day| part.with(day, |chart| layout(chart, width_px)));
                state.picture(&layout, class)
            })
            .collect_view()
            .into_any(),
    };
    view! {
        <figure class="day-figure" data-chart=part.id()>
            <Readout state />
            <div
                class="day-stage"
                node_ref=stage
                tabindex="0"
                role="group"
                aria-label="Chart. Arrow keys move by five minutes, with Shift by an hour."
                on:pointermove=move |event| state.point(&event)
                on:pointerdown=move |event| state.point(&event)
                on:pointerleave=move |event: PointerEvent| {
                    // A finger that lifts leaves the crosshair where it was put.
                    if event.pointer_type() == "mouse" {
                        cursor.set(None);
                    }
                }
                on:keydown=move |event| state.key(&event)
            >
                {pictures}
                <svg class="day-svg day-over" aria-hidden="true" inner_html=move || state.over()></svg>
            </div>
        </figure>
    }
    .into_any()
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

#[derive(Clone, Copy)]
struct State {
    day: Signal<DayView>,
    part: Part,
    cursor: RwSignal<Option<i32>>,
    /// The crosshair, where it stands on this picture's axis.
    stands: Memo<Option<i32>>,
    measured: Memo<Option<IntradayLayout>>,
}

impl State {
    fn picture(self, layout: &IntradayLayout, class: &'static str) -> impl IntoView + use<> {
        let (width, height) = (px(layout.width_px), px(layout.height_px));
        let Self { day, part, .. } = self;
        let words = move || {
            day.with(|day| {
                let [a, b] = &day.head.names;
                part.with(day, |chart| summary(chart, [a, b]))
            })
        };
        let labels = layout
            .labels
            .iter()
            .map(|label| {
                view! {
                    <text
                        class=label.style.class()
                        x=px(label.x)
                        y=px(label.y)
                        text-anchor=label.anchor.id()
                    >
                        {label.text.clone()}
                    </text>
                }
            })
            .collect_view();
        view! {
            <svg
                class=class
                viewBox=format!("0 0 {width} {height}")
                width=width
                height=height
                role="img"
                aria-label=words
            >
                <g inner_html=svg(&layout.shapes)></g>
                <g>{labels}</g>
            </svg>
        }
    }

    /// The crosshair's shapes, over the picture; nothing while it is away.
    fn over(self) -> String {
        let Some(at_s) = self.stands.get() else {
            return String::new();
        };
        self.measured.with(|layout| {
            layout.as_ref().map_or_else(String::new, |layout| {
                self.day.with(|day| {
                    self.part
                        .with(day, |chart| svg(&crosshair(chart, layout, at_s)))
                })
            })
        })
    }

    /// Puts the crosshair on the whole minute under the pointer.
    fn point(self, event: &PointerEvent) {
        let at_s = self.measured.with_untracked(|layout| {
            let at_s = layout.as_ref()?.at_s(f64::from(event.offset_x()));
            Some(at_s.div_euclid(60) * 60)
        });
        if at_s.is_some() && self.cursor.get_untracked() != at_s {
            self.cursor.set(at_s);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let axis = self.day.with_untracked(|day| self.part.axis(day));
        let step_s = if event.shift_key() {
            STEPS_S.1
        } else {
            STEPS_S.0
        };
        let from_s = self.stands.get_untracked();
        let to_s = match event.key().as_str() {
            "ArrowLeft" => from_s.map_or(axis.to_s, |at_s| at_s - step_s),
            "ArrowRight" => from_s.map_or(axis.from_s, |at_s| at_s + step_s),
            "Home" => axis.from_s,
            "End" => axis.to_s,
            "Escape" => {
                self.cursor.set(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.cursor.set(Some(to_s.clamp(axis.from_s, axis.to_s)));
    }
}

/// A length to a hundredth of a pixel.
fn px(length: f64) -> String {
    ((length * 100.0).round() / 100.0).to_string()
}

/// What each twin has under the crosshair; while it is away, how to move it. Its height never
/// changes.
#[component]
fn Readout(state: State) -> impl IntoView {
    let State {
        day, part, stands, ..
    } = state;
    let told = move || {
        let at_s = stands.get()?;
        day.with(|day| {
            part.with(day, |chart| {
                let values = values_at(chart, at_s);
                let twins = Twin::BOTH.map(|twin| {
                    let own = chart.rows.iter().zip(&values);
                    let own = own.filter(|(row, _)| row.twin == twin);
                    let own: Vec<&str> = own.filter_map(|(_, value)| value.as_deref()).collect();
                    if own.is_empty() {
                        "no value".to_owned()
                    } else {
                        own.join(", ")
                    }
                });
                Some((chart.clock.time(at_s.into()), twins))
            })
        })
    };
    view! {
        <div class="day-readout" aria-live="polite" aria-atomic="true">
            {move || match told() {
                None => view! { <span class="day-hint">"Point at the chart to read its values."</span> }.into_any(),
                Some((time, twins)) => {
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
                    view! {
                        <b>{time}</b>
                        {twins}
                    }
                        .into_any()
                }
            }}
        </div>
    }
    .into_any()
}
