use physiology::Day;
use serde::Deserialize;

/// A period of rest mode.
#[derive(Clone, PartialEq, Deserialize)]
pub struct RestModePeriod {
    /// Its first day.
    pub start_day: Day,
    /// Its last day; `None` while it lasts.
    pub end_day: Option<Day>,
}
