//! Who is signed in.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::Session;

use super::PageError;

/// The account that is signed in.
#[allow(clippy::unused_async, reason = "server functions are async")]
#[server(name = GetSession, prefix = "/ask", endpoint = "session", input = GetUrl, output = Postcard)]
pub(crate) async fn session() -> Result<Option<Session>, PageError> {
    let (services, viewer) = super::request::asked()?;
    Ok(services.session_of(&viewer))
}
