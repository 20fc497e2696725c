//! Compare: any metrics of both twins, stacked on one time axis, and how far the twins agree.

use physiology::acclimatisation::ExponentialFit;
use physiology::agreement::Agreement;
use physiology::anomaly::Fences;
use physiology::baseline::{Band, Position};
use physiology::divergence::Divergence;
use physiology::itinerary_risk::RiskAssessment;
use physiology::pair::PairDay;
use physiology::{
    Day, DayRange, Measurement, Metric, Missing, Quality, Reading, SeriesKind, Source, Timestamp,
    Twin, Waypoint,
};
use serde::{Deserialize, Serialize};

use crate::PageHead;
use crate::notes::Note;
use crate::overview::{DrawnLimit, RangeChoice};
use crate::tiles::Line;

/// A page shows at most so many metrics.
pub const MOST_METRICS: usize = 12;

/// What can be shown sample by sample under the metrics. Heart rate holds that of workouts; stages of
/// sleep are no line.
pub const LINES: [SeriesKind; 7] = [
    SeriesKind::HeartRate,
    SeriesKind::SleepHeartRate,
    SeriesKind::SleepHrv,
    SeriesKind::SleepRespiratoryRate,
    SeriesKind::Met,
    SeriesKind::Steps,
    SeriesKind::Altitude,
];

/// The metrics shown where the address names none, in order.
pub const DEFAULT_METRICS: [Metric; 9] = [
    Metric::Spo2Night,
    Metric::RestingHeartRate,
    Metric::HrvRmssd,
    Metric::RespiratoryRate,
    Metric::SleepScore,
    Metric::TemperatureDeviation,
    Metric::ReadinessScore,
    Metric::ActivityScore,
    Metric::StressHigh,
];

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The days shown.
    pub range: DayRange,
    /// Which choice made the range.
    pub choice: RangeChoice,
    /// Every day of the range, oldest first; every lane has a value or a reason for each.
    pub nights: Vec<Night>,
    /// The metrics shown, from the top.
    pub lanes: Vec<MetricLane>,
    /// What is shown sample by sample, from the top.
    pub lines: Vec<SampleLane>,
    /// The first metric over the whole record, whatever is shown of it.
    pub course: Course,
    /// The altitude profile, walked and planned.
    pub altitude: Vec<Waypoint>,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
    /// What happened in the range, oldest first.
    pub events: Vec<Event>,
    /// What people noted of the range, oldest first.
    pub notes: Vec<Note>,
    /// Whether whoever looks may write notes.
    pub may_note: bool,
    /// Workouts in the range, by twin and time.
    pub workouts: Vec<WorkoutStretch>,
    /// The agreement of the twins, in the chosen metric.
    pub panel: PairPanel,
    /// What altitude does to the twins; none without an itinerary.
    pub at_altitude: Option<AtAltitude>,
}

/// What a day is, whatever is measured on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Night {
    /// The day; a night belongs to the day it ends on.
    pub day: Day,
    /// Where on the time axis it is drawn.
    pub at: Timestamp,
    /// The day's number in the itinerary, from 1.
    pub day_number: Option<u32>,
    /// Sleeping altitude, m.
    pub sleeping_altitude_m: Option<f64>,
    /// Where the night was slept.
    pub place: Option<String>,
}

/// A metric over the whole record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The oldest and the newest night of the record and of what is shown.
    pub ends: [Night; 2],
    /// Tiles of each twin's values, A first, encoded, in order of time.
    pub tiles: [Vec<Vec<u8>>; 2],
}

/// One metric of both twins, night by night.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricLane {
    /// Which metric.
    pub metric: Metric,
    /// Each twin's days, A first, in the order of [`Compare::nights`].
    pub values: [Vec<LaneValue>; 2],
    /// Pooled baseline mean ± 2 SD.
    pub band: Option<Band>,
    /// Each twin's own baseline mean, A first.
    pub baseline_means: [Option<f64>; 2],
    /// The limit to draw.
    pub limit: Option<DrawnLimit>,
    /// What is to be expected of each night at its altitude, mean ± 2 SD, in the order of
    /// [`Compare::nights`]; empty for a metric nothing is known of.
    pub expected: Vec<Option<Band>>,
    /// Days outside what is usual, oldest first.
    pub anomalies: Vec<Anomaly>,
    /// The metric's line in the table of agreement.
    pub pair: PairRow,
}

/// Samples of both twins on one scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SampleLane {
    /// What is measured.
    pub kind: SeriesKind,
    /// The twins', A first.
    pub twins: [TwinSamples; 2],
    /// The lowest and the highest value of the range, in the kind's unit.
    pub scale: (f64, f64),
}

/// One twin's samples, or why there are none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TwinSamples {
    /// Where tiles of it are; none where there are no samples.
    pub line: Option<Line>,
    /// The range's tiles at a coarse level, encoded: what is drawn before finer ones come.
    pub tiles: Vec<Vec<u8>>,
    /// Borders of the five zones, bpm; none but of heart rate, and where they are not known.
    pub zones_bpm: Option<[f64; 6]>,
    /// Why there is none.
    pub missing: Option<Missing>,
}

