//! One day: last night first, then heart rate around the clock.

mod controls;
mod facts;
mod figure;
mod hours;
mod part;
mod take;
mod wanted;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use physiology::Twin;
use views::day::{ClockChoice, DayView};

use self::controls::{AlignControl, ClockControl, DayControls};
use self::facts::{HeartFacts, NightFacts};
use self::figure::IntradayFigure;
use self::hours::HourTable;
use self::part::Part;
use self::wanted::Wanted;
use crate::components::{
    Fresh, Freshness, NoteClock, Notes, Notices, Noting, PageHeader, PageNames, SkeletonKind,
    answered_page, newest_of_day,
};
use crate::format::{altitude, zone};
use crate::functions;

/// `/day`
#[component]
pub(crate) fn DayPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    answered_page(
        PageNames {
            title: "Day",
            what: "The day",
            address: "/day",
        },
        SkeletonKind::Sheet,
        move || wanted.with(|wanted| (wanted.day, wanted.clock)),
        |(day, clock)| functions::day(day, clock),
        |day: &DayView| &day.head,
        move |day, fresh| view! { <Loaded day fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(day: Signal<DayView>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    // One crosshair for the whole page: the night's last hours are the day's first.
    let cursor = RwSignal::new(None::<i32>);
    let notes = Memo::new(move |_| day.with(|day| day.notes.clone()));
    let may_note = Memo::new(move |_| day.with(|day| day.may_note));
    let noting = Noting::new(notes, may_note);
    let clock = Memo::new(move |_| day.with(NoteClock::of_day));
    let newest = Signal::derive(move || day.with(newest_of_day));
    let problems = move || wanted.with(|wanted| wanted.problems());
    let weekday = move || day.with(|day| day.day.with_weekday());
    view! {
        <PageHeader name="Day" fresh />
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <div class="day-bar">
            <DayControls day wanted />
            <ClockControl day wanted />
        </div>
        <section class="sheet day-part" aria-labelledby="last-night">
            <div class="day-main">
                <div class="day-head">
                    <h2 id="last-night">"Night to " {weekday}</h2>
                    <p class="sub">{move || day.with(slept_at)}</p>
                </div>
                <IntradayFigure day part=Part::Night wanted cursor noting>
                    <AlignControl day wanted />
                </IntradayFigure>
                <HourTable day part=Part::Night />
            </div>
            <NightFacts day />
        </section>
        <section class="sheet day-part" aria-labelledby="heart-rate">
            <div class="day-main">
                <div class="day-head">
                    <h2 id="heart-rate">"Heart rate, " {weekday}</h2>
                    <p class="sub">"midnight to midnight"</p>
                </div>
                <IntradayFigure day part=Part::Heart wanted cursor noting />
                <HourTable day part=Part::Heart />
            </div>
            <HeartFacts day />
        </section>
        <Notes noting clock begin=newest fresh />
        <p class="footnote">{move || day.with(clocks)}</p>
    }
    .into_any()
}

/// `Gorak Shep, 5,164 m`.
fn slept_at(day: &DayView) -> String {
    let height = day.sleeping_altitude_m.map(altitude);
    let number = day.day_number.map(|number| format!("Day {number}"));
    let parts = [number, day.place.clone(), height];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Whose clock the times are by, in a sentence.
fn clocks(day: &DayView) -> String {
    let [a, b] = Twin::BOTH.map(|twin| zone(day.offset_s(twin)));
    match day.clock {
        ClockChoice::Own if a == b => {
            format!("Times are by the twins’ own clocks, which both showed {a}.")
        }
        ClockChoice::Own => {
            format!("Times are by each twin’s own clock: A’s showed {a}, B’s {b}.")
        }
        ClockChoice::Shared => format!("Times of both twins are by one clock, {a}."),
    }
}
