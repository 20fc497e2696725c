//! Pages whose code a browser loads when they are first opened: all but the overview.

#![expect(
    clippy::used_underscore_binding,
    reason = "the macro passes on what no page here needs"
)]

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::pages;

/// `/compare`
pub(crate) struct Compare;

#[lazy_route]
impl LazyRoute for Compare {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::ComparePage /> }.into_any()
    }
}

/// `/day`
pub(crate) struct DayByDay;

#[lazy_route]
impl LazyRoute for DayByDay {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::DayPage /> }.into_any()
    }
}

/// `/workouts`
pub(crate) struct Workouts;

#[lazy_route]
impl LazyRoute for Workouts {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::WorkoutsPage /> }.into_any()
    }
}

/// `/workouts/{id}`
pub(crate) struct Workout;

#[lazy_route]
impl LazyRoute for Workout {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::WorkoutPage /> }.into_any()
    }
}

/// `/data`
pub(crate) struct Data;

#[lazy_route]
impl LazyRoute for Data {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::DataPage /> }.into_any()
    }
}

/// `/connections`
pub(crate) struct Connections;

#[lazy_route]
impl LazyRoute for Connections {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::ConnectionsPage /> }.into_any()
    }
}

/// `/settings`
pub(crate) struct Settings;

#[lazy_route]
impl LazyRoute for Settings {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::SettingsPage /> }.into_any()
    }
}

/// `/login`
pub(crate) struct SignIn;

#[lazy_route]
impl LazyRoute for SignIn {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::SignInPage /> }.into_any()
    }
}

/// `/setup`
pub(crate) struct Setup;

#[lazy_route]
impl LazyRoute for Setup {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <pages::SetupPage /> }.into_any()
    }
}
