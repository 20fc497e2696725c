//! Metrics in which the twins have parted.

use physiology::agreement::PairedValue;
use physiology::divergence::divergence;
use physiology::{Day, Metric, Twin};
use views::status::Parting;

use super::FRESH_DAYS;
use crate::record::Record;

/// How many are told.
const MOST: usize = 2;

/// Those that still last, the furthest first.
pub(super) fn partings(record: &Record<'_>, today: Day) -> Vec<Parting> {
    let mut found: Vec<Parting> = Metric::OVERVIEW
        .into_iter()
        .filter_map(|metric| {
            let found = divergence(&paired(record, metric, today), |day| {
                record.is_baseline(day)
            })?;
            let lasts = found.is_ongoing && found.newest >= today.plus(-FRESH_DAYS);
            lasts.then_some(Parting {
                metric,
                since: found.began,
                a_is_higher: found.a_is_higher,
                ewma_sds: found.ewma_sds,
            })
        })
        .collect();
    found.sort_by(|one, other| other.ewma_sds.abs().total_cmp(&one.ewma_sds.abs()));
    found.truncate(MOST);
    found
}

/// Days both twins have a value of.
fn paired(record: &Record<'_>, metric: Metric, today: Day) -> Vec<PairedValue> {
    record
        .days(Twin::A, metric)
        .filter(|(day, _)| *day <= today)
        .filter_map(|(day, a)| {
            let b = record.kept(Twin::B, metric, day)?;
            Some(PairedValue {
                day,
                a: a.measurement.value,
                b: b.measurement.value,
            })
        })
        .collect()
}
