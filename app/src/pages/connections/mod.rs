//! Connections: each twin with each vendor, how it stands and what to do.

mod actions;
mod cell;
mod collections;
mod coverage;
mod notice;

use std::time::Duration;

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use physiology::{Timestamp, Twin};
use views::Connections;

use self::cell::Cell;
use self::notice::Notice;
use crate::browser;
use crate::components::{Actions, Problem, TwinMark};
use crate::format::{time_of_day, zone};
use crate::functions::{self, Disconnect, PageError, SyncNow};

/// While a sync runs, it is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Otherwise the page is asked for again when it is this old, ms.
const ASK_AGAIN_MS: i64 = 60_000;

/// `/connections`
#[component]
pub(crate) fn ConnectionsPage() -> impl IntoView {
    let forms = Forms {
        sync: ServerAction::new(),
        disconnect: ServerAction::new(),
    };
    let round = RwSignal::new(0_u32);
    let answer = Resource::new(
        move || {
            (
                round.get(),
                forms.sync.version().get(),
                forms.disconnect.version().get(),
            )
        },
        |_| functions::connections(),
    );
    view! {
        <Title text="Connections" />
        <main class="page" id="page" tabindex="-1">
            <Transition fallback=|| {
                view! { <p class="loading">"Loading the connections."</p> }
            }>
                <Answered answer round forms />
            </Transition>
        </main>
    }
    .into_any()
}

/// What is done on this page, as forms that work without JavaScript.
#[derive(Clone, Copy)]
struct Forms {
    sync: ServerAction<SyncNow>,
    disconnect: ServerAction<Disconnect>,
}

type Answer = Resource<Result<Connections, PageError>>;

/// The newest answer there is. One that fails leaves the one before it standing.
#[component]
fn Answered(answer: Answer, round: RwSignal<u32>, forms: Forms) -> impl IntoView {
    let newest = Memo::new(move |before: Option<&Option<Connections>>| {
        let now = answer.with(|answer| answer.as_ref().and_then(|result| result.clone().ok()));
        now.or_else(|| before.cloned().flatten())
    });
    let failure = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().and_then(|result| result.clone().err()))
    });
    let is_there = Memo::new(move |_| newest.with(Option::is_some));
    keep_asking(answer, newest, failure, round);
    move || {
        if is_there.get() {
            let first = newest.get_untracked();
            EitherOf3::A(first.map(|first| {
                let connections =
                    Memo::new(move |_| newest.get().unwrap_or_else(|| first.clone())).into();
                view! { <Loaded connections failure forms /> }
            }))
        } else if let Some(error) = failure.get() {
            EitherOf3::B(view! { <Problem what="Connections" error again="/connections" /> })
        } else {
            EitherOf3::C(())
        }
    }
}

/// Asks again every second while a sync runs, and every minute otherwise.
fn keep_asking(
    answer: Answer,
    newest: Memo<Option<Connections>>,
    failure: Memo<Option<PageError>>,
    round: RwSignal<u32>,
) {
    let asked_ms = StoredValue::new(0_i64);
    let is_waiting = StoredValue::new(false);
    Effect::new(move |_| {
        answer.track();
        asked_ms.set_value(browser::now_ms());
        is_waiting.set_value(false);
    });
    Effect::new(move |_| {
        browser::every(LOOK, move || {
            let syncing = newest.with_untracked(|newest| newest.as_ref().is_some_and(is_syncing));
            let is_due = syncing || browser::now_ms() - asked_ms.get_value() >= ASK_AGAIN_MS;
            if is_due && browser::is_visible() && !is_waiting.get_value() {
                is_waiting.set_value(true);
                round.update(|round| *round = round.wrapping_add(1));
            }
        });
    });
    Effect::new(move |_| {
        if failure.get() == Some(PageError::SignedOut) {
            browser::leave_for("/login?next=/connections");
        }
    });
}

fn is_syncing(connections: &Connections) -> bool {
    connections.cells.iter().any(|cell| cell.progress.is_some())
}

/// When it is, for the ages of a page.
#[derive(Clone, Copy)]
struct Clock {
    now: Memo<Timestamp>,
    utc_offset_s: Memo<i32>,
}

#[component]
fn Loaded(
    connections: Signal<Connections>,
    failure: Memo<Option<PageError>>,
    forms: Forms,
) -> impl IntoView {
    let clock = Clock {
        now: Memo::new(move |_| connections.with(|connections| connections.now)),
        utc_offset_s: Memo::new(move |_| connections.with(|connections| connections.utc_offset_s)),
    };
    let names = Memo::new(move |_| connections.with(|connections| connections.names.clone()));
    let may_operate = Memo::new(move |_| connections.with(|connections| connections.may_operate));
    let keys = Memo::new(move |_| {
        connections.with(|connections| {
            connections
                .cells
                .iter()
                .map(|cell| (cell.twin, cell.vendor))
                .collect::<Vec<_>>()
        })
    });
    let query = use_query_map();
    let notice = Memo::new(move |_| {
        query.with(|query| connections.with(|connections| notice::of(query, connections)))
    });
    let local = move || {
        let (now, offset_s) = (clock.now.get(), clock.utc_offset_s.get());
        let today = physiology::Day::of_local(now, offset_s);
        format!(
            "{}, {} {}",
            today.with_weekday(),
            time_of_day(now, offset_s),
            zone(offset_s)
        )
    };
    let stale_since = move || {
        failure.get().map(|_| {
            let at = time_of_day(clock.now.get(), clock.utc_offset_s.get());
            view! {
                <p class="not-fresh">
                    <span>"Could not refresh, showing the state of " {at} "."</span>
                </p>
            }
        })
    };
    view! {
        <header class="head">
            <div class="blk">
                <h1 class="big">"Connections"</h1>
                <p class="sub">{local}</p>
            </div>
            <Actions />
        </header>
        <Notice notice />
        {stale_since}
        <section class="sheet connections">
            {Twin::BOTH.map(|twin| view! { <TwinHead twin names /> }).collect_view()}
            <For each=move || keys.get() key=|key| *key let((twin, vendor))>
                <Cell connections twin vendor clock may_operate names forms />
            </For>
        </section>
        <p class="footnote">
            "Acclimate only reads from Oura and Polar. Times are local where the twins are, "
            {move || zone(clock.utc_offset_s.get())} "."
        </p>
    }
    .into_any()
}

#[component]
fn TwinHead(twin: Twin, names: Memo<[String; 2]>) -> impl IntoView {
    let name = move || names.with(|names| names[usize::from(twin == Twin::B)].clone());
    view! {
        <h2 class=format!("twin-head twin-head-{}", twin.id())>
            <TwinMark twin />
            {name}
        </h2>
    }
}
