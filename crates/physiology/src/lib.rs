//! The domain of Acclimate, pure: what is measured, when, of whom, and what it means.
//!
//! Nothing here does I/O, reads a clock or knows a vendor's field names, and all of it compiles
//! to WebAssembly. Every formula and threshold names its source where it is defined.

pub mod acclimatisation;
pub mod agreement;
pub mod alarm;
pub mod altitude;
pub mod anomaly;
pub mod baseline;
pub mod bucket;
pub mod clock;
pub mod day;
pub mod divergence;
pub mod hrv;
pub mod insight;
pub mod itinerary;
pub mod itinerary_risk;
pub mod load;
pub mod metric;
pub mod note;
mod numeric;
pub mod pair;
pub mod profile;
pub mod reading;
pub mod series;
pub mod sleep;
pub mod source;
pub mod subject;
pub mod time;
pub mod units;
pub mod week;
pub mod workout;
pub mod written;
pub mod zones;

pub use day::{Day, DayRange};
pub use itinerary::{Itinerary, MID_SLEEP_LOCAL_S, Waypoint};
pub use metric::Metric;
pub use note::NoteId;
pub use profile::{Profile, Sex};
pub use reading::{Measurement, Missing, Quality, Reading};
pub use series::{SeriesKind, SeriesPoint};
pub use sleep::{SleepStage, StageSpan};
pub use source::{Source, Vendor};
pub use subject::{SubjectId, Twin};
pub use time::Timestamp;
pub use units::Units;
pub use week::Week;
pub use workout::Workout;
pub use written::Written;
