//! The overview: both twins on one screen.

mod alarms;
mod changes;
mod remember;
mod sheet;
mod status;
mod tile;
mod tiles;
mod wanted;
mod what_changed;
mod whose;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use views::Overview;
use views::overview::TileValue;

use self::alarms::Alarms;
use self::sheet::Sheet;
use self::tiles::Tiles;
use self::wanted::{Wanted, address};
use super::guide::GuideSheet;
use crate::components::{
    Fresh, Freshness, Notices, PageHeader, PageNames, RangeControl, SkeletonKind, answered_page,
};
use crate::functions;

/// `/`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    remember::keep(wanted);

    answered_page(
        PageNames {
            title: "Overview",
            what: "The overview",
            address: "/",
        },
        SkeletonKind::Overview,
        move || wanted.with(|wanted| (wanted.range.range, wanted.metric)),
        |(range, metric)| functions::overview(range.id(), metric.id().to_owned()),
        |overview: &Overview| &overview.head,
        move |overview, fresh| view! { <Loaded overview fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(overview: Signal<Overview>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let utc_offset_s = Memo::new(move |_| fresh.head.with(|head| head.utc_offset_s));
    let names = Memo::new(move |_| fresh.head.with(|head| head.names.clone()));
    let alarms = Memo::new(move |_| fresh.head.with(|head| head.alarms.clone()));
    let chart = Memo::new(move |_| overview.with(|overview| overview.chart.clone()));
    let range = Memo::new(move |_| wanted.with(|wanted| wanted.range.clone()));
    let days = Memo::new(move |_| chart.with(|chart| chart.range));
    let addresses = Memo::new(move |_| wanted.with(|wanted| address(wanted.metric)));
    let guide = Memo::new(move |_| overview.with(|overview| overview.guide.clone()));
    // Six tiles without a value tell nothing that the guide does not tell better.
    let is_empty = Memo::new(move |_| overview.with(is_empty));
    let problems = move || wanted.with(Wanted::problems);
    view! {
        <PageHeader name="Overview" fresh tells_alarms=true />
        {move || {
            (!is_empty.get())
                .then(|| view! { <RangeControl wanted=range days address=addresses /> })
        }}
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <Alarms alarms fresh />
        {move || {
            (!is_empty.get())
                .then(|| {
                    view! {
                        <Tiles overview wanted fresh />
                        <Sheet overview chart names utc_offset_s units=fresh.units wanted />
                    }
                })
        }}
        {move || guide.get().map(|guide| view! { <GuideSheet guide /> })}
    }
    .into_any()
}

/// Whether there is a guide, and no tile has a value.
fn is_empty(overview: &Overview) -> bool {
    let has_value = |value: &TileValue| matches!(value, TileValue::Measured { .. });
    let mut tiles = overview.tiles.iter();
    overview.guide.is_some() && !tiles.any(|tile| tile.values.iter().any(has_value))
}
