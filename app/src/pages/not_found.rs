//! An address without a page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::answer;
use crate::browser;
use crate::components::Mark;

/// Says so, with status 404, and leads back.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    browser::mark_hydrated();
    answer::not_found();
    view! {
        <Title text="Not found" />
        <main class="alone" id="page">
            <Mark />
            <h1>"There is no such page"</h1>
            <p>"The address may be mistyped, or the page has moved."</p>
            <a class="btn btn-primary" href="/">
                "To the overview"
            </a>
        </main>
    }
}
