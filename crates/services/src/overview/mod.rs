//! The overview: both twins on one screen.

mod chart;
mod tiles;

use physiology::Metric;
use store::{ReadingsQuery, Viewer};
use views::Overview;
use views::overview::{RangeChoice, Tile};

use crate::head::{HEAD_METRICS, head};
use crate::record::{Local, Record};
use crate::status::{self, STATUS_METRICS};
use crate::{Error, Services};

/// What the overview is asked to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverviewQuery {
    /// Which days the chart shows.
    pub range: RangeChoice,
    /// Which metric the chart shows.
    pub metric: Metric,
}

impl Services {
    /// Both twins: tiles, alarms, the chart of one metric, what changed and why it matters.
    pub async fn overview(&self, viewer: &Viewer, query: OverviewQuery) -> Result<Overview, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let mut metrics = Metric::OVERVIEW.to_vec();
        let extras = HEAD_METRICS.into_iter().chain(STATUS_METRICS);
        for extra in extras.chain([Metric::LoadRatio, query.metric]) {
            if !metrics.contains(&extra) {
                metrics.push(extra);
            }
        }
        let question = ReadingsQuery {
            metrics,
            days: None,
        };
        let mut readings = self.store().readings(&visible, &question).await?;
        let connections = self.store().connections(&visible).await?;
        let syncs = self.store().collection_syncs(&visible).await?;

        let have = crate::guide::have_readings(&pair, &readings);
        let guide = if have == [true, true] {
            None
        } else {
            let guide = self.guide_of(viewer, &pair, have, &connections, &syncs);
            Some(guide.await?)
        };
        let load_ratios: Vec<_> = readings
            .iter()
            .filter(|reading| reading.metric == Metric::LoadRatio)
            .cloned()
            .collect();
        if query.metric != Metric::LoadRatio {
            readings.retain(|reading| reading.metric != Metric::LoadRatio);
        }
        let local = Local::at(self.now(), pair.itinerary.as_ref());
        let record = Record::new(&pair, readings, &connections, &syncs);
        let head = head(viewer, &record, &local, &syncs);
        let tiles: Vec<Tile> = Metric::OVERVIEW
            .map(|metric| tiles::tile(&record, metric, &local, &head.alarms))
            .into();
        let changed = status::changed(&status::Known {
            record: &record,
            load_ratios: &load_ratios,
            local: &local,
            tiles: &tiles,
            alarms: &head.alarms,
            connections: &connections,
            syncs: &syncs,
        });
        Ok(Overview {
            head,
            tiles,
            chart: chart::chart(&record, query, &local),
            guide,
            changed,
        })
    }
}
