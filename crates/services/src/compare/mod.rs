//! Compare: any metrics of both twins over one range, and how far the twins agree.

mod altitude;
mod anomalies;
mod events;
mod lanes;
mod lines;
mod pair;

use physiology::{DayRange, Metric, SeriesKind};
use store::Viewer;
use views::Compare;
use views::compare::{LINES, MOST_METRICS};
use views::overview::RangeChoice;

use crate::record::{Local, Record};
use crate::{Error, Services, notes, shown};

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
    /// What is shown sample by sample, from the top: of [`LINES`], each once.
    pub lines: Vec<SeriesKind>,
}

impl CompareQuery {
    fn check(&self) -> Result<(), Error> {
        let is_twice = |(place, metric): (usize, &Metric)| self.metrics[..place].contains(metric);
        let is_odd = |(place, kind): (usize, &SeriesKind)| {
            !LINES.contains(kind) || self.lines[..place].contains(kind)
        };
        let sentence = if self.lines.iter().enumerate().any(is_odd) {
            "Only some series are lines, and a line is shown once."
        } else if self.metrics.is_empty() {
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
        let also = altitude::METRICS.into_iter().chain([query.metric]);
        let metrics = query.metrics.iter().copied().chain(also);
        let known = self.known(&visible, &pair, metrics).await?;
        let record = known.record(&pair);
        let range = range(&record, query.range, &known.local);
        let workouts = self.store().workouts(&visible, range).await?;
        let time = notes::time_of(&pair, range);
        let notes = self.notes_of(viewer, &pair, time).await?;
        Ok(Compare {
            head: known.head(viewer, &record),
            range,
            choice: query.range,
            nights: lanes::nights(&record, range),
            lanes: query
                .metrics
                .iter()
                .map(|metric| lanes::lane(&record, *metric, range))
                .collect(),
            lines: self
                .sample_lanes(viewer, &record, &query.lines, range)
                .await?,
            // The query names at least one metric.
            course: lanes::course(&record, query.metrics[0], range),
            altitude: shown::altitude(&record, range),
            day_one: pair.itinerary.as_ref().map(|trip| trip.first_day),
            events: events::events(&record, &workouts, range),
            workouts: events::stretches(&record, &workouts),
            notes,
            may_note: notes::may_note(viewer),
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
