//! The overview: both twins on one screen.

use physiology::alarm::Priority;
use physiology::baseline::{Band, Position};
use physiology::pair::{GapTrend, PairDay};
use physiology::{Day, DayRange, Metric, Missing, Quality, Source, Timestamp, Twin, Waypoint};
use serde::{Deserialize, Serialize};

use crate::status::Changed;
use crate::{Guide, PageHead};

/// Everything on the overview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The six tiles, in order.
    pub tiles: Vec<Tile>,
    /// The chart of the chosen metric.
    pub chart: MetricChart,
    /// What is left to do, until both twins have a reading.
    pub guide: Option<Guide>,
    /// What changed, and why it matters.
    pub changed: Changed,
}

/// One metric of both twins: the newest day that has a value, each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// Which metric.
    pub metric: Metric,
    /// The values, A first.
    pub values: [TileValue; 2],
    /// A − B, where both values are of the same day.
    pub difference: Option<Difference>,
    /// The small curve.
    pub spark: Spark,
    /// The alarm that stands on this tile, if any: priority, whose, limit.
    pub alarm: Option<TileAlarm>,
}

/// The alarm tag of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TileAlarm {
    /// How soon somebody must act.
    pub priority: Priority,
    /// Whose.
    pub twin: Twin,
    /// The limit it is under.
    pub limit: f64,
}

/// One twin's value on a tile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TileValue {
    /// There is a value.
    Measured {
        /// In the metric's unit, unrounded.
        value: f64,
        /// The day it is of.
        day: Day,
        /// When what was measured ended.
        measured_at: Timestamp,
        /// When we received it.
        received_at: Timestamp,
        /// Whose sensor.
        source: Source,
        /// Whether the whole period was measured.
        quality: Quality,
        /// Against the twin's own baseline band; none without a baseline.
        position: Option<Position>,
        /// Older than it should be, and why the newer one is missing.
        stale: Option<Missing>,
    },
    /// There never was one.
    Missing(Missing),
}

/// A − B.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// In the metric's unit.
    pub value: f64,
    /// Against the paired day before, where there is one.
    pub trend: Option<GapTrend>,
}

/// A small curve of both twins over the whole record shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spark {
    /// The day of the first value.
    pub first: Day,
    /// Twin A's values, day by day.
    pub a: Vec<Option<f64>>,
    /// Twin B's values, day by day.
    pub b: Vec<Option<f64>>,
    /// The pooled baseline band.
    pub band: Option<Band>,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
}

/// The chart of one metric: both twins, altitude below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricChart {
    /// Which metric.
    pub metric: Metric,
    /// The days shown.
    pub range: DayRange,
    /// Which choice made the range.
    pub choice: RangeChoice,
    /// Every day of the range, oldest first, missing ones with their reason.
    pub days: Vec<PairDay>,
    /// The nights before day 1, for the small baseline panel of the expedition range.
    pub baseline_days: Vec<PairDay>,
    /// Pooled baseline mean ± 2 SD.
    pub band: Option<Band>,
    /// Each twin's own baseline mean, A first.
    pub baseline_means: [Option<f64>; 2],
    /// The limit to draw.
    pub limit: Option<DrawnLimit>,
    /// The altitude profile, walked and planned.
    pub altitude: Vec<Waypoint>,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
}

/// A limit drawn across a chart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DrawnLimit {
    /// In the metric's unit.
    pub value: f64,
    /// What being under it means.
    pub priority: Priority,
}

/// Which days are shown. In the URL as `range=7d|14d|trip|all|YYYY-MM-DD..YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RangeChoice {
    /// The last 7 days, today included.
    Week,
    /// The last 14 days, today included.
    Fortnight,
    /// The expedition so far, with its baseline beside it.
    Trip,
    /// Everything there is.
    All,
    /// From one day to another, both included.
    Days(DayRange),
}

impl RangeChoice {
    /// As in the URL.
    pub fn id(self) -> String {
        match self {
            Self::Week => "7d".into(),
            Self::Fortnight => "14d".into(),
            Self::Trip => "trip".into(),
            Self::All => "all".into(),
            Self::Days(days) => format!("{}..{}", days.first, days.last),
        }
    }

    /// The inverse of [`RangeChoice::id`]; an error is a sentence for the page.
    pub fn from_id(id: &str) -> Result<Self, &'static str> {
        match id {
            "7d" => return Ok(Self::Week),
            "14d" => return Ok(Self::Fortnight),
            "trip" => return Ok(Self::Trip),
            "all" => return Ok(Self::All),
            _ => {}
        }
        let (first, last) = id
            .split_once("..")
            .ok_or("The range is not one of 7d, 14d, trip, all, or two dates.")?;
        let day = |text: &str| {
            text.parse::<Day>()
                .map_err(|_| "A date is written YYYY-MM-DD, for example 2026-10-13.")
        };
        let days = DayRange::new(day(first)?, day(last)?);
        if days.is_empty() {
            return Err("The last day is before the first.");
        }
        if days.len() > 3_660 {
            return Err("A range holds at most ten years.");
        }
        Ok(Self::Days(days))
    }
}
