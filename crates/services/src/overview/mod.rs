//! The overview: both twins on one screen.

mod chart;
mod tiles;

use physiology::Metric;
use store::Viewer;
use views::Overview;
use views::overview::{RangeChoice, Tile};

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
        let metrics = Metric::OVERVIEW.into_iter().chain(STATUS_METRICS);
        let metrics = metrics.chain([Metric::LoadRatio, query.metric]);
        let mut known = self.known(&visible, &pair, metrics).await?;

        let have = crate::guide::have_readings(&pair, &known.readings);
        let guide = if have == [true, true] {
            None
        } else {
            let guide = self.guide_of(viewer, &pair, have, &known.connections, &known.syncs);
            Some(guide.await?)
        };
        let load_ratios: Vec<_> = known
            .readings
            .iter()
            .filter(|reading| reading.metric == Metric::LoadRatio)
            .cloned()
            .collect();
        if query.metric != Metric::LoadRatio {
            known
                .readings
                .retain(|reading| reading.metric != Metric::LoadRatio);
        }
        let (record, local) = (known.record(&pair), &known.local);
        let head = known.head(viewer, &record);
        let tiles: Vec<Tile> = Metric::OVERVIEW
            .map(|metric| tiles::tile(&record, metric, local, &head.alarms))
            .into();
        let changed = status::changed(&status::Known {
            record: &record,
            load_ratios: &load_ratios,
            local,
            tiles: &tiles,
            alarms: &head.alarms,
            connections: &known.connections,
            syncs: &known.syncs,
        });
        Ok(Overview {
            head,
            tiles,
            chart: chart::chart(&record, query, local),
            guide,
            changed,
        })
    }
}
