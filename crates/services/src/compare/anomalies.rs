//! Days outside what is usual for a twin.

use physiology::anomaly::{WINDOW_DAYS, fences};
use physiology::baseline::Position;
use physiology::{Day, DayRange, Metric, Twin};
use views::compare::Anomaly;

use crate::record::Record;

/// Values outside the fences of the 90 days before them, oldest first, A before B. A value is never
/// judged against itself.
pub(super) fn anomalies(record: &Record<'_>, metric: Metric, range: DayRange) -> Vec<Anomaly> {
    let mut found: Vec<Anomaly> = Twin::BOTH
        .into_iter()
        .flat_map(|twin| of_twin(record, twin, metric, range))
        .collect();
    found.sort_by_key(|anomaly| (anomaly.day, anomaly.twin));
    found
}

fn of_twin(record: &Record<'_>, twin: Twin, metric: Metric, range: DayRange) -> Vec<Anomaly> {
    let values: Vec<(Day, f64)> = record
        .days(twin, metric)
        .map(|(day, kept)| (day, kept.measurement.value))
        .collect();
    let band = record
        .baseline(twin, metric)
        .map(|baseline| baseline.band());
    values
        .iter()
        .enumerate()
        .filter(|(_, (day, _))| range.contains(*day))
        .filter_map(|(place, (day, value))| {
            let oldest = day.plus(-WINDOW_DAYS);
            let before = values[..place].iter().filter(|(day, _)| *day >= oldest);
            let fences = fences(before.map(|(_, value)| *value))?;
            (fences.position(*value) != Position::Within).then(|| Anomaly {
                day: *day,
                twin,
                value: *value,
                fences,
                against_baseline: band.map(|band| band.position(*value)),
            })
        })
        .collect()
}
