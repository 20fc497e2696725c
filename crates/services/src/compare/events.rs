//! What happened meanwhile: where the party arrived, who trained.

use std::collections::BTreeSet;

use physiology::{Day, DayRange, Twin, Workout};
use store::SubjectWorkout;
use views::compare::{Event, EventKind, WorkoutStretch};

use crate::record::Record;
use crate::workouts::twin::TwinWorkouts;

/// Arrivals at places with a name, and days with a workout, oldest first.
pub(super) fn events(
    record: &Record<'_>,
    workouts: &[SubjectWorkout],
    range: DayRange,
) -> Vec<Event> {
    let mut events = arrivals(record, range);
    events.extend(days_with_workouts(record, workouts));
    // Stable: what is of one day keeps its order, the arrival first.
    events.sort_by_key(|event| event.day);
    events
}

fn arrivals(record: &Record<'_>, range: DayRange) -> Vec<Event> {
    let Some(trip) = &record.pair.itinerary else {
        return Vec::new();
    };
    let mut here = "";
    let mut arrivals = Vec::new();
    for point in trip
        .waypoints
        .iter()
        .filter(|point| !point.place.is_empty())
    {
        let day = Day::of_local(point.at, point.utc_offset_s);
        // The first place is where they set out from; a place named again is not reached again.
        if !here.is_empty() && point.place != here && range.contains(day) {
            arrivals.push(Event {
                day,
                kind: EventKind::Arrival {
                    at: point.at,
                    place: point.place.clone(),
                    altitude_m: point.altitude_m,
                },
            });
        }
        here = &point.place;
    }
    arrivals
}

/// One a twin and day, however many workouts there were and whoever recorded them.
fn days_with_workouts(record: &Record<'_>, workouts: &[SubjectWorkout]) -> Vec<Event> {
    let days: BTreeSet<(Day, Twin)> = workouts
        .iter()
        .filter_map(|of| Some((of.workout.day, record.pair.side(of.subject)?)))
        .collect();
    days.into_iter()
        .map(|(day, twin)| Event {
            day,
            kind: EventKind::Workout { twin },
        })
        .collect()
}

/// Every workout, however many vendors recorded it, by twin and time.
pub(super) fn stretches(record: &Record<'_>, workouts: &[SubjectWorkout]) -> Vec<WorkoutStretch> {
    let of_twin = |twin: Twin| {
        let own = TwinWorkouts::new(record.pair.of(twin).id, workouts);
        let stretch = |workout: &Workout| WorkoutStretch {
            twin,
            from: workout.starts_at,
            to: workout.ends_at,
            name: workout.activity.to_string(),
        };
        own.all().iter().map(stretch).collect::<Vec<_>>()
    };
    Twin::BOTH.into_iter().flat_map(of_twin).collect()
}
