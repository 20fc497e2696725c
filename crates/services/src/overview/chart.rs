//! The chart of one metric.

use physiology::{DayRange, Twin};
use views::overview::{MetricChart, RangeChoice};

use super::OverviewQuery;
use crate::record::{Local, Record};
use crate::shown;

/// Nights of the baseline shown beside the expedition.
const BASELINE_NIGHTS: i64 = 14;

pub(super) fn chart(record: &Record<'_>, query: OverviewQuery, local: &Local) -> MetricChart {
    let OverviewQuery {
        range: choice,
        metric,
    } = query;
    let trip = record.pair.itinerary.as_ref();
    let range = shown::range(record, choice, local);
    let baseline_days = match (choice, trip) {
        (RangeChoice::Trip, Some(trip)) => {
            let nights = DayRange::new(
                trip.first_day.plus(-BASELINE_NIGHTS),
                trip.first_day.plus(-1),
            );
            shown::pair_days(record, metric, nights)
        }
        _ => Vec::new(),
    };
    MetricChart {
        metric,
        range,
        choice,
        days: shown::pair_days(record, metric, range),
        baseline_days,
        band: record
            .pooled_baseline(metric)
            .map(|baseline| baseline.band()),
        baseline_means: Twin::BOTH
            .map(|twin| record.baseline(twin, metric).map(|baseline| baseline.mean)),
        limit: shown::limit(record, metric, range),
        altitude: shown::altitude(record, range),
        day_one: trip.map(|trip| trip.first_day),
    }
}
