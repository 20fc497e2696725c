//! Who is calling: Basic and Bearer.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A client of a vendor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
}

/// The client that is registered with Oura.
pub(crate) const OURA_CLIENT: Client = Client {
    id: "sim-oura",
    secret: "sim-oura-secret",
};
/// The client that is registered with Polar.
pub(crate) const POLAR_CLIENT: Client = Client {
    id: "sim-polar",
    secret: "sim-polar-secret",
};

impl Client {
    /// Whether these are its credentials.
    pub(crate) fn is(self, id: &str, secret: &str) -> bool {
        self.id == id && self.secret == secret
    }

    /// Whether the request carries its credentials in `Authorization: Basic`.
    pub(crate) fn signed(self, headers: &HeaderMap) -> bool {
        basic(headers).is_some_and(|(id, secret)| self.is(&id, &secret))
    }
}

/// Name and password of `Authorization: Basic`.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = scheme(headers, "basic")?;
    let text = String::from_utf8(STANDARD.decode(value).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// The token of `Authorization: Bearer`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    scheme(headers, "bearer")
}

fn scheme<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case(name).then(|| rest.trim())
}
