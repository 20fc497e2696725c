//! The seven days of a week.

use physiology::units::WeekStart;
use physiology::{Day, DayRange, Twin};
use views::workouts::{ActivityFilter, Compared, DayCell, WeekDay};

use super::cell::cell;
use super::twin::TwinWorkouts;
use super::{index, stage};
use crate::known::Known;
use crate::record::Record;

/// Day by day.
pub(super) fn days(
    record: &Record<'_>,
    twins: &[TwinWorkouts; 2],
    known: &Known,
    week: DayRange,
    filter: ActivityFilter,
) -> Vec<WeekDay> {
    let of_day = |day: Day| WeekDay {
        day,
        stage: stage::name(record.pair.itinerary.as_ref(), day),
        cells: Twin::BOTH.map(|twin| cell(record, known, twin, &twins[index(twin)], day, filter)),
    };
    week.days().map(of_day).collect()
}

/// The newest day either twin has a workout on.
pub(super) fn newest_with_workouts(days: &[WeekDay]) -> Option<Day> {
    let has_any = |day: &&WeekDay| day.cells.iter().any(|cell| cell.none.is_none());
    days.iter().rev().find(has_any).map(|day| day.day)
}

/// One twin's day, where it is in the week.
pub(super) fn cell_of(days: &[WeekDay], twin: Twin, day: Day) -> Option<&DayCell> {
    let found = days.iter().find(|one| one.day == day)?;
    found.cells.get(index(twin))
}

/// Both twins over the days of which both are known, be it that nothing was done.
pub(super) fn compared(
    twins: &[TwinWorkouts; 2],
    days: &[WeekDay],
    filter: ActivityFilter,
) -> Compared {
    let both = days
        .iter()
        .filter(|day| day.cells.iter().all(DayCell::is_known))
        .map(|day| day.day);
    Compared {
        days: both.clone().count(),
        totals: Twin::BOTH.map(|twin| twins[index(twin)].totals(both.clone(), filter)),
    }
}

/// The number of a week on the expedition, from 1; none before and after it.
pub(super) fn of_trip(record: &Record<'_>, start: WeekStart, week: DayRange) -> Option<u32> {
    let trip = record.pair.itinerary.as_ref()?;
    let first = start.week_of(trip.first_day).first;
    (first <= week.first && week.first <= trip.last_day)
        .then(|| u32::try_from(week.first.days_since(first) / 7 + 1).ok())
        .flatten()
}
