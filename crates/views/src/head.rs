//! The head of every page: where the expedition stands, and what needs action.

use physiology::alarm::{Priority, Spo2Rule};
use physiology::{Day, Metric, Source, Timestamp, Twin, Units};
use serde::{Deserialize, Serialize};

/// What every page begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageHead {
    /// The server's clock when this was made; ages count from here.
    pub now: Timestamp,
    /// Local time where the party is, ahead of UTC, s.
    pub utc_offset_s: i32,
    /// Today there.
    pub today: Day,
    /// Where the expedition stands; none without an itinerary.
    pub expedition: Option<ExpeditionStatus>,
    /// The twins' names, A first.
    pub names: [String; 2],
    /// When any collection of either twin was last synced without error.
    pub last_sync_at: Option<Timestamp>,
    /// What needs action, the most urgent first.
    pub alarms: Vec<AlarmLine>,
    /// How whoever looks likes amounts and times written.
    pub units: Units,
}

/// Where the expedition stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExpeditionStatus {
    /// The itinerary's name.
    pub name: String,
    /// Today's number, from 1; none before the start and after the end.
    pub day_number: Option<u32>,
    /// Days from today to day 1; 0 or less once it has started.
    pub days_to_start: i64,
    /// How many days the journey takes.
    pub length_days: u32,
    /// The altitude now, by the itinerary, m.
    pub altitude_m: Option<f64>,
    /// The place last reached.
    pub place: Option<String>,
    /// The next place on the way.
    pub next: Option<NextPlace>,
}

/// A place still ahead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextPlace {
    /// What it is called.
    pub place: String,
    /// Its altitude, m.
    pub altitude_m: f64,
}

/// One alarm, spelled out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlarmLine {
    /// How soon somebody must act.
    pub priority: Priority,
    /// Whose.
    pub twin: Twin,
    /// The twin's name.
    pub name: String,
    /// Which metric.
    pub metric: Metric,
    /// The value, unrounded.
    pub value: f64,
    /// The limit it is under.
    pub limit: f64,
    /// By which rule.
    pub rule: Spo2Rule,
    /// The day of the value.
    pub day: Day,
    /// Whose sensor.
    pub source: Source,
    /// When what was measured ended.
    pub measured_at: Timestamp,
    /// When we received it.
    pub received_at: Timestamp,
}
