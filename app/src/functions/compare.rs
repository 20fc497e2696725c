//! Compare.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::Compare;

use super::PageError;

/// Metrics of both twins over one range; `range`, `metrics` and `lines` (ids parted by commas) and
/// `metric` as in the address.
#[server(name = GetCompare, prefix = "/ask", endpoint = "compare", input = GetUrl, output = Postcard)]
pub(crate) async fn compare(
    range: String,
    metrics: String,
    metric: String,
    lines: String,
) -> Result<Compare, PageError> {
    use physiology::{Metric, SeriesKind};
    use services::CompareQuery;
    use views::overview::RangeChoice;

    let (services, viewer) = super::request::asked()?;
    let known = |id: &str| {
        Metric::from_id(id).ok_or_else(|| PageError::Invalid("There is no such metric.".into()))
    };
    let line = |id: &str| {
        SeriesKind::from_id(id).ok_or_else(|| PageError::Invalid("There is no such line.".into()))
    };
    let lines = lines.split(',').filter(|id| !id.is_empty());
    let query = CompareQuery {
        range: RangeChoice::from_id(&range).map_err(|why| PageError::Invalid(why.into()))?,
        metrics: metrics.split(',').map(known).collect::<Result<_, _>>()?,
        metric: known(&metric)?,
        lines: lines.map(line).collect::<Result<_, _>>()?,
    };
    Ok(services.compare(&viewer, query).await?)
}
