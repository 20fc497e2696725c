//! Settings. Its forms are sent to the page itself: what is refused is shown again as it was sent.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::Settings;

use super::PageError;

/// Every form with what is kept; within the answer to a form that was refused, that one with what
/// was sent.
#[server(name = GetSettings, prefix = "/ask", endpoint = "settings", input = GetUrl, output = Postcard)]
pub(crate) async fn settings() -> Result<Settings, PageError> {
    let (services, viewer) = super::request::asked()?;
    let attempt = use_context::<views::settings::Attempt>();
    Ok(services.settings(&viewer, attempt).await?)
}
