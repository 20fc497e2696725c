//! Workouts: the week of both twins, the heart rate of a day or of one workout, and what it adds
//! up to.

use physiology::load::LoadDay;
use physiology::workout::{Activity, Totals};
use physiology::zones::Zones;
use physiology::{Day, DayRange, Missing, Source, Timestamp, Twin, Week};
use serde::{Deserialize, Serialize};

use crate::PageHead;
use crate::notes::Note;

/// Everything on the page of a week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workouts {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The week shown, as addresses name it.
    pub week: Week,
    /// Its number on the expedition, from 1; none where none of its days is of it.
    pub trip_week: Option<u32>,
    /// Which workouts are shown.
    pub filter: ActivityFilter,
    /// Its seven days, from the one weeks begin on.
    pub days: Vec<WeekDay>,
    /// What each twin's week comes to, A first.
    pub totals: [Totals; 2],
    /// Both twins over the days both have synced.
    pub compared: Compared,
    /// The day the table opens onto; none in a week without workouts.
    pub sheet: Option<Sheet>,
    /// Load of the last months.
    pub loads: LoadHistory,
}

/// One workout's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OneWorkout {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The workout; none where the address names none.
    pub workout: Option<NamedWorkout>,
}

/// A workout, and the other twin's of that day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedWorkout {
    /// Whose.
    pub twin: Twin,
    /// Its name, as in addresses.
    pub id: String,
    /// Both twins' workouts.
    pub sheet: Sheet,
}

/// Which workouts are shown. In the address as `activity=all|walking`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ActivityFilter {
    /// All of them.
    #[default]
    All,
    /// Walking, hiking and the like.
    Walking,
}

impl ActivityFilter {
    /// Both, in the order the page offers them.
    pub const ALL: [Self; 2] = [Self::All, Self::Walking];

    /// As in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Walking => "walking",
        }
    }

    /// The inverse of [`ActivityFilter::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.id() == id)
    }

    /// Whether it lets an activity through.
    pub fn shows(self, activity: &Activity) -> bool {
        match self {
            Self::All => true,
            Self::Walking => activity.is_walking(),
        }
    }
}

/// A day of the week, both twins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeekDay {
    /// The day.
    pub day: Day,
    /// Where it leads, by the itinerary: `To Namche`, `Acclimatisation`, `Home`.
    pub stage: Option<String>,
    /// The twins' days, A first.
    pub cells: [DayCell; 2],
}

/// One twin's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayCell {
    /// What was done, each activity once, in order.
    pub activities: Vec<Activity>,
    /// What it comes to.
    pub totals: Totals,
    /// Why there is nothing; none where there is.
    pub none: Option<NoWorkout>,
}

impl DayCell {
    /// Whether what happened that day is known, be it nothing.
    pub const fn is_known(&self) -> bool {
        matches!(
            self.none,
            None | Some(NoWorkout::Rest | NoWorkout::OtherActivity)
        )
    }
}

/// Why a day has no workout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoWorkout {
    /// The day is synced, and nobody recorded a workout.
    Rest,
    /// There are workouts, none of the kind shown.
    OtherActivity,
    /// Today, so far.
    NoneYet,
    /// The day is still to come.
    Ahead,
    /// It cannot be known.
    Unknown(Missing),
}

impl NoWorkout {
    /// The reason as a short sentence for the page.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Rest => "Rest",
            Self::OtherActivity => "No walking",
            Self::NoneYet => "None yet",
            Self::Ahead => "Ahead",
            Self::Unknown(missing) => missing.sentence(),
        }
    }
}

/// Both twins over the same days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The days both have synced.
    pub days: usize,
    /// What each twin's come to on these days, A first.
    pub totals: [Totals; 2],
}

/// The workouts of a day side by side, on one axis of time.
///
/// Times are seconds after local midnight of the day, each twin's on the own wall clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The day.
    pub day: Day,
    /// Where it leads, by the itinerary.
    pub stage: Option<String>,
    /// From the first start, s.
    pub from_s: i32,
    /// To the last end, s.
    pub to_s: i32,
    /// How far each twin's wall clock is ahead of UTC, s, A first.
    pub utc_offset_s: [i32; 2],
    /// The twins, A first.
    pub twins: [TwinSheet; 2],
    /// The altitude by the itinerary over these hours: s after midnight, m. Empty without one.
    pub altitude: Vec<(i32, f64)>,
    /// Where these hours begin and end.
    pub places: [Option<String>; 2],
    /// How far the party's clock was ahead of UTC that day, s.
    pub party_offset_s: i32,
    /// What people noted in these hours, oldest first.
    pub notes: Vec<Note>,
    /// Whether whoever looks may write notes.
    pub may_note: bool,
}

