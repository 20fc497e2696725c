//! Signing in: a plain form, answered by the server.

mod credentials;
mod illustration;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use views::session;

use crate::browser;
use crate::components::Mark;
pub(super) use credentials::{NameField, PasswordField};
pub(super) use illustration::Illustration;

/// `/login`
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    browser::mark_hydrated();
    // What the server knows of an attempt that failed travels to the browser with the page.
    let page = SharedValue::new(|| use_context::<session::SignInPage>().unwrap_or_default());
    let session::SignInPage {
        demo,
        name,
        message,
        next,
    } = page.into_inner();
    let next = if next.is_empty() {
        use_query_map()
            .with_untracked(|query| query.get("next"))
            .unwrap_or_default()
    } else {
        next
    };
    let failed = !message.is_empty();
    let described_by = failed.then_some("sign-in-problem");
    view! {
        <Title text="Sign in" />
        <main class="entry" id="page">
            <Illustration />
            <div class="entry-form">
                <p class="brand">
                    <Mark />
                    "Acclimate"
                </p>
                <h1>"Sign in"</h1>
                <p class="entry-lead">"Two people side by side, on one expedition."</p>
                {demo.then(|| view! { <EnterDemo /> })}
                <form method="post" action="/login">
                    <input type="hidden" name="next" value=next />
                    <NameField value=name failed described_by />
                    <PasswordField autocomplete="current-password" failed described_by />
                    {failed
                        .then(|| {
                            view! {
                                <p class="field-problem" id="sign-in-problem" role="alert">
                                    {message}
                                </p>
                            }
                        })}
                    <button class="btn btn-wide" class:btn-primary=!demo type="submit">
                        "Sign in"
                    </button>
                </form>
                <p class="entry-help">"Cannot sign in? Ask an administrator for a new password."</p>
            </div>
            <p class="entry-caution">
                "Shows nightly averages that can be hours old. Not for emergency monitoring."
            </p>
        </main>
    }
    .into_any()
}

#[component]
fn EnterDemo() -> impl IntoView {
    view! {
        <form method="post" action="/login/demo">
            <button class="btn btn-primary btn-wide" type="submit">
                "Enter as the demo's clinician"
            </button>
        </form>
        <p class="entry-or">"Everybody in the demo is simulated. Or sign in:"</p>
    }
}
