//! One twin's day in the table of the week.

use physiology::workout::{Activity, Totals};
use physiology::{Day, Metric, Missing, Twin, Vendor, Workout};
use store::SyncOutcome;
use upstream::Collection;
use views::workouts::{ActivityFilter, DayCell, NoWorkout};

use super::twin::TwinWorkouts;
use crate::known::Known;
use crate::record::Record;

/// What tells of workouts.
const COLLECTIONS: [Collection; 2] = [Collection::OuraWorkout, Collection::PolarExercises];

/// What tells that a day was synced, whatever was done on it.
const DAILY: [Metric; 3] = [Metric::TrainingLoad, Metric::Steps, Metric::TotalSleep];

pub(super) fn cell(
    record: &Record<'_>,
    known: &Known,
    twin: Twin,
    of_twin: &TwinWorkouts,
    day: Day,
    filter: ActivityFilter,
) -> DayCell {
    let workouts = of_twin.of_day(day, filter);
    let none = workouts.is_empty().then(|| {
        if of_twin.of_day(day, ActivityFilter::All).is_empty() {
            reason(record, known, twin, day)
        } else {
            NoWorkout::OtherActivity
        }
    });
    DayCell {
        activities: activities(&workouts),
        totals: Totals::of(workouts),
        none,
    }
}

/// What was done, each activity once, in order.
fn activities(workouts: &[&Workout]) -> Vec<Activity> {
    let mut activities: Vec<Activity> = Vec::new();
    for workout in workouts {
        if !activities.contains(&workout.activity) {
            activities.push(workout.activity.clone());
        }
    }
    activities
}

/// Why a day has no workout at all.
fn reason(record: &Record<'_>, known: &Known, twin: Twin, day: Day) -> NoWorkout {
    let today = known.local.today;
    if day > today {
        return NoWorkout::Ahead;
    }
    let connected: Vec<Vendor> = known
        .connections
        .iter()
        .filter(|connection| connection.subject == record.pair.of(twin).id)
        .map(|connection| connection.vendor)
        .collect();
    if connected.is_empty() {
        return NoWorkout::Unknown(Missing::NotConnected);
    }
    if connected
        .iter()
        .all(|vendor| is_refused(record, known, twin, *vendor))
    {
        return NoWorkout::Unknown(Missing::NotGranted);
    }
    let newest = DAILY
        .into_iter()
        .filter_map(|metric| record.days(twin, metric).next_back())
        .map(|(newest, _)| newest)
        .max();
    match newest {
        Some(newest) if day < today && day <= newest => NoWorkout::Rest,
        Some(newest) if day == today && newest.plus(1) >= today => NoWorkout::NoneYet,
        _ => NoWorkout::Unknown(Missing::NotSynced),
    }
}

/// Whether the twin did not grant a vendor's workouts.
fn is_refused(record: &Record<'_>, known: &Known, twin: Twin, vendor: Vendor) -> bool {
    let collection = COLLECTIONS
        .into_iter()
        .find(|collection| collection.vendor() == vendor);
    known.syncs.iter().any(|sync| {
        sync.subject == record.pair.of(twin).id
            && sync.vendor == vendor
            && collection.is_some_and(|collection| sync.collection == collection.id())
            && sync.outcome == SyncOutcome::NotGranted
    })
}
