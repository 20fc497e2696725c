//! What happened meanwhile: where the party arrived, who trained.

use std::collections::BTreeSet;

use physiology::{Day, DayRange, Twin, Vendor};
use upstream::Collection;
use views::compare::{Event, EventKind};

use crate::record::Record;

/// A subject's documents: from whom, of which collection, of which day.
pub(super) type DocumentDays = Vec<(Vendor, String, Option<Day>)>;

/// Arrivals at places with a name, and days with a workout, oldest first.
pub(super) fn events(
    record: &Record<'_>,
    documents: &[DocumentDays; 2],
    range: DayRange,
) -> Vec<Event> {
    let mut events = arrivals(record, range);
    events.extend(workouts(documents, range));
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
fn workouts(documents: &[DocumentDays; 2], range: DayRange) -> Vec<Event> {
    let is_workout = |vendor: Vendor, collection: &str| {
        [Collection::OuraWorkout, Collection::PolarExercises]
            .into_iter()
            .any(|known| known.vendor() == vendor && known.id() == collection)
    };
    let days: BTreeSet<(Day, Twin)> = Twin::BOTH
        .into_iter()
        .zip(documents)
        .flat_map(|(twin, documents)| {
            documents
                .iter()
                .filter(move |(vendor, collection, _)| is_workout(*vendor, collection))
                .filter_map(move |(_, _, day)| Some(((*day)?, twin)))
        })
        .filter(|(day, _)| range.contains(*day))
        .collect();
    days.into_iter()
        .map(|(day, twin)| Event {
            day,
            kind: EventKind::Workout { twin },
        })
        .collect()
}
