//! What altitude does to the twins: against what is expected, and over the nights.

use physiology::acclimatisation::fit_exponential;
use physiology::altitude::expected_sleeping_spo2;
use physiology::itinerary_risk::{ALTITUDE_M, itinerary_risk};
use physiology::{Day, Itinerary, Metric, Twin};
use views::compare::{AtAltitude, ExpectedNight, Settling, SettlingTwin};

use super::lanes::EXPECTED_SDS;
use crate::alarms::SAME_ALTITUDE_M;
use crate::record::Record;

/// What settles at altitude.
pub(super) const METRICS: [Metric; 2] = [Metric::Spo2Night, Metric::RestingHeartRate];

/// None without an itinerary.
pub(super) fn at_altitude(record: &Record<'_>) -> Option<AtAltitude> {
    let trip = record.pair.itinerary.as_ref()?;
    Some(AtAltitude {
        expected: Twin::BOTH.map(|twin| expected(record, trip, twin)),
        settling: METRICS
            .into_iter()
            .map(|metric| settling(record, trip, metric))
            .collect(),
        risk: itinerary_risk(trip),
    })
}

fn expected(record: &Record<'_>, trip: &Itinerary, twin: Twin) -> Option<ExpectedNight> {
    let (day, kept) = record.newest(twin, Metric::Spo2Night)?;
    let altitude_m = trip.sleeping_altitude_m(day)?;
    let nights = trip.nights_at_altitude(day, SAME_ALTITUDE_M)?;
    let expected = expected_sleeping_spo2(altitude_m, nights);
    Some(ExpectedNight {
        day,
        value: kept.measurement.value,
        altitude_m,
        nights,
        mean: expected.mean_percent,
        band: expected.band(EXPECTED_SDS),
    })
}

fn settling(record: &Record<'_>, trip: &Itinerary, metric: Metric) -> Settling {
    let nights = high_nights(trip);
    let newest = Twin::BOTH
        .into_iter()
        .filter_map(|twin| record.newest(twin, metric))
        .map(|(day, _)| day)
        .max();
    let altitudes = nights
        .iter()
        .filter(|(day, _)| newest.is_some_and(|newest| *day <= newest))
        .map(|(_, altitude_m)| *altitude_m);
    let altitudes_m = altitudes.fold(None, |seen: Option<(f64, f64)>, altitude_m| {
        let (low, high) = seen.unwrap_or((altitude_m, altitude_m));
        Some((low.min(altitude_m), high.max(altitude_m)))
    });
    Settling {
        metric,
        twins: Twin::BOTH.map(|twin| settling_twin(record, &nights, twin, metric)),
        altitudes_m,
    }
}

fn settling_twin(
    record: &Record<'_>,
    nights: &[(Day, f64)],
    twin: Twin,
    metric: Metric,
) -> SettlingTwin {
    let first = nights.first().map(|(day, _)| *day);
    let points: Vec<(f64, f64)> = nights
        .iter()
        .filter_map(|(day, _)| {
            let kept = record.kept(twin, metric, *day)?;
            Some((day.days_since(first?) as f64, kept.measurement.value))
        })
        .collect();
    let fit = fit_exponential(&points);
    SettlingTwin { points, fit }
}

/// The nights of the journey slept at altitude without coming down in between, the first such
/// stretch: the day each ends on and its altitude, m.
fn high_nights(trip: &Itinerary) -> Vec<(Day, f64)> {
    physiology::DayRange::new(trip.first_day, trip.last_day)
        .days()
        .map(|day| (day, trip.sleeping_altitude_m(day).unwrap_or(0.0)))
        .skip_while(|(_, altitude_m)| *altitude_m < ALTITUDE_M)
        .take_while(|(_, altitude_m)| *altitude_m >= ALTITUDE_M)
        .collect()
}
