//! The sheet the tiles open onto: the chart, and what changed.

use leptos::prelude::*;
use physiology::Units;
use views::Overview;
use views::overview::MetricChart;

use super::tiles::{SHEET, tab_id};
use super::wanted::Wanted;
use super::what_changed::WhatChanged;
use crate::components::TwinChartFigure;

/// The chart of the chosen metric, and beside it what changed since the night before.
#[component]
pub(super) fn Sheet(
    overview: Signal<Overview>,
    chart: Memo<MetricChart>,
    names: Memo<[String; 2]>,
    utc_offset_s: Memo<i32>,
    units: Memo<Units>,
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let now = Memo::new(move |_| overview.with(|overview| overview.head.now));
    // A metric that has no tile has no tab to be named by.
    let tab = Memo::new(move |_| {
        overview.with(|overview| {
            let shown = overview.chart.metric;
            overview
                .tiles
                .iter()
                .any(|tile| tile.metric == shown)
                .then(|| tab_id(shown))
        })
    });
    let first_is_shown = move || {
        overview.with(|overview| {
            overview
                .tiles
                .first()
                .is_some_and(|tile| tile.metric == overview.chart.metric)
        })
    };
    let figure = view! {
        <TwinChartFigure
            chart=chart.into()
            names=names.into()
            now=now.into()
            utc_offset_s=utc_offset_s.into()
            units=units.into()
            closer=Signal::derive(move || wanted.with(Wanted::closer))
        />
    }
    .into_any();
    view! {
        <section
            class="sheet sheet-chart"
            class:under-first-tile=first_is_shown
            id=SHEET
            role="tabpanel"
            aria-labelledby=move || tab.get()
            aria-label=move || {
                tab.get().is_none().then(|| chart.with(|chart| chart.metric.info().long_name))
            }
        >
            <div class="plot">
                {figure}
            </div>
            <WhatChanged overview wanted />
        </section>
    }
    .into_any()
}
