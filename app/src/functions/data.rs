//! The table of daily values.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::data::DataView;

use super::PageError;

/// One page of what a filter selects; `filter` as in the address.
#[server(name = GetData, prefix = "/ask", endpoint = "data", input = GetUrl, output = Postcard)]
pub(crate) async fn data(filter: String, page: u32) -> Result<DataView, PageError> {
    use views::data::DataFilter;

    let (services, viewer) = super::request::asked()?;
    let filter = DataFilter::from_query(&filter).map_err(|why| PageError::Invalid(why.into()))?;
    Ok(services.data(&viewer, &filter, page).await?)
}
