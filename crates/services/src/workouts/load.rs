//! Load of the last months, as Polar tells it day by day.

use physiology::load::loads;
use physiology::{Day, DayRange, Metric, Twin};
use views::workouts::LoadHistory;

use crate::record::{Local, Record};

/// The most days shown: what came before the long mean's four weeks weighs on it no more.
const MOST_DAYS: i64 = 84;

pub(super) fn history(record: &Record<'_>, local: &Local) -> LoadHistory {
    let daily = Twin::BOTH.map(|twin| -> Vec<(Day, f64)> {
        record
            .days(twin, Metric::TrainingLoad)
            // Today's is not known before the day is over, and a 0 until then would be invented.
            .filter(|(day, _)| *day < local.today)
            .map(|(day, kept)| (day, kept.measurement.value))
            .collect()
    });
    let known_from = [0, 1].map(|index: usize| daily[index].first().map(|(day, _)| *day));
    let first = known_from.iter().flatten().min().copied();
    let last = daily
        .iter()
        .filter_map(|days| days.last())
        .map(|(day, _)| *day)
        .max();
    let days = match (first, last) {
        (Some(first), Some(last)) => DayRange::new(first.max(last.plus(1 - MOST_DAYS)), last),
        _ => DayRange::new(local.today, local.today.plus(-1)),
    };
    let twins = daily.map(|daily| match (daily.first(), daily.last()) {
        // From the first load on, so that the weighted means have run in, and no day further than
        // what is known.
        (Some((first, _)), Some((last, _))) => loads(&daily, DayRange::new(*first, *last))
            .into_iter()
            .filter(|load| days.contains(load.day))
            .collect(),
        _ => Vec::new(),
    });
    LoadHistory {
        days,
        twins,
        known_from,
    }
}
