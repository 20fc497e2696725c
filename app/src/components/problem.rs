//! A sentence where a page has nothing else to show.

use leptos::prelude::*;

use crate::browser;
use crate::functions::PageError;

/// What went wrong, and a way to try again.
#[component]
pub(crate) fn Problem(
    /// What the page was to show: `The overview`.
    what: &'static str,
    error: PageError,
    /// The page's own address.
    again: &'static str,
) -> impl IntoView {
    browser::mark_hydrated();
    let advice = match error {
        PageError::SignedOut => "The session is over. Sign in again.",
        PageError::Forbidden => "This account may not see it.",
        PageError::Invalid(_) => "The address does not make sense.",
        PageError::Unavailable => "The server does not answer. Stored data is safe.",
    };
    view! {
        <div class="sheet problem">
            <h1>{what} " cannot be shown"</h1>
            <p>{advice}</p>
            <a class="btn" href=again rel="external">
                "Try again"
            </a>
        </div>
    }
}
