//! Keeping the overview fresh: ages that tick, a new answer every minute, and a quiet word when
//! there is none.

use std::time::Duration;

use leptos::prelude::*;
use physiology::Timestamp;
use views::Overview;

use super::Answer;
use crate::browser;
use crate::format::time_of_day;
use crate::functions::PageError;

/// How old an answer may get before another is asked for, ms.
const ASK_AGAIN_MS: i64 = 60_000;
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// The passing of time since the server answered.
#[derive(Clone, Copy)]
pub(super) struct Fresh {
    /// The server's clock, moved on by whole minutes since the answer.
    pub now: Signal<Timestamp>,
    failure: Memo<Option<PageError>>,
    round: RwSignal<u32>,
}

impl Fresh {
    /// Asks again every minute somebody looks, and lets the ages tick meanwhile.
    pub fn keep(
        overview: Signal<Overview>,
        answer: Answer,
        failure: Memo<Option<PageError>>,
        round: RwSignal<u32>,
    ) -> Self {
        let asked_ms = StoredValue::new(0_i64);
        let answered_ms = StoredValue::new(0_i64);
        let minutes_since = RwSignal::new(0_i64);
        Effect::new(move |_| {
            let is_new = answer.with(|answer| matches!(answer, Some(Ok(_))));
            if is_new {
                answered_ms.set_value(browser::now_ms());
                minutes_since.set(0);
            }
            asked_ms.set_value(browser::now_ms());
        });
        Effect::new(move |_| {
            browser::every(LOOK, move || {
                let now_ms = browser::now_ms();
                let minutes = (now_ms - answered_ms.get_value()).max(0) / 60_000;
                if minutes_since.get_untracked() != minutes {
                    minutes_since.set(minutes);
                }
                if browser::is_visible() && now_ms - asked_ms.get_value() >= ASK_AGAIN_MS {
                    asked_ms.set_value(now_ms);
                    round.update(|round| *round = round.wrapping_add(1));
                }
            });
        });
        Effect::new(move |_| {
            if failure.get() == Some(PageError::SignedOut) {
                browser::leave_for("/login");
            }
        });
        let now = Memo::new(move |_| {
            overview
                .with(|overview| overview.now)
                .plus_seconds(minutes_since.get() * 60)
        });
        Self {
            now: now.into(),
            failure,
            round,
        }
    }
}

/// One quiet line while the server does not answer; the page stays.
#[component]
pub(super) fn Freshness(
    fresh: Fresh,
    overview: Signal<Overview>,
    utc_offset_s: Memo<i32>,
) -> impl IntoView {
    let shown_of = move || time_of_day(overview.with(|overview| overview.now), utc_offset_s.get());
    move || {
        fresh.failure.get().map(|_| {
            view! {
                <p class="not-fresh" role="status">
                    <span>"Could not refresh, showing data of " {shown_of} "."</span>
                    <button
                        class="btn btn-quiet"
                        type="button"
                        on:click=move |_| {
                            fresh.round.update(|round| *round = round.wrapping_add(1));
                        }
                    >
                        "Try again"
                    </button>
                </p>
            }
        })
    }
}
