//! The chart with its title, legend, readout and table.

use leptos::prelude::*;
use physiology::{Timestamp, Units};
use views::overview::MetricChart;

use super::legend::Legend;
use super::readout::ReadoutBar;
use super::stage::Stage;
use super::state::{Source, State};
use super::table::ValueTable;

/// One metric of both twins over days, altitude below: `figure[data-chart]`.
///
/// Without JavaScript it is a picture and a table; with it, the crosshair follows pointer, touch
/// and keys (arrows, Shift with arrows, Home, End, Escape).
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
    /// Where one looks into it.
    #[prop(into)]
    closer: Signal<String>,
) -> impl IntoView {
    let state = State::new(Source {
        chart,
        names,
        now,
        utc_offset_s,
        units,
    });
    let scene = state.scene();
    let still = Signal::derive(move || state.still());
    let info = move || chart.with(|chart| chart.metric.info());
    let unit = move || chart.with(|chart| chart.metric.written(units.get()).unit());
    view! {
        <figure class="chart" data-chart=move || info().id>
            <div class="chart-head">
                <figcaption class="chart-title">
                    {move || info().long_name} " " <span class="chart-unit">{unit}</span>
                </figcaption>
                <Legend state />
                <a class="chart-closer" href=closer>
                    "Look closer"
                    <span class="hidden">" at " {move || info().long_name}</span>
                </a>
            </div>
            <div class="chart-body">
                <ReadoutBar state />
                <Stage
                    scene
                    still
                    label="Chart. Arrow keys move from night to night."
                    class="chart-stage"
                />
            </div>
            <ValueTable state />
        </figure>
    }
}
