//! Readings again from stored documents.

use std::collections::BTreeMap;

use physiology::{Day, SubjectId, Vendor};
use store::Viewer;
use upstream::Collection;

use crate::sync::derive_days;
use crate::{Error, Services};

/// What a rebuild went through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Subjects.
    pub subjects: usize,
    /// Days of collections.
    pub days: usize,
}

impl Services {
    /// Derives every reading, series and workout again from the stored documents. The result is
    /// bit-identical to what the syncs derived.
    pub async fn rebuild(&self, viewer: &Viewer) -> Result<Rebuilt, Error> {
        if !viewer.may_administer() {
            return Err(Error::Forbidden);
        }
        let mut rebuilt = Rebuilt::default();
        let Some(pair) = self.store().pair().await? else {
            return Ok(rebuilt);
        };
        for subject in pair.ids() {
            rebuilt.subjects += 1;
            rebuilt.days += self.rebuild_subject(subject).await?;
        }
        Ok(rebuilt)
    }

    async fn rebuild_subject(&self, subject: SubjectId) -> Result<usize, Error> {
        let visible = Viewer::System.may_see(&[subject]);
        let days = self.store().document_days(&visible, subject).await?;
        let count = days.len();
        let mut by_collection: BTreeMap<(Vendor, String), Vec<Option<Day>>> = BTreeMap::new();
        for (vendor, collection, day) in days {
            by_collection
                .entry((vendor, collection))
                .or_default()
                .push(day);
        }
        self.store().clear_derived(subject).await?;
        for ((vendor, id), days) in by_collection {
            if let Some(collection) = Collection::from_id(vendor, &id) {
                derive_days(self, subject, collection, &days).await?;
            } else {
                tracing::warn!(vendor = vendor.id(), collection = id, "unknown collection");
            }
        }
        Ok(count)
    }
}
