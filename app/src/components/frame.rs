//! The frame around the pages: the rail, at the foot of the screen on narrow ones.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

use super::{Glyph, Icon, KnownHead, Mark, ask};
use crate::browser;
use crate::functions;

/// The id of the disclosure that holds what a phone has no room for.
const MORE: &str = "more";

/// The rail, and beside it the page.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    provide_context(KnownHead::default());
    view! {
        <a class="skip" href="#page" rel="external">
            "Skip to the page"
        </a>
        <div class="app">
            <nav class="rail" aria-label="Main">
                <Mark />
                <Place href="/" name="Overview" glyph=Glyph::Overview />
                <Place href="/compare" name="Compare" glyph=Glyph::Compare />
                <Place href="/workouts" name="Workouts" glyph=Glyph::Workouts />
                <Place href="/day" name="Day" glyph=Glyph::Day />
                <Place href="/data" name="Data" glyph=Glyph::Data />
                <Place href="/connections" name="Connections" glyph=Glyph::Connections />
                <Place href="/settings" name="Settings" glyph=Glyph::Settings />
                <More />
                <SignedInAs />
            </nav>
            <Outlet />
        </div>
    }
    .into_any()
}

#[component]
fn Place(href: &'static str, name: &'static str, glyph: Glyph) -> impl IntoView {
    let is_home = href == "/";
    view! {
        <A href exact=is_home attr:class="nav">
            <Icon glyph />
            <span>{name}</span>
        </A>
    }
}

/// On a phone the foot of the screen holds four places; the rest opens from here.
#[component]
fn More() -> impl IntoView {
    view! {
        <details class="more" id=MORE>
            <summary class="nav">
                <Icon glyph=Glyph::More />
                <span>"More"</span>
            </summary>
            <div class="more-panel" on:click=|_| browser::close_details(MORE)>
                <Place href="/data" name="Data" glyph=Glyph::Data />
                <Place href="/connections" name="Connections" glyph=Glyph::Connections />
                <Place href="/settings" name="Settings" glyph=Glyph::Settings />
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn SignedInAs() -> impl IntoView {
    let session = ask(|| (), |()| functions::session());
    view! {
        <Suspense>
            {move || {
                session
                    .get()
                    .and_then(Result::ok)
                    .flatten()
                    .map(|session| {
                        view! {
                            <p class="account">
                                <span class="hidden">"Signed in as "</span>
                                {session.account}
                            </p>
                        }
                    })
            }}
        </Suspense>
    }
}
