//! The frame around the pages: the rail, at the foot of the screen on narrow ones.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

use super::{Glyph, Icon, Mark};
use crate::functions;

/// The rail, and beside it the page.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    view! {
        <a class="skip" href="#page" rel="external">
            "Skip to the page"
        </a>
        <div class="app">
            <nav class="rail" aria-label="Main">
                <Mark />
                <Place href="/" name="Overview" glyph=Glyph::Overview />
                <Place href="/connections" name="Connections" glyph=Glyph::Connections />
                <SignedInAs />
            </nav>
            <Outlet />
        </div>
    }
    .into_any()
}

#[component]
fn Place(href: &'static str, name: &'static str, glyph: Glyph) -> impl IntoView {
    view! {
        <A href exact=true attr:class="nav">
            <Icon glyph />
            <span>{name}</span>
        </A>
    }
}

#[component]
fn SignedInAs() -> impl IntoView {
    let session = Resource::new(|| (), |()| functions::session());
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
