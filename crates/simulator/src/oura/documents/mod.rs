//! Oura's documents, written from what the generator publishes.

mod activity;
mod daily;
mod moments;
mod sleep;

use physiology::{Day, Timestamp};
use serde::Serialize;

use crate::oura::collection::Collection;
use crate::time::{local_millis, local_seconds};
use crate::twins::{Person, World};
use crate::versions::Versions;

/// A document, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) day: Day,
    /// What a date with a time in it is compared with.
    pub(crate) start: Timestamp,
    /// The JSON text, as of each version.
    pub(crate) versions: Versions<String>,
}

/// The documents of one collection that are dated the day of `index`, in the order of the list.
pub(crate) fn of_day(
    world: &World,
    who: &Person,
    collection: Collection,
    index: i64,
) -> Vec<Document> {
    let page = Page {
        world,
        who,
        collection,
        index,
        day: world.calendar.day(index),
    };
    match collection {
        Collection::DailyActivity => page.daily_activity(),
        Collection::DailyCardiovascularAge => page.daily_cardiovascular_age(),
        Collection::DailyReadiness => page.daily_readiness(),
        Collection::DailyResilience => page.daily_resilience(),
        Collection::DailySleep => page.daily_sleep(),
        Collection::DailySpo2 => page.daily_spo2(),
        Collection::DailyStress => page.daily_stress(),
        Collection::EnhancedTag => page.enhanced_tag(),
        Collection::RestModePeriod => page.rest_mode_period(),
        Collection::RingConfiguration => page.ring_configuration(),
        Collection::Session => page.session(),
        Collection::Sleep => page.sleep(),
        Collection::SleepTime => page.sleep_time(),
        Collection::Tag => page.tag(),
        Collection::Vo2Max => page.vo2_max(),
        Collection::Workout => page.workout(),
    }
}

/// A day of a collection of a person.
struct Page<'a> {
    world: &'a World,
    who: &'a Person,
    collection: Collection,
    index: i64,
    day: Day,
}

impl Page<'_> {
    fn id(&self, number: usize) -> String {
        self.world
            .id(self.who, self.collection as u64, self.day, number)
    }

    /// Midnight of the day, where the person is.
    fn midnight(&self) -> Timestamp {
        self.world.local(self.who, self.index, 0.0)
    }

    /// Midnight, as `timestamp` of a daily document.
    fn timestamp(&self) -> String {
        let midnight = self.midnight();
        local_seconds(midnight, self.who.offset_s(midnight))
    }

    /// One document of the day, or none.
    fn one<T, D: Serialize>(
        &self,
        versions: Option<Versions<T>>,
        write: impl Fn(&T, String) -> D,
    ) -> Vec<Document> {
        let document = versions.map(|versions| {
            let id = self.id(0);
            Document {
                versions: versions.map(|value| json(&write(value, id.clone()))),
                id,
                day: self.day,
                start: self.midnight(),
            }
        });
        document.into_iter().collect()
    }
}

/// The text of a document. Nothing here can fail to be written: keys are strings and numbers
/// finite.
pub(crate) fn json<D: Serialize>(document: &D) -> String {
    serde_json::to_string(document).unwrap_or_default()
}

/// Oura's sample: equally spaced values from a local time on.
#[derive(Serialize)]
struct Sample<'a> {
    interval: f64,
    items: &'a [Option<f64>],
    timestamp: String,
}

impl<'a> Sample<'a> {
    fn new(interval_s: i64, items: &'a [Option<f64>], start: Timestamp, offset_s: i32) -> Self {
        Self {
            interval: interval_s as f64,
            items,
            timestamp: local_millis(start, offset_s),
        }
    }
}
