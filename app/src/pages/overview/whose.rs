//! Whom a line is about.

use leptos::prelude::*;
use physiology::Twin;

use crate::components::TwinMark;

/// The marks of those a line is about.
#[component]
pub(super) fn Whose(twins: [bool; 2]) -> impl IntoView {
    let marks = Twin::BOTH
        .into_iter()
        .zip(twins)
        .filter(|(_, is_meant)| *is_meant)
        .map(|(twin, _)| {
            view! {
                <span>
                    <TwinMark twin />
                    <span class="hidden">"Twin " {twin.letter()} ". "</span>
                </span>
            }
        })
        .collect_view();
    view! { <span class="changed-who">{marks}</span> }
}
