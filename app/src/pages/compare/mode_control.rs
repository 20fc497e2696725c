//! The links from one mode to the others.

use leptos::prelude::*;

use super::mode::Mode;
use super::wanted::Wanted;

/// Four links: the mode is in the address.
#[component]
pub(super) fn ModeControl(wanted: Memo<Wanted>) -> impl IntoView {
    let link = move |mode: Mode| {
        view! {
            <a
                href=move || wanted.with(|wanted| wanted.with_mode(mode))
                aria-current=move || wanted.with(|wanted| wanted.mode == mode).then_some("true")
                data-noscroll
            >
                {mode.name()}
            </a>
        }
    };
    view! {
        <div class="seg" role="group" aria-label="Twins">
            {Mode::ALL.map(link).collect_view()}
        </div>
    }
    .into_any()
}
