//! Where a day leads, by the itinerary.

use physiology::{Day, Itinerary, Timestamp};

/// When a day begins and ends for the party, local time, s after midnight.
const MORNING_S: i64 = 6 * 3_600;
const EVENING_S: i64 = 20 * 3_600;
/// A day that ends where it began and leads this much higher in between, m, is spent acclimatising.
const EXCURSION_M: f64 = 150.0;

/// `To Namche`, `Acclimatisation`, or where the day is spent; none without an itinerary.
pub(super) fn name(itinerary: Option<&Itinerary>, day: Day) -> Option<String> {
    let trip = itinerary?;
    let (morning, evening) = (local(trip, day, MORNING_S)?, local(trip, day, EVENING_S)?);
    let (from, to) = (trip.place(morning), trip.place(evening)?);
    if from != Some(to) {
        return Some(format!("To {to}"));
    }
    let slept_m = trip.altitude_m(morning)?;
    let climbs = trip
        .waypoints
        .iter()
        .filter(|point| morning < point.at && point.at < evening)
        .any(|point| point.altitude_m - slept_m >= EXCURSION_M);
    let is_on_trip = trip.day_number(day).is_some();
    Some(if climbs && is_on_trip {
        "Acclimatisation".to_owned()
    } else {
        to.to_owned()
    })
}

/// The place reached at an instant, or on the way the one ahead: `Namche`, `Towards Namche`.
pub(super) fn reached(trip: &Itinerary, at: Timestamp) -> Option<String> {
    let after = trip.waypoints.partition_point(|point| point.at <= at);
    let before = trip.waypoints.get(after.checked_sub(1)?)?;
    let ahead = trip.waypoints.get(after);
    let is_on_the_way = before.place.is_empty();
    match ahead.filter(|ahead| is_on_the_way && !ahead.place.is_empty()) {
        Some(ahead) => Some(format!("Towards {}", ahead.place)),
        None => trip.place(at).map(str::to_owned),
    }
}

/// The instant at which the party's clocks show `second_of_day`.
pub(super) fn local(trip: &Itinerary, day: Day, second_of_day: i64) -> Option<Timestamp> {
    let shown = day.start_utc().plus_seconds(second_of_day);
    let guess = trip.utc_offset_s(shown)?;
    let offset_s = trip.utc_offset_s(shown.plus_seconds(-i64::from(guess)))?;
    Some(shown.plus_seconds(-i64::from(offset_s)))
}

#[cfg(test)]
mod tests {
    use physiology::Waypoint;

    use super::*;

    #[test]
    fn a_day_is_called_by_where_it_leads() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let point = |text: &str, hour: i64, altitude_m: f64, place: &str| Waypoint {
            at: day(text).start_utc().plus_seconds(hour * 3_600 - 20_700),
            altitude_m,
            place: place.into(),
            utc_offset_s: 20_700,
        };
        let trip = Itinerary {
            name: "Khumbu".into(),
            first_day: day("2026-10-05"),
            last_day: day("2026-10-18"),
            waypoints: vec![
                point("2026-10-05", 1, 2_860.0, "Lukla"),
                point("2026-10-06", 8, 2_860.0, ""),
                point("2026-10-06", 15, 3_440.0, "Namche"),
                point("2026-10-07", 9, 3_440.0, ""),
                point("2026-10-07", 12, 3_880.0, ""),
                point("2026-10-07", 15, 3_440.0, "Namche"),
            ],
        };
        let name = |text: &str| name(Some(&trip), day(text)).unwrap();
        assert_eq!(name("2026-10-05"), "Lukla");
        assert_eq!(name("2026-10-06"), "To Namche");
        assert_eq!(name("2026-10-07"), "Acclimatisation");
        assert_eq!(name("2026-10-08"), "Namche");
        assert_eq!(super::name(None, day("2026-10-08")), None);

        let at = |hour: i64| {
            let noon = local(&trip, day("2026-10-06"), hour * 3_600).unwrap();
            reached(&trip, noon).unwrap()
        };
        assert_eq!(at(7), "Lukla");
        assert_eq!(at(14), "Towards Namche");
        assert_eq!(at(15), "Namche");
    }
}
