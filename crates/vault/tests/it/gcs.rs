//! A stand-in for Google's XML API: what the client uses of it, with generations honoured. On
//! request it answers 503 now and then, half of the times after doing what was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};

/// Short, so that every listing takes several.
const PAGE: usize = 3;

#[derive(Clone)]
pub struct FakeGcs {
    bucket: Arc<Mutex<Bucket>>,
    pub endpoint: String,
}

#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Object>,
    generation: u64,
    requests: usize,
    fault_every: Option<usize>,
    ahead: TimeDelta,
}

#[derive(Clone)]
struct Object {
    content: Bytes,
    generation: u64,
    modified: DateTime<Utc>,
}

impl FakeGcs {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let bucket = Arc::<Mutex<Bucket>>::default();
        let router = Router::new()
            .route("/{bucket}", get(list))
            .route("/{bucket}/{key}", get(read).put(write).delete(delete))
            .with_state(Arc::clone(&bucket));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { bucket, endpoint }
    }

    /// Every so many requests, one fails.
    pub fn fail_every(&self, requests: usize) {
        self.bucket.lock().unwrap().fault_every = Some(requests);
    }

    /// What is written from now on is written later.
    pub fn advance_s(&self, seconds: i64) {
        self.bucket.lock().unwrap().ahead += TimeDelta::seconds(seconds);
    }
}

impl Bucket {
    /// Whether this request is to fail, and if so, whether before anything is done.
    fn fault(&mut self) -> Option<bool> {
        self.requests += 1;
        let every = self.fault_every?;
        self.requests
            .is_multiple_of(every)
            .then(|| (self.requests / every).is_multiple_of(2))
    }
}

type Shared = State<Arc<Mutex<Bucket>>>;

/// Does what is asked, or fails before or after.
fn answer(bucket: &Mutex<Bucket>, act: impl FnOnce(&mut Bucket) -> Response) -> Response {
    let mut bucket = bucket.lock().unwrap();
    match bucket.fault() {
        None => act(&mut bucket),
        Some(true) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(false) => {
            act(&mut bucket);
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn headers(object: &Object) -> [(&'static str, String); 3] {
    [
        ("etag", format!("\"{}\"", object.generation)),
        (
            "last-modified",
            object
                .modified
                .format("%a, %d %b %Y %H:%M:%S GMT")
                .to_string(),
        ),
        ("x-goog-generation", object.generation.to_string()),
    ]
}

async fn read(State(bucket): Shared, Path((_, key)): Path<(String, String)>) -> Response {
    answer(&bucket, |bucket| match bucket.objects.get(&key) {
        Some(object) => (headers(object), object.content.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn write(
    State(bucket): Shared,
    Path((_, key)): Path<(String, String)>,
    asked: HeaderMap,
    content: Bytes,
) -> Response {
    answer(&bucket, |bucket| {
        let present = bucket
            .objects
            .get(&key)
            .map_or(0, |object| object.generation);
        let wanted = asked
            .get("x-goog-if-generation-match")
            .map(|value| value.to_str().unwrap());
        if wanted.is_some_and(|wanted| wanted != present.to_string()) {
            return StatusCode::PRECONDITION_FAILED.into_response();
        }
        bucket.generation += 1;
        let modified = Utc::now() + bucket.ahead;
        let object = Object {
            content,
            generation: bucket.generation,
            modified,
        };
        let headers = headers(&object);
        bucket.objects.insert(key, object);
        headers.into_response()
    })
}

async fn delete(State(bucket): Shared, Path((_, key)): Path<(String, String)>) -> Response {
    answer(&bucket, |bucket| match bucket.objects.remove(&key) {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn list(State(bucket): Shared, Query(query): Query<BTreeMap<String, String>>) -> Response {
    use std::fmt::Write as _;

    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (prefix, delimiter, after) = (
        text("prefix"),
        text("delimiter"),
        text("continuation-token"),
    );
    answer(&bucket, |bucket| {
        let mut xml = String::from("<?xml version=\"1.0\"?><ListBucketResult>");
        let mut shown = 0;
        let mut last = String::new();
        for (key, object) in &bucket.objects {
            let Some(rest) = key.strip_prefix(&prefix) else {
                continue;
            };
            let folder = (!delimiter.is_empty())
                .then(|| rest.split_once(&delimiter))
                .flatten()
                .map(|(folder, _)| format!("{prefix}{folder}{delimiter}"));
            let name = folder.as_ref().unwrap_or(key);
            if *name <= after || *name == last {
                continue;
            }
            if shown == PAGE {
                write!(xml, "<NextContinuationToken>{last}</NextContinuationToken>").unwrap();
                break;
            }
            if folder.is_some() {
                write!(
                    xml,
                    "<CommonPrefixes><Prefix>{name}</Prefix></CommonPrefixes>"
                )
                .unwrap();
            } else {
                let modified = object.modified.to_rfc3339();
                let (size, e_tag) = (object.content.len(), object.generation);
                write!(
                    xml,
                    "<Contents><Key>{key}</Key><Size>{size}</Size><ETag>{e_tag}</ETag>\
                     <LastModified>{modified}</LastModified></Contents>"
                )
                .unwrap();
            }
            shown += 1;
            last.clone_from(name);
        }
        xml.push_str("</ListBucketResult>");
        xml.into_response()
    })
}
