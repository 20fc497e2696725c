//! The overview: both twins on one screen.

mod alarms;
mod chart;
mod expedition;
mod record;
mod tiles;

use physiology::{Day, Metric, Twin};
use store::{Connection, ReadingsQuery, Viewer};
use views::Overview;
use views::overview::RangeChoice;

use crate::{Error, Services};
use record::{Local, Record};

/// What the overview is asked to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverviewQuery {
    /// Which days the chart shows.
    pub range: RangeChoice,
    /// Which metric the chart shows.
    pub metric: Metric,
}

impl Services {
    /// Both twins: tiles, alarms, the chart of one metric.
    pub async fn overview(&self, viewer: &Viewer, query: OverviewQuery) -> Result<Overview, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let mut metrics = Metric::OVERVIEW.to_vec();
        for extra in [query.metric, Metric::TotalSleep] {
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

        let local = Local::at(self.now(), pair.itinerary.as_ref());
        let record = Record::new(&pair, readings, &connections, &syncs);
        let alarms = alarms::lines(&record);
        let tiles = Metric::OVERVIEW
            .map(|metric| tiles::tile(&record, metric, &local, &alarms))
            .into();
        Ok(Overview {
            now: local.now,
            utc_offset_s: local.utc_offset_s,
            today: local.today,
            expedition: expedition::status(pair.itinerary.as_ref(), &local),
            names: Twin::BOTH.map(|twin| pair.of(twin).name.clone()),
            last_sync_at: syncs.iter().filter_map(|sync| sync.synced_at).max(),
            alarms,
            tiles,
            chart: chart::chart(&record, query, &local),
        })
    }
}

/// The days of the reference period: those before day 1, or the first 28 of the record.
fn is_baseline(record: &Record<'_>, day: Day) -> bool {
    match (&record.pair.itinerary, record.first_day()) {
        (Some(itinerary), _) => day < itinerary.first_day,
        (None, Some(first)) => day < first.plus(28),
        (None, None) => false,
    }
}

/// A twin's connections.
fn of_subject(connections: &[Connection], subject: physiology::SubjectId) -> Vec<Connection> {
    connections
        .iter()
        .filter(|connection| connection.subject == subject)
        .cloned()
        .collect()
}
