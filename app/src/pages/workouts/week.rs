//! Which week, and which workouts of it.

use leptos::prelude::*;
use views::workouts::{ActivityFilter, Workouts};

use super::wanted::Wanted;
use crate::components::{Glyph, Icon, written};

/// The week shown, between links to the ones before and after it.
#[component]
pub(super) fn WeekControl(workouts: Signal<Workouts>, wanted: Memo<Wanted>) -> impl IntoView {
    let week = Memo::new(move |_| workouts.with(|workouts| workouts.week));
    let days = move || {
        let start = workouts.with(|workouts| workouts.head.units.week_start);
        written(start.week_of(week.get().monday()))
    };
    let address = move |by: i64| wanted.with(|wanted| wanted.with_week(week.get().plus(by)));
    let name = move || {
        let of_trip = workouts.with(|workouts| workouts.trip_week);
        of_trip.map_or_else(
            || format!("Week {}", week.get().number()),
            |number| format!("Trip week {number}"),
        )
    };
    view! {
        <nav class="week-control" aria-label="Week">
            <a
                class="btn btn-icon"
                href=move || address(-1)
                aria-label="Previous week"
                title="Previous week"
                data-noscroll
            >
                <Icon glyph=Glyph::Previous />
            </a>
            <p class="week-name">
                <b>{name}</b>
                <span>{days}</span>
            </p>
            <a
                class="btn btn-icon"
                href=move || address(1)
                aria-label="Next week"
                title="Next week"
                data-noscroll
            >
                <Icon glyph=Glyph::Next />
            </a>
        </nav>
    }
    .into_any()
}

/// All workouts, or walking alone.
#[component]
pub(super) fn FilterControl(workouts: Signal<Workouts>, wanted: Memo<Wanted>) -> impl IntoView {
    let shown = Memo::new(move |_| workouts.with(|workouts| workouts.filter));
    let choice = move |filter: ActivityFilter| {
        let name = match filter {
            ActivityFilter::All => "All workouts",
            ActivityFilter::Walking => "Walking",
        };
        view! {
            <a
                href=move || wanted.with(|wanted| wanted.with_filter(filter))
                aria-current=move || (shown.get() == filter).then_some("true")
                data-noscroll
            >
                {name}
            </a>
        }
    };
    view! {
        <div class="seg workouts-filter" role="group" aria-label="Activities">
            {ActivityFilter::ALL.map(choice).collect_view()}
        </div>
    }
    .into_any()
}
