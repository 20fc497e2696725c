//! Where a value comes from.

use serde::{Deserialize, Serialize};

/// A maker of wearables whose cloud we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// Oura: a ring, worn day and night.
    Oura,
    /// Polar: a strap or watch, worn in training and, some, at night.
    Polar,
}

impl Vendor {
    /// Every vendor, in the order pages list them.
    pub const ALL: [Self; 2] = [Self::Oura, Self::Polar];

    /// The name in URLs, in the store and in configuration: `oura`, `polar`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Oura => "oura",
            Self::Polar => "polar",
        }
    }

    /// The name as its maker writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oura => "Oura",
            Self::Polar => "Polar",
        }
    }

    /// The inverse of [`Vendor::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vendor| vendor.id() == id)
    }
}

/// The provenance of a value. Two sources of one metric are kept apart and never averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Reported by the Oura cloud.
    Oura,
    /// Reported by the Polar cloud.
    Polar,
    /// Taken from the itinerary.
    Itinerary,
    /// Computed by Acclimate from other values.
    Computed,
}

impl Source {
    /// The name in the store: `oura`, `polar`, `itinerary`, `computed`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Oura => "oura",
            Self::Polar => "polar",
            Self::Itinerary => "itinerary",
            Self::Computed => "computed",
        }
    }

    /// The name on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oura => "Oura",
            Self::Polar => "Polar",
            Self::Itinerary => "Itinerary",
            Self::Computed => "Acclimate",
        }
    }

    /// The inverse of [`Source::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Oura, Self::Polar, Self::Itinerary, Self::Computed]
            .into_iter()
            .find(|source| source.id() == id)
    }
}

impl From<Vendor> for Source {
    fn from(vendor: Vendor) -> Self {
        match vendor {
            Vendor::Oura => Self::Oura,
            Vendor::Polar => Self::Polar,
        }
    }
}
