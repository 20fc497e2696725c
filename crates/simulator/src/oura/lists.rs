//! Lists of documents, and documents by id.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::{Day, Timestamp};
use serde_json::{Map, Value};

use super::collection::Collection;
use super::documents::Document;
use super::errors;
use super::query::{Bound, Cursor, read_bound};
use super::routes::authorise;
use crate::http::params::Params;
use crate::http::reply;
use crate::record::Table;
use crate::state::Simulator;

/// Documents on a page.
pub(crate) const PAGE: usize = 10;

/// What a list is limited to.
struct Window {
    collection: Collection,
    start: Option<Bound>,
    end: Option<Bound>,
}

impl Window {
    /// Without a start it is the day before the end; without an end there is none.
    fn read(
        params: &Params,
        collection: Collection,
        now: Timestamp,
    ) -> Result<Self, Box<Response>> {
        if !collection.has_dates() {
            return Ok(Self {
                collection,
                start: None,
                end: None,
            });
        }
        let start = read_bound(params, "start_date")?;
        let end = read_bound(params, "end_date")?;
        if let (Some(start), Some(end)) = (start, end)
            && start.at() > end.at()
        {
            let detail = "Start time is greater than end time.";
            return Err(Box::new(errors::detail(StatusCode::BAD_REQUEST, detail)));
        }
        let yesterday = end.map_or_else(|| Day::of_utc(now), Bound::day).plus(-1);
        Ok(Self {
            collection,
            start: start.or(Some(Bound::Day(yesterday))),
            end,
        })
    }

    fn holds(&self, document: &Document) -> bool {
        let after = match self.start {
            None => true,
            Some(Bound::Day(day)) => document.day >= day,
            Some(Bound::At(at)) => document.start >= at,
        };
        let before = match self.end {
            None => true,
            Some(Bound::Day(day)) if self.collection.end_is_exclusive() => document.day < day,
            Some(Bound::Day(day)) => document.day <= day,
            Some(Bound::At(at)) => document.start < at,
        };
        after && before
    }
}

/// `GET /oura/v2/usercollection/{collection}`.
pub(crate) fn list(
    simulator: &Simulator,
    collection: Collection,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Response {
    let who = match authorise(simulator, headers, collection.scope()) {
        Ok(grant) => grant.who,
        Err(response) => return *response,
    };
    let params = Params::of_query(query);
    answer(simulator, collection, who, &params).unwrap_or_else(|response| *response)
}

fn answer(
    simulator: &Simulator,
    collection: Collection,
    who: usize,
    params: &Params,
) -> Result<Response, Box<Response>> {
    let now = simulator.now();
    let list = format!("{}.{who}", collection.path());
    let cursor = match params.get("next_token") {
        None => None,
        Some(token) => Some(Cursor::read(token, &list).ok_or_else(|| {
            Box::new(errors::detail(
                StatusCode::BAD_REQUEST,
                "Invalid next_token.",
            ))
        })?),
    };
    let carried = cursor
        .as_ref()
        .map(|cursor| window_of(&cursor.start, &cursor.end));
    let window = Window::read(carried.as_ref().unwrap_or(params), collection, now)?;
    let position = cursor.map_or(0, |cursor| cursor.position as usize);
    let page = simulator.record.read(who, collection, now, |table| {
        gather(table, &window, position, now)
    });
    let (texts, next) = page.unwrap_or_default();
    let texts = match params.get("fields") {
        Some(fields) if collection.selects_fields() => {
            texts.iter().map(|text| select(text, fields)).collect()
        }
        _ => texts,
    };
    let next = next.map(|position| {
        let text = |bound: Option<Bound>| bound.map(written).unwrap_or_default();
        let position = position as i64;
        Cursor {
            list,
            position,
            start: text(window.start),
            end: text(window.end),
        }
        .token()
    });
    Ok(reply::text(
        StatusCode::OK,
        envelope(&texts, next.as_deref()),
    ))
}

/// The window of a cursor as parameters.
fn window_of(start: &str, end: &str) -> Params {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("start_date", start)
        .append_pair("end_date", end);
    Params::parse(query.finish().as_bytes())
}

fn written(bound: Bound) -> String {
    match bound {
        Bound::Day(day) => day.to_string(),
        Bound::At(at) => crate::time::utc_millis(at),
    }
}

/// The page from `position` on, and where the next one begins.
fn gather(
    table: &Table,
    window: &Window,
    position: usize,
    now: Timestamp,
) -> (Vec<String>, Option<usize>) {
    let mut texts = Vec::with_capacity(PAGE);
    for (place, document) in table.documents.iter().enumerate().skip(position) {
        if !window.holds(document) {
            continue;
        }
        let Some(text) = document.versions.at(now) else {
            continue;
        };
        if texts.len() == PAGE {
            return (texts, Some(place));
        }
        texts.push(text.clone());
    }
    (texts, None)
}

/// `{"data":[…],"next_token":…}`.
pub(crate) fn envelope(texts: &[String], next: Option<&str>) -> String {
    let data = texts.join(",");
    // Tokens hold nothing that JSON would escape.
    let next = next.map_or_else(|| "null".to_owned(), |next| format!("\"{next}\""));
    format!("{{\"data\":[{data}],\"next_token\":{next}}}")
}

/// The document with `id`, `day` and the asked fields only.
fn select(text: &str, fields: &str) -> String {
    let Ok(mut document) = serde_json::from_str::<Map<String, Value>>(text) else {
        return text.to_owned();
    };
    let asked: Vec<&str> = fields.split(',').map(str::trim).collect();
    document.retain(|key, _| key == "id" || key == "day" || asked.contains(&key.as_str()));
    Value::Object(document).to_string()
}

/// `GET /oura/v2/usercollection/{collection}/{document_id}`.
pub(crate) fn by_id(
    simulator: &Simulator,
    collection: Collection,
    headers: &HeaderMap,
    id: &str,
) -> Response {
    let who = match authorise(simulator, headers, collection.scope()) {
        Ok(grant) => grant.who,
        Err(response) => return *response,
    };
    let now = simulator.now();
    let text = simulator.record.read(who, collection, now, |table| {
        let document = table.documents.get(*table.by_id.get(id)?)?;
        document.versions.at(now).cloned()
    });
    text.flatten()
        .map_or_else(errors::not_found, |text| reply::text(StatusCode::OK, text))
}
