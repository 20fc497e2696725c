//! Who the twins are, and how altitude takes them.

use physiology::{Itinerary, Profile, Sex, Timestamp};

use crate::expedition::{Calendar, HOME_ALTITUDE_M, itinerary, stay_at_home};
use crate::traps;

/// A person who wears a ring and a watch.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// 0 is A, 1 is B.
    pub(crate) index: usize,
    /// `a`, `b` …
    pub(crate) letter: String,
    /// Whether this is one of the twins on the expedition.
    pub(crate) travels: bool,
    /// Polar's number of the user.
    pub(crate) polar_user: i64,
    /// At home: nightly SpO₂ %, lowest heart rate bpm, RMSSD ms, breaths/min.
    pub(crate) spo2: f64,
    pub(crate) resting_heart_rate: f64,
    pub(crate) hrv: f64,
    pub(crate) breath: f64,
    /// At home: sleep and readiness score.
    pub(crate) sleep_score: f64,
    pub(crate) readiness: f64,
    /// Highest heart rate, bpm.
    pub(crate) max_heart_rate: f64,
    /// kg and m.
    pub(crate) weight_kg: f64,
    pub(crate) height_m: f64,
    pub(crate) age: i64,
    pub(crate) way: Itinerary,
}

/// Twins: one for both.
const BIRTH_YEAR: i32 = 1992;

/// How far nightly SpO₂ falls, percentage points, at a first night at this altitude, m: A, then B.
const FALL: [(f64, f64, f64); 9] = [
    (0.0, 0.0, 0.0),
    (1_400.0, 1.8, 1.9),
    (2_860.0, 5.1, 6.0),
    (3_440.0, 7.8, 9.6),
    (3_860.0, 9.6, 12.4),
    (4_410.0, 13.3, 16.7),
    (4_940.0, 16.4, 19.5),
    (5_164.0, 19.2, 23.6),
    (5_600.0, 22.5, 27.5),
];

/// What a further night at the same altitude gives back, percentage points, for at most 3 nights.
const ACCLIMATISED_PER_NIGHT: [f64; 2] = [1.3, 1.0];

/// Nights within this many metres count as at the same altitude.
const SAME_ALTITUDE_M: f64 = 150.0;

impl Person {
    pub(crate) fn new(index: usize, calendar: Calendar) -> Self {
        let travels = index < 2;
        let way = match index {
            0 => itinerary(calendar, 0),
            1 => itinerary(calendar, 1),
            _ => stay_at_home(calendar),
        };
        let pick = |a: f64, b: f64| match index {
            0 => a,
            1 => b,
            other => a + f64::from((other % 7) as u8) * (b - a) * 0.7,
        };
        Self {
            index,
            letter: char::from(b'a' + (index % 26) as u8).to_string(),
            travels,
            polar_user: 62_000_001 + index as i64,
            spo2: pick(97.4, 97.0),
            resting_heart_rate: pick(52.0, 54.0),
            hrv: pick(68.0, 61.0),
            breath: pick(14.2, 14.6),
            sleep_score: pick(84.0, 82.0),
            readiness: pick(86.0, 84.0),
            max_heart_rate: pick(188.0, 189.0),
            weight_kg: pick(72.4, 71.1),
            height_m: pick(1.79, 1.79),
            age: 34,
            way,
        }
    }

    /// What this person would answer when asked; the vendors tell the same.
    pub(crate) fn profile(&self) -> Profile {
        Profile {
            sex: Some(Sex::Male),
            birth_year: Some(BIRTH_YEAR),
            resting_heart_rate_bpm: Some(self.resting_heart_rate),
            max_heart_rate_bpm: Some(self.max_heart_rate),
            lt1_bpm: Some(self.aerobic_threshold_bpm()),
            lt2_bpm: Some(self.anaerobic_threshold_bpm()),
        }
    }

    pub(crate) fn aerobic_threshold_bpm(&self) -> f64 {
        (self.max_heart_rate * 0.75).floor()
    }

    pub(crate) fn anaerobic_threshold_bpm(&self) -> f64 {
        (self.max_heart_rate * 0.9).floor()
    }

    /// How far this person's clock is ahead of UTC, s.
    pub(crate) fn offset_s(&self, at: Timestamp) -> i32 {
        self.way.utc_offset_s(at).unwrap_or(0)
    }

    /// How far SpO₂ falls in the night that ends on the day of `index`, percentage points. What
    /// else altitude does follows from it.
    pub(crate) fn desaturation(&self, calendar: Calendar, index: i64) -> f64 {
        let day = calendar.day(index);
        let altitude_m = self.way.sleeping_altitude_m(day).unwrap_or(HOME_ALTITUDE_M);
        if altitude_m < 500.0 {
            return 0.0;
        }
        let fall = self.fall_at(altitude_m);
        let nights = self
            .way
            .nights_at_altitude(day, SAME_ALTITUDE_M)
            .unwrap_or(1)
            .min(4);
        let gained = f64::from(nights - 1) * ACCLIMATISED_PER_NIGHT[usize::from(self.index == 1)];
        // On the way down the body has learnt.
        let learnt = if index > 9 { 0.75 } else { 1.0 };
        ((fall - gained) * learnt).max(0.0)
    }

    /// Whether a trap is set for this person on the day of `index`.
    pub(crate) fn meets(&self, trap: (usize, i64), index: i64) -> bool {
        trap == (self.index, index)
    }

    /// Whether the ring was off in the night that ends on the day of `index`.
    pub(crate) fn left_the_ring_off(&self, index: i64) -> bool {
        traps::NOT_WORN.contains(&(self.index, index))
    }

    /// The index of the day on which a traveller lands in Kathmandu.
    pub(crate) fn landing(&self) -> Option<i64> {
        self.travels.then_some(-1 - self.index as i64)
    }

    fn fall_at(&self, altitude_m: f64) -> f64 {
        let side = |(_, a, b): (f64, f64, f64)| if self.index == 1 { b } else { a };
        let pair = FALL.windows(2).find(|pair| altitude_m <= pair[1].0);
        let Some([low, high]) = pair else {
            return side(FALL[FALL.len() - 1]);
        };
        let share = (altitude_m - low.0) / (high.0 - low.0);
        side(*low) + (side(*high) - side(*low)) * share
    }
}
