//! The chart with its title, legend, readout and table.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use physiology::{Timestamp, Units};
use views::overview::MetricChart;

use super::legend::Legend;
use super::live;
use super::picture::Pictures;
use super::readout::ReadoutBar;
use super::state::{Nodes, Source, State};
use super::table::ValueTable;

/// How many nights an arrow key moves while Shift is held.
const LONG_STEP: isize = 7;

/// One metric of both twins over days, altitude below: `figure[data-chart]`.
///
/// Without JavaScript it is a picture and a table; with it, the crosshair follows pointer, touch
/// and keys (arrows, Shift with arrows, Home, End, Escape). `data-live` is set once it does.
#[component]
pub fn TwinChartFigure(
    /// What is shown.
    chart: Signal<MetricChart>,
    /// The twins' names, A first.
    names: Signal<[String; 2]>,
    /// The server's clock when the chart was made.
    now: Signal<Timestamp>,
    /// Local time where the party is, ahead of UTC, s.
    utc_offset_s: Signal<i32>,
    /// How whoever looks likes amounts written.
    units: Signal<Units>,
) -> impl IntoView {
    let state = State::new(Source {
        chart,
        names,
        now,
        utc_offset_s,
        units,
    });
    let nodes = Nodes::default();
    live::attach(nodes, state);

    let info = move || chart.with(|chart| chart.metric.info());
    let unit = move || chart.with(|chart| chart.metric.written(units.get()).unit());
    view! {
        <figure
            class="chart"
            data-chart=move || info().id
            data-live=move || state.painted.get().then_some("")
        >
            <div class="chart-head">
                <figcaption class="chart-title">
                    {move || info().long_name} " " <span class="chart-unit">{unit}</span>
                </figcaption>
                <Legend state />
            </div>
            <div class="chart-body">
                <ReadoutBar state />
                <div
                    class="chart-stage"
                    node_ref=nodes.stage
                    tabindex="0"
                    role="group"
                    aria-label="Chart. Arrow keys move from night to night."
                    on:pointermove=move |event| point(state, &event)
                    on:pointerdown=move |event| point(state, &event)
                    on:pointerleave=move |event: PointerEvent| {
                        // A finger that lifts leaves the crosshair where it was put.
                        if event.pointer_type() == "mouse" {
                            state.leave();
                        }
                    }
                    on:keydown=move |event| key(state, &event)
                >
                    <Pictures state />
                    <canvas class="chart-canvas" node_ref=nodes.data aria-hidden="true"></canvas>
                    <canvas
                        class="chart-canvas chart-overlay"
                        node_ref=nodes.overlay
                        aria-hidden="true"
                    ></canvas>
                </div>
            </div>
            <ValueTable state />
        </figure>
    }
}

fn point(state: State, event: &PointerEvent) {
    state.point(f64::from(event.offset_x()));
}

fn key(state: State, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let nights = if event.shift_key() { LONG_STEP } else { 1 };
    match event.key().as_str() {
        "ArrowLeft" => state.step(-nights),
        "ArrowRight" => state.step(nights),
        "Home" => state.step(isize::MIN),
        "End" => state.step(isize::MAX),
        "Escape" => state.leave(),
        _ => return,
    }
    event.prevent_default();
}
