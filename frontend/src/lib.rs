//! The WebAssembly entry point.

// A page is one type, as deep as its markup.
#![recursion_limit = "512"]

/// Takes over the page the server rendered.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
