//! Where the expedition stands, and how fresh the data is.

use leptos::prelude::*;
use physiology::Timestamp;
use views::Overview;
use views::overview::ExpeditionStatus;

use crate::components::Actions;
use crate::format::{ago, altitude, time_of_day, zone};

/// The page's first line.
#[component]
pub(super) fn Header(overview: Signal<Overview>, now: Signal<Timestamp>) -> impl IntoView {
    let expedition = Memo::new(move |_| overview.with(|overview| overview.expedition.clone()));
    let local = move || {
        let (today, offset_s) = overview.with(|overview| (overview.today, overview.utc_offset_s));
        let time = time_of_day(now.get(), offset_s);
        format!("{}, {time} {}", today.with_weekday(), zone(offset_s))
    };
    let synced = move || {
        let last = overview.with(|overview| overview.last_sync_at);
        match last {
            Some(at) => ("Synced", ago(now.get(), at)),
            None => ("Not synced", "yet".to_owned()),
        }
    };
    view! {
        <header class="head">
            <div class="blk">
                <h1 class="big">{move || day(expedition.get().as_ref())}</h1>
                <p class="sub">{local}</p>
            </div>
            {move || expedition.get().and_then(|expedition| place(&expedition))}
            <a class="blk synced" href="/connections">
                <span>{move || synced().0}</span>
                " "
                <span class="sub">{move || synced().1}</span>
            </a>
            <Actions />
        </header>
    }
    .into_any()
}

/// `Day 9 of 14`, or how far away the first day is.
fn day(expedition: Option<&ExpeditionStatus>) -> AnyView {
    let Some(expedition) = expedition else {
        return "Overview".into_any();
    };
    let length = expedition.length_days;
    match (expedition.day_number, expedition.days_to_start) {
        (Some(number), _) => view! { "Day " {number} " " <small>"of " {length}</small> }.into_any(),
        (None, 1) => view! { "1 day " <small>"to day 1"</small> }.into_any(),
        (None, days) if days > 1 => view! { {days} " days " <small>"to day 1"</small> }.into_any(),
        (None, _) => view! { "Over " <small>"after " {length} " days"</small> }.into_any(),
    }
}

/// The altitude, the place, and what comes next.
fn place(expedition: &ExpeditionStatus) -> Option<impl IntoView + use<>> {
    let height = expedition.altitude_m.map(altitude)?;
    let next = expedition
        .next
        .as_ref()
        .map(|next| format!("Next {}, {}", altitude(next.altitude_m), next.place));
    let sentence = match (&expedition.place, next) {
        (Some(place), Some(next)) => format!("{place}. {next}"),
        (Some(place), None) => place.clone(),
        (None, next) => next.unwrap_or_default(),
    };
    Some(view! {
        <div class="blk blk-place">
            <p class="big">{height}</p>
            <p class="sub">{sentence}</p>
        </div>
    })
}
