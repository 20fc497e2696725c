//! Heart rate around the clock.

use physiology::Timestamp;

use super::workout::WORKOUT_SAMPLE_S;
use super::{Person, Stream, World};

/// One sample of heart rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeartRow {
    pub(crate) at: Timestamp,
    pub(crate) bpm: i64,
    pub(crate) source: HeartSource,
}

/// What the wearer was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeartSource {
    Awake,
    Rest,
    Sleep,
    Workout,
}

impl HeartSource {
    /// As Oura writes it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Awake => "awake",
            Self::Rest => "rest",
            Self::Sleep => "sleep",
            Self::Workout => "workout",
        }
    }
}

impl World {
    /// The samples of a day, oldest first: every 5 minutes, every 5 s in workouts.
    pub(crate) fn heart_rows(&self, who: &Person, index: i64) -> Vec<HeartRow> {
        if !self.recorded(index) {
            return Vec::new();
        }
        let mut rng = self.noise(Stream::Heart, who, index * 4 + 3);
        let (start, end) = (self.local(who, index, 0.0), self.local(who, index + 1, 0.0));
        let nights: Vec<_> = [index, index + 1]
            .into_iter()
            .flat_map(|night| self.main_sleeps(who, night))
            .collect();
        let off = who.left_the_ring_off(index);
        let workouts = self.workouts(who, index);
        let fall = who.desaturation(self.calendar, index);
        let rest = who.resting_heart_rate + 0.9 * fall;
        let mut rows = Vec::with_capacity(320);
        let mut at = start;
        while at < end {
            let noise = rng.normal();
            let skip = rng.chance(0.02);
            let asleep = nights
                .iter()
                .any(|night| night.start <= at && at < night.end());
            let training = Self::training(&workouts, at);
            if !(skip || training || (asleep && off)) {
                let (bpm, source) = if asleep {
                    (rest + 5.0 + 2.0 * noise, HeartSource::Sleep)
                } else if noise < -0.9 {
                    (rest + 12.0 + 2.0 * noise, HeartSource::Rest)
                } else {
                    (rest + 26.0 + 8.0 * noise, HeartSource::Awake)
                };
                rows.push(HeartRow {
                    at,
                    bpm: bpm.round() as i64,
                    source,
                });
            }
            at = at.plus_seconds(300);
        }
        for workout in &workouts {
            let samples = self
                .workout_heart_rate(who, workout)
                .into_iter()
                .enumerate();
            rows.extend(samples.filter_map(|(nth, bpm)| {
                Some(HeartRow {
                    at: workout.start.plus_seconds(nth as i64 * WORKOUT_SAMPLE_S),
                    bpm: bpm?,
                    source: HeartSource::Workout,
                })
            }));
        }
        rows.sort_by_key(|row| row.at);
        rows
    }

    /// Ring battery, every hour: instant, percent, charging.
    pub(crate) fn battery_rows(&self, who: &Person, index: i64) -> Vec<(Timestamp, i64, bool)> {
        if !self.recorded(index) {
            return Vec::new();
        }
        let (start, end) = (self.local(who, index, 0.0), self.local(who, index + 1, 0.0));
        let day_of_charge = (index + who.index as i64).rem_euclid(5);
        let hours = end.seconds_since(start).div_euclid(3_600);
        (0..hours)
            .map(|hour| {
                let charging = day_of_charge == 4 && (19..21).contains(&hour);
                let used = day_of_charge * 18 + hour * 18 / 24;
                let level = match (day_of_charge, hour) {
                    (4, 19) => 40,
                    (4, 20..) => 100 - (hour - 20),
                    _ => 100 - used,
                };
                (
                    start.plus_seconds(hour * 3_600),
                    level.clamp(1, 100),
                    charging,
                )
            })
            .collect()
    }
}
