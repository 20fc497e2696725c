//! What every page is made from, read once: the pair's readings, connections and syncs, and the
//! present.

use physiology::Metric;
use store::{CollectionSync, Connection, DailyReading, Pair, ReadingsQuery, Viewer, Visible};
use views::PageHead;

use crate::head::{HEAD_METRICS, head};
use crate::record::{Local, Record};
use crate::{Error, Services};

/// What the store knows of a pair, as far as one page asks.
pub(crate) struct Known {
    pub readings: Vec<DailyReading>,
    pub connections: Vec<Connection>,
    pub syncs: Vec<CollectionSync>,
    pub local: Local,
}

impl Services {
    /// All days of these metrics and of what the head of a page needs.
    pub(crate) async fn known(
        &self,
        visible: &Visible,
        pair: &Pair,
        metrics: impl IntoIterator<Item = Metric>,
    ) -> Result<Known, Error> {
        let mut metrics: Vec<Metric> = metrics.into_iter().chain(HEAD_METRICS).collect();
        metrics.sort_unstable();
        metrics.dedup();
        let question = ReadingsQuery {
            metrics,
            days: None,
        };
        Ok(Known {
            readings: self.store().readings(visible, &question).await?,
            connections: self.store().connections(visible).await?,
            syncs: self.store().collection_syncs(visible).await?,
            local: Local::at(self.now(), pair.itinerary.as_ref()),
        })
    }
}

impl Known {
    /// Arranged for the pages.
    pub fn record<'a>(&self, pair: &'a Pair) -> Record<'a> {
        Record::new(pair, &self.readings, &self.connections, &self.syncs)
    }

    /// The head of the page.
    pub fn head(&self, viewer: &Viewer, record: &Record<'_>) -> PageHead {
        head(viewer, record, &self.local, &self.syncs)
    }
}
