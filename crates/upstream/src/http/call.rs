//! A request and its answer.

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;

/// Whether a call that may have reached the vendor may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It changes nothing, or the same thing again.
    Safely,
    /// It spends or makes something that exists once: only when the vendor surely did not act.
    OnlyUnsent,
}

/// A request. No `Debug`: it holds tokens.
pub(crate) struct Call {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub repeat: Repeat,
}

impl Call {
    pub fn new(method: Method, url: Url) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        Self {
            method,
            url,
            headers,
            body: Vec::new(),
            repeat: Repeat::Safely,
        }
    }

    pub fn get(url: Url) -> Self {
        Self::new(Method::GET, url)
    }

    /// Signed with an access token. One that no header can hold is left out, and answered as any
    /// other dead token is.
    pub fn bearer(self, token: &SecretString) -> Self {
        self.secret(AUTHORIZATION, &format!("Bearer {}", token.expose_secret()))
    }

    /// With a header that must not be logged.
    pub fn secret(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
        self
    }

    /// With a JSON body.
    pub fn json<T: Serialize>(mut self, body: &T) -> Self {
        // What is sent has string keys and no numbers that JSON lacks: writing it cannot fail.
        self.body = serde_json::to_vec(body).unwrap_or_default();
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self
    }

    pub fn repeated(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }
}

/// An answer, read to its end. No `Debug`: it holds health values or tokens.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}
