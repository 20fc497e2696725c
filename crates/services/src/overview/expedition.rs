//! Where the expedition stands.

use physiology::Itinerary;
use views::overview::{ExpeditionStatus, NextPlace};

use super::record::Local;

pub(super) fn status(itinerary: Option<&Itinerary>, local: &Local) -> Option<ExpeditionStatus> {
    let trip = itinerary?;
    Some(ExpeditionStatus {
        name: trip.name.clone(),
        day_number: trip.day_number(local.today),
        days_to_start: trip.first_day.days_since(local.today),
        length_days: trip.length_days(),
        altitude_m: trip.altitude_m(local.now),
        place: trip.place(local.now).map(str::to_owned),
        next: trip.next_place(local.now).map(|next| NextPlace {
            place: next.place.clone(),
            altitude_m: next.altitude_m,
        }),
    })
}
