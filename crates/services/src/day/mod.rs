//! One day of both twins: last night, then heart rate around the clock.

mod clocks;
mod heart;
mod mean;
mod night;
mod sleeps;
mod workouts;

use physiology::{Day, DayRange, Metric, Twin};
use store::{Pair, Viewer, Visible};
use views::day::{ClockChoice, DayView, NightTotal, Nights};

use self::clocks::Clocks;
use self::sleeps::Sleeps;
use crate::record::Record;
use crate::workouts::twin::TwinWorkouts;
use crate::{Error, Services, notes};

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
        let metrics = NIGHT_METRICS.into_iter().chain(DAY_METRICS);
        let known = self.known(&visible, &pair, metrics).await?;
        let (record, local) = (known.record(&pair), &known.local);
        let (oldest, newest) = (record.first_day(), record.last_day());
        let day = query.day.or(newest).unwrap_or(local.today);
        let page = Page {
            services: self,
            visible: &visible,
            pair: &pair,
            record: &record,
            workouts: self
                .twins(
                    viewer,
                    &pair,
                    DayRange::new(day.plus(-1), day.plus(1)),
                    local,
                )
                .await?,
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
        let axis = night::axis(&twins);
        let notes = self
            .notes_of(viewer, &pair, clocks.time_around(axis))
            .await?;
        let trip = pair.itinerary.as_ref();
        let mid_sleep = trip.and_then(|trip| trip.mid_sleep(day));
        Ok(DayView {
            head: known.head(viewer, &record),
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
                axis,
                totals: NIGHT_METRICS
                    .map(|metric| NightTotal {
                        metric,
                        values: Twin::BOTH.map(|twin| record.reading(twin, metric, day)),
                    })
                    .into(),
                twins,
            },
            hearts,
            notes,
            may_note: notes::may_note(viewer),
        })
    }
}

/// What every part of the page is made from.
struct Page<'a> {
    services: &'a Services,
    visible: &'a Visible,
    pair: &'a Pair,
    record: &'a Record<'a>,
    /// A's, then B's.
    workouts: [TwinWorkouts; 2],
    day: Day,
}

impl Page<'_> {
    /// The main sleeps of the day, of the one before and of the one after.
    async fn sleeps(&self, twin: Twin) -> Result<Sleeps, Error> {
        Sleeps::around(self, twin).await
    }
}
