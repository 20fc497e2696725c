//! `GET /data.csv`, `GET /data.json`: what the data page shows, to be taken away.
//!
//! The query is the page's own; with `page` it is that page alone, without it every row of the
//! selection. A filter that makes no sense is refused: nobody should take away other data than they
//! asked for.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use services::{DataTable, Error, Viewer};
use views::data::DataFilter;

use super::refused;
use crate::state::AppState;

/// `GET /data.csv`
pub(crate) async fn csv(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    RawQuery(query): RawQuery,
) -> Response {
    match table(&state, &viewer, query.as_deref()).await {
        Ok(table) => {
            let kind = "text/csv; charset=utf-8; header=present";
            attachment(&table, "csv", kind, table.to_csv())
        }
        Err(error) => refused(&error),
    }
}

/// `GET /data.json`
pub(crate) async fn json(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    RawQuery(query): RawQuery,
) -> Response {
    let table = table(&state, &viewer, query.as_deref()).await;
    match table.and_then(|table| Ok((table.to_json()?, table))) {
        Ok((text, table)) => attachment(&table, "json", "application/json", text),
        Err(error) => refused(&error),
    }
}

async fn table(state: &AppState, viewer: &Viewer, query: Option<&str>) -> Result<DataTable, Error> {
    let (filter, page) = asked(query.unwrap_or_default()).map_err(Error::Invalid)?;
    state.services.data_table(viewer, &filter, page).await
}

/// The filter and the page a query asks for; an error is a sentence.
fn asked(query: &str) -> Result<(DataFilter, Option<u32>), String> {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let pairs = || {
        pairs
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
    };
    let (filter, problems) = DataFilter::from_pairs(pairs());
    if let Some(problem) = problems.first() {
        return Err((*problem).to_owned());
    }
    let page = pairs().find(|(name, value)| *name == "page" && !value.is_empty());
    let page = page.map(|(_, number)| number.parse::<u32>()).transpose();
    let page = page.map_err(|_| "A page is a number, from 1.".to_owned())?;
    Ok((filter, page))
}

/// A file to keep. The name is made of days alone, so that it fits a header whatever the data says.
fn attachment(table: &DataTable, ending: &str, kind: &'static str, text: String) -> Response {
    let days = table.days;
    let name = format!(
        "attachment; filename=\"acclimate-{}-to-{}.{ending}\"",
        days.first, days.last
    );
    let disposition = HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use physiology::{Metric, Twin};
    use views::data::Show;

    use super::*;

    #[test]
    fn a_query_is_the_page_s_own() {
        let (filter, page) =
            asked("range=7d&twin=a&metrics=steps&metrics=hrv_rmssd%2Cspo2_night&show=all&page=2")
                .unwrap();
        assert_eq!(filter.twin, Some(Twin::A));
        assert_eq!(filter.show, Show::All);
        let metrics = [Metric::Spo2Night, Metric::HrvRmssd, Metric::Steps];
        assert_eq!(filter.metrics, metrics);
        assert_eq!(page, Some(2));
        assert_eq!(asked(""), Ok((DataFilter::default(), None)));
    }

    #[test]
    fn nonsense_is_refused() {
        for query in ["twin=c", "metrics=mood", "range=soon", "page=-1", "page=x"] {
            assert!(asked(query).is_err(), "{query}");
        }
    }
}
