//! What is known of the pair, arranged for the pages: per twin and metric, day by day, the value of
//! the preferred source.

use std::collections::BTreeMap;

use physiology::baseline::Baseline;
use physiology::{
    Day, Itinerary, Measurement, Metric, Missing, Reading, Source, SubjectId, Timestamp, Twin,
};
use store::{CollectionSync, Connection, DailyReading, Pair};
use upstream::Collection;

use crate::missing::{Context, vendors_of};

/// How long the reference period is where there is no itinerary.
const BASELINE_DAYS: i64 = 28;

/// Here and now, where the party is.
pub(crate) struct Local {
    pub now: Timestamp,
    pub utc_offset_s: i32,
    pub today: Day,
}

impl Local {
    pub fn at(now: Timestamp, itinerary: Option<&Itinerary>) -> Self {
        let utc_offset_s = itinerary
            .and_then(|trip| trip.utc_offset_s(now))
            .unwrap_or(0);
        Self {
            now,
            utc_offset_s,
            today: Day::of_local(now, utc_offset_s),
        }
    }

    /// Seconds since midnight there.
    pub fn second_of_day(&self) -> i64 {
        self.now
            .plus_seconds(i64::from(self.utc_offset_s))
            .unix_s()
            .rem_euclid(86_400)
    }
}

/// A value and when it came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub measurement: Measurement,
    pub received_at: Timestamp,
}

pub(crate) struct Record<'a> {
    pub pair: &'a Pair,
    values: BTreeMap<(Twin, Metric), BTreeMap<Day, Kept>>,
    /// The newest day with any value, A first: what comes after it is not synced yet.
    newest_days: [Option<Day>; 2],
    connections: [Vec<Connection>; 2],
    syncs: [Vec<CollectionSync>; 2],
}

impl<'a> Record<'a> {
    pub fn new(
        pair: &'a Pair,
        readings: &[DailyReading],
        connections: &[Connection],
        syncs: &[CollectionSync],
    ) -> Self {
        let mut values: BTreeMap<(Twin, Metric), BTreeMap<Day, Kept>> = BTreeMap::new();
        for reading in readings {
            let Some(twin) = pair.side(reading.subject) else {
                continue;
            };
            let days = values.entry((twin, reading.metric)).or_default();
            let kept = Kept {
                measurement: reading.measurement,
                received_at: reading.received_at,
            };
            let rank = |source| rank(reading.metric, source);
            days.entry(reading.day)
                .and_modify(|known| {
                    if rank(kept.measurement.source) < rank(known.measurement.source) {
                        *known = kept;
                    }
                })
                .or_insert(kept);
        }
        let of = |twin: Twin| pair.of(twin).id;
        let newest_days = Twin::BOTH.map(|wanted| {
            let own = values.iter().filter(|((twin, _), _)| *twin == wanted);
            own.filter_map(|(_, days)| days.keys().next_back().copied())
                .max()
        });
        Self {
            pair,
            values,
            newest_days,
            connections: Twin::BOTH.map(|twin| of_subject(connections, of(twin))),
            syncs: Twin::BOTH.map(|twin| {
                syncs
                    .iter()
                    .filter(|sync| sync.subject == of(twin))
                    .cloned()
                    .collect()
            }),
        }
    }

    /// The days of a twin's metric that have a value.
    pub fn days(&self, twin: Twin, metric: Metric) -> impl DoubleEndedIterator<Item = (Day, Kept)> {
        self.values
            .get(&(twin, metric))
            .into_iter()
            .flat_map(|days| days.iter().map(|(day, kept)| (*day, *kept)))
    }

    /// The value of a day, with the time of the night it belongs to.
    pub fn kept(&self, twin: Twin, metric: Metric, day: Day) -> Option<Kept> {
        let mut kept = *self.values.get(&(twin, metric))?.get(&day)?;
        // Daily documents of a night carry no time of their own; its main sleep does.
        if let Some(night) = self.night(twin, day) {
            kept.measurement.measured_at = night.measurement.measured_at;
        }
        Some(kept)
    }

