//! What a twin's clauses come to.

use physiology::baseline::Baseline;
use physiology::{Day, Metric, Twin};
use views::status::{Clause, Meaning, Rule};

use super::{FRESH_DAYS, Known};
use crate::record::Record;

/// Sleeping altitudes from which the twins' ways of adjusting are compared, m: illness of altitude
/// begins at about this height (WMS 2024).
const HIGH_ALTITUDE_M: f64 = 2_500.0;
/// Metrics of which most must point the same way.
const FEWEST_POINTING: u32 = 2;
/// A difference is telling this many SDs from its baseline.
const TELLING_SDS: f64 = 2.0;
/// The insight rules' points from which they are told as one.
const STRAIN_POINTS: u32 = 50;

/// The strongest statement that holds; none where nothing stands out.
pub(super) fn meaning(
    known: &Known<'_>,
    twin: Twin,
    clauses: &[Clause],
    score: u32,
) -> Option<Meaning> {
    if clauses.is_empty() {
        return None;
    }
    let is_alarm = |rule: &Rule| matches!(rule, Rule::Limit { .. });
    let has_alarm = clauses
        .iter()
        .any(|clause| clause.rules.iter().any(is_alarm));
    let of_three = harder(known.record, twin, known.local.today);
    Some(if of_three >= FEWEST_POINTING {
        Meaning::SlowerThanOther { of_three }
    } else if score >= STRAIN_POINTS {
        Meaning::Strain
    } else if has_alarm {
        Meaning::LowOxygen
    } else {
        Meaning::Unusual
    })
}

/// In how many of SpO₂, resting heart rate and HRV altitude has moved this twin further from the
/// own baseline than the other, by more than two SDs of the baseline's differences. 0 where the
/// night was not slept high.
fn harder(record: &Record<'_>, twin: Twin, today: Day) -> u32 {
    let trip = record.pair.itinerary.as_ref();
    let pointing = [
        (Metric::Spo2Night, -1.0),
        (Metric::RestingHeartRate, 1.0),
        (Metric::HrvRmssd, -1.0),
    ]
    .into_iter()
    .filter(|&(metric, hard)| {
        let Some((day, sds)) = difference_sds(record, metric, today) else {
            return false;
        };
        let altitude_m = trip.and_then(|trip| trip.sleeping_altitude_m(day));
        // A − B: what is up for A is down for B.
        let side = if twin == Twin::A { hard } else { -hard };
        altitude_m.is_some_and(|altitude_m| altitude_m >= HIGH_ALTITUDE_M)
            && sds * side > TELLING_SDS
    });
    u32::try_from(pointing.count()).unwrap_or(0)
}

/// The newest A − B against the baseline's, in its SDs; signed.
fn difference_sds(record: &Record<'_>, metric: Metric, today: Day) -> Option<(Day, f64)> {
    let differences = record.differences(metric);
    let baseline = Baseline::of(
        differences
            .iter()
            .filter(|(day, _)| record.is_baseline(*day))
            .map(|(_, difference)| *difference),
    )
    .filter(|baseline| baseline.sd > 0.0)?;
    let (day, newest) = *differences.iter().rfind(|(day, _)| *day <= today)?;
    (day >= today.plus(-FRESH_DAYS)).then(|| (day, (newest - baseline.mean) / baseline.sd))
}
