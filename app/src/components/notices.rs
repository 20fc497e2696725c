//! What is wrong with an address, or came of an action, in sentences at the head of the page.

use leptos::prelude::*;

/// The sentences, where there are any.
#[component]
pub(crate) fn Notices(lines: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <p class="notice" role="status">
                    {lines.into_iter().map(|line| view! { <span>{line} " "</span> }).collect_view()}
                </p>
            }
        })
    }
}