    /// The newest day of a metric that has a value.
    pub fn newest(&self, twin: Twin, metric: Metric) -> Option<(Day, Kept)> {
        let (day, _) = self.days(twin, metric).next_back()?;
        Some((day, self.kept(twin, metric, day)?))
    }

    /// The value of a day, or the reason why there is none.
    pub fn reading(&self, twin: Twin, metric: Metric, day: Day) -> Reading {
        match self.kept(twin, metric, day) {
            Some(kept) => Reading::Measured(kept.measurement),
            None => Reading::Missing(self.reason(twin, metric, day)),
        }
    }

    pub fn reason(&self, twin: Twin, metric: Metric, day: Day) -> Missing {
        let index = usize::from(twin == Twin::B);
        // A night that only the watch recorded is one the ring was not worn in.
        let night_known = self.night(twin, day).is_some_and(|night| {
            let sources = metric.info().sources;
            sources.contains(&night.measurement.source)
        });
        self.context(index).reason(
            metric,
            vendors_of(metric),
            day,
            night_known,
            self.newest_days[index],
        )
    }

    /// Why a twin has no samples on a day, in any of the collections that would hold them.
    pub fn series_reason(&self, twin: Twin, collections: &[Collection], day: Day) -> Missing {
        let index = usize::from(twin == Twin::B);
        self.context(index)
            .series_reason(collections, day, self.newest_days[index])
    }

    /// What is known of a twin's connections; A's index is 0.
    pub fn context(&self, index: usize) -> Context<'_> {
        Context {
            connections: &self.connections[index],
            syncs: &self.syncs[index],
        }
    }

    /// Days both twins have a value of, oldest first, with A − B.
    pub fn differences(&self, metric: Metric) -> Vec<(Day, f64)> {
        let Some(b) = self.values.get(&(Twin::B, metric)) else {
            return Vec::new();
        };
        self.days(Twin::A, metric)
            .filter_map(|(day, kept)| {
                Some((day, kept.measurement.value - b.get(&day)?.measurement.value))
            })
            .collect()
    }

    /// The oldest day with any value.
    pub fn first_day(&self) -> Option<Day> {
        self.values
            .values()
            .filter_map(|days| days.keys().next().copied())
            .min()
    }

    /// The newest day with any value.
    pub fn last_day(&self) -> Option<Day> {
        self.newest_days.into_iter().flatten().max()
    }

    /// A twin's own baseline.
    pub fn baseline(&self, twin: Twin, metric: Metric) -> Option<Baseline> {
        Baseline::of(self.baseline_values(twin, metric))
    }

    /// The baseline of both twins' values together.
    pub fn pooled_baseline(&self, metric: Metric) -> Option<Baseline> {
        Baseline::of(
            Twin::BOTH
                .into_iter()
                .flat_map(|twin| self.baseline_values(twin, metric)),
        )
    }

    fn baseline_values(&self, twin: Twin, metric: Metric) -> impl Iterator<Item = f64> {
        self.days(twin, metric)
            .filter(|(day, _)| self.is_baseline(*day))
            .map(|(_, kept)| kept.measurement.value)
    }

    /// Whether a day is of the reference period: before day 1, or, without an itinerary, of the
    /// first 28 days of the record.
    pub fn is_baseline(&self, day: Day) -> bool {
        match (&self.pair.itinerary, self.first_day()) {
            (Some(itinerary), _) => day < itinerary.first_day,
            (None, Some(first)) => day < first.plus(BASELINE_DAYS),
            (None, None) => false,
        }
    }

    fn night(&self, twin: Twin, day: Day) -> Option<&Kept> {
        self.values.get(&(twin, Metric::TotalSleep))?.get(&day)
    }
}

/// A source's place in a metric's order of preference; unknown ones come last.
fn rank(metric: Metric, source: Source) -> usize {
    let sources = metric.info().sources;
    sources
        .iter()
        .position(|known| *known == source)
        .unwrap_or(sources.len())
}

/// A twin's connections.
fn of_subject(connections: &[Connection], subject: SubjectId) -> Vec<Connection> {
    connections
        .iter()
        .filter(|connection| connection.subject == subject)
        .cloned()
        .collect()
}
