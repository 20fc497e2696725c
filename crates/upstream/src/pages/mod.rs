//! Documents, page by page.

mod envelope;
mod identity;
mod plan;
mod rows;

use std::collections::{HashSet, VecDeque};

use physiology::{DayRange, Timestamp};
use secrecy::SecretString;

pub(crate) use envelope::items;
pub(crate) use identity::document_of;

use crate::client::Client;
use crate::collection::{Collection, Identity, Route};
use crate::document::Document;
use crate::error::FetchError;
use crate::http::Call;
use crate::polar::cardio_load;
use envelope::Envelope;
use plan::Step;
use rows::Rows;

/// More pages than a person could have documents for: whoever sends them goes in circles.
const MOST_PAGES: u32 = 10_000;

/// The documents of one collection over days, page by page.
pub struct Pages {
    client: Client,
    collection: Collection,
    range: DayRange,
    /// What is still to be asked, the next first.
    steps: VecDeque<Step>,
    /// Where the step at the front goes on.
    next_token: Option<String>,
    /// The tokens of the step at the front.
    tokens: HashSet<String>,
    pages: u32,
    rows: Rows,
    yielded: HashSet<String>,
}

impl core::fmt::Debug for Pages {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pages")
            .field("collection", &self.collection)
            .field("range", &self.range)
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

impl Pages {
    pub(crate) fn new(
        client: Client,
        collection: Collection,
        range: DayRange,
        now: Timestamp,
    ) -> Self {
        let steps = plan::steps(&client, collection, range, now);
        Self {
            client,
            collection,
            range,
            steps,
            next_token: None,
            tokens: HashSet::new(),
            pages: 0,
            rows: Rows::default(),
            yielded: HashSet::new(),
        }
    }

    /// The next documents, never none at all; `None` at the end. No document comes twice.
    ///
    /// After an error the same page is asked for again, with whatever token is brought then.
    pub async fn next(
        &mut self,
        access_token: &SecretString,
    ) -> Result<Option<Vec<Document>>, FetchError> {
        loop {
            let Some(step) = self.steps.front() else {
                return Ok(None);
            };
            let mut url = step.url.clone();
            if let Some(token) = &self.next_token {
                url.query_pairs_mut().append_pair("next_token", token);
            }
            let call = Call::get(url).bearer(access_token);
            let collection = self.collection;
            let envelope = self
                .client
                .fetch(&call, |answer| envelope::read(collection, answer))
                .await?;
            // Nothing has changed so far: a caller may drop this at any await.
            let documents = self.take(envelope)?;
            if !documents.is_empty() {
                return Ok(Some(documents));
            }
        }
    }

    /// Moves on past a page.
    fn take(&mut self, envelope: Envelope) -> Result<Vec<Document>, FetchError> {
        let Some(days) = self.steps.front().map(|step| step.days) else {
            return Ok(Vec::new());
        };
        if envelope.is_lone && days.len() > 1 {
            // Polar describes the answer for a range as that of one day: ask for each.
            self.steps.pop_front();
            for step in plan::single_days(&self.client, self.collection, days).rev() {
                self.steps.push_front(step);
            }
            return Ok(Vec::new());
        }
        if let Some(token) = &envelope.next_token {
            if self.pages >= MOST_PAGES {
                return Err(FetchError::malformed("too many pages"));
            }
            if self.tokens.contains(token) {
                return Err(FetchError::malformed("a page leads back to an earlier one"));
            }
            self.tokens.insert(token.clone());
        }
        self.pages += 1;
        self.next_token = envelope.next_token;
        let is_over = self.next_token.is_none();
        if is_over {
            self.steps.pop_front();
            self.tokens.clear();
        }
        let info = self.collection.info();
        if info.identity == Identity::UtcDay {
            self.rows.add(envelope.items, days);
            // A day is whole only when its window is.
            return Ok(if is_over {
                self.rows.finish(self.collection)
            } else {
                Vec::new()
            });
        }
        // Exercises come by when they were uploaded, which can be long after they were done.
        let by_day = !matches!(info.identity, Identity::IdAndStartTime | Identity::Period);
        let documents = envelope
            .items
            .into_iter()
            .map(|body| document_of(self.collection, body));
        Ok(documents
            .filter(|document| !is_blank(document))
            .filter(|document| !by_day || document.day.is_none_or(|day| self.range.contains(day)))
            .filter(|document| self.yielded.insert(document.key.clone()))
            .collect())
    }
}

/// Whether it is only said that there is nothing, which takes nothing back.
fn is_blank(document: &Document) -> bool {
    document.collection == Collection::PolarCardioLoad && cardio_load::is_blank(&document.body)
}

/// Whether the vendor answers with an envelope that has a `next_token`.
const fn is_paged(route: Route) -> bool {
    matches!(
        route,
        Route::OuraDates(_) | Route::OuraAll(_) | Route::OuraInstants(_)
    )
}
