//! What people enter or do by hand: breathing exercises, tags, rest mode.

use physiology::Timestamp;

use super::{Person, Stream, World};

/// A guided moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moment {
    pub(crate) kind: &'static str,
    pub(crate) mood: Option<&'static str>,
    pub(crate) start: Timestamp,
    pub(crate) offset_s: i32,
    pub(crate) length_s: i64,
    /// Every 5 s.
    pub(crate) heart_rate: Vec<Option<f64>>,
    pub(crate) hrv: Vec<Option<f64>>,
    pub(crate) motion: Vec<Option<f64>>,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tag {
    pub(crate) at: Timestamp,
    pub(crate) offset_s: i32,
    pub(crate) code: Option<&'static str>,
    pub(crate) name: Option<&'static str>,
    pub(crate) comment: Option<&'static str>,
}

/// Seconds between two samples of a moment.
pub(crate) const MOMENT_SAMPLE_S: i64 = 5;

impl World {
    /// The moment of a day: every third day, after getting up.
    pub(crate) fn moment(&self, who: &Person, index: i64) -> Option<Moment> {
        if !self.recorded(index) || index.rem_euclid(3) != 0 {
            return None;
        }
        let mut rng = self.noise(Stream::Moment, who, index);
        let start = self.local(who, index, 7.1);
        let fall = who.desaturation(self.calendar, index);
        let rest = who.resting_heart_rate + 10.0 + 0.9 * fall;
        let count = 120;
        let mut series = |around: f64, spread: f64| -> Vec<Option<f64>> {
            (0..count)
                .map(|_| {
                    let value = (around + spread * rng.normal()).max(0.0).round();
                    (!rng.chance(0.05)).then_some(value)
                })
                .collect()
        };
        let heart_rate = series(rest, 2.0);
        let hrv = series(who.hrv * 0.8, 6.0);
        let motion = series(1.0, 1.0);
        let kinds = ["breathing", "meditation", "relaxation"];
        let moods = [Some("good"), Some("same"), None, Some("great")];
        Some(Moment {
            kind: kinds[index.div_euclid(3).rem_euclid(3) as usize],
            mood: moods[index.div_euclid(3).rem_euclid(4) as usize],
            start,
            offset_s: who.offset_s(start),
            length_s: count * MOMENT_SAMPLE_S,
            heart_rate,
            hrv,
            motion,
        })
    }

    /// The notes of a day.
    pub(crate) fn tags(&self, who: &Person, index: i64) -> Vec<Tag> {
        if !self.recorded(index) {
            return Vec::new();
        }
        let note = |hour: f64, code, name, comment| {
            let at = self.local(who, index, hour);
            Tag {
                at,
                offset_s: who.offset_s(at),
                code,
                name,
                comment,
            }
        };
        match (who.index, index) {
            (1, 4 | 7 | 8) => {
                vec![note(
                    6.4,
                    Some("tag_generic_headache"),
                    None,
                    Some("Since waking up"),
                )]
            }
            (0 | 1, 3) => vec![note(20.0, Some("custom"), Some("Acetazolamide"), None)],
            (0, 7) => vec![note(13.2, None, None, Some("Khumbu cough, no appetite"))],
            (_, day) if day < 0 && day.rem_euclid(4) == 1 => {
                vec![note(21.0, Some("tag_generic_caffeine"), None, None)]
            }
            _ => Vec::new(),
        }
    }
}
