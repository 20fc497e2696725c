//! Creating the first administrator, through the one-time link.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use views::session;

use super::sign_in::{Illustration, NameField, PasswordField};
use crate::browser;
use crate::components::Mark;

/// `/setup?token=…`
#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    browser::mark_hydrated();
    let page = SharedValue::new(|| {
        use_context::<session::SetupPage>().unwrap_or_else(|| {
            // Before an attempt nobody has looked at the token yet.
            let token = use_query_map().with_untracked(|query| query.get("token"));
            let token = token.unwrap_or_default();
            session::SetupPage {
                usable: !token.is_empty(),
                token,
                ..Default::default()
            }
        })
    });
    let page = page.into_inner();
    view! {
        <Title text="Set up" />
        <main class="entry" id="page">
            <Illustration />
            <div class="entry-form">
                <p class="brand">
                    <Mark />
                    "Acclimate"
                </p>
                {if page.usable {
                    view! { <FirstAdministrator page /> }.into_any()
                } else {
                    view! { <SpentLink /> }.into_any()
                }}
            </div>
        </main>
    }
    .into_any()
}

#[component]
fn FirstAdministrator(page: session::SetupPage) -> impl IntoView {
    let session::SetupPage {
        token,
        name,
        name_message,
        password_message,
        ..
    } = page;
    let (name_failed, password_failed) = (!name_message.is_empty(), !password_message.is_empty());
    view! {
        <h1>"Create the first administrator"</h1>
        <p class="entry-lead">"This link works once. Further accounts are made by this one."</p>
        <form method="post" action="/setup">
            <input type="hidden" name="token" value=token />
            <NameField
                value=name
                failed=name_failed
                described_by=name_failed.then_some("name-problem")
            />
            {problem("name-problem", name_message)}
            <PasswordField
                autocomplete="new-password"
                failed=password_failed
                described_by=password_failed.then_some("password-problem")
            />
            {problem("password-problem", password_message)}
            <button class="btn btn-primary btn-wide" type="submit">
                "Create the administrator"
            </button>
        </form>
    }
}

#[component]
fn SpentLink() -> impl IntoView {
    view! {
        <h1>"This link is not valid"</h1>
        <p class="entry-lead">
            "It was used, replaced, or copied incompletely. As long as there is no administrator, \
             the server prints a new link each time it starts."
        </p>
        <a class="btn btn-wide" href="/login" rel="external">
            "To the sign-in"
        </a>
    }
}

fn problem(id: &'static str, message: String) -> Option<impl IntoView> {
    (!message.is_empty()).then(|| {
        view! {
            <p class="field-problem" id=id role="alert">
                {message}
            </p>
        }
    })
}
