//! What changed with the twins and why it matters: facts, each with the rules it rests on. The app
//! writes them out in its reader's units.

use physiology::alarm::{Priority, Spo2Rule};
use physiology::baseline::Band;
use physiology::{Day, Metric, Missing, Source, Timestamp, Twin, Vendor};
use serde::{Deserialize, Serialize};

/// Everything that is told of what changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Each twin, explained, A first; empty where nothing was ever received of either.
    pub twins: Vec<Status>,
    /// Metrics in which the twins have parted, the furthest first.
    pub partings: Vec<Parting>,
    /// What changed since the night before, what stands out most first.
    pub changes: Vec<Change>,
}

/// How one twin stands, explained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Which twin.
    pub twin: Twin,
    /// What stands out, the most important first.
    pub clauses: Vec<Clause>,
    /// Why it matters; none where nothing stands out.
    pub meaning: Option<Meaning>,
    /// Points of the insight rules, 0 to 100.
    pub score: u32,
    /// Nothing came of late: how the twin is now is not known.
    pub silent: Option<Silence>,
}

/// Nothing came since a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The newest day there is anything of; none where nothing ever came.
    pub since: Option<Day>,
    /// Why nothing newer is there.
    pub why: Missing,
}

/// One metric of one twin that stands out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Which metric; its chart shows it.
    pub metric: Metric,
    /// The day of the value.
    pub day: Day,
    /// The value, in the metric's unit.
    pub value: f64,
    /// The mean of the twin's own baseline, which it is told against.
    pub baseline: Option<f64>,
    /// The rules it meets, the strongest first; never empty.
    pub rules: Vec<Rule>,
}

/// A rule, with the figures it was met with. All in the metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// A night's SpO₂ is under a limit, which is an alarm.
    Limit {
        /// The limit, %.
        limit: f64,
        /// Fixed, or what is expected at that altitude.
        kind: Spo2Rule,
        /// How soon somebody must act.
        priority: Priority,
    },
    /// Over the mean + 2 SD of the seven nights before.
    Week {
        /// Mean + 2 SD.
        limit: f64,
    },
    /// The 7-day mean of ln RMSSD is under its normal band on three days running.
    HrvBand {
        /// The mean of the newest seven days, back in ms.
        mean: f64,
        /// The lower edge of the band, back in ms.
        low: f64,
    },
    /// An insight rule: the mean of 7 days has moved from that of 30.
    Trend {
        /// Mean of the newest 7 days.
        week: f64,
        /// Mean of the newest 30 days.
        month: f64,
        /// week / month − 1.
        change: f64,
        /// Points it adds to the score.
        points: u32,
    },
    /// An insight rule: short-term over long-term load is high.
    LoadRatio {
        /// Points it adds to the score.
        points: u32,
    },
    /// Outside the mean ± 2 SD of the twin's own baseline.
    Baseline {
        /// The band.
        band: Band,
    },
    /// Outside the fences of the 90 days before.
    Fences {
        /// From the lower fence to the upper one.
        band: Band,
        /// How many values they rest on.
        count: usize,
        /// Whether those are enough to rely on.
        is_ready: bool,
    },
}

/// What a twin's clauses come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// At altitude, and further from the own baseline than the other twin in so many of SpO₂,
    /// resting heart rate and HRV.
    SlowerThanOther {
        /// Two or three.
        of_three: u32,
    },
    /// SpO₂ of the night is under a limit.
    LowOxygen,
    /// The insight rules reach 50 of 100 points.
    Strain,
    /// Outside what is usual for this twin.
    Unusual,
}

/// A metric in which the twins have parted: EWMA of A − B against its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Parting {
    /// Which metric.
    pub metric: Metric,
    /// The first day outside the limits.
    pub since: Day,
    /// Whether A is higher against B than at baseline.
    pub a_is_higher: bool,
    /// How far the EWMA is from the baseline's mean difference, in the baseline's SDs; signed.
    pub ewma_sds: f64,
}

/// One change since the night before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// Data does not come as it did.
    Trouble {
        /// Whose, A first.
        twins: [bool; 2],
        /// From whom.
        vendor: Vendor,
        /// Why.
        trouble: Trouble,
        /// When data last came.
        since: Option<Timestamp>,
    },
    /// Nothing newer came from a source.
    Silent {
        /// Whose.
        twin: Twin,
        /// From whom.
        source: Source,
        /// The newest day there is.
        since: Day,
        /// Why nothing newer is there.
        why: Missing,
    },
    /// One twin's value moved.
    Alone {
        /// Which metric.
        metric: Metric,
        /// Whose.
        twin: Twin,
        /// From what to what.
        step: Step,
    },
    /// Both twins' values moved the same way.
    Both {
        /// Which metric.
        metric: Metric,
        /// From what to what, A first; both of one day.
        steps: [Step; 2],
    },
    /// The gap between the twins is the widest of the journey.
    Gap {
        /// Which metric.
        metric: Metric,
        /// The day.
        day: Day,
        /// The gap on the paired day before.
        before: f64,
        /// The gap now.
        gap: f64,
    },
}

/// Why data does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// There were data, and there is no connection any more.
    Disconnected,
    /// The vendor does not renew the sign-in.
    SignInEnded,
    /// So many collections failed in the last sync.
    Failed {
        /// How many failed.
        failed: u32,
        /// Out of how many.
        of: u32,
    },
}

/// One twin's step from the day before to the newest day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The newest day.
    pub day: Day,
    /// The value of the day before.
    pub before: f64,
    /// The value.
    pub value: f64,
    /// Whether it is the most extreme of the journey so far.
    pub extreme: Option<Extreme>,
}

impl Step {
    /// By how much it moved.
    pub fn change(&self) -> f64 {
        self.value - self.before
    }
}

/// Beyond every earlier value of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extreme {
    /// Over them.
    Highest,
    /// Under them.
    Lowest,
}
