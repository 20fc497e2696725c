use physiology::Day;
use serde::Deserialize;

/// Something the wearer wrote down.
#[derive(Clone, PartialEq, Deserialize)]
pub struct EnhancedTag {
    /// The day it began.
    pub start_day: Day,
    /// When it began, local time as Oura wrote it.
    pub start_time: String,
    /// The day it ended.
    pub end_day: Option<Day>,
    /// When it ended, local time as Oura wrote it.
    pub end_time: Option<String>,
    /// What it is: `tag_generic_headache`, `custom` …
    pub tag_type_code: Option<String>,
    /// The wearer's own name for it.
    pub custom_name: Option<String>,
    /// What the wearer added.
    pub comment: Option<String>,
}
