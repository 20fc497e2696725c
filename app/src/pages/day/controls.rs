//! Which day, and whose clock: links and a form.

use leptos::prelude::*;
use leptos_router::components::Form;
use physiology::Day;
use views::day::{Alignment, ClockChoice, DayView};

use super::wanted::Wanted;
use crate::components::{Glyph, Icon};

/// The day before, any day, the day after.
#[component]
pub(super) fn DayControls(day: Signal<DayView>, wanted: Memo<Wanted>) -> impl IntoView {
    let shown = Memo::new(move |_| day.with(|day| (day.day, day.clock)));
    let ends = Memo::new(move |_| day.with(ends));
    let before = move || {
        let (day, clock) = shown.get();
        (ends.get().0 < day).then(|| wanted.get().whole(day.plus(-1), clock))
    };
    let after = move || {
        let (day, clock) = shown.get();
        (day < ends.get().1).then(|| wanted.get().whole(day.plus(1), clock))
    };
    view! {
        <nav class="day-nav" aria-label="Days">
            <Step to=Signal::derive(before) glyph=Glyph::Previous label="Day before" />
            // Made anew with every day, so that the field shows the day that is shown.
            {move || {
                let (day, clock) = shown.get();
                let align = wanted.with(|wanted| wanted.align);
                view! { <DateForm day clock align /> }
            }}
            <Step to=Signal::derive(after) glyph=Glyph::Next label="Day after" />
        </nav>
    }
    .into_any()
}

/// The days worth leafing to: those with data, today, and the one shown.
fn ends(day: &DayView) -> (Day, Day) {
    let today = day.head.today;
    let oldest = day.oldest.unwrap_or(today).min(day.day);
    let newest = day.newest.unwrap_or(today).max(today);
    (oldest, newest)
}

/// A link to a day, or the place where one would be.
#[component]
fn Step(to: Signal<Option<String>>, glyph: Glyph, label: &'static str) -> impl IntoView {
    move || match to.get() {
        Some(address) => view! {
            <a class="btn btn-icon" href=address aria-label=label title=label data-noscroll>
                <Icon glyph />
            </a>
        }
        .into_any(),
        None => view! {
            <span class="btn btn-icon is-off" aria-hidden="true">
                <Icon glyph />
            </span>
        }
        .into_any(),
    }
}

#[component]
fn DateForm(day: Day, clock: ClockChoice, align: Alignment) -> impl IntoView {
    view! {
        <Form method="get" action="/day" noscroll=true attr:class="day-form">
            <label>
                <span class="hidden">"Day"</span>
                <input type="date" name="day" value=day.to_string() required />
            </label>
            {(clock != ClockChoice::default())
                .then(|| view! { <input type="hidden" name="clock" value=clock.id() /> })}
            {(align != Alignment::default())
                .then(|| view! { <input type="hidden" name="align" value=align.id() /> })}
            <button class="btn" type="submit">
                "Show"
            </button>
        </Form>
    }
    .into_any()
}

/// Whose clock the axes show.
#[component]
pub(super) fn ClockControl(day: Signal<DayView>, wanted: Memo<Wanted>) -> impl IntoView {
    let shown = Memo::new(move |_| day.with(|day| (day.day, day.clock)));
    let choice = |clock: ClockChoice| {
        let name = match clock {
            ClockChoice::Own => "Own clocks",
            ClockChoice::Shared => "One clock",
        };
        view! {
            <a
                href=move || wanted.get().whole(shown.get().0, clock)
                aria-current=move || (shown.get().1 == clock).then_some("true")
                data-noscroll
            >
                {name}
            </a>
        }
    };
    view! {
        <div class="seg day-clock" role="group" aria-label="Clock">
            {ClockChoice::ALL.map(choice).collect_view()}
        </div>
    }
    .into_any()
}

/// How the two nights lie over one another.
#[component]
pub(super) fn AlignControl(day: Signal<DayView>, wanted: Memo<Wanted>) -> impl IntoView {
    let shown = Memo::new(move |_| day.with(|day| day.day));
    let choice = |align: Alignment| {
        let name = match align {
            Alignment::Clock => "By clock",
            Alignment::Onset => "From falling asleep",
        };
        view! {
            <a
                href=move || wanted.get().with_align(align).address(shown.get())
                aria-current=move || (wanted.with(|wanted| wanted.align) == align).then_some("true")
                data-noscroll
            >
                {name}
            </a>
        }
    };
    view! {
        <div class="seg day-align" role="group" aria-label="Nights">
            {Alignment::ALL.map(choice).collect_view()}
        </div>
    }
    .into_any()
}
