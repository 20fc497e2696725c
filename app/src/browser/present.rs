//! The browser itself. Whatever it refuses is done without.

use std::time::Duration;

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::{Effect, document, on_cleanup, set_interval_with_handle, window};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlDetailsElement, HtmlDialogElement, HtmlDocument, HtmlElement, VisibilityState};

use crate::components::Theme;

/// A chosen theme is remembered for a year, s.
const THEME_LIVES_S: u32 = 31_536_000;

/// Tells styles and tests that a page has been taken over, once what calls this is; the frame is long
/// before the code of a page that comes later.
pub(crate) fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}

/// Shows a theme at once, and tells the server with the next request.
pub(crate) fn show_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme.id());
    }
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let _ = document.set_cookie(&format!(
            "{}={}; Path=/; Max-Age={THEME_LIVES_S}; SameSite=Lax",
            Theme::COOKIE,
            theme.id()
        ));
    }
}

/// What was remembered under a key, where this browser remembers at all.
pub(crate) fn remembered(key: &str) -> Option<String> {
    storage_works().then(|| LocalStorage::get(key).ok())?
}

/// Remembers a value under a key.
pub(crate) fn remember(key: &str, value: &str) {
    if storage_works() {
        let _ = LocalStorage::set(key, value);
    }
}

/// Whether there is a storage: asking for one that is forbidden throws.
fn storage_works() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The browser's clock, ms since the epoch.
pub(crate) fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Whether anybody can see the page.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Acts again and again, until the component that asked is gone.
pub(crate) fn every(period: Duration, act: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(act, period) {
        on_cleanup(move || handle.clear());
    }
}

/// Leaves the application for an address of this site.
pub(crate) fn leave_for(address: &str) {
    let _ = window().location().assign(address);
}

/// Moves the focus.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// Opens a dialogue over the page: the focus stays in it, and Escape closes it.
pub(crate) fn open_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id)
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialogue: the focus goes back to where it was.
pub(crate) fn close_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id)
        && dialog.open()
    {
        dialog.close();
    }
}

/// Closes a disclosure and moves the focus to what opens it.
pub(crate) fn close_details(id: &str) {
    if let Some(details) = element::<HtmlDetailsElement>(id) {
        details.set_open(false);
    }
}

fn element<T: wasm_bindgen::JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
