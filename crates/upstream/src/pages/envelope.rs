//! What surrounds the documents.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::is_paged;
use crate::client::is_nothing;
use crate::collection::{Collection, Route};
use crate::error::FetchError;
use crate::http::Answer;

/// The documents of a page, each as it was written.
#[derive(PartialEq)]
pub(super) struct Envelope {
    pub items: Vec<String>,
    pub next_token: Option<String>,
    /// There was no list, but a document where one was expected.
    pub is_lone: bool,
}

/// Oura's envelope.
#[derive(Deserialize)]
struct Oura<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    #[serde(default)]
    next_token: Option<String>,
}

pub(super) fn read(collection: Collection, answer: &Answer) -> Result<Envelope, FetchError> {
    let route = collection.info().route;
    if is_nothing(answer.status) {
        if is_paged(route) {
            return Err(FetchError::NotFound);
        }
        return Ok(Envelope {
            items: Vec::new(),
            next_token: None,
            is_lone: false,
        });
    }
    match route {
        Route::OuraDates(_) | Route::OuraAll(_) | Route::OuraInstants(_) => oura(&answer.body),
        Route::PolarAll(polar) | Route::PolarDates(polar) => {
            self::polar(&answer.body, polar.member)
        }
    }
}

fn oura(body: &[u8]) -> Result<Envelope, FetchError> {
    let envelope: Oura<'_> =
        serde_json::from_slice(body).map_err(|_| FetchError::malformed("no list of documents"))?;
    Ok(Envelope {
        items: texts(&envelope.data),
        next_token: envelope.next_token.filter(|token| !token.is_empty()),
        is_lone: false,
    })
}

/// An array, an object that has it as `member`, or a document by itself.
fn polar(body: &[u8], member: &str) -> Result<Envelope, FetchError> {
    let no_list = |_| FetchError::malformed("no list of documents");
    let root: &RawValue = serde_json::from_slice(body).map_err(no_list)?;
    let list = |items| Envelope {
        items,
        next_token: None,
        is_lone: false,
    };
    if root.get().starts_with('[') {
        return Ok(list(items(body)?));
    }
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(root.get()).map_err(no_list)?;
    if let Some(found) = members.get(member) {
        return Ok(list(items(found.get().as_bytes())?));
    }
    if members.contains_key("date") {
        return Ok(Envelope {
            is_lone: true,
            ..list(vec![root.get().to_owned()])
        });
    }
    Err(FetchError::malformed("no list of documents"))
}

/// The texts of a JSON array's items, or the one text of anything else.
pub(crate) fn items(body: &[u8]) -> Result<Vec<String>, FetchError> {
    let malformed = |_| FetchError::malformed("not JSON");
    let root: &RawValue = serde_json::from_slice(body).map_err(malformed)?;
    if root.get().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(root.get()).map_err(malformed)?;
        return Ok(texts(&items));
    }
    Ok(vec![root.get().to_owned()])
}

fn texts(items: &[&RawValue]) -> Vec<String> {
    items.iter().map(|item| item.get().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stay_as_they_were_written() {
        let body = br#" {"next_token":null,"data":[ {"id" : "a","x":1.0}, 5 ,null ],"new":{}} "#;
        let envelope = oura(body).unwrap();
        assert_eq!(envelope.items, [r#"{"id" : "a","x":1.0}"#, "5", "null"]);
        assert_eq!(envelope.next_token, None);
        for body in [
            &b""[..],
            b"{}",
            b"[]",
            b"{\"data\":{}}",
            b"{\"data\":[1]",
            b"\xff",
        ] {
            assert!(oura(body).is_err());
        }
    }

    #[test]
    fn polar_wraps_its_lists_in_three_ways() {
        let read = |body: &str| polar(body.as_bytes(), "nights");
        assert_eq!(read(" [1, 2]").unwrap().items, ["1", "2"]);
        let wrapped = read(r#"{"nights":[{"date":1}]}"#).unwrap();
        assert_eq!((wrapped.items.len(), wrapped.is_lone), (1, false));
        let lone = read(r#"{"date":"2026-10-13"}"#).unwrap();
        assert_eq!((lone.items.len(), lone.is_lone), (1, true));
        for body in ["", "5", "{}", "<html>", r#"{"nights":"#] {
            assert!(read(body).is_err(), "{body}");
        }
    }
}
