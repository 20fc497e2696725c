//! Compare: any metrics of both twins on one time axis, and how far the twins agree.

mod altitude;
mod chooser;
mod findings;
mod lists;
mod mode;
mod mode_control;
mod pairs;
mod panel;
mod spread;
mod table;
mod unusual;
mod wanted;
mod words;

use chart::{StackMode, View, strip_days};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use physiology::Day;
use views::Compare;

use self::altitude::Altitude;
use self::chooser::Chooser;
use self::findings::Findings;
use self::mode::Mode;
use self::mode_control::ModeControl;
use self::panel::Panel;
use self::spread::SpreadFigure;
use self::unusual::Unusual;
use self::wanted::{PATH, Wanted};
use crate::components::{
    Fresh, Freshness, Look, NoteClock, Notes, Notices, Noting, PageHeader, PageNames, RangeControl,
    Setting, SkeletonKind, StackFigure, answered_page, newest_of_compare,
};
use crate::functions;

/// `/compare`
#[component]
pub(crate) fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    answered_page(
        PageNames {
            title: "Compare",
            what: "The comparison",
            address: PATH,
        },
        SkeletonKind::Sheet,
        move || wanted.with(Wanted::question),
        |(range, metrics, metric, lines)| {
            functions::compare(range.id(), metrics, metric.id().to_owned(), lines)
        },
        |compare: &Compare| &compare.head,
        move |compare, fresh| view! { <Loaded compare fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(compare: Signal<Compare>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let range = Memo::new(move |_| wanted.with(|wanted| wanted.range.clone()));
    let days = Memo::new(move |_| compare.with(|compare| compare.range));
    let addresses = Memo::new(move |_| wanted.with(Wanted::ranges));
    let problems = move || wanted.with(Wanted::problems);
    let cursor = RwSignal::new(None::<Day>);
    let notes = Memo::new(move |_| compare.with(|compare| compare.notes.clone()));
    let may_note = Memo::new(move |_| compare.with(|compare| compare.may_note));
    let noting = Noting::new(notes, may_note);
    let clock = Memo::new(move |_| compare.with(NoteClock::of_compare));
    let newest = Signal::derive(move || compare.with(newest_of_compare));
    let zoom = Memo::new(move |_| wanted.with(|wanted| wanted.zoom));
    let look = Look::in_address(zoom, move |view| {
        wanted.with_untracked(|wanted| wanted.with_zoom(view))
    });
    view! {
        <PageHeader name="Compare" fresh />
        <RangeControl wanted=range days address=addresses />
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <div class="compare">
            <div class="compare-main">
                <section class="sheet compare-lanes" aria-labelledby="compare-lanes">
                    <h2 class="hidden" id="compare-lanes">
                        "Both twins on one time axis"
                    </h2>
                    <div class="compare-head">
                        <Chooser wanted />
                        <ModeControl wanted />
                        <Key compare />
                    </div>
                    <Lanes compare cursor look wanted noting />
                    <Unusual compare />
                </section>
                <Notes noting clock begin=newest fresh />
            </div>
            <div class="compare-side">
                <Panel compare wanted cursor />
                <Findings compare />
            </div>
            <Altitude compare />
        </div>
    }
    .into_any()
}

/// The stack, or each metric's differences against the means.
#[component]
fn Lanes(
    compare: Signal<Compare>,
    cursor: RwSignal<Option<Day>>,
    look: Look,
    wanted: Memo<Wanted>,
    noting: Noting,
) -> impl IntoView {
    let spoken = Memo::new(move |_| compare.with(|compare| compare.panel.metric));
    let is_spread = Memo::new(move |_| wanted.with(|wanted| wanted.mode == Mode::Spread));
    let mode = Signal::derive(move || {
        wanted.with(|wanted| match wanted.mode {
            Mode::Overlay | Mode::Spread => StackMode::Overlay,
            Mode::Side => StackMode::Side,
            Mode::Difference => StackMode::Difference,
        })
    });
    let navigate = use_navigate();
    let beyond = {
        let navigate = navigate.clone();
        Callback::new(move |view: View| {
            let (drawn, shown) = compare.with_untracked(|compare| (drawn(compare), compare.range));
            let days = strip_days(view, drawn);
            // Beyond the edge, but not as far as the next night.
            if days == shown {
                return false;
            }
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(
                &wanted.with_untracked(|wanted| wanted.with_days(days, view)),
                options,
            );
            true
        })
    };
    let setting = Setting {
        mode,
        shown: Signal::derive(move || wanted.with(Wanted::shown)),
        toggle: Callback::new(move |twin| {
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(
                &wanted.with_untracked(|wanted| wanted.with_toggled(twin)),
                options,
            );
        }),
    };
    move || {
        if is_spread.get() {
            view! { <SpreadFigure compare cursor /> }.into_any()
        } else {
            view! { <StackFigure compare cursor look setting noting beyond spoken /> }.into_any()
        }
    }
}

/// How long after their day's midnight UTC nights are drawn, ms: the earliest and the latest, by the
/// clocks at both ends of the record.
fn drawn(compare: &Compare) -> (f64, f64) {
    let ends = compare.course.ends.each_ref();
    let [one, other] = ends.map(|night| (night.at.0 - night.day.start_utc().0) as f64);
    (one.min(other), one.max(other))
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
