//! The overview: both twins on one screen.

mod alarms;
mod changes;
mod fresh;
mod header;
mod range;
mod remember;
mod sheet;
mod tile;
mod tiles;
mod wanted;
mod what_changed;

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use views::Overview;

use self::alarms::Alarms;
use self::fresh::{Fresh, Freshness};
use self::header::Header;
use self::range::RangeControl;
use self::sheet::Sheet;
use self::tiles::Tiles;
use self::wanted::Wanted;
use crate::components::Problem;
use crate::functions::{self, PageError};

/// `/`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    remember::keep(wanted);

    let round = RwSignal::new(0_u32);
    let answer = Resource::new(
        move || {
            (
                wanted.with(|wanted| (wanted.range, wanted.metric)),
                round.get(),
            )
        },
        |((range, metric), _)| functions::overview(range.id(), metric.id().to_owned()),
    );
    view! {
        <Title text="Overview" />
        <main class="page" id="page" tabindex="-1">
            <Transition fallback=|| {
                view! { <p class="loading">"Loading the overview."</p> }
            }>
                <Answered answer wanted round />
            </Transition>
        </main>
    }
    .into_any()
}

/// What the server answers: an overview, or an error.
type Answer = Resource<Result<Overview, PageError>>;

/// The newest overview there is. An answer that fails leaves the one before it standing.
#[component]
fn Answered(answer: Answer, wanted: Memo<Wanted>, round: RwSignal<u32>) -> impl IntoView {
    let newest = Memo::new(move |before: Option<&Option<Overview>>| {
        let now = answer.with(|answer| answer.as_ref().and_then(|result| result.clone().ok()));
        now.or_else(|| before.cloned().flatten())
    });
    let failure = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().and_then(|result| result.clone().err()))
    });
    let is_there = Memo::new(move |_| newest.with(Option::is_some));
    move || {
        if is_there.get() {
            // There is one from here on: the memo never goes back to none.
            let first = newest.get_untracked();
            EitherOf3::A(first.map(|first| {
                let overview =
                    Memo::new(move |_| newest.get().unwrap_or_else(|| first.clone())).into();
                view! { <Loaded overview wanted round answer failure /> }
            }))
        } else if let Some(error) = failure.get() {
            EitherOf3::B(view! { <Problem what="The overview" error again="/" /> })
        } else {
            EitherOf3::C(())
        }
    }
}

#[component]
fn Loaded(
    overview: Signal<Overview>,
    wanted: Memo<Wanted>,
    round: RwSignal<u32>,
    answer: Answer,
    failure: Memo<Option<PageError>>,
) -> impl IntoView {
    let fresh = Fresh::keep(overview, answer, failure, round);
    let utc_offset_s = Memo::new(move |_| overview.with(|overview| overview.utc_offset_s));
    let names = Memo::new(move |_| overview.with(|overview| overview.names.clone()));
    let alarms = Memo::new(move |_| overview.with(|overview| overview.alarms.clone()));
    let chart = Memo::new(move |_| overview.with(|overview| overview.chart.clone()));
    view! {
        <Header overview now=fresh.now />
        <RangeControl wanted chart />
        <Freshness fresh overview utc_offset_s />
        <Alarms alarms now=fresh.now utc_offset_s />
        <Tiles overview wanted now=fresh.now />
        <Sheet overview chart names utc_offset_s />
    }
    .into_any()
}
