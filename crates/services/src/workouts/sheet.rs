//! Both twins' workouts side by side.

use core::ops::Range;

use physiology::{Day, Timestamp, Twin, Workout};
use store::Series;
use views::workouts::{NoWorkout, Sheet, TwinSheet, WorkoutLine};

use super::figures::Heart;
use super::trace::{Hours, Recorded, trace};
use super::twin::TwinWorkouts;
use super::{index, stage};
use crate::record::Record;
use physiology::workout::Totals;

/// What one twin's side of a sheet shows.
pub(super) struct Side<'a> {
    pub workouts: Vec<&'a Workout>,
    /// Why there is none.
    pub none: Option<NoWorkout>,
}

pub(super) fn sheet(
    record: &Record<'_>,
    twins: &[TwinWorkouts; 2],
    day: Day,
    sides: &[Side<'_>; 2],
    series: &[Vec<Series>; 2],
) -> Sheet {
    let offsets = Twin::BOTH.map(|twin| offset_s(record, day, &sides[index(twin)].workouts));
    let hours = hours(day, sides, offsets);
    let side = |twin: Twin| {
        let position = index(twin);
        let (side, offset_s) = (&sides[position], offsets[position]);
        let of_twin = &twins[position];
        let recorded: Vec<Recorded<'_>> = side
            .workouts
            .iter()
            .map(|workout| Recorded::of(workout, &series[position], offset_s))
            .collect();
        let heart = Heart::of(record, twin, of_twin.highest_bpm(), day.year());
        TwinSheet {
            workouts: side
                .workouts
                .iter()
                .map(|workout| line(of_twin, workout, day, offset_s))
                .collect(),
            none: side.none,
            totals: Totals::of(side.workouts.iter().copied()),
            trace: trace(&recorded, hours, offset_s),
            zones: heart.zones,
            heart: heart.figures(&recorded),
        }
    };
    Sheet {
        day,
        stage: stage::name(record.pair.itinerary.as_ref(), day),
        from_s: hours.from_s,
        to_s: hours.to_s,
        utc_offset_s: offsets,
        twins: Twin::BOTH.map(side),
        altitude: altitude(record, hours),
        places: places(record, hours),
        party_offset_s: offset_s(record, day, &[]),
        notes: Vec::new(),
        may_note: false,
    }
}

/// The time a sheet takes on the clock that shows it first and the one that shows it last, its end
/// left out.
pub(super) fn time_of(sheet: &Sheet) -> Range<Timestamp> {
    let [a, b] = sheet.utc_offset_s;
    let at = |second: i32, offset_s: i32| sheet.day.at_second(second.into(), offset_s);
    let (first, last) = (at(sheet.from_s, a.max(b)), at(sheet.to_s, a.min(b)));
    // What is noted as it ends is of it.
    first..Timestamp(last.0.saturating_add(1))
}

/// How far a twin's wall clock is ahead of UTC: as the workouts tell, else as the party's.
fn offset_s(record: &Record<'_>, day: Day, workouts: &[&Workout]) -> i32 {
    let told = workouts.iter().find_map(|workout| workout.utc_offset_s);
    told.unwrap_or_else(|| {
        let noon = day.start_utc().plus_seconds(43_200);
        let trip = record.pair.itinerary.as_ref();
        trip.and_then(|trip| trip.utc_offset_s(noon)).unwrap_or(0)
    })
}

/// From the first start to the last end of either twin's workouts.
fn hours(day: Day, sides: &[Side<'_>; 2], offsets: [i32; 2]) -> Hours {
    let mut from_to: Option<(i32, i32)> = None;
    for (side, offset_s) in sides.iter().zip(offsets) {
        for workout in &side.workouts {
            let from = Hours::second(day, workout.starts_at, offset_s);
            let to = Hours::second(day, workout.ends_at, offset_s);
            let (first, last) = from_to.unwrap_or((from, to));
            from_to = Some((first.min(from), last.max(to)));
        }
    }
    let (from_s, to_s) = from_to.unwrap_or_default();
    Hours { day, from_s, to_s }
}

fn line(of_twin: &TwinWorkouts, workout: &Workout, day: Day, offset_s: i32) -> WorkoutLine {
    WorkoutLine {
        id: of_twin.name(workout),
        activity: workout.activity.clone(),
        label: workout.label.clone(),
        from_s: Hours::second(day, workout.starts_at, offset_s),
        to_s: Hours::second(day, workout.ends_at, offset_s),
        distance_m: workout.distance_m,
        calories_kcal: workout.calories_kcal,
        cardio_load: workout.cardio_load,
        sources: workout.origins.iter().map(|origin| origin.source).collect(),
    }
}

/// The party's altitude over these hours: both ends, and every point of the itinerary between.
fn altitude(record: &Record<'_>, hours: Hours) -> Vec<(i32, f64)> {
    let Some(trip) = record.pair.itinerary.as_ref() else {
        return Vec::new();
    };
    let ends = [hours.from_s, hours.to_s].map(|second| {
        let at = stage::local(trip, hours.day, i64::from(second))?;
        Some((second, at, trip.altitude_m(at)?))
    });
    let [Some((from_s, from, from_m)), Some((to_s, to, to_m))] = ends else {
        return Vec::new();
    };
    if to <= from {
        return Vec::new();
    }
    let between = trip
        .waypoints
        .iter()
        .filter(|point| from < point.at && point.at < to)
        .map(|point| {
            let second = Hours::second(hours.day, point.at, point.utc_offset_s);
            (second.clamp(from_s, to_s), point.altitude_m)
        });
    let mut points = vec![(from_s, from_m)];
    points.extend(between);
    points.push((to_s, to_m));
    points
}

/// Where these hours begin, and where they end or lead to: `Tengboche`, `Towards Dingboche`.
fn places(record: &Record<'_>, hours: Hours) -> [Option<String>; 2] {
    let Some(trip) = record.pair.itinerary.as_ref() else {
        return [None, None];
    };
    let at = |second: i32| stage::local(trip, hours.day, i64::from(second));
    let begins = at(hours.from_s).and_then(|at| trip.place(at));
    let ends = at(hours.to_s).and_then(|at| stage::reached(trip, at));
    [begins.map(str::to_owned), ends]
}
