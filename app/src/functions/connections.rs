//! Connections, and what is done to them.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use physiology::{SubjectId, Vendor};
use views::Connections;

use super::PageError;

/// Both twins with every vendor.
#[server(name = GetConnections, prefix = "/ask", endpoint = "connections", input = GetUrl, output = Postcard)]
pub(crate) async fn connections() -> Result<Connections, PageError> {
    let (services, viewer) = super::request::asked()?;
    Ok(services.connections(&viewer).await?)
}

/// Starts a sync; how far it is, is in [`connections`].
#[server(prefix = "/ask", endpoint = "sync-now")]
pub(crate) async fn sync_now(subject: SubjectId, vendor: Vendor) -> Result<(), PageError> {
    let (services, viewer) = super::request::asked()?;
    let result = services
        .request_sync(&viewer, subject, vendor)
        .await
        .map_err(PageError::from);
    super::request::tell(result, "sync_started", subject, vendor);
    Ok(())
}

/// Disconnects a twin from a vendor; what was received stays.
#[server(prefix = "/ask", endpoint = "disconnect")]
pub(crate) async fn disconnect(subject: SubjectId, vendor: Vendor) -> Result<(), PageError> {
    let (services, viewer) = super::request::asked()?;
    let result = services
        .disconnect(&viewer, subject, vendor)
        .await
        .map_err(PageError::from);
    super::request::tell(result, "disconnected", subject, vendor);
    Ok(())
}
