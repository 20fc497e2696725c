//! The sheet: both twins' workouts of a day, heart rate over time, and what it comes to.

use chart::TracePanels;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use physiology::units::Clock;
use physiology::{Timestamp, Twin, Units};
use views::workouts::{Sheet, TwinSheet, WorkoutLine};

use super::figures::Figures;
use super::trace::TraceFigure;
use super::wanted::Wanted;
use super::write::{distance, duration, energy, listed, load};
use super::zones::{TimeInZone, ZoneNote};
use crate::components::{Fresh, Glyph, Icon, NoteClock, Notes, Noting, TwinMark};
use crate::format::zone;

/// The sheet of a day, or of one workout; a sentence where there is none.
#[component]
pub(super) fn DaySheet(
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    wanted: Memo<Wanted>,
    fresh: Fresh,
    /// Whether this is the page of one workout already.
    is_one_workout: bool,
) -> impl IntoView {
    let is_there = Memo::new(move |_| sheet.with(Option::is_some));
    move || {
        if !is_there.get() {
            return view! {
                <section class="sheet workout-sheet workout-none">
                    <p>"No workout in this week. Choose another week, or show all workouts."</p>
                </section>
            }
            .into_any();
        }
        // There is one as long as this branch stands; none is the moment before it goes.
        let first = sheet.get_untracked();
        let shown = Memo::new(move |_| sheet.get().or_else(|| first.clone()));
        view! { <Loaded sheet=shown names wanted fresh is_one_workout /> }.into_any()
    }
}

#[component]
fn Loaded(
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    wanted: Memo<Wanted>,
    fresh: Fresh,
    is_one_workout: bool,
) -> impl IntoView {
    let units = fresh.units;
    let notes = Memo::new(move |_| {
        sheet.with(|sheet| {
            sheet
                .as_ref()
                .map(|sheet| sheet.notes.clone())
                .unwrap_or_default()
        })
    });
    let may_note =
        Memo::new(move |_| sheet.with(|sheet| sheet.as_ref().is_some_and(|sheet| sheet.may_note)));
    let noting = Noting::new(notes, may_note);
    let clock = Memo::new(move |_| {
        let units = units.get();
        sheet.with(|sheet| {
            let of = |sheet| NoteClock::of_sheet(sheet, units);
            sheet.as_ref().map(of).unwrap_or_default()
        })
    });
    // A new one begins with the workout.
    let begin = Signal::derive(move || {
        sheet.with(|sheet| {
            let begin = |sheet: &Sheet| sheet.instant(sheet.from_s.into());
            sheet.as_ref().map_or(Timestamp(0), begin)
        })
    });
    let title = move || sheet.with(|sheet| sheet.as_ref().map(title).unwrap_or_default());
    let about = move || {
        let clock = units.get().clock;
        sheet.with(|sheet| sheet.as_ref().map(|sheet| about(sheet, clock)))
    };
    let has_trace = Memo::new(move |_| {
        sheet.with(|sheet| {
            let mut twins = sheet.iter().flat_map(|sheet| &sheet.twins);
            twins.any(|twin| !twin.trace.runs.is_empty())
        })
    });
    let has_hours = Memo::new(move |_| {
        sheet.with(|sheet| {
            sheet
                .as_ref()
                .is_some_and(|sheet| sheet.from_s < sheet.to_s)
        })
    });
    let figure = move || {
        has_trace
            .get()
            .then(|| view! { <TraceFigure sheet names wanted units noting /> })
    };
    view! {
        <section class="sheet workout-sheet" aria-labelledby="workout-title">
            <div class="workout-plot">
                <div class="workout-head">
                    <h2 id="workout-title">{title}</h2>
                    <p>{about}</p>
                    <ViewSwitch wanted is_one_workout />
                </div>
                {figure}
                <Lines sheet names units is_one_workout />
            </div>
            <aside class="workout-aside" aria-label="Time in zone and figures">
                <TimeInZone sheet />
                <Figures sheet names units />
                <ZoneNote sheet />
            </aside>
        </section>
        {move || has_hours.get().then(|| view! { <Notes noting clock begin fresh /> })}
    }
    .into_any()
}

