//! Workouts: the week of both twins, the day it opens onto, and the load it adds up to.

mod bars;
mod days;
mod figures;
mod load;
mod sheet;
mod totals;
mod trace;
mod wanted;
mod week;
mod workout;
mod write;
mod zones;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use views::workouts::Workouts;

use self::load::LoadSection;
use self::sheet::DaySheet;
use self::totals::WeekTotals;
use self::wanted::Wanted;
use self::week::{FilterControl, WeekControl};
use crate::components::{
    Fresh, Freshness, Notices, PageHeader, PageNames, SkeletonKind, answered_page,
};
use crate::functions;
pub(crate) use workout::WorkoutPage;

/// `/workouts`
#[component]
pub(crate) fn WorkoutsPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    answered_page(
        PageNames {
            title: "Workouts",
            what: "The workouts",
            address: "/workouts",
        },
        SkeletonKind::Sheet,
        move || wanted.with(Wanted::asked),
        |(week, day, activity)| functions::workouts(week, day, activity),
        |workouts: &Workouts| &workouts.head,
        move |workouts, fresh| view! { <Loaded workouts fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(workouts: Signal<Workouts>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let names = Memo::new(move |_| fresh.head.with(|head| head.names.clone()));
    let sheet = Memo::new(move |_| workouts.with(|workouts| workouts.sheet.clone()));
    let loads = Memo::new(move |_| workouts.with(|workouts| workouts.loads.clone()));
    let units = fresh.units;
    let problems = move || wanted.with(Wanted::problems);
    view! {
        <PageHeader name="Workouts" fresh>
            <WeekControl workouts wanted />
        </PageHeader>
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <FilterControl workouts wanted />
        <days::Days workouts names wanted units />
        <DaySheet sheet names wanted fresh is_one_workout=false />
        <WeekTotals workouts names units />
        <LoadSection loads names wanted units />
    }
    .into_any()
}
