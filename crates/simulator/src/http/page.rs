//! The page on which a twin signs in and allows or denies. Works without scripts.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

use crate::http::params::Params;
use crate::oura::scope::{Scope, ScopeSet};
use crate::twins::Person;

/// What the page asks.
pub(crate) struct Consent<'a> {
    /// `Oura` or `Polar`.
    pub(crate) vendor: &'a str,
    /// Where the form goes.
    pub(crate) action: &'a str,
    pub(crate) people: &'a [Person],
    /// The person that is preselected.
    pub(crate) chosen: usize,
    /// The scopes that can be refused one by one.
    pub(crate) scopes: &'a [Scope],
    /// The request, to be sent along.
    pub(crate) request: &'a Params,
}

/// The parameters of an authorisation request that the form carries on.
const CARRIED: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;\
    padding:0 1rem;color:#14171a;background:#f4f4f0}fieldset{border:1px solid #7c838a;\
    border-radius:10px;margin:0 0 1rem;padding:.5rem 1rem 1rem}label{display:block;\
    min-height:2.25rem;padding:.25rem 0}input{width:1.1rem;height:1.1rem;margin-right:.6rem}\
    button{font:inherit;min-height:48px;padding:0 1.5rem;border:1px solid #14171a;\
    border-radius:10px;background:#fff;color:#14171a;margin-right:.5rem}\
    button[value=allow]{background:#14171a;color:#fff}";

impl Consent<'_> {
    pub(crate) fn page(&self) -> Response {
        let mut body = String::new();
        let vendor = self.vendor;
        let _ = write!(
            body,
            "<h1>{vendor}: connect an application</h1><p>A simulated sign-in. The application \
             wants to read your {vendor} data.</p><form method=\"post\" action=\"{}\">",
            escape(self.action)
        );
        for name in CARRIED {
            if let Some(value) = self.request.get(name) {
                let value = escape(value);
                let _ = write!(
                    body,
                    "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
                );
            }
        }
        body.push_str("<fieldset><legend>Who signs in</legend>");
        for person in self.people {
            let checked = if person.index == self.chosen {
                " checked"
            } else {
                ""
            };
            let name = display_name(person);
            let letter = &person.letter;
            let _ = write!(
                body,
                "<label><input type=\"radio\" name=\"subject\" value=\"{letter}\"{checked}>{name}\
                 </label>"
            );
        }
        body.push_str("</fieldset>");
        if !self.scopes.is_empty() {
            let ticked = ScopeSet::by_default(self.chosen);
            body.push_str("<fieldset><legend>What may be read</legend>");
            for scope in self.scopes {
                let checked = if ticked.has(*scope) { " checked" } else { "" };
                let (name, says) = (scope.name(), scope.says());
                let _ = write!(
                    body,
                    "<label><input type=\"checkbox\" name=\"grant\" value=\"{name}\"{checked}>\
                     {says}</label>"
                );
            }
            body.push_str("</fieldset>");
        }
        body.push_str(
            "<button type=\"submit\" name=\"decision\" value=\"allow\">Allow</button>\
             <button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button></form>",
        );
        html(StatusCode::OK, vendor, &body)
    }
}

/// `Twin A`, `Twin B`, `Person C`.
fn display_name(person: &Person) -> String {
    let kind = if person.travels { "Twin" } else { "Person" };
    format!("{kind} {}", person.letter.to_uppercase())
}

/// The page that tells why there is no sign-in: never redirects, since the address is not to be
/// trusted.
pub(crate) fn refused(vendor: &str, why: &str) -> Response {
    let body = format!("<h1>{vendor} cannot go on</h1><p>{}</p>", escape(why));
    html(StatusCode::BAD_REQUEST, vendor, &body)
}

fn html(status: StatusCode, vendor: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>Connect {vendor}</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    );
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        Body::from(page),
    )
        .into_response()
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The address a person is sent back to: absolute, http or https, without a fragment.
pub(crate) fn redirect_target(address: &str) -> Option<url::Url> {
    let target = url::Url::parse(address).ok()?;
    let plain = matches!(target.scheme(), "http" | "https") && target.fragment().is_none();
    plain.then_some(target)
}

/// `target` with these added to its query.
pub(crate) fn with_query(mut target: url::Url, pairs: &[(&str, Option<&str>)]) -> url::Url {
    {
        let mut query = target.query_pairs_mut();
        for (name, value) in pairs {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
    }
    target
}
