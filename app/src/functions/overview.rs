//! The overview.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::Overview;

use super::PageError;

/// Both twins on one screen; `range` and `metric` as in the address.
#[server(name = GetOverview, prefix = "/ask", endpoint = "overview", input = GetUrl, output = Postcard)]
pub(crate) async fn overview(range: String, metric: String) -> Result<Overview, PageError> {
    use physiology::Metric;
    use services::OverviewQuery;
    use views::overview::RangeChoice;

    let (services, viewer) = super::request::asked()?;
    let query = OverviewQuery {
        range: RangeChoice::from_id(&range).map_err(|why| PageError::Invalid(why.into()))?,
        metric: Metric::from_id(&metric)
            .ok_or_else(|| PageError::Invalid("There is no such metric.".into()))?,
    };
    Ok(services.overview(&viewer, query).await?)
}