/// Two panels, both twins in one, or one twin alone: links, so that it is in the address.
#[component]
fn ViewSwitch(wanted: Memo<Wanted>, is_one_workout: bool) -> impl IntoView {
    let location = use_location();
    let choice = move |panels: TracePanels| {
        let address = move || {
            let path = if is_one_workout {
                location.pathname.get()
            } else {
                "/workouts".to_owned()
            };
            wanted.with(|wanted| wanted.with_panels(&path, panels))
        };
        view! {
            <a
                href=address
                aria-current=move || {
                    (wanted.with(|wanted| wanted.panels) == panels).then_some("true")
                }
                data-noscroll
            >
                {panels_name(panels)}
            </a>
        }
    };
    view! {
        <div class="seg trace-switch" role="group" aria-label="Traces">
            {TracePanels::ALL.map(choice).collect_view()}
        </div>
    }
    .into_any()
}

const fn panels_name(panels: TracePanels) -> &'static str {
    match panels {
        TracePanels::Each => "Two panels",
        TracePanels::Together => "In one",
        TracePanels::Alone(Twin::A) => "A alone",
        TracePanels::Alone(Twin::B) => "B alone",
    }
}

/// `To Dingboche, Fri 9 Oct`.
fn title(sheet: &Sheet) -> String {
    let day = sheet.day.with_weekday();
    match &sheet.stage {
        Some(stage) => format!("{stage}, {day}"),
        None => day,
    }
}

/// `08:04 to 13:26, UTC+5:45. Heart rate every 5 s, Polar.`
fn about(sheet: &Sheet, clock: Clock) -> String {
    if sheet.to_s <= sheet.from_s {
        return "No workout of either twin on this day.".to_owned();
    }
    let [a, b] = sheet.utc_offset_s;
    let clocks = if a == b {
        zone(a)
    } else {
        format!("A {}, B {}, each on the own clock", zone(a), zone(b))
    };
    let mut text = format!(
        "{} to {}, {clocks}.",
        clock.time(sheet.from_s.into()),
        clock.time(sheet.to_s.into())
    );
    let interval_s = sheet.twins.iter().find_map(|twin| twin.trace.interval_s);
    if let Some(interval_s) = interval_s {
        text.push_str(&format!(" Heart rate every {interval_s:.0}\u{a0}s, Polar."));
    }
    text
}

/// The workouts themselves, twin by twin.
#[component]
fn Lines(
    sheet: Memo<Option<Sheet>>,
    names: Memo<[String; 2]>,
    units: Memo<Units>,
    is_one_workout: bool,
) -> impl IntoView {
    let of = move |twin: Twin| {
        let index = usize::from(twin == Twin::B);
        let name = move || names.with(|names| names[index].clone());
        let content = move || {
            sheet.with(|sheet| {
                sheet
                    .as_ref()
                    .map(|sheet| lines(&sheet.twins[index], units.get(), is_one_workout))
            })
        };
        view! {
            <section class="workout-lines" data-subject=twin.id()>
                <h3 class=format!("who-{}", twin.id())>
                    <TwinMark twin />
                    " "
                    {name}
                </h3>
                {content}
            </section>
        }
        .into_any()
    };
    view! {
        <div class="workout-both">
            {of(Twin::A)}
            {of(Twin::B)}
        </div>
    }
    .into_any()
}

fn lines(twin: &TwinSheet, units: Units, is_one_workout: bool) -> AnyView {
    if let Some(none) = twin.none {
        return view! { <p class="workout-reason">{none.sentence()}</p> }.into_any();
    }
    let time = |second: i32| units.clock.time(second.into());
    let item = |line: &WorkoutLine| {
        let name = line
            .label
            .clone()
            .unwrap_or_else(|| line.activity.to_string());
        let what = listed([
            line.label.as_ref().map(|_| line.activity.to_string()),
            Some(format!("{} to {}", time(line.from_s), time(line.to_s))),
            Some(duration(f64::from(line.to_s.saturating_sub(line.from_s)))),
            line.distance_m.map(|metres| distance(metres, units)),
            line.calories_kcal.map(energy),
            line.cardio_load
                .map(|known| format!("load\u{a0}{}\u{a0}AU", load(known))),
        ]);
        let sources: Vec<&str> = line.sources.iter().map(|source| source.name()).collect();
        let told = format!("Told by {}", sources.join(" and "));
        let heading = if is_one_workout {
            view! { <b>{name}</b> }.into_any()
        } else {
            view! {
                <a href=format!("/workouts/{}", line.id)>
                    <b>{name}</b>
                    <Icon glyph=Glyph::Next />
                </a>
            }
            .into_any()
        };
        view! {
            <li>
                {heading}
                <p>{what}</p>
                <p class="workout-told">{told}</p>
            </li>
        }
    };
    view! { <ul>{twin.workouts.iter().map(item).collect_view()}</ul> }.into_any()
}
