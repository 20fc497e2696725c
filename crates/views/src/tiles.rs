//! Lines that can be drawn at any zoom: which there are, and the wearers' clocks to read them by.
//!
//! The samples themselves come as tiles, outside of pages.

use core::fmt;
use core::str::FromStr;

use physiology::{Metric, SeriesKind, SubjectId, Timestamp, Twin};
use serde::{Deserialize, Serialize};

/// What a line is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LineId {
    /// Values within the day, put together from every source that has them.
    Series(SeriesKind),
    /// A value a day, each of the preferred source that has one.
    Daily(Metric),
}

/// The text names no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLine;

impl fmt::Display for UnknownLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such line")
    }
}

impl core::error::Error for UnknownLine {}

/// As in addresses: `s.heart_rate`, `d.spo2_night`.
impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Series(kind) => write!(f, "s.{}", kind.id()),
            Self::Daily(metric) => write!(f, "d.{}", metric.id()),
        }
    }
}

impl FromStr for LineId {
    type Err = UnknownLine;

    fn from_str(text: &str) -> Result<Self, UnknownLine> {
        let line = match text.split_once('.') {
            Some(("s", id)) => SeriesKind::from_id(id).map(Self::Series),
            Some(("d", id)) => Metric::from_id(id).map(Self::Daily),
            _ => None,
        };
        line.ok_or(UnknownLine)
    }
}

/// A twin's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is of.
    pub id: LineId,
    /// Whose.
    pub twin: Twin,
    /// Whose, as in addresses.
    pub subject: SubjectId,
    /// The first sample.
    pub first_at: Timestamp,
    /// The last sample.
    pub last_at: Timestamp,
    /// The finest level of tiles there is: below it, its tiles are shown larger.
    pub finest_level: u8,
    /// From one sample to the next where nothing is missing, ms; of several sources the longest.
    pub interval_ms: u32,
    /// Another one whenever any of its tiles may have changed. A tile asked for with it may be kept.
    pub revision: u64,
}

/// When a wearer's clock was put on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WearerClock {
    /// Whose.
    pub subject: SubjectId,
    /// From when it was how far ahead of UTC, s, oldest first, no two alike in a row. What the first
    /// says holds before it too; without any, the clock is not known, and UTC stands in.
    pub steps: Vec<(Timestamp, i32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_named_in_addresses() {
        let series = SeriesKind::ALL.into_iter().map(LineId::Series);
        let daily = Metric::ALL.iter().copied().map(LineId::Daily);
        for line in series.chain(daily) {
            assert_eq!(line.to_string().parse(), Ok(line));
        }
        assert_eq!(
            "s.heart_rate".parse(),
            Ok(LineId::Series(SeriesKind::HeartRate))
        );
        assert_eq!("d.spo2_night".parse(), Ok(LineId::Daily(Metric::Spo2Night)));
        for text in [
            "",
            "s",
            "s.",
            "d.heart_rate",
            "s.spo2_night",
            "x.steps",
            "s.s.steps",
            "S.met",
        ] {
            assert_eq!(text.parse::<LineId>(), Err(UnknownLine), "{text}");
        }
    }
}
