//! The application: which address shows which page.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::components::Frame;
use crate::lazy;
use crate::pages::{NotFoundPage, OverviewPage};

/// The whole application, inside the document's body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();

    // A page is sent whole (`Async`): it reads without JavaScript, and its status is its own.
    view! {
        <Title formatter=|page: String| format!("{page} · Acclimate") />
        <Router>
            <Routes fallback=NotFoundPage>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("compare") view={Lazy::<lazy::Compare>::new()} ssr=SsrMode::Async />
                    <Route path=path!("day") view={Lazy::<lazy::DayByDay>::new()} ssr=SsrMode::Async />
                    <Route path=path!("workouts") view={Lazy::<lazy::Workouts>::new()} ssr=SsrMode::Async />
                    <Route path=path!("workouts/:id") view={Lazy::<lazy::Workout>::new()} ssr=SsrMode::Async />
                    <Route path=path!("data") view={Lazy::<lazy::Data>::new()} ssr=SsrMode::Async />
                    <Route path=path!("connections") view={Lazy::<lazy::Connections>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings") view={Lazy::<lazy::Settings>::new()} ssr=SsrMode::Async />
                </ParentRoute>
                <Route path=path!("/login") view={Lazy::<lazy::SignIn>::new()} ssr=SsrMode::Async />
                <Route path=path!("/setup") view={Lazy::<lazy::Setup>::new()} ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
