//! Authorisation codes: valid for ten minutes, and once.

use std::collections::HashMap;

use physiology::Timestamp;

use crate::oura::scope::ScopeSet;

/// Life of a code, s.
const LIFE_S: i64 = 600;
/// More codes than this are never kept.
const MOST: usize = 10_000;

/// What a person allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) who: usize,
    pub(crate) scopes: ScopeSet,
    /// The granted scopes in the words of the request.
    pub(crate) words: String,
}

/// What a code stands for.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    /// Exactly as it was asked for; the token request has to repeat it.
    pub(crate) redirect_uri: Option<String>,
    /// The S256 challenge of PKCE.
    pub(crate) challenge: Option<String>,
    pub(crate) issued: Timestamp,
}

/// The codes of one vendor.
#[derive(Debug, Default)]
pub(crate) struct Codes(HashMap<String, Code>);

impl Codes {
    pub(crate) fn keep(&mut self, text: String, code: Code) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(text, code);
    }

    /// Takes a code, so that it can never be used again. `None` for one that is unknown, used or
    /// too old.
    pub(crate) fn take(&mut self, text: &str, now: Timestamp) -> Option<Code> {
        self.0
            .remove(text)
            .filter(|code| now.seconds_since(code.issued) <= LIFE_S)
    }
}
