//! Compare: any metrics of both twins over one range, and how far the twins agree.

mod altitude;
mod anomalies;
mod events;
mod lanes;
mod pair;

use physiology::{DayRange, Metric, Twin};
use store::{ReadingsQuery, Viewer};
use views::Compare;
use views::compare::MOST_METRICS;
use views::overview::RangeChoice;

use crate::head::{HEAD_METRICS, head};
use crate::record::{Local, Record};
use crate::{Error, Services, shown};

/// Nights before day 1 that the expedition's range begins with here: the lanes have one time axis,
/// without a panel beside it.
const NIGHTS_BEFORE: i64 = 7;

/// What the page is asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareQuery {
    /// Which days.
    pub range: RangeChoice,
    /// Which metrics, from the top: each once, at least one, at most [`MOST_METRICS`].
    pub metrics: Vec<Metric>,
    /// Whose agreement is spelled out.
    pub metric: Metric,
}

impl CompareQuery {
    fn check(&self) -> Result<(), Error> {
        let is_twice = |(place, metric): (usize, &Metric)| self.metrics[..place].contains(metric);
        let sentence = if self.metrics.is_empty() {
            "Choose at least one metric."
        } else if self.metrics.len() > MOST_METRICS {
            "A page shows at most 12 metrics."
        } else if self.metrics.iter().enumerate().any(is_twice) {
            "A metric is shown once."
        } else {
            return Ok(());
        };
        Err(Error::Invalid(sentence.into()))
    }
}

impl Services {
    /// The metrics asked for, stacked; the agreement of the twins; what altitude does to them.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the metrics are none, too many, or the same twice.
    pub async fn compare(&self, viewer: &Viewer, query: CompareQuery) -> Result<Compare, Error> {
        query.check()?;
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let mut metrics = query.metrics.clone();
        let also = HEAD_METRICS
            .into_iter()
            .chain(altitude::METRICS)
            .chain([query.metric]);
        for extra in also {
            if !metrics.contains(&extra) {
                metrics.push(extra);
            }
        }
        let question = ReadingsQuery {
            metrics,
            days: None,
        };
        let readings = self.store().readings(&visible, &question).await?;
        let connections = self.store().connections(&visible).await?;
        let syncs = self.store().collection_syncs(&visible).await?;
        let mut document_days = [Vec::new(), Vec::new()];
        for (days, twin) in document_days.iter_mut().zip(Twin::BOTH) {
            *days = self
                .store()
                .document_days(&visible, pair.of(twin).id)
                .await?;
        }

        let local = Local::at(self.now(), pair.itinerary.as_ref());
        let record = Record::new(&pair, readings, &connections, &syncs);
        let range = range(&record, query.range, &local);
        Ok(Compare {
            head: head(viewer, &record, &local, &syncs),
            range,
            choice: query.range,
            nights: lanes::nights(&record, range),
            lanes: query
                .metrics
                .iter()
                .map(|metric| lanes::lane(&record, *metric, range))
                .collect(),
            altitude: shown::altitude(&record, range),
            day_one: pair.itinerary.as_ref().map(|trip| trip.first_day),
            events: events::events(&record, &document_days, range),
            panel: pair::panel(&record, query.metric),
            at_altitude: altitude::at_altitude(&record),
        })
    }
}

/// As elsewhere; the expedition begins with a week of its baseline.
fn range(record: &Record<'_>, choice: RangeChoice, local: &Local) -> DayRange {
    let range = shown::range(record, choice, local);
    let trip = record.pair.itinerary.as_ref();
    match (choice, trip) {
        (RangeChoice::Trip, Some(trip)) if range.first == trip.first_day => {
            DayRange::new(range.first.plus(-NIGHTS_BEFORE), range.last)
        }
        _ => range,
    }
}
