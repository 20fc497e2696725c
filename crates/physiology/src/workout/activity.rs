//! What was done: the vendors' hundreds of words for it, as one id.

use core::fmt;

use serde::{Deserialize, Serialize};

/// What was done, as an id: `hiking`, `strength_training`. Vendors have hundreds of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Activity(String);

/// Going on foot, uphill or not, at a walk.
const WALKING: [&str; 9] = [
    "backpacking",
    "climbing_stairs",
    "hiking",
    "mountaineering",
    "nordic_walking",
    "rucking",
    "snowshoeing",
    "trekking",
    "walking",
];

/// The longest id that is kept, in letters.
const LONGEST_ACTIVITY: usize = 60;

impl Activity {
    /// From a vendor's word for it, in whatever case: `HIKING`, `strengthTraining`.
    pub fn of(word: &str) -> Self {
        let mut id = String::with_capacity(word.len());
        let mut before_is_small = false;
        for letter in word.trim().chars().take(LONGEST_ACTIVITY) {
            if letter.is_alphanumeric() {
                if letter.is_uppercase() && before_is_small {
                    id.push('_');
                }
                id.extend(letter.to_lowercase());
                before_is_small = letter.is_lowercase();
            } else if !id.is_empty() && !id.ends_with('_') {
                id.push('_');
                before_is_small = false;
            }
        }
        let id = id.trim_end_matches('_');
        Self(if id.is_empty() { "other" } else { id }.to_owned())
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.0
    }

    /// Whether the vendor says no more than that something was done.
    pub fn is_unspecific(&self) -> bool {
        matches!(self.id(), "other" | "other_indoor" | "other_outdoor")
    }

    /// Whether it is walking, hiking and the like.
    pub fn is_walking(&self) -> bool {
        WALKING.contains(&self.id())
    }
}

impl fmt::Display for Activity {
    /// The name for people: `Strength training`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.chars().enumerate() {
            match letter {
                '_' => f.write_str(" ")?,
                first if index == 0 => write!(f, "{}", first.to_uppercase())?,
                other => write!(f, "{other}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activities_are_named_alike_whoever_names_them() {
        for (word, id, name) in [
            ("HIKING", "hiking", "Hiking"),
            (
                "strength_training",
                "strength_training",
                "Strength training",
            ),
            ("strengthTraining", "strength_training", "Strength training"),
            (
                "STRENGTH-TRAINING",
                "strength_training",
                "Strength training",
            ),
            ("  ", "other", "Other"),
            ("_Ski_", "ski", "Ski"),
        ] {
            let activity = Activity::of(word);
            assert_eq!((activity.id(), activity.to_string().as_str()), (id, name));
        }
        assert!(Activity::of("NORDIC_WALKING").is_walking());
        assert!(!Activity::of("RUNNING").is_walking());
        assert!(Activity::of("OTHER").is_unspecific());
    }
}
