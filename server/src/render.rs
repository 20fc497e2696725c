//! Pages: the application rendered on the server, with the policy its scripts need.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::config::LeptosOptions;
use leptos::prelude::{IntoView, provide_context, use_context};

use views::session::SignInPage;

use crate::state::AppState;

/// What every page of this request finds in its context.
pub(crate) fn provide_page_context(state: &AppState) {
    provide_context(state.services.clone());
    provide_context(SignInPage {
        demo: state.demo_account.is_some(),
        ..SignInPage::default()
    });
    let Some(response) = use_context::<leptos_axum::ResponseOptions>() else {
        return;
    };
    let nonce = leptos::nonce::use_nonce()
        .map(|nonce| nonce.to_string())
        .unwrap_or_default();
    let policy = content_security_policy(&nonce, &state.vendor_origins);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The document around the application.
pub(crate) fn shell(options: LeptosOptions) -> impl Fn() -> leptos::prelude::AnyView + Clone {
    use leptos::prelude::IntoAny as _;
    move || app::shell(options.clone()).into_view().into_any()
}

/// Renders the page of a request with something more in its context: a form that failed. Whole, as
/// the routes are: what waits for an answer would else need a script to come to its place.
pub(crate) async fn page_with<C: Clone + Send + Sync + 'static>(
    state: &AppState,
    request: Request,
    context: C,
) -> Response {
    let page_state = state.clone();
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            provide_page_context(&page_state);
            provide_context(context.clone());
        },
        shell(state.options.clone()),
    );
    let (mut parts, _) = request.into_parts();
    // The page is found by its path; the body has been read.
    parts.method = axum::http::Method::GET;
    handler(Request::from_parts(parts, Body::empty())).await
}

/// Scripts with this page's nonce and our own files; nothing from elsewhere, nothing inline.
fn content_security_policy(nonce: &str, vendor_origins: &str) -> String {
    format!(
        "default-src 'none'; \
         script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'self' {vendor_origins}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}
