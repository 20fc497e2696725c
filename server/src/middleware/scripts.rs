//! Which scripts a page may run: the hashes of its own, in place of the nonce they carry.
//!
//! A nonce is good for one answer, and a page that several people look at is made once (see
//! [`recent`](super::recent)). Only scripts that carry the nonce the page was made with are named:
//! one that got in with somebody's text has none, and stays forbidden.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const NONCE: &str = "'nonce-";

pub(crate) async fn name(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    let Some(policy) = policy.and_then(|policy| policy.to_str().ok()) else {
        return response;
    };
    let Some(nonce) = nonce(policy).map(str::to_owned) else {
        return response;
    };
    let policy = policy.to_owned();
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hashes = hashes(&String::from_utf8_lossy(&page), &nonce);
    let policy = policy.replace(&format!("{NONCE}{nonce}'"), &hashes);
    let Ok(policy) = HeaderValue::from_str(&policy) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts
        .headers
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(page))
}

/// The nonce a policy names.
fn nonce(policy: &str) -> Option<&str> {
    let (_, rest) = policy.split_once(NONCE)?;
    rest.split_once('\'').map(|(nonce, _)| nonce)
}

/// The sources of the inline scripts that carry the nonce, each once, in the order they come.
fn hashes(page: &str, nonce: &str) -> String {
    let mark = format!("nonce=\"{nonce}\"");
    let mut sources: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some(end) = end_of_tag(after) else { break };
        let (tag, body) = after.split_at(end);
        let (script, after) = body[1..]
            .split_once("</script>")
            .unwrap_or((&body[1..], ""));
        if tag.contains(&mark) && !tag.contains(" src=") {
            let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
            let source = format!("'sha256-{hash}'");
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        rest = after;
    }
    sources.join(" ")
}

/// Where a tag ends: at the first `>` outside its attributes' quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_named_by_its_hash() {
        // The example of the CSP specification, section 2.3.1.
        let page = "<script nonce=\"n\">alert('Hello, world.');</script>";
        assert_eq!(
            hashes(page, "n"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn what_does_not_carry_the_nonce_is_not_named() {
        for page in [
            "<script>alert('Hello, world.');</script>",
            "<script nonce=\"other\">alert('Hello, world.');</script>",
            "<script nonce=\"n\" src=\"/evil.js\"></script>",
            "<p title='nonce=\"n\"'>no script</p>",
            "<script nonce=\"n\"",
        ] {
            assert_eq!(hashes(page, "n"), "", "{page}");
        }
    }

    #[test]
    fn a_tag_ends_outside_its_quotes() {
        let page = "<script data-x=\"a>b\" nonce=\"n\">alert('Hello, world.');</script>\
                    <script nonce=\"n\">alert('Hello, world.');</script>";
        assert_eq!(
            hashes(page, "n"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn the_nonce_is_found() {
        assert_eq!(nonce("script-src 'self' 'nonce-abc'; x"), Some("abc"));
        assert_eq!(nonce("script-src 'self'"), None);
    }
}
