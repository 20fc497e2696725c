//! Settings: what is known of the twins, where they go, when to raise an alarm, and how whoever
//! looks likes it written.
//!
//! A form holds what stands in its fields as text, typed or kept, and beside each what is wrong
//! with it. A form that was refused comes back as it was sent.

use physiology::alarm::Spo2Limits;
use physiology::{SubjectId, Twin, Units};
use serde::{Deserialize, Serialize};

use crate::{Guide, PageHead};

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// Whether the viewer may change what is set for the twins.
    pub may_change: bool,
    /// The twins, A first.
    pub twins: [TwinForm; 2],
    /// Their alarm limits, A first.
    pub limits: [LimitsForm; 2],
    /// Where they go.
    pub itinerary: ItineraryForm,
    /// A file to take the itinerary from.
    pub import: ImportForm,
    /// How the viewer likes amounts and times written.
    pub units: UnitsForm,
    /// What is left to do before there is anything to compare.
    pub guide: Guide,
}

/// A field: what stands in it, and what is wrong with that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// As typed, or as kept.
    pub value: String,
    /// A sentence; empty where nothing is wrong.
    pub problem: String,
}

impl Field {
    /// A field with nothing wrong.
    pub fn of(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            problem: String::new(),
        }
    }
}

/// A twin's name and profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwinForm {
    /// The side.
    pub twin: Twin,
    /// Who.
    pub subject: SubjectId,
    /// As shown beside every value.
    pub name: Field,
    /// `female`, `male`, or empty.
    pub sex: Field,
    /// Year of birth.
    pub birth_year: Field,
    /// Resting heart rate, bpm.
    pub resting_heart_rate: Field,
    /// Maximal heart rate, bpm.
    pub max_heart_rate: Field,
    /// Heart rate at the first threshold, bpm.
    pub lt1: Field,
    /// Heart rate at the second threshold, bpm.
    pub lt2: Field,
    /// The maximal heart rate that is reckoned with where none is entered, bpm.
    pub estimated_max_heart_rate: Option<u32>,
    /// Why the form as a whole was refused; empty where it was not.
    pub problem: String,
}

/// A twin's limits for the night's SpO₂.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitsForm {
    /// The side.
    pub twin: Twin,
    /// Who.
    pub subject: SubjectId,
    /// The twin's name.
    pub name: String,
    /// Below this the night is always shown, %.
    pub shown: Field,
    /// Below this at any altitude: medium, %.
    pub medium: Field,
    /// Below this at any altitude: high, %.
    pub high: Field,
    /// Below this at low altitude: high, %.
    pub high_at_low_altitude: Field,
    /// Sleeping altitudes under this are low, m.
    pub low_altitude: Field,
    /// So many SDs under what is expected: medium.
    pub expected_sds: Field,
    /// What holds until something else is set.
    pub defaults: Spo2Limits,
    /// Why the form as a whole was refused; empty where it was not.
    pub problem: String,
}

/// Where the twins go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItineraryForm {
    /// What the expedition is called.
    pub name: Field,
    /// Day 1, `YYYY-MM-DD`.
    pub first_day: Field,
    /// The last day, `YYYY-MM-DD`.
    pub last_day: Field,
    /// The altitude profile; rows left blank are no points.
    pub rows: Vec<WaypointRow>,
    /// What was read from a file, where the rows come from one.
    pub read: Option<ImportReport>,
    /// Whether the rows are not kept yet.
    pub is_draft: bool,
    /// Why the form as a whole was refused; empty where it was not.
    pub problem: String,
}

/// A point of the altitude profile, by the clock there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaypointRow {
    /// `YYYY-MM-DD`.
    pub date: Field,
    /// `HH:MM`.
    pub time: Field,
    /// Local time ahead of UTC: `+05:45`.
    pub utc_offset: Field,
    /// m.
    pub altitude: Field,
    /// What the place is called; empty on the way.
    pub place: Field,
    /// Whether it goes with the next save.
    pub remove: bool,
}

/// A file of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    /// Lines pasted instead of a file.
    pub text: String,
    /// Local time ahead of UTC, for points that do not say: `+05:45`.
    pub utc_offset: Field,
    /// Why nothing was read; empty where something was.
    pub problem: String,
}

/// What came of reading a file of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// `GPX`, `CSV`.
    pub format: String,
    /// Points that were read.
    pub read: u32,
    /// Points kept of them.
    pub kept: u32,
    /// How far any point that was left out is from the line through those kept, m.
    pub within_m: u32,
    /// What was not read, in the order of the file; the first of them where there are many.
    pub skipped: Vec<SkippedLine>,
    /// How many more were not read.
    pub more_skipped: u32,
}

/// Something in a file that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedLine {
    /// Its line, from 1.
    pub line: u32,
    /// Why, as a sentence.
    pub why: String,
}

/// How an account likes amounts and times written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsForm {
    /// What is chosen.
    pub units: Units,
    /// Why the form was refused; empty where it was not.
    pub problem: String,
}

/// A form that was sent and refused, or that is not finished: shown as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt {
    /// A twin.
    Twin(TwinForm),
    /// A twin's limits.
    Limits(LimitsForm),
    /// The itinerary.
    Itinerary(Box<ItineraryForm>),
    /// A file nothing could be made of.
    Import(ImportForm),
    /// Units and clock.
    Units(UnitsForm),
}
