//! The mark of the product, and the marks of the twins.

use leptos::prelude::*;
use physiology::Twin;

/// Two overlapping peaks, one of them dashed: twins.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M2.5 26 12 6.5 21.5 26"></path>
            <path class="mark-twin" d="m18.4 15.9 2.4-4.3L29.5 26"></path>
        </svg>
    }
}

/// A circle for A, a square for B: never the colour alone.
#[component]
pub(crate) fn TwinMark(twin: Twin) -> impl IntoView {
    view! { <i class=format!("mk mk-{}", twin.id()) aria-hidden="true"></i> }
}
