//! A page asked for again within a second is not made again.
//!
//! A wall screen, a tablet and the phones of a whole party look at one expedition, and making and
//! compressing a page is nearly all a request costs. A page kept here goes to the viewer it was made
//! for and to nobody else. Any request that may change something ends the time of all of them; what a
//! sync brings is seen a second later at the latest.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use moka::sync::Cache;
use services::Viewer;

use super::session;
use crate::config::Listen;
use crate::state::AppState;

/// How long a page is good.
const GOOD_FOR: Duration = Duration::from_secs(1);
/// So many bytes are kept at most.
const MOST_BYTES: u64 = 16 << 20;

/// The pages of the last second.
#[derive(Clone)]
pub struct RecentPages {
    pages: Cache<Key, Arc<Page>>,
    /// Counts what may have changed something: a page made before is not found after.
    changes: Arc<AtomicU64>,
}

impl Default for RecentPages {
    fn default() -> Self {
        let weight = |_: &Key, page: &Arc<Page>| u32::try_from(page.body.len()).unwrap_or(u32::MAX);
        Self {
            pages: Cache::builder()
                .weigher(weight)
                .max_capacity(MOST_BYTES)
                .time_to_live(GOOD_FOR)
                .build(),
            changes: Arc::default(),
        }
    }
}

/// Everything a page depends on, but for what is kept.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    viewer: Viewer,
    address: String,
    /// The theme is one of them; the session is in the viewer.
    cookies: Vec<String>,
    encoding: Option<Vec<u8>>,
    changes: u64,
}

struct Page {
    headers: HeaderMap,
    body: Bytes,
}

pub(crate) async fn serve(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let recent = &state.recent;
    if may_change(&request) {
        let response = next.run(request).await;
        recent.changes.fetch_add(1, Ordering::AcqRel);
        return response;
    }
    let Some(key) = key(
        &request,
        &state.listen,
        recent.changes.load(Ordering::Acquire),
    ) else {
        return next.run(request).await;
    };
    if let Some(page) = recent.pages.get(&key) {
        return (page.headers.clone(), page.body.clone()).into_response();
    }
    let response = next.run(request).await;
    if !is_page(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = Page {
        headers: parts.headers.clone(),
        body: body.clone(),
    };
    recent.pages.insert(key, Arc::new(page));
    Response::from_parts(parts, Body::from(body))
}

/// A sign-in with a vendor comes back by GET.
fn may_change(request: &Request) -> bool {
    request.method() != Method::GET && request.method() != Method::HEAD
        || request.uri().path().starts_with("/oauth/")
}

/// None for what is no page of somebody who signed in.
fn key(request: &Request, listen: &Listen, changes: u64) -> Option<Key> {
    let viewer = request.extensions().get::<Viewer>()?.clone();
    let accepts = request.headers().get(header::ACCEPT)?.to_str().ok()?;
    if request.method() != Method::GET || !accepts.contains("text/html") {
        return None;
    }
    let headers = request.headers();
    Some(Key {
        viewer,
        address: request.uri().to_string(),
        cookies: session::other_cookies(headers, listen),
        encoding: headers
            .get(header::ACCEPT_ENCODING)
            .map(|encoding| encoding.as_bytes().to_vec()),
        changes,
    })
}

fn is_page(response: &Response) -> bool {
    let headers = response.headers();
    response.status() == StatusCode::OK
        && !headers.contains_key(header::SET_COOKIE)
        && headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
