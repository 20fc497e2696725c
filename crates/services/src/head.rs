//! What stands at the top of every page: where the expedition is, what needs action.

use physiology::{Itinerary, Metric, Twin};
use store::{CollectionSync, Viewer};
use views::PageHead;
use views::head::{ExpeditionStatus, NextPlace};

use crate::alarms;
use crate::record::{Local, Record};

/// What the head of a page is made from, beside what its own record holds.
pub(crate) const HEAD_METRICS: [Metric; 2] = [Metric::Spo2Night, Metric::TotalSleep];

/// The head of a page. The record holds [`HEAD_METRICS`] at least, without a limit of days.
pub(crate) fn head(
    viewer: &Viewer,
    record: &Record<'_>,
    local: &Local,
    syncs: &[CollectionSync],
) -> PageHead {
    PageHead {
        now: local.now,
        utc_offset_s: local.utc_offset_s,
        today: local.today,
        expedition: expedition(record.pair.itinerary.as_ref(), local),
        names: Twin::BOTH.map(|twin| record.pair.of(twin).name.clone()),
        last_sync_at: syncs.iter().filter_map(|sync| sync.synced_at).max(),
        alarms: alarms::lines(record),
        units: viewer.units(),
    }
}

fn expedition(itinerary: Option<&Itinerary>, local: &Local) -> Option<ExpeditionStatus> {
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
