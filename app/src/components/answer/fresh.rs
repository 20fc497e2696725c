//! Keeping a page fresh: ages that tick, a new answer every minute, and a quiet word when
//! there is none.

use std::time::Duration;

use leptos::prelude::*;
use physiology::{Timestamp, Units};
use views::PageHead;

use super::Answer;
use crate::browser;
use crate::components::KnownHead;
use crate::format::Now;
use crate::functions::PageError;

/// How old an answer may get before another is asked for, ms.
const ASK_AGAIN_MS: i64 = 60_000;
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// The passing of time since the server answered.
#[derive(Clone, Copy)]
pub(crate) struct Fresh {
    /// The server's clock, moved on by whole minutes since the answer.
    pub now: Signal<Timestamp>,
    /// The head of the newest answer.
    pub head: Signal<PageHead>,
    /// How whoever looks likes amounts and times written.
    pub units: Memo<Units>,
    failure: Memo<Option<PageError>>,
    round: RwSignal<u32>,
    is_asking: StoredValue<bool>,
}

impl Fresh {
    /// Asks again every minute somebody looks, and lets the ages tick meanwhile.
    pub fn keep<T: Send + Sync + 'static>(
        head: Signal<PageHead>,
        answer: Answer<T>,
        failure: Memo<Option<PageError>>,
        round: RwSignal<u32>,
        address: &'static str,
    ) -> Self {
        KnownHead::keep(head);
        let asked_ms = StoredValue::new(0_i64);
        let answered_ms = StoredValue::new(0_i64);
        let minutes_since = RwSignal::new(0_i64);
        let is_asking = StoredValue::new(false);
        let now = Memo::new(move |_| {
            head.with(|head| head.now)
                .plus_seconds(minutes_since.get() * 60)
        });
        let fresh = Self {
            now: now.into(),
            head,
            units: Memo::new(move |_| head.with(|head| head.units)),
            failure,
            round,
            is_asking,
        };
        Effect::new(move |_| {
            let is_new = answer.with(|answer| matches!(answer, Some(Ok(_))));
            if is_new {
                answered_ms.set_value(browser::now_ms());
                minutes_since.set(0);
            }
            asked_ms.set_value(browser::now_ms());
            is_asking.set_value(false);
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
                    fresh.ask_again();
                }
            });
        });
        Effect::new(move |_| {
            if failure.get() == Some(PageError::SignedOut) {
                browser::leave_for(&format!("/login?next={address}"));
            }
        });
        fresh
    }

    /// Asks the server the same again.
    pub fn ask_again(self) {
        self.is_asking.set_value(true);
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Whether it was asked again, and has not answered yet.
    pub fn is_asking(self) -> bool {
        self.is_asking.get_value()
    }

    /// What local times are told by.
    pub fn local(self) -> Now {
        Now {
            now: self.now.get(),
            ..self.head.with(Now::of)
        }
    }
}

/// One quiet line while the server does not answer; the page stays.
#[component]
pub(crate) fn Freshness(fresh: Fresh) -> impl IntoView {
    let shown_of = move || fresh.head.with(|head| Now::of(head).time(head.now));
    move || {
        fresh.failure.get().map(|_| {
            view! {
                <p class="not-fresh" role="status">
                    <span>"Could not refresh, showing data of " {shown_of} "."</span>
                    <button
                        class="btn btn-quiet"
                        type="button"
                        on:click=move |_| fresh.ask_again()
                    >
                        "Try again"
                    </button>
                </p>
            }
        })
    }
}
