//! Compare: any metrics of both twins on one time axis, and how far the twins agree.

mod altitude;
mod chooser;
mod findings;
mod panel;
mod table;
mod unusual;
mod wanted;
mod words;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use physiology::Day;
use views::Compare;

use self::altitude::Altitude;
use self::chooser::Chooser;
use self::findings::Findings;
use self::panel::Panel;
use self::unusual::Unusual;
use self::wanted::{PATH, Wanted};
use crate::components::{
    Answered, Fresh, Freshness, Notices, PageHeader, RangeControl, Skeleton, SkeletonKind,
    StackFigure, ask,
};
use crate::functions;

/// `/compare`
#[component]
pub(crate) fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    let round = RwSignal::new(0_u32);
    let answer = ask(
        move || (wanted.with(Wanted::question), round.get()),
        |((range, metrics, metric), _)| {
            functions::compare(range.id(), metrics, metric.id().to_owned())
        },
    );
    view! {
        <Title text="Compare" />
        <main class="page" id="page" tabindex="-1">
            <Transition fallback=|| {
                view! { <Skeleton kind=SkeletonKind::Sheet name="Compare" /> }
            }>
                <Answered
                    answer
                    round
                    what="The comparison"
                    address=PATH
                    head=|compare: &Compare| &compare.head
                    show=move |compare, fresh| view! { <Loaded compare fresh wanted /> }.into_any()
                />
            </Transition>
        </main>
    }
    .into_any()
}

#[component]
fn Loaded(compare: Signal<Compare>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let range = Memo::new(move |_| wanted.with(|wanted| wanted.range.clone()));
    let days = Memo::new(move |_| compare.with(|compare| compare.range));
    let addresses = Memo::new(move |_| wanted.with(Wanted::ranges));
    let problems = move || wanted.with(Wanted::problems);
    let cursor = RwSignal::new(None::<Day>);
    let spoken = Memo::new(move |_| compare.with(|compare| compare.panel.metric));
    view! {
        <PageHeader name="Compare" fresh />
        <RangeControl wanted=range days address=addresses />
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <div class="compare">
            <section class="sheet compare-lanes" aria-labelledby="compare-lanes">
                <h2 class="hidden" id="compare-lanes">
                    "Both twins on one time axis"
                </h2>
                <div class="compare-head">
                    <Chooser wanted />
                    <Key compare />
                </div>
                <StackFigure compare cursor spoken />
                <Unusual compare />
            </section>
            <div class="compare-side">
                <Panel compare wanted cursor />
                <Findings compare />
            </div>
            <Altitude compare />
        </div>
    }
    .into_any()
}

/// What the marks of the lanes mean.
#[component]
fn Key(compare: Signal<Compare>) -> impl IntoView {
    let has = move |what: fn(&Compare) -> bool| move || compare.with(what);
    let has_band = has(|compare| compare.lanes.iter().any(|lane| lane.band.is_some()));
    let has_expected = has(|compare| compare.lanes.iter().any(|lane| !lane.expected.is_empty()));
    let has_unusual = has(|compare| compare.lanes.iter().any(|lane| !lane.anomalies.is_empty()));
    view! {
        <ul class="compare-key">
            <li hidden=move || !has_band()>
                <svg viewBox="0 0 18 12" aria-hidden="true">
                    <rect class="chart-band" x="0.5" y="0.5" width="17" height="11"></rect>
                </svg>
                "Baseline, mean ± 2 SD"
            </li>
            <li hidden=move || !has_expected()>
                <svg viewBox="0 0 18 12" aria-hidden="true">
                    <path class="compare-expected" d="M0 2.5h18M0 9.5h18"></path>
                </svg>
                "Expected at the altitude"
            </li>
            <li hidden=move || !has_unusual()>
                <svg viewBox="0 0 18 12" aria-hidden="true">
                    <circle class="compare-ring" cx="9" cy="6" r="5"></circle>
                </svg>
                "Unusual night"
            </li>
        </ul>
    }
    .into_any()
}
