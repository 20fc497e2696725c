//! What is known of a person beside what is measured.

use serde::{Deserialize, Serialize};

/// A person's sex, as formulas that differ by it need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// `female`, `male`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The inverse of [`Sex::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Female, Self::Male]
            .into_iter()
            .find(|sex| sex.id() == id)
    }
}

/// What is known of a person; everything may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// For formulas that differ by it.
    pub sex: Option<Sex>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Resting heart rate, bpm, for heart-rate reserve.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Maximal heart rate, bpm.
    pub max_heart_rate_bpm: Option<f64>,
    /// Heart rate at the first lactate or ventilatory threshold, bpm.
    pub lt1_bpm: Option<f64>,
    /// Heart rate at the second threshold, bpm.
    pub lt2_bpm: Option<f64>,
}

impl Profile {
    /// The maximal heart rate, as entered, else 208 − 0.7 × age (Tanaka, Monahan and Seals, J Am
    /// Coll Cardiol 2001) in `year`; unknown where neither is.
    pub fn max_heart_rate_bpm(&self, year: i32) -> Option<f64> {
        self.max_heart_rate_bpm.or_else(|| {
            let age = f64::from(year - self.birth_year?);
            Some(208.0 - 0.7 * age)
        })
    }
}