/// One twin's day. Short on the wire: a page holds thousands of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum LaneValue {
    /// There is a value, in the metric's unit, unrounded; from whom; whether of the whole period.
    #[serde(rename = "v")]
    Measured(f64, Source, Quality),
    /// There is none, for this reason.
    #[serde(rename = "m")]
    Missing(Missing),
}

impl LaneValue {
    /// What a reading is on this page.
    pub const fn of(reading: &Reading) -> Self {
        match reading {
            Reading::Measured(measured) => {
                Self::Measured(measured.value, measured.source, measured.quality)
            }
            Reading::Missing(reason) => Self::Missing(*reason),
        }
    }

    /// As a reading of a night. When it was measured does not travel: it is dated by the night.
    pub const fn reading(self, night: &Night) -> Reading {
        match self {
            Self::Measured(value, source, quality) => Reading::Measured(Measurement {
                value,
                measured_at: night.at,
                source,
                quality,
            }),
            Self::Missing(reason) => Reading::Missing(reason),
        }
    }
}

impl MetricLane {
    /// The lane's days as charts take them.
    pub fn days(&self, nights: &[Night]) -> Vec<PairDay> {
        let [a, b] = &self.values;
        nights
            .iter()
            .zip(a.iter().zip(b))
            .map(|(night, (a, b))| PairDay {
                day: night.day,
                at: night.at,
                a: a.reading(night),
                b: b.reading(night),
                day_number: night.day_number,
                sleeping_altitude_m: night.sleeping_altitude_m,
                place: night.place.clone(),
            })
            .collect()
    }
}

/// A day outside what is usual for a twin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Anomaly {
    /// The day.
    pub day: Day,
    /// Whose.
    pub twin: Twin,
    /// The value, unrounded.
    pub value: f64,
    /// The fences it is outside of: those of the 90 days before it.
    pub fences: Fences,
    /// Where it lies against the twin's own baseline band; none without a baseline.
    pub against_baseline: Option<Position>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// On which day.
    pub day: Day,
    /// What.
    pub kind: EventKind,
}

/// A workout on the time axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkoutStretch {
    /// Whose.
    pub twin: Twin,
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub to: Timestamp,
    /// What was done: `Hiking`.
    pub name: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// The party arrived somewhere that has a name.
    Arrival {
        /// When.
        at: Timestamp,
        /// Where.
        place: String,
        /// How high, m.
        altitude_m: f64,
    },
    /// A twin recorded a workout.
    Workout {
        /// Whose.
        twin: Twin,
    },
}

/// A metric's agreement, before the expedition and on it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// Over the pairs of the baseline.
    pub baseline: Option<Agreement>,
    /// Over the pairs of the trip.
    pub trip: Option<Agreement>,
    /// Of the trip's pairs, how many there are.
    pub trip_count: usize,
    /// Of them, how many are outside the baseline's spread limits; none without limits.
    pub outside: Option<usize>,
}

/// The agreement of the twins in one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairPanel {
    /// Which metric.
    pub metric: Metric,
    /// Days both have a value of, oldest first: the whole baseline and trip, whatever is shown.
    pub pairs: Vec<Pair>,
    /// What came of them.
    pub row: PairRow,
    /// The newest divergence, where there was one.
    pub divergence: Option<Divergence>,
    /// Sources both twins' values come from; two different ones confound twin and sensor.
    pub sources: [Vec<Source>; 2],
}

/// A day both twins have a value of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The day.
    pub day: Day,
    /// Twin A's value.
    pub a: f64,
    /// Twin B's value.
    pub b: f64,
    /// The day's number in the itinerary.
    pub day_number: Option<u32>,
    /// Whether the day is of the baseline.
    pub is_baseline: bool,
}

/// What altitude does to the twins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AtAltitude {
    /// Each twin's newest night against what is expected of it, A first.
    pub expected: [Option<ExpectedNight>; 2],
    /// How SpO₂ and resting heart rate settle.
    pub settling: Vec<Settling>,
    /// How risky the itinerary is by the way it climbs.
    pub risk: Option<RiskAssessment>,
}

/// A night's SpO₂ against what is expected at its altitude.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExpectedNight {
    /// The day.
    pub day: Day,
    /// The night's SpO₂, %.
    pub value: f64,
    /// Where it was slept, m.
    pub altitude_m: f64,
    /// Nights in a row at that altitude, this one included.
    pub nights: u32,
    /// The mean expected, %.
    pub mean: f64,
    /// The mean ± 2 SD, %.
    pub band: Band,
}

/// How a metric settles at altitude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settling {
    /// Which metric.
    pub metric: Metric,
    /// Each twin's, A first.
    pub twins: [SettlingTwin; 2],
    /// The lowest and the highest altitude slept at meanwhile, m.
    pub altitudes_m: Option<(f64, f64)>,
}

/// One twin's nights at altitude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlingTwin {
    /// Nights since the first at altitude, and the value.
    pub points: Vec<(f64, f64)>,
    /// The curve through them; none where there are too few, or none settles.
    pub fit: Option<ExponentialFit>,
}
