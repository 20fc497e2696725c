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

/// The status line of a form or a page: there from the start, so that what comes into it is read
/// out.
#[component]
pub(crate) fn Notice(sentence: Memo<Option<String>>) -> impl IntoView {
    view! {
        <p class="notice" class:is-empty=move || sentence.get().is_none() role="status">
            {move || sentence.get()}
        </p>
    }
}
