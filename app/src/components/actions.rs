//! What stands at the end of every page's header: the theme, signing out.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_router::hooks::use_location;

use super::{Glyph, Icon, Theme};
use crate::browser;
use crate::functions::ChooseTheme;

/// The theme's buttons, of which the stylesheet shows the one that changes something, and the
/// button that signs out. Both are plain forms.
#[component]
pub(crate) fn Actions() -> impl IntoView {
    view! {
        <div class="actions">
            <ThemeForm theme=Theme::Dark glyph=Glyph::Moon label="Dark theme" />
            <ThemeForm theme=Theme::Light glyph=Glyph::Sun label="Light theme" />
            <form method="post" action="/logout">
                <button class="btn btn-icon" type="submit" aria-label="Sign out" title="Sign out">
                    <Icon glyph=Glyph::SignOut />
                </button>
            </form>
        </div>
    }
    .into_any()
}

#[component]
fn ThemeForm(theme: Theme, glyph: Glyph, label: &'static str) -> impl IntoView {
    let location = use_location();
    let back = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.trim_start_matches('?'))
        }
    };
    view! {
        <form
            class=format!("to-{}", theme.id())
            method="post"
            action=ChooseTheme::PATH
            on:submit=move |event| {
                event.prevent_default();
                browser::show_theme(theme);
            }
        >
            <input type="hidden" name="theme" value=theme.id() />
            <input type="hidden" name="back" value=back />
            <button class="btn btn-icon" type="submit" aria-label=label title=label>
                <Icon glyph />
            </button>
        </form>
    }
}
