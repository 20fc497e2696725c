//! The generator: what the twins' bodies do, and what their wearables would publish of it.
//!
//! Every published number is rounded here, once, to the vendor's precision. Documents are written
//! from these values and so is the truth; neither is read back from the other.

pub(crate) mod activity;
pub(crate) mod heart;
pub(crate) mod moments;
pub(crate) mod night;
pub(crate) mod person;
pub(crate) mod polar;
pub(crate) mod sleep;
pub(crate) mod workout;

use physiology::{Day, Timestamp};

use crate::config::Config;
use crate::expedition::Calendar;
use crate::rng::{Rng, hash};

pub(crate) use person::Person;

/// One kind of noise; each has its own stream.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Sleep,
    Vitals,
    Score,
    Spo2,
    Activity,
    Moment,
    Workout,
    Heart,
    Polar,
    Id,
    Token,
}

/// Everybody, and the calendar they live by.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) calendar: Calendar,
    pub(crate) people: Vec<Person>,
}

/// The person number that stands for what both twins share, such as weather and stage.
const SHARED: u64 = 1_000;

impl World {
    pub(crate) fn new(config: &Config, now: chrono::DateTime<chrono::Utc>) -> Self {
        let calendar = Calendar::new(config, now);
        let people = (0..config.people())
            .map(|index| Person::new(index, calendar))
            .collect();
        Self {
            seed: config.seed,
            calendar,
            people,
        }
    }

    /// The person a letter stands for.
    pub(crate) fn person(&self, letter: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.letter.len() == letter.len() && person.letter == letter)
    }

    /// The noise of one kind, person and day.
    pub(crate) fn noise(&self, stream: Stream, who: &Person, index: i64) -> Rng {
        Rng::new(&[self.seed, stream as u64, who.index as u64, index as u64])
    }

    /// A bell-shaped draw, SD 1, that twins on the same day partly share.
    pub(crate) fn shared_normal(
        &self,
        stream: Stream,
        who: &Person,
        index: i64,
        own: &mut Rng,
    ) -> f64 {
        let together = if who.travels {
            SHARED
        } else {
            SHARED + who.index as u64
        };
        let mut shared = Rng::new(&[self.seed, stream as u64, together, index as u64]);
        0.6 * shared.normal() + 0.8 * own.normal()
    }

    /// A stable id of the form of a version 4 UUID.
    pub(crate) fn id(&self, who: &Person, collection: u64, day: Day, number: usize) -> String {
        let day = day.days_since_epoch() as u64;
        let base = [
            self.seed,
            Stream::Id as u64,
            who.index as u64,
            collection,
            day,
            number as u64,
        ];
        let high = hash(&base);
        let low = hash(&[high, base[0], base[4]]);
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0x0FFF,
            (low >> 48) & 0x3FFF | 0x8000,
            low & 0xFFFF_FFFF_FFFF
        )
    }

    /// Whether the record holds this index.
    pub(crate) fn recorded(&self, index: i64) -> bool {
        index >= self.calendar.first_index
    }

    /// When on the day of `index` the phone is synced: after waking, at 12:30, 18:00 and 22:00.
    pub(crate) fn syncs(&self, who: &Person, index: i64) -> [Timestamp; 4] {
        let at = |hour| self.local(who, index, hour);
        [self.morning_sync(who, index), at(12.5), at(18.0), at(22.0)]
    }

    /// The first sync after `at`.
    pub(crate) fn next_sync(&self, who: &Person, at: Timestamp) -> Timestamp {
        let index = self.calendar.index(Day::of_local(at, who.offset_s(at)));
        (index - 1..=index + 1)
            .flat_map(|index| self.syncs(who, index))
            .find(|sync| *sync > at)
            .unwrap_or(at)
    }

    /// The last sync at or before `now`.
    pub(crate) fn last_sync(&self, who: &Person, now: Timestamp) -> Timestamp {
        let index = self.calendar.index(Day::of_local(now, who.offset_s(now)));
        (index - 2..=index + 1)
            .rev()
            .flat_map(|index| self.syncs(who, index).into_iter().rev())
            .find(|sync| *sync <= now)
            .unwrap_or(now)
    }

    /// The instant at which the person's own clock shows `hour` on the day of `index`.
    pub(crate) fn local(&self, who: &Person, index: i64, hour: f64) -> Timestamp {
        let guess = self.calendar.at(index, hour, 0);
        let offset_s = who.offset_s(guess.plus_seconds(-i64::from(who.offset_s(guess))));
        self.calendar.at(index, hour, offset_s)
    }
}

/// Rounded to so many decimals: the one place where published precision is applied.
pub(crate) fn publish(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// A score from 1 to 100.
pub(crate) fn score(value: f64) -> i64 {
    value.round().clamp(1.0, 100.0) as i64
}
