//! What handlers share.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use services::Services;

use crate::config::Listen;
use crate::middleware::recent::RecentPages;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The product.
    pub services: Services,
    /// Where the site's files are.
    pub options: LeptosOptions,
    /// Where the server listens.
    pub listen: Arc<Listen>,
    /// The account the demo's one button enters as; none outside the demo.
    pub demo_account: Option<Arc<str>>,
    /// Origins a sign-in may lead to, for the content security policy.
    pub vendor_origins: Arc<str>,
    /// The pages of the last second.
    pub recent: RecentPages,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}
