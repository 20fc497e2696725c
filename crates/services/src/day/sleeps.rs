//! When a twin slept, by the documents: the only place that knows going to bed, getting up, and how
//! far the wearer's clock was ahead of UTC.

use physiology::{Day, Source, Twin, Vendor};
use serde::de::DeserializeOwned;
use upstream::Collection;
use upstream::oura::SleepType;
use upstream::time::LocalTime;

use super::Page;
use crate::Error;

/// A main sleep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MainSleep {
    /// Whose sensor.
    pub source: Source,
    /// The document it rests on.
    pub document: String,
    /// Going to bed.
    pub start: LocalTime,
    /// Getting up.
    pub end: LocalTime,
}

/// The main sleeps of three nights, oldest first; of each night those of one device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sleeps {
    /// That ended the day before.
    pub night_before: Vec<MainSleep>,
    /// That ended on the day.
    pub last_night: Vec<MainSleep>,
    /// That ended the day after.
    pub next_night: Vec<MainSleep>,
}

impl Sleeps {
    pub async fn around(page: &Page<'_>, twin: Twin) -> Result<Self, Error> {
        Ok(Self {
            night_before: of_day(page, twin, page.day.plus(-1)).await?,
            last_night: of_day(page, twin, page.day).await?,
            next_night: of_day(page, twin, page.day.plus(1)).await?,
        })
    }

    /// All of them, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &MainSleep> {
        self.night_before
            .iter()
            .chain(&self.last_night)
            .chain(&self.next_night)
    }
}

/// The night that ended on a day: the ring's, else the watch's, as for the night's daily values.
async fn of_day(page: &Page<'_>, twin: Twin, day: Day) -> Result<Vec<MainSleep>, Error> {
    let ring = documents::<upstream::oura::Sleep>(page, twin, Collection::OuraSleep, day).await?;
    let mut sleeps: Vec<MainSleep> = ring
        .into_iter()
        .filter(|(_, sleep)| sleep.kind == Some(SleepType::LongSleep) && sleep.day == day)
        .map(|(document, sleep)| MainSleep {
            source: Source::Oura,
            document,
            start: sleep.bedtime_start,
            end: sleep.bedtime_end,
        })
        .collect();
    if sleeps.is_empty() {
        let watch =
            documents::<upstream::polar::Sleep>(page, twin, Collection::PolarSleep, day).await?;
        sleeps = watch
            .into_iter()
            .filter(|(_, sleep)| sleep.date == day)
            .map(|(document, sleep)| MainSleep {
                source: Source::Polar,
                document,
                start: sleep.sleep_start_time,
                end: sleep.sleep_end_time,
            })
            .collect();
    }
    sleeps.retain(|sleep| sleep.start.at < sleep.end.at);
    sleeps.sort_by_key(|sleep| sleep.start.at);
    Ok(sleeps)
}

/// A twin's documents of a collection and day that can be read, with their keys. Those that cannot
/// are told on the connections page.
pub(super) async fn documents<T: DeserializeOwned>(
    page: &Page<'_>,
    twin: Twin,
    collection: Collection,
    day: Day,
) -> Result<Vec<(String, T)>, Error> {
    let subject = page.pair.of(twin).id;
    let vendor: Vendor = collection.vendor();
    let kept = page
        .services
        .store()
        .documents_of_day(page.visible, subject, vendor, collection.id(), Some(day))
        .await?;
    let read = kept.into_iter().filter_map(|document| {
        let body = serde_json::from_str(&document.body).ok()?;
        Some((document.key.key, body))
    });
    Ok(read.collect())
}
