//! How urgent an alarm is: a colour, a symbol and a word, never the colour alone.

use leptos::prelude::*;
use physiology::alarm::Priority;

/// The warning sign of an alarm strip, with one to three marks.
#[component]
pub(crate) fn PrioritySign(priority: Priority) -> impl IntoView {
    let marks = match priority {
        Priority::Low => "M14 9v7.6M14 20v.6",
        Priority::Medium => "M11.6 9.6v7M11.6 20v.6M16.4 9.6v7M16.4 20v.6",
        Priority::High => "M9.6 11.4v5.2M9.6 20v.6M14 9v7.6M14 20v.6M18.4 11.4v5.2M18.4 20v.6",
    };
    view! {
        <svg class="sign" viewBox="0 0 28 26" aria-hidden="true">
            <path class="sign-plate" d="M14 1.5 27 24.5H1z"></path>
            <path class="sign-marks" d=marks></path>
        </svg>
    }
}

/// A filled tag: symbol and text.
#[component]
pub(crate) fn PriorityTag(priority: Priority, text: String) -> impl IntoView {
    view! {
        <span class=format!("tag tag-{}", priority.id())>
            <span class="tag-symbol" aria-hidden="true">
                {priority.symbol()}
            </span>
            {text}
        </span>
    }
}
