//! One day of both twins: last night, then heart rate around the clock.
//!
//! Times are seconds after the midnight the page's day begins with, on the clock the page shows:
//! the evening before is negative. So the two twins lie on one axis, each by its own wall clock or
//! both by one, and nothing has to be shifted in the browser.

use physiology::{Day, Metric, Missing, Reading, Source, StageSpan, Timestamp, Twin};
use serde::{Deserialize, Serialize};

use crate::PageHead;
use crate::notes::Note;
use crate::workouts::{HeartZones, Lacking};

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayView {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The day shown.
    pub day: Day,
    /// The oldest day with data of either twin.
    pub oldest: Option<Day>,
    /// The newest day with data of either twin.
    pub newest: Option<Day>,
    /// The day's number in the itinerary, from 1.
    pub day_number: Option<u32>,
    /// Where the night was slept.
    pub place: Option<String>,
    /// The altitude slept at, m.
    pub sleeping_altitude_m: Option<f64>,
    /// Whose clock the page shows.
    pub clock: ClockChoice,
    /// How far each twin's own clock was ahead of UTC that morning, s, A first.
    pub own_offsets_s: [i32; 2],
    /// How far the party's clock was ahead of UTC that day, s.
    pub party_offset_s: i32,
    /// Last night.
    pub nights: Nights,
    /// The day's heart rate, A first.
    pub hearts: [HeartDay; 2],
    /// What people noted from the evening before to midnight, oldest first.
    pub notes: Vec<Note>,
    /// Whether whoever looks may write notes.
    pub may_note: bool,
}

impl DayView {
    /// How far the clock shown for a twin is ahead of UTC, s.
    pub const fn offset_s(&self, twin: Twin) -> i32 {
        match (self.clock, twin) {
            (ClockChoice::Shared, _) => self.party_offset_s,
            (ClockChoice::Own, Twin::A) => self.own_offsets_s[0],
            (ClockChoice::Own, Twin::B) => self.own_offsets_s[1],
        }
    }

    /// The instant at a second of the axis: by the party's clock where the twins' differ.
    pub fn instant(&self, second: i64) -> Timestamp {
        let [a, b] = Twin::BOTH.map(|twin| self.offset_s(twin));
        let offset_s = if a == b { a } else { self.party_offset_s };
        self.day.at_second(second, offset_s)
    }
}

/// Whose clock the page shows. In the URL as `clock=own|shared`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockChoice {
    /// Each twin's own wall clock: what they did at the same hour of their day.
    #[default]
    Own,
    /// The party's clock for both: what they did at the same instant.
    Shared,
}

impl ClockChoice {
    /// Both, in the order pages list them.
    pub const ALL: [Self; 2] = [Self::Own, Self::Shared];

    /// As in the URL.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
        }
    }

    /// The inverse of [`ClockChoice::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|clock| clock.id() == id)
    }
}

/// How the two nights lie over one another. In the URL as `align=clock|onset`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Alignment {
    /// By the clock shown.
    #[default]
    Clock,
    /// By when each twin fell asleep.
    Onset,
}

impl Alignment {
    /// Both, in the order pages list them.
    pub const ALL: [Self; 2] = [Self::Clock, Self::Onset];

    /// As in the URL.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Onset => "onset",
        }
    }

    /// The inverse of [`Alignment::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

/// A sample: when, s after midnight on the clock shown, and its value.
pub type ClockSample = (i32, f64);

/// A stretch of the clock shown, s after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSpan {
    /// When it begins.
    pub from_s: i32,
    /// When it ends.
    pub to_s: i32,
}

/// The night that ended on the day, of both twins on one axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nights {
    /// The stretch drawn.
    pub axis: ClockSpan,
    /// The twins' nights, A first.
    pub twins: [Night; 2],
    /// The night's daily values, in order.
    pub totals: Vec<NightTotal>,
}

/// A daily value of the night.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NightTotal {
    /// Which metric.
    pub metric: Metric,
    /// The values, A first.
    pub values: [Reading; 2],
}

/// One twin's night.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Night {
    /// There is one.
    Slept(SleptNight),
    /// There is none, for this reason.
    Missing(Missing),
}

impl Night {
    /// The night, where there is one.
    pub const fn slept(&self) -> Option<&SleptNight> {
        match self {
            Self::Slept(night) => Some(night),
            Self::Missing(_) => None,
        }
    }
}

/// A night as one device recorded it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SleptNight {
    /// Whose sensor.
    pub source: Source,
    /// The main sleeps, oldest first: one, or two where the night was broken.
    pub sleeps: Vec<ClockSpan>,
    /// The course of the night.
    pub stages: Vec<StageSpan>,
    /// Heart rate asleep, bpm, every 5 minutes.
    pub heart_rate: Vec<ClockSample>,
    /// RMSSD asleep, ms, every 5 minutes.
    pub hrv: Vec<ClockSample>,
    /// Hour by hour, those with any sample.
    pub hours: Vec<NightHour>,
}

/// An hour of a night.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NightHour {
    /// When it begins, s after midnight on the clock shown.
    pub from_s: i32,
    /// Mean heart rate, bpm.
    pub heart_rate: Option<f64>,
    /// Mean RMSSD, ms.
    pub hrv: Option<f64>,
}

/// One twin's heart rate from midnight to midnight on the clock shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeartDay {
    /// The samples and what they come to, or why there are none.
    pub trace: Trace,
    /// The twin's five zones and where they come from, or what is lacking for any.
    pub zones: Result<HeartZones, Lacking>,
    /// Times in bed.
    pub asleep: Vec<ClockSpan>,
    /// Workouts.
    pub workouts: Vec<WorkoutSpan>,
}

/// A day's samples, or the reason why there are none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Trace {
    /// There are some.
    Measured(HeartTrace),
    /// There are none, for this reason.
    Missing(Missing),
}

impl Trace {
    /// The samples, where there are any.
    pub const fn measured(&self) -> Option<&HeartTrace> {
        match self {
            Self::Measured(trace) => Some(trace),
            Self::Missing(_) => None,
        }
    }
}

/// A day's samples and what they come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeartTrace {
    /// Whose sensor.
    pub source: Source,
    /// bpm, oldest first; of every five seconds at most the first, lowest, highest and last.
    pub samples: Vec<ClockSample>,
    /// Where samples are further apart or closer than before: from when, s after midnight, and how
    /// far from then on, s. Before the first, and without any, 5 minutes.
    pub intervals: Vec<(i32, i32)>,
    /// The highest, and when.
    pub peak: ClockSample,
    /// The mean over the time measured, bpm.
    pub mean_bpm: f64,
    /// How much of the day was measured, s.
    pub measured_s: i32,
    /// The mean of each hour of the day, bpm.
    pub hours: Vec<Option<f64>>,
}

/// A workout on the day's axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkoutSpan {
    /// When it was.
    pub span: ClockSpan,
    /// What was done: `Hiking`.
    pub name: String,
}
