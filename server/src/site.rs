//! The site the executable carries: scripts, styles, fonts.
//!
//! Scripts and styles live under a folder named by their content, so a browser keeps them for ever
//! and never gets a stale one. Everything was compressed when it was built.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// cargo-leptos builds the site here before this crate is compiled.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The folder cargo-leptos puts scripts and styles in.
const PKG: &str = "pkg";

/// The folder scripts and styles are served from: named by their content.
pub(crate) fn versioned_dir() -> String {
    let mut names: Vec<_> = Site::iter().filter(|name| name.starts_with(PKG)).collect();
    names.sort();
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for file in names.iter().filter_map(|name| Site::get(name)) {
        // FNV-1a over the files' own SHA-256.
        for byte in file.metadata.sha256_hash() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("assets/{sum:016x}")
}

/// `GET /assets/{version}/{*path}`
pub(crate) async fn versioned(
    Path((_version, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    serve(
        &format!("{PKG}/{path}"),
        &headers,
        "public, max-age=31536000, immutable",
    )
}

/// `GET /fonts/{*path}`: named by version in the file name.
pub(crate) async fn font(Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve(
        &format!("fonts/{path}"),
        &headers,
        "public, max-age=31536000, immutable",
    )
}

/// `GET /favicon.svg` and the like.
pub(crate) async fn root_file(uri: axum::http::Uri, headers: HeaderMap) -> Response {
    serve(
        uri.path().trim_start_matches('/'),
        &headers,
        "public, max-age=86400",
    )
}

fn serve(path: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let Some((file, encoding)) = pick(path, accepted.unwrap_or_default()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = Response::new(Body::from(file.data));
    let out = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(mime.as_ref()) {
        out.insert(header::CONTENT_TYPE, mime);
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The smallest form the browser takes.
fn pick(path: &str, accepted: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (ending, encoding) in [(".br", "br"), (".gz", "gzip")] {
        let takes = accepted.split(',').any(|part| {
            let mut pieces = part.split(';');
            let name = pieces.next().unwrap_or_default().trim();
            name == encoding && !pieces.any(|piece| piece.trim() == "q=0")
        });
        if takes && let Some(file) = Site::get(&format!("{path}{ending}")) {
            return Some((file, Some(encoding)));
        }
    }
    Site::get(path).map(|file| (file, None))
}
