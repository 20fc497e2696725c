//! The domain of Acclimate, pure: what is measured, when, of whom, and what it means.
//!
//! Nothing here does I/O, reads a clock or knows a vendor's field names, and all of it compiles
//! to WebAssembly. Every formula and threshold names its source where it is defined.

pub mod alarm;
pub mod altitude;
pub mod baseline;
pub mod day;
pub mod itinerary;
pub mod metric;
pub mod pair;
pub mod reading;
pub mod series;
pub mod source;
pub mod subject;
pub mod time;

pub use day::{Day, DayRange};
pub use itinerary::{Itinerary, Waypoint};
pub use metric::Metric;
pub use reading::{Measurement, Missing, Quality, Reading};
pub use series::{SeriesKind, SeriesPoint};
pub use source::{Source, Vendor};
pub use subject::{SubjectId, Twin};
pub use time::Timestamp;
