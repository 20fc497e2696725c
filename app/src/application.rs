//! The application: which address shows which page.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::browser;
use crate::components::Frame;
use crate::pages::{ConnectionsPage, NotFoundPage, OverviewPage, SetupPage, SignInPage};

/// The whole application, inside the document's body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Effect::new(|_| browser::mark_hydrated());

    // A page is sent whole (`Async`): it reads without JavaScript, and its status is its own.
    view! {
        <Title formatter=|page: String| format!("{page} · Acclimate") />
        <Router>
            <Routes fallback=NotFoundPage>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("connections") view=ConnectionsPage ssr=SsrMode::Async />
                </ParentRoute>
                <Route path=path!("/login") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
