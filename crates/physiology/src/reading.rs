//! A value, or the reason why there is none.

use serde::{Deserialize, Serialize};

use crate::source::Source;
use crate::time::Timestamp;

/// One metric of one subject on one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// There is a value.
    Measured(Measurement),
    /// There is none, for this reason.
    Missing(Missing),
}

impl Reading {
    /// The value, where there is one.
    pub const fn value(&self) -> Option<f64> {
        match self {
            Self::Measured(measurement) => Some(measurement.value),
            Self::Missing(_) => None,
        }
    }
}

/// A measured value, in its metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The value, in the metric's unit, unrounded.
    pub value: f64,
    /// When what was measured ended: the end of the night, of the day, of the workout.
    pub measured_at: Timestamp,
    /// Whose sensor and algorithm.
    pub source: Source,
    /// Whether the whole period was measured.
    pub quality: Quality,
}

/// How much of the period a value speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// The whole period, as far as the vendor tells.
    Complete,
    /// Part of it: the day is not over, or the record has holes.
    Partial,
}

impl Quality {
    /// The name in the store: `complete`, `partial`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
        }
    }

    /// The inverse of [`Quality::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Complete, Self::Partial]
            .into_iter()
            .find(|quality| quality.id() == id)
    }
}

/// Why there is no value. Never a zero, never a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Missing {
    /// The twin's account is not connected to a vendor that measures this.
    NotConnected,
    /// Connected, but the twin did not grant access to this collection.
    NotGranted,
    /// The vendor has nothing newer yet: the wearable has not been synced with its phone.
    NotSynced,
    /// The vendor has the day, and the wearable was not worn.
    NotWorn,
    /// The vendor has the day, without this value.
    VendorHasNone,
}

impl Missing {
    /// The reason as a short sentence for the page.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotConnected => "Not connected",
            Self::NotGranted => "Access not granted",
            Self::NotSynced => "Not synced yet",
            Self::NotWorn => "Not worn",
            Self::VendorHasNone => "Not measured",
        }
    }
}
