//! Buttons for what wheel, fingers and keys do.

use leptos::prelude::*;

use super::Nav;
use crate::components::{Glyph, Icon};

/// Closer, further away, everything. They do nothing without a script, and are not there without
/// one.
#[component]
pub(crate) fn ZoomTools(
    nav: Nav,
    /// Where the crosshair stands: what is there stays there.
    stands: Signal<Option<f64>>,
) -> AnyView {
    let is_closer = move || nav.is_closer();
    let button = move |closer: bool, glyph: Glyph, name: &'static str| {
        view! {
            <button
                class="btn zoom-button"
                type="button"
                aria-label=name
                title=name
                disabled=move || !closer && !is_closer()
                on:click=move |_| nav.press(closer, stands.get_untracked())
            >
                <Icon glyph />
            </button>
        }
    };
    view! {
        <div class="zoom" role="group" aria-label="Zoom">
            {button(true, Glyph::Plus, "Look closer")}
            {button(false, Glyph::Minus, "Look from further away")}
            <button
                class="btn zoom-all"
                type="button"
                disabled=move || !is_closer()
                on:click=move |_| {
                    nav.everything();
                    nav.settle();
                }
            >
                "Show all"
            </button>
        </div>
    }
    .into_any()
}
