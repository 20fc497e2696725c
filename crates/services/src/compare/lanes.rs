//! The lanes: values or reasons night by night, and what they are judged against.

use physiology::altitude::expected_sleeping_spo2;
use physiology::baseline::Band;
use physiology::{Day, DayRange, Metric, Twin};
use views::compare::{Course, LaneValue, MetricLane, Night};

use super::{anomalies, pair};
use crate::alarms::SAME_ALTITUDE_M;
use crate::record::Record;
use crate::{shown, tiles};

/// The expected band is the mean ± so many SDs: as many as the alarm's default.
pub(super) const EXPECTED_SDS: f64 = 2.0;

pub(super) fn nights(record: &Record<'_>, range: DayRange) -> Vec<Night> {
    range.days().map(|day| night(record, day)).collect()
}

fn night(record: &Record<'_>, day: Day) -> Night {
    let trip = record.pair.itinerary.as_ref();
    Night {
        day,
        at: shown::drawn_at(record, day),
        day_number: trip.and_then(|trip| trip.day_number(day)),
        sleeping_altitude_m: trip.and_then(|trip| trip.sleeping_altitude_m(day)),
        place: shown::place(record, day),
    }
}

/// A metric over the whole record; the range may reach beyond it.
pub(super) fn course(record: &Record<'_>, metric: Metric, range: DayRange) -> Course {
    let first = record.first_day().unwrap_or(range.first).min(range.first);
    let last = record.last_day().unwrap_or(range.last).max(range.last);
    Course {
        ends: [first, last].map(|day| night(record, day)),
        tiles: Twin::BOTH.map(|twin| {
            let tiles = tiles::course(record, twin, metric);
            tiles.iter().map(chart::Tile::encode).collect()
        }),
    }
}

pub(super) fn lane(record: &Record<'_>, metric: Metric, range: DayRange) -> MetricLane {
    let values = |twin: Twin| {
        range
            .days()
            .map(|day| LaneValue::of(&record.reading(twin, metric, day)))
            .collect()
    };
    MetricLane {
        metric,
        values: Twin::BOTH.map(values),
        band: record
            .pooled_baseline(metric)
            .map(|baseline| baseline.band()),
        baseline_means: Twin::BOTH
            .map(|twin| record.baseline(twin, metric).map(|baseline| baseline.mean)),
        limit: shown::limit(record, metric, range),
        expected: expected(record, metric, range),
        anomalies: anomalies::anomalies(record, metric, range),
        pair: pair::row(&pair::pairs(record, metric)),
    }
}

/// What is expected of each night's SpO₂ at its altitude; nothing of other metrics, and nothing
/// where there is no itinerary.
fn expected(record: &Record<'_>, metric: Metric, range: DayRange) -> Vec<Option<Band>> {
    if metric != Metric::Spo2Night || record.pair.itinerary.is_none() {
        return Vec::new();
    }
    range.days().map(|day| expected_of(record, day)).collect()
}

fn expected_of(record: &Record<'_>, day: Day) -> Option<Band> {
    let trip = record.pair.itinerary.as_ref()?;
    let altitude_m = trip.sleeping_altitude_m(day)?;
    let nights = trip.nights_at_altitude(day, SAME_ALTITUDE_M)?;
    Some(expected_sleeping_spo2(altitude_m, nights).band(EXPECTED_SDS))
}