impl Sheet {
    /// Where an instant lies on a twin's own clock, s after its midnight.
    pub fn second_of(&self, at: Timestamp, twin: Twin) -> i64 {
        let offset_s = self.utc_offset_s[usize::from(twin == Twin::B)];
        self.day.second_of(at, offset_s)
    }

    /// The instant at a second of the axis: by the party's clock where the twins' differ.
    pub fn instant(&self, second: i64) -> Timestamp {
        let [a, b] = self.utc_offset_s;
        let offset_s = if a == b { a } else { self.party_offset_s };
        self.day.at_second(second, offset_s)
    }
}

/// One twin's side of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TwinSheet {
    /// The workouts, in order of time.
    pub workouts: Vec<WorkoutLine>,
    /// Why there is none; none where there is.
    pub none: Option<NoWorkout>,
    /// What they come to, as the vendors tell.
    pub totals: Totals,
    /// The heart rate over them.
    pub trace: HeartTrace,
    /// The zones, and what they rest on; the reason where there are none.
    pub zones: Result<HeartZones, Lacking>,
    /// What the heart rate comes to; the reason where there is none.
    pub heart: Result<HeartFigures, Lacking>,
}

/// One workout in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkoutLine {
    /// Its name, as in `/workouts/{id}`.
    pub id: String,
    /// What was done.
    pub activity: Activity,
    /// What the wearer called it.
    pub label: Option<String>,
    /// When it began, s after local midnight.
    pub from_s: i32,
    /// When it ended, s after local midnight.
    pub to_s: i32,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Energy, kcal.
    pub calories_kcal: Option<f64>,
    /// Polar's cardio load, AU.
    pub cardio_load: Option<f64>,
    /// Who tells of it.
    pub sources: Vec<Source>,
}

/// Heart rate over time, thinned to what a picture shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HeartTrace {
    /// Stretches without a gap: s after local midnight, bpm.
    pub runs: Vec<Vec<(i32, u16)>>,
    /// The gaps within a workout: from, to, s after local midnight.
    pub gaps: Vec<(i32, i32)>,
    /// From one sample to the next as recorded, s.
    pub interval_s: Option<f64>,
}

/// A twin's zones, and where they come from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeartZones {
    /// The zones.
    pub zones: Zones,
    /// Maximal heart rate, bpm.
    pub max_bpm: Option<f64>,
    /// Where the maximal heart rate comes from.
    pub max_from: Provenance,
}

/// How something about a person came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provenance {
    /// Entered in the settings.
    Entered,
    /// Computed from the age entered there.
    FromAge,
    /// The highest, or the mean, of what was measured so far.
    Measured,
}

/// What the heart rate of a twin's workouts comes to, computed from the samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeartFigures {
    /// Mean, bpm, over the time recorded.
    pub average_bpm: f64,
    /// Highest, bpm.
    pub max_bpm: f64,
    /// Share of the duration that was recorded, 0 to 1.
    pub recorded_share: f64,
    /// Time in each zone, the lowest first, s.
    pub in_zone_s: Option<[f64; 5]>,
    /// TRIMP by Banister.
    pub banister: Result<f64, Lacking>,
    /// TRIMP by Edwards.
    pub edwards: Result<f64, Lacking>,
    /// The resting heart rate Banister's rests on, bpm.
    pub rest_bpm: Option<f64>,
    /// Where the resting heart rate comes from.
    pub rest_from: Provenance,
}

/// What a figure would need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lacking {
    /// There was no workout.
    Workout,
    /// Nobody recorded the heart rate of it.
    HeartRate,
    /// No maximal heart rate, no age, nothing measured.
    MaxHeartRate,
    /// No resting heart rate, nothing measured.
    RestingHeartRate,
    /// The sex, which the formula differs by.
    Sex,
}

impl Lacking {
    /// The reason as a short sentence for the page.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Workout => "No workout",
            Self::HeartRate => "No heart rate recorded",
            Self::MaxHeartRate => "Maximal heart rate unknown",
            Self::RestingHeartRate => "Resting heart rate unknown",
            Self::Sex => "Sex not entered",
        }
    }
}

/// Load day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadHistory {
    /// The days shown; empty where no load is known.
    pub days: DayRange,
    /// Each twin's days, A first; a twin without any load has none.
    pub twins: [Vec<LoadDay>; 2],
    /// The first day each twin's load is known of: the long mean takes every day before it for one
    /// without load.
    pub known_from: [Option<Day>; 2],
}
