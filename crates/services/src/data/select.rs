//! Which rows a filter selects.

use std::collections::BTreeMap;

use physiology::{Day, DayRange, Metric, Missing, Source, Twin};
use store::DailyReading;
use views::data::{Absence, DataFilter, DataRow, DataValue, Show};

use crate::missing::vendor_of;
use crate::record::Record;

/// The readings of a twin's metric, day by day; on one day the preferred source first.
type Days<'a> = BTreeMap<Day, Vec<&'a DailyReading>>;

/// What a filter selects from a record.
pub(super) struct Selection<'a> {
    record: &'a Record<'a>,
    pub filter: &'a DataFilter,
    /// The days looked at: those asked for, as far as they have come.
    pub days: DayRange,
    readings: BTreeMap<(Twin, Metric), Days<'a>>,
    /// The first and the last day of anything a source has of a twin.
    served: BTreeMap<(Twin, Source), DayRange>,
}

impl<'a> Selection<'a> {
    pub fn new(
        record: &'a Record<'a>,
        readings: &'a [DailyReading],
        filter: &'a DataFilter,
        days: DayRange,
        today: Day,
    ) -> Self {
        let mut by_day: BTreeMap<(Twin, Metric), Days<'a>> = BTreeMap::new();
        let mut served: BTreeMap<(Twin, Source), DayRange> = BTreeMap::new();
        for reading in readings {
            let Some(twin) = record.pair.side(reading.subject) else {
                continue;
            };
            let (day, source) = (reading.day, reading.measurement.source);
            served
                .entry((twin, source))
                .and_modify(|range| {
                    *range = DayRange::new(range.first.min(day), range.last.max(day));
                })
                .or_insert(DayRange::new(day, day));
            if filter.source.is_none_or(|wanted| wanted == source) {
                let days = by_day.entry((twin, reading.metric)).or_default();
                days.entry(day).or_default().push(reading);
            }
        }
        for ((_, metric), days) in &mut by_day {
            let sources = metric.info().sources;
            let rank = |reading: &&DailyReading| {
                let source = reading.measurement.source;
                sources.iter().position(|known| *known == source)
            };
            // A source the metric does not name comes last, not first.
            for of_day in days.values_mut() {
                of_day.sort_by_key(|reading| rank(reading).unwrap_or(usize::MAX));
            }
        }
        // What is still to come is not missing. One twin may be a day ahead of the party.
        let last = record.last_day().map_or(today, |newest| newest.max(today));
        Self {
            record,
            filter,
            days: DayRange::new(days.first, days.last.min(last)),
            readings: by_day,
            served,
        }
    }

    /// The twins chosen, A first.
    pub fn twins(&self) -> impl Iterator<Item = Twin> + use<> {
        let wanted = self.filter.twin;
        Twin::BOTH
            .into_iter()
            .filter(move |twin| wanted.is_none_or(|wanted| wanted == *twin))
    }

    /// The metrics chosen that the chosen source can have.
    pub fn metrics(&self) -> impl Iterator<Item = Metric> {
        self.filter.chosen().iter().copied().filter(|metric| {
            let sources = metric.info().sources;
            self.filter
                .source
                .is_none_or(|source| sources.contains(&source))
        })
    }

    /// The readings of a day, the preferred source first.
    pub fn of_day(&self, twin: Twin, metric: Metric, day: Day) -> &[&'a DailyReading] {
        self.readings
            .get(&(twin, metric))
            .and_then(|days| days.get(&day))
            .map_or(&[], Vec::as_slice)
    }

    /// Why a day has no value from the sources looked at.
    pub fn absence(&self, twin: Twin, metric: Metric, day: Day) -> Absence {
        let sources = metric.info().sources.iter().copied();
        let sources =
            sources.filter(|source| self.filter.source.is_none_or(|only| only == *source));
        let served = sources
            .clone()
            .filter_map(|source| self.served.get(&(twin, source)));
        let first = served.clone().map(|range| range.first).min();
        let newest = served.map(|range| range.last).max();
        if first.is_some_and(|first| day < first) {
            return Absence::BeforeConnection;
        }
        let night_known = self
            .record
            .kept(twin, Metric::TotalSleep, day)
            .is_some_and(|night| {
                sources
                    .clone()
                    .any(|source| source == night.measurement.source)
            });
        let index = usize::from(twin == Twin::B);
        let vendors = sources.filter_map(vendor_of);
        let reason: Missing =
            self.record
                .context(index)
                .reason(metric, vendors, day, night_known, newest);
        Absence::Missing(reason)
    }

    /// The rows, newest day first; on one day by metric, twin and source.
    pub fn rows(&self) -> Vec<DataRow> {
        let (shows_values, shows_missing) = match self.filter.show {
            Show::Values => (true, false),
            Show::All => (true, true),
            Show::Missing => (false, true),
        };
        let mut rows = Vec::new();
        for day in self.days.days().rev() {
            for metric in self.metrics() {
                for twin in self.twins() {
                    let row = |value| DataRow {
                        day,
                        twin,
                        metric,
                        value,
                    };
                    let readings = self.of_day(twin, metric, day);
                    if readings.is_empty() && shows_missing {
                        let absence = self.absence(twin, metric, day);
                        rows.push(row(DataValue::Missing(absence)));
                    } else if shows_values {
                        rows.extend(readings.iter().map(|reading| row(measured(reading))));
                    }
                }
            }
        }
        rows
    }
}

fn measured(reading: &DailyReading) -> DataValue {
    DataValue::Measured {
        value: reading.measurement.value,
        measured_at: reading.measurement.measured_at,
        received_at: reading.received_at,
        source: reading.measurement.source,
        quality: reading.measurement.quality,
        document: reading.document.clone(),
    }
}
