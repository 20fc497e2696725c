//! The document around the application, as the server sends it.

use axum::http::header::COOKIE;
use axum::http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::components::Theme;

/// The document: the theme the browser's cookie names, fonts and styles ahead of the scripts, and
/// scripts that carry the answer's nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let styles = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=chosen_theme().map(Theme::id)>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <meta
                    name="description"
                    content="Two people side by side on a high-altitude expedition."
                />
                <link
                    rel="preload"
                    href="/fonts/geist-5.3.0-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                // Painted once all of it has arrived: it comes whole, and a part of it would move.
                <link rel="expect" href="#end" blocking="render" />
                <link rel="stylesheet" href=styles />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
                // What the page waits for: the first of anything else is there before what is in it.
                <span id="end" hidden></span>
            </body>
        </html>
    }
}

/// The theme chosen in this browser; none follows the system's.
fn chosen_theme() -> Option<Theme> {
    let parts = use_context::<Parts>()?;
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == Theme::COOKIE)
        .and_then(|(_, value)| Theme::from_id(value))
}
