//! The first line of a page: where the expedition stands, and what the page can do.

use leptos::either::Either;
use leptos::prelude::*;
use physiology::Units;
use views::head::{AlarmLine, ExpeditionStatus};

use super::actions::Actions;
use super::{Fresh, PrioritySign, TwinMark};
use crate::browser;
use crate::format::{ago, altitude, zone};

/// Day, place, the most urgent alarm or the last sync, the page's own controls, theme, signing out.
#[component]
pub(crate) fn PageHeader(
    /// What the page is called.
    name: &'static str,
    fresh: Fresh,
    /// Whether the page tells its alarms itself, and more of them.
    #[prop(optional)]
    tells_alarms: bool,
    /// The page's own controls.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let Fresh {
        head, now, units, ..
    } = fresh;
    browser::mark_hydrated();
    let expedition = Memo::new(move |_| head.with(|head| head.expedition.clone()));
    let alarm = Memo::new(move |_| {
        head.with(|head| head.alarms.first().filter(|_| !tells_alarms).cloned())
    });
    let more = Memo::new(move |_| head.with(|head| head.alarms.len().saturating_sub(1)));
    let local = move || {
        let today = head.with(|head| head.today).with_weekday();
        let local = fresh.local();
        let (time, zone) = (local.time(local.now), zone(local.utc_offset_s));
        format!("{today}, {time} {zone}")
    };
    let synced = move || match head.with(|head| head.last_sync_at) {
        Some(at) => ("Synced", ago(now.get(), at)),
        None => ("Not synced", "yet".to_owned()),
    };
    view! {
        <header class="head">
            <h1 class="hidden">{name}</h1>
            <div class="blk">
                <p class="big">{move || day(expedition.get().as_ref(), name)}</p>
                <p class="sub">{local}</p>
            </div>
            {move || expedition.get().and_then(|expedition| place(&expedition))}
            {move || match alarm.get() {
                Some(alarm) => Either::Left(view! { <AlarmChip alarm more=more.get() units=units.get() /> }),
                None => {
                    Either::Right(
                        view! {
                            <a class="blk synced" href="/connections">
                                <span>{move || synced().0}</span>
                                " "
                                <span class="sub">{move || synced().1}</span>
                            </a>
                        },
                    )
                }
            }}
            {children.map(|children| view! { <div class="controls">{children()}</div> })}
            <Actions />
        </header>
    }
    .into_any()
}

/// The most urgent alarm, small, on pages that are about something else. It leads to the overview.
#[component]
fn AlarmChip(alarm: AlarmLine, more: usize, units: Units) -> impl IntoView {
    let priority = alarm.priority;
    view! {
        <a
            class=format!("alarm-chip alarm-chip-{}", priority.id())
            href=format!("/?metric={}", alarm.metric.id())
        >
            <PrioritySign priority />
            <span class="hidden">{priority.name()} " alarm: "</span>
            <TwinMark twin=alarm.twin />
            <b>
                {alarm.twin.letter()} " " {alarm.metric.info().name} " "
                {alarm.metric.written(units).with_unit(alarm.value)}
            </b>
            {(more > 0).then(|| view! { <span>"+" {more} <span class="hidden">" more"</span></span> })}
        </a>
    }
    .into_any()
}

/// `Day 9 of 14`, or how far away the first day is.
fn day(expedition: Option<&ExpeditionStatus>, fallback: &'static str) -> AnyView {
    let Some(expedition) = expedition else {
        return fallback.into_any();
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
    let next = expedition.next.as_ref().map(|next| {
        let stop = if expedition.place.is_some() { ". " } else { "" };
        format!("{stop}Next {}, {}", altitude(next.altitude_m), next.place)
    });
    let place = expedition.place.clone();
    Some(view! {
        <div class="blk blk-place">
            <p class="big">{height}</p>
            <p class="sub">
                {place} <span class="blk-next">{next}</span>
            </p>
        </div>
    })
}
