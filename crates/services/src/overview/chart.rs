//! The chart of one metric.

use physiology::alarm::Spo2Limits;
use physiology::pair::PairDay;
use physiology::{Day, DayRange, Metric, Timestamp, Twin, Waypoint};
use views::overview::{DrawnLimit, MetricChart, RangeChoice};

use super::OverviewQuery;
use super::record::{Local, Record};

/// Nights of the baseline shown beside the expedition.
const BASELINE_NIGHTS: i64 = 14;

pub(super) fn chart(record: &Record<'_>, query: OverviewQuery, local: &Local) -> MetricChart {
    let OverviewQuery {
        range: choice,
        metric,
    } = query;
    let trip = record.pair.itinerary.as_ref();
    let range = range(record, choice, local);
    let baseline_days = match (choice, trip) {
        (RangeChoice::Trip, Some(trip)) => {
            let nights = DayRange::new(
                trip.first_day.plus(-BASELINE_NIGHTS),
                trip.first_day.plus(-1),
            );
            days(record, metric, nights)
        }
        _ => Vec::new(),
    };
    MetricChart {
        metric,
        range,
        choice,
        days: days(record, metric, range),
        baseline_days,
        band: record
            .pooled_baseline(metric)
            .map(|baseline| baseline.band()),
        baseline_means: Twin::BOTH
            .map(|twin| record.baseline(twin, metric).map(|baseline| baseline.mean)),
        limit: limit(record, metric, range),
        altitude: altitude(record, range),
        day_one: trip.map(|trip| trip.first_day),
    }
}

fn range(record: &Record<'_>, choice: RangeChoice, local: &Local) -> DayRange {
    let today = local.today;
    let last = |days: i64| DayRange::new(today.plus(1 - days), today);
    match (choice, &record.pair.itinerary) {
        (RangeChoice::Week, _) => last(7),
        (RangeChoice::Trip, Some(trip)) if trip.first_day <= today => {
            DayRange::new(trip.first_day, today.min(trip.last_day))
        }
        // Before the first day there is no trip to show: the last fortnight stands in.
        (RangeChoice::Fortnight | RangeChoice::Trip, _) => last(14),
        (RangeChoice::All, _) => DayRange::new(
            record.first_day().unwrap_or(today.plus(-13)).min(today),
            today,
        ),
        (RangeChoice::Days(days), _) => days,
    }
}

fn days(record: &Record<'_>, metric: Metric, range: DayRange) -> Vec<PairDay> {
    range
        .days()
        .map(|day| pair_day(record, metric, day))
        .collect()
}

fn pair_day(record: &Record<'_>, metric: Metric, day: Day) -> PairDay {
    let trip = record.pair.itinerary.as_ref();
    let mid_sleep = trip.and_then(|trip| trip.mid_sleep(day));
    PairDay {
        day,
        at: mid_sleep.unwrap_or_else(|| day.start_utc().plus_seconds(2 * 3_600)),
        a: record.reading(Twin::A, metric, day),
        b: record.reading(Twin::B, metric, day),
        day_number: trip.and_then(|trip| trip.day_number(day)),
        sleeping_altitude_m: trip.and_then(|trip| trip.sleeping_altitude_m(day)),
        place: trip
            .zip(mid_sleep)
            .and_then(|(trip, at)| trip.place(at))
            .map(str::to_owned),
    }
}

fn limit(record: &Record<'_>, metric: Metric, range: DayRange) -> Option<DrawnLimit> {
    if metric != Metric::Spo2Night {
        return None;
    }
    let trip = record.pair.itinerary.as_ref();
    let altitude_m = trip.and_then(|trip| trip.sleeping_altitude_m(range.last));
    let (value, priority) = Spo2Limits::default().drawn(altitude_m);
    Some(DrawnLimit { value, priority })
}

/// The profile within the range, and the points just outside it that its lines run to.
fn altitude(record: &Record<'_>, range: DayRange) -> Vec<Waypoint> {
    let Some(trip) = &record.pair.itinerary else {
        return Vec::new();
    };
    let (start, end): (Timestamp, Timestamp) = (
        range.first.plus(-1).start_utc(),
        range.last.plus(2).start_utc(),
    );
    let from = trip
        .waypoints
        .partition_point(|point| point.at < start)
        .saturating_sub(1);
    let to = trip.waypoints.partition_point(|point| point.at <= end) + 1;
    trip.waypoints
        .get(from..to.min(trip.waypoints.len()))
        .map(<[Waypoint]>::to_vec)
        .unwrap_or_default()
}
