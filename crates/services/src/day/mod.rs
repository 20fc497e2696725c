//! One day of both twins: last night, then heart rate around the clock.

mod clocks;
mod heart;
mod mean;
mod night;
mod sleeps;
mod workouts;

use physiology::{Day, Metric, Twin};
use store::{Pair, ReadingsQuery, Viewer, Visible};
use views::day::{ClockChoice, DayView, NightTotal, Nights};

use self::clocks::Clocks;
use self::sleeps::Sleeps;
use crate::head::{HEAD_METRICS, head};
use crate::record::{Local, Record};
use crate::{Error, Services};

/// The night's values in the table beside the hypnograms, in order.
const NIGHT_METRICS: [Metric; 10] = [
    Metric::TotalSleep,
    Metric::DeepSleep,
    Metric::RemSleep,
    Metric::LightSleep,
    Metric::AwakeTime,
    Metric::SleepEfficiency,
    Metric::RestingHeartRate,
    Metric::HrvRmssd,
    Metric::RespiratoryRate,
    Metric::Spo2Night,
];
/// What else says that there is data of a day.
const DAY_METRICS: [Metric; 1] = [Metric::Steps];

/// What the day's page is asked to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayQuery {
    /// Which day; none is the newest with data of either twin.
    pub day: Option<Day>,
    /// Whose clock.
    pub clock: ClockChoice,
}

impl Services {
    /// One day of both twins.
    pub async fn day(&self, viewer: &Viewer, query: DayQuery) -> Result<DayView, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let mut metrics = [&NIGHT_METRICS[..], &DAY_METRICS, &HEAD_METRICS].concat();
        metrics.sort_unstable();
        metrics.dedup();
        let question = ReadingsQuery {
            metrics,
            days: None,
        };
        let readings = self.store().readings(&visible, &question).await?;
        let connections = self.store().connections(&visible).await?;
        let syncs = self.store().collection_syncs(&visible).await?;

        let local = Local::at(self.now(), pair.itinerary.as_ref());
        let record = Record::new(&pair, readings, &connections, &syncs);
        let (oldest, newest) = (record.first_day(), record.last_day());
        let day = query.day.or(newest).unwrap_or(local.today);
        let page = Page {
            services: self,
            visible: &visible,
            pair: &pair,
            record: &record,
            day,
        };
        let [a, b] = Twin::BOTH;
        let sleeps = [page.sleeps(a).await?, page.sleeps(b).await?];
        let clocks = Clocks::new(day, query.clock, pair.itinerary.as_ref(), &sleeps);
        let twins = [
            page.night(a, &sleeps[0], &clocks).await?,
            page.night(b, &sleeps[1], &clocks).await?,
        ];
        let hearts = [
            page.heart(a, &sleeps[0], &clocks).await?,
            page.heart(b, &sleeps[1], &clocks).await?,
        ];
        let trip = pair.itinerary.as_ref();
        let mid_sleep = trip.and_then(|trip| trip.mid_sleep(day));
        Ok(DayView {
            head: head(viewer, &record, &local, &syncs),
            day,
            oldest,
            newest,
            day_number: trip.and_then(|trip| trip.day_number(day)),
            place: trip
                .zip(mid_sleep)
                .and_then(|(trip, at)| trip.place(at))
                .map(str::to_owned),
            sleeping_altitude_m: trip.and_then(|trip| trip.sleeping_altitude_m(day)),
            clock: query.clock,
            own_offsets_s: clocks.own_offsets_s,
            party_offset_s: clocks.party_offset_s,
            nights: Nights {
                axis: night::axis(&twins),
                totals: NIGHT_METRICS
                    .map(|metric| NightTotal {
                        metric,
                        values: Twin::BOTH.map(|twin| record.reading(twin, metric, day)),
                    })
                    .into(),
                twins,
            },
            hearts,
        })
    }
}

/// What every part of the page is made from.
struct Page<'a> {
    services: &'a Services,
    visible: &'a Visible,
    pair: &'a Pair,
    record: &'a Record<'a>,
    day: Day,
}

impl Page<'_> {
    /// The main sleeps of the day, of the one before and of the one after.
    async fn sleeps(&self, twin: Twin) -> Result<Sleeps, Error> {
        Sleeps::around(self, twin).await
    }
}
