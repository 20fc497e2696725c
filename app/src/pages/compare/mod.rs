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

use chart::{StackMode, View};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use physiology::{Day, DayRange, Timestamp};
use views::Compare;
use views::overview::RangeChoice;

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
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            let utc_offset_s = compare.with_untracked(|compare| compare.head.utc_offset_s);
            let range = RangeChoice::Days(days_of(view, utc_offset_s));
            navigate(
                &wanted.with_untracked(|wanted| wanted.ranges().with(range)),
                options,
            );
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

/// The days whose nights lie in a stretch, ms since the epoch, or between whose nights it lies. Nights
/// are drawn about two hours after their day's midnight, by the party's clock.
fn days_of(view: View, utc_offset_s: i32) -> DayRange {
    const DAY_MS: f64 = 86_400_000.0;
    let after_midnight_ms = 7_200_000.0 - f64::from(utc_offset_s) * 1_000.0;
    let nights = |at_ms: f64| (at_ms - after_midnight_ms) / DAY_MS;
    let day = |night: f64| Day::of_utc(Timestamp((night * DAY_MS) as i64));
    let (first, last) = (day(nights(view.from).ceil()), day(nights(view.to).floor()));
    DayRange::new(first.min(last), last.max(first))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours after midnight UTC of 5 October 2026.
    fn days(from: f64, to: f64, utc_offset_s: i32) -> (String, String) {
        let at = |hours: f64| 1_791_158_400_000.0 + hours * 3_600_000.0;
        let view = View {
            from: at(from),
            to: at(to),
        };
        let days = days_of(view, utc_offset_s);
        (days.first.to_string(), days.last.to_string())
    }

    #[test]
    fn a_stretch_is_the_days_whose_nights_it_holds() {
        let dates = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        // In Nepal the night of the 5th is drawn at 20:15 UTC of the 4th.
        for (offset_s, at) in [(0, 2.0), (20_700, -3.75), (-28_800, 10.0)] {
            let both = dates("2026-10-05", "2026-10-07");
            assert_eq!(days(at - 10.0, at + 60.0, offset_s), both);
            assert_eq!(days(at - 0.01, at + 48.01, offset_s), both);
            let inner = dates("2026-10-06", "2026-10-06");
            assert_eq!(days(at + 0.01, at + 47.99, offset_s), inner);
            // Between two nights it is both of them.
            let around = dates("2026-10-05", "2026-10-06");
            assert_eq!(days(at + 5.0, at + 9.0, offset_s), around);
        }
    }
}
