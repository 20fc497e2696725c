//! The first run: what is left to do before there is anything to compare. In the place of an empty
//! overview, and at the end of the settings.

mod step;

use leptos::prelude::*;
use views::Guide;
use views::guide::Trouble;

use self::step::StepCard;

/// The guide as a page's sheet, for the overview.
#[component]
pub(super) fn GuideSheet(guide: Guide) -> impl IntoView {
    view! {
        <section class="sheet set guide-sheet" id="start" aria-labelledby="start-title">
            <h2 id="start-title">"Getting started"</h2>
            <p class="set-lead">
                "Here both twins will be side by side. This is left to do before there is anything \
                 to compare."
            </p>
            <GuideSteps guide />
        </section>
    }
    .into_any()
}

/// The steps, and what is wrong.
#[component]
pub(super) fn GuideSteps(guide: Guide) -> impl IntoView {
    let may_operate = guide.may_operate;
    let steps = guide
        .steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| view! { <StepCard number=index + 1 step may_operate /> })
        .collect_view();
    view! {
        <Troubles troubles=guide.troubles />
        <ol class="guide">{steps}</ol>
    }
    .into_any()
}

/// What is wrong, each with how to mend it.
#[component]
fn Troubles(troubles: Vec<Trouble>) -> impl IntoView {
    (!troubles.is_empty()).then(|| {
        let items = troubles.into_iter().map(|trouble| {
            view! {
                <li>
                    <b>{trouble.what}</b>
                    " "
                    {trouble.mend}
                </li>
            }
        });
        view! { <ul class="guide-troubles">{items.collect_view()}</ul> }
    })
}
