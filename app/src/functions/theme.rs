//! The theme, for browsers without JavaScript.

use leptos::prelude::*;

use super::PageError;
use crate::components::Theme;

/// Remembers a theme in this browser's cookie and leads back to the page it was chosen on.
#[allow(clippy::unused_async, reason = "server functions are async")]
#[server(prefix = "/ask", endpoint = "theme")]
pub(crate) async fn choose_theme(theme: Theme, back: String) -> Result<(), PageError> {
    use axum::http::{HeaderValue, header::SET_COOKIE};

    const YEAR_S: u32 = 31_536_000;
    let cookie = format!(
        "{}={}; Path=/; Max-Age={YEAR_S}; SameSite=Lax",
        Theme::COOKIE,
        theme.id()
    );
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(&cookie)
    {
        response.append_header(SET_COOKIE, cookie);
    }
    leptos_axum::redirect(if is_local(&back) { &back } else { "/" });
    Ok(())
}

/// A path of this site that can stand in a header, and that no browser reads as another site's.
#[cfg(feature = "ssr")]
fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}
