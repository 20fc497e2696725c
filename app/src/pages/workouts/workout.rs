//! One workout, and beside it the other twin's of that day.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use views::workouts::OneWorkout;

use super::sheet::DaySheet;
use super::wanted::Wanted;
use crate::answer;
use crate::components::{
    Fresh, Freshness, Glyph, Icon, PageHeader, PageNames, SkeletonKind, answered_page,
};
use crate::functions;

/// `/workouts/{id}`
#[component]
pub(crate) fn WorkoutPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    answered_page(
        PageNames {
            title: "Workout",
            what: "The workout",
            address: "/workouts",
        },
        SkeletonKind::Sheet,
        move || id.get(),
        functions::workout,
        |one: &OneWorkout| &one.head,
        move |one, fresh| view! { <Loaded one fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(one: Signal<OneWorkout>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let names = Memo::new(move |_| fresh.head.with(|head| head.names.clone()));
    let sheet = Memo::new(move |_| {
        one.with(|one| one.workout.as_ref().map(|workout| workout.sheet.clone()))
    });
    let is_there = Memo::new(move |_| sheet.with(Option::is_some));
    let back = move || {
        let day = sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.day));
        day.map_or_else(
            || "/workouts".to_owned(),
            |day| Wanted::default().with_day(fresh.units.get().week_start.name_of(day), day),
        )
    };
    view! {
        <PageHeader name="Workout" fresh>
            <a class="btn" href=back>
                <Icon glyph=Glyph::Previous />
                "The week"
            </a>
        </PageHeader>
        <Freshness fresh />
        {move || {
            if is_there.get() {
                view! { <DaySheet sheet names wanted fresh is_one_workout=true /> }.into_any()
            } else {
                answer::not_found();
                view! {
                    <section class="sheet workout-none">
                        <h2>"There is no such workout"</h2>
                        <p>"The address may be mistyped, or its record has gone."</p>
                    </section>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}
