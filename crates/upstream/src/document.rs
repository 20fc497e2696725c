//! A vendor's document, as it came.

use core::fmt;

use physiology::Day;

use crate::collection::Collection;

/// A document of a vendor's, verbatim.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// What kind of document it is.
    pub collection: Collection,
    /// Which one: the vendor's id, else its date or time; `sha256:…` of the text where it has
    /// none of them. The same document keeps its key when its content changes.
    pub key: String,
    /// The day it is about, by the vendor's reckoning; `None` where it says none that can be read.
    pub day: Option<Day>,
    /// The JSON text, byte for byte as the vendor sent it. Rows that share a document stand in an
    /// array.
    pub body: String,
}

impl fmt::Debug for Document {
    /// Without the body: it holds health values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("collection", &self.collection)
            .field("key", &self.key)
            .field("day", &self.day)
            .field("bytes", &self.body.len())
            .finish()
    }
}
