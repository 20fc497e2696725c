//! What changed since the night before, in words.

use leptos::prelude::*;
use physiology::Twin;
use views::Overview;

use super::changes::{Change, changes};
use crate::components::TwinMark;

/// The changes that stand out most.
#[component]
pub(super) fn WhatChanged(overview: Signal<Overview>) -> impl IntoView {
    let list = Memo::new(move |_| overview.with(changes));
    view! {
        <aside class="changed" aria-labelledby="what-changed">
            <div class="changed-head">
                <h2 id="what-changed">"What changed"</h2>
                <p>"overnight"</p>
            </div>
            {move || {
                let list = list.get();
                if list.is_empty() {
                    view! { <p class="changed-none">"Nothing that stands out."</p> }.into_any()
                } else {
                    view! { <ul>{list.into_iter().map(item).collect_view()}</ul> }.into_any()
                }
            }}
        </aside>
    }
    .into_any()
}

fn item(change: Change) -> impl IntoView {
    let letters = Twin::BOTH
        .into_iter()
        .zip(change.twins)
        .filter(|(_, is_meant)| *is_meant);
    let marks = letters
        .map(|(twin, _)| {
            view! {
                <span>
                    <TwinMark twin />
                    <span class="hidden">"Twin " {twin.letter()} ". "</span>
                </span>
            }
        })
        .collect_view();
    view! {
        <li>
            <span class="changed-who">{marks}</span>
            <p class="changed-what">{change.what}</p>
            <p class="changed-detail">{change.detail}</p>
        </li>
    }
}
