//! What pages that show a range of days have in common: which days, their pairs, the limit and the
//! altitude drawn with them.

use physiology::pair::PairDay;
use physiology::{Day, DayRange, MID_SLEEP_LOCAL_S, Metric, Timestamp, Twin, Waypoint};
use views::overview::{DrawnLimit, RangeChoice};

use crate::record::{Local, Record};

/// The days a choice stands for.
pub(crate) fn range(record: &Record<'_>, choice: RangeChoice, local: &Local) -> DayRange {
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

/// Where on the time axis a night is drawn: mid-sleep on the morning's date, by UTC where no itinerary
/// tells the clock.
pub(crate) fn drawn_at(record: &Record<'_>, day: Day) -> Timestamp {
    record
        .pair
        .itinerary
        .as_ref()
        .and_then(|trip| trip.mid_sleep(day))
        .unwrap_or_else(|| day.start_utc().plus_seconds(MID_SLEEP_LOCAL_S))
}

/// Where the night that ended on a day was slept.
pub(crate) fn place(record: &Record<'_>, day: Day) -> Option<String> {
    let trip = record.pair.itinerary.as_ref()?;
    Some(trip.place(trip.mid_sleep(day)?)?.to_owned())
}

/// Every day of a range, missing ones with their reason.
pub(crate) fn pair_days(record: &Record<'_>, metric: Metric, range: DayRange) -> Vec<PairDay> {
    range
        .days()
        .map(|day| pair_day(record, metric, day))
        .collect()
}

fn pair_day(record: &Record<'_>, metric: Metric, day: Day) -> PairDay {
    let trip = record.pair.itinerary.as_ref();
    PairDay {
        day,
        at: drawn_at(record, day),
        a: record.reading(Twin::A, metric, day),
        b: record.reading(Twin::B, metric, day),
        day_number: trip.and_then(|trip| trip.day_number(day)),
        sleeping_altitude_m: trip.and_then(|trip| trip.sleeping_altitude_m(day)),
        place: place(record, day),
    }
}

/// The limit drawn over a range, at the altitude of its last night: of the twins' own, the one that
/// is reached first.
pub(crate) fn limit(record: &Record<'_>, metric: Metric, range: DayRange) -> Option<DrawnLimit> {
    if metric != Metric::Spo2Night {
        return None;
    }
    let trip = record.pair.itinerary.as_ref();
    let altitude_m = trip.and_then(|trip| trip.sleeping_altitude_m(range.last));
    Twin::BOTH
        .map(|twin| record.pair.of(twin).spo2_limits.drawn(altitude_m))
        .into_iter()
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(value, priority)| DrawnLimit { value, priority })
}

/// The profile within the range, and the points just outside it that its lines run to.
pub(crate) fn altitude(record: &Record<'_>, range: DayRange) -> Vec<Waypoint> {
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
