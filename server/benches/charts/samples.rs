//! The twins' heart rates: as a store and as a plain array have them, the same samples.

use physiology::{Day, Metric, Quality, SeriesKind, SeriesPoint, Source, Timestamp, Vendor};
use physiology::{Measurement, SubjectId};
use store::{DailyReading, DerivedDay, Series, Store};

/// From one sample to the next, ms.
pub const STEP_MS: i64 = 5_000;
/// Steps a day.
const DAY: usize = 86_400_000 / STEP_MS as usize;
/// Days come in transactions of so many.
const DAYS_AT_ONCE: usize = 16;
/// A sample that is missing, in [`Samples::bpm`].
const MISSING: u8 = 0;

/// Both twins' samples on the same steps.
pub struct Samples {
    first: Day,
    /// A value a step, bpm; 0 where the sensor was not worn. A's, then B's.
    bpm: [Vec<u8>; 2],
}

impl Samples {
    /// So many samples of each twin, gaps not counted; the last of them yesterday.
    pub fn of_each(count: usize, today: Day) -> Self {
        let bpm = [0, 1].map(|twin| {
            let mut bpm = Vec::with_capacity(count + count / 10);
            let mut left = count;
            while left > 0 {
                let value = heart_rate(twin, bpm.len());
                left -= usize::from(value != MISSING);
                bpm.push(value);
            }
            bpm
        });
        let steps = bpm.iter().map(Vec::len).max().unwrap();
        let days = i64::try_from(steps.div_ceil(DAY)).unwrap();
        Self {
            first: today.plus(-days),
            bpm,
        }
    }

    /// The first step, ms since the epoch.
    pub fn first_ms(&self) -> i64 {
        self.first.start_utc().0
    }

    /// A's bytes, then B's, both of the same length: what was not worn at the end is missing.
    pub fn encoded(&self) -> Vec<u8> {
        let steps = self.bpm.iter().map(Vec::len).max().unwrap();
        let mut encoded = Vec::with_capacity(2 * steps);
        for bpm in &self.bpm {
            encoded.extend_from_slice(bpm);
            encoded.resize(encoded.len().next_multiple_of(steps), MISSING);
        }
        encoded
    }

    /// Keeps them in a store a document a day, as a vendor's come, with each night's resting heart
    /// rate.
    pub async fn put(&self, store: &dyn Store) {
        let pair = store.create_pair(["Twin A", "Twin B"]).await.unwrap();
        for (subject, bpm) in pair.ids().into_iter().zip(&self.bpm) {
            let days: Vec<&[u8]> = bpm.chunks(DAY).collect();
            for (chunk, days) in days.chunks(DAYS_AT_ONCE).enumerate() {
                let derived: Vec<DerivedDay> = days
                    .iter()
                    .zip(chunk * DAYS_AT_ONCE..)
                    .flat_map(|(bpm, place)| {
                        let day = self.first.plus(i64::try_from(place).unwrap());
                        [strap(subject, day, bpm), night(subject, day, bpm)]
                    })
                    .collect();
                store.put_derived(&derived).await.unwrap();
            }
        }
    }
}

/// Nights and days, work and rest, and beats that never settle; an hour and a half a day on the
/// charger, and now and then a morning without.
fn heart_rate(twin: usize, step: usize) -> u8 {
    let (day, within) = (step / DAY, step % DAY);
    let unworn = match (day + 3 * twin) % 5 {
        0 => 5 * 720,
        _ => 1_080,
    };
    let from = DAY / 3 + 1_440 * twin;
    if (from..from + unworn).contains(&within) {
        return MISSING;
    }
    let turn = |steps: f64| (step as f64 / steps * std::f64::consts::TAU).sin();
    let course = 74.0 - 18.0 * turn(DAY as f64) + 9.0 * turn(1_031.0) + 6.0 * turn(97.0);
    let climb = if within > DAY * 7 / 12 && within < DAY * 3 / 4 {
        46.0
    } else {
        0.0
    };
    // Four bits of a multiplicative hash are even enough for unrest.
    let unrest = ((step * 2 + twin).wrapping_mul(2_654_435_761) >> 16) & 15;
    (course + climb + unrest as f64 + 3.0 * twin as f64).round() as u8
}

/// A day of a chest strap's samples.
fn strap(subject: SubjectId, day: Day, bpm: &[u8]) -> DerivedDay {
    let from_ms = day.start_utc().0;
    let worn = bpm.iter().zip(0_i64..).filter(|(bpm, _)| **bpm != MISSING);
    let points = worn.map(|(bpm, step)| SeriesPoint {
        at: Timestamp(from_ms + step * STEP_MS),
        value: f64::from(*bpm),
    });
    DerivedDay {
        collection: "exercises".into(),
        series: vec![Series {
            subject,
            kind: SeriesKind::WorkoutHeartRate,
            source: Source::Polar,
            document: day.to_string(),
            local_clock: false,
            points: points.collect(),
        }],
        ..nothing(subject, Vendor::Polar, day)
    }
}

/// The night's resting heart rate: the lowest of the day.
fn night(subject: SubjectId, day: Day, bpm: &[u8]) -> DerivedDay {
    let lowest = bpm.iter().filter(|bpm| **bpm != MISSING).min().unwrap();
    let morning = day.start_utc().plus_seconds(6 * 3_600);
    DerivedDay {
        collection: "sleep".into(),
        readings: vec![DailyReading {
            subject,
            metric: Metric::RestingHeartRate,
            day,
            measurement: Measurement {
                value: f64::from(*lowest),
                measured_at: morning,
                source: Source::Oura,
                quality: Quality::Complete,
            },
            received_at: morning,
            document: day.to_string(),
        }],
        ..nothing(subject, Vendor::Oura, day)
    }
}

fn nothing(subject: SubjectId, vendor: Vendor, day: Day) -> DerivedDay {
    DerivedDay {
        subject,
        vendor,
        collection: String::new(),
        day: Some(day),
        readings: vec![],
        series: vec![],
        workouts: vec![],
        clocks: vec![],
        malformed: vec![],
    }
}
