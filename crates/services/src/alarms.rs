//! What needs action now.

use physiology::alarm::Spo2Alarm;
use physiology::{Day, Metric, Twin};
use views::head::AlarmLine;
use views::overview::TileAlarm;

use crate::record::{Kept, Record};

/// Nights count as slept at one altitude within this, m.
pub(crate) const SAME_ALTITUDE_M: f64 = 150.0;

/// Each twin's newest night of SpO₂, judged; the most urgent first, then the lowest.
pub(crate) fn lines(record: &Record<'_>) -> Vec<AlarmLine> {
    let mut lines: Vec<AlarmLine> = Twin::BOTH
        .into_iter()
        .filter_map(|twin| {
            let (day, kept, alarm) = judged(record, twin)?;
            Some(AlarmLine {
                priority: alarm.priority,
                twin,
                name: record.pair.of(twin).name.clone(),
                metric: Metric::Spo2Night,
                value: kept.measurement.value,
                limit: alarm.limit_percent,
                rule: alarm.rule,
                day,
                source: kept.measurement.source,
                measured_at: kept.measurement.measured_at,
                received_at: kept.received_at,
            })
        })
        .collect();
    lines.sort_by(|one, other| {
        other
            .priority
            .cmp(&one.priority)
            .then(one.value.total_cmp(&other.value))
    });
    lines
}

/// The tag on a metric's tile: its most urgent alarm.
pub(crate) fn tag(lines: &[AlarmLine], metric: Metric) -> Option<TileAlarm> {
    lines
        .iter()
        .find(|line| line.metric == metric)
        .map(|line| TileAlarm {
            priority: line.priority,
            twin: line.twin,
            limit: line.limit,
        })
}

fn judged(record: &Record<'_>, twin: Twin) -> Option<(Day, Kept, Spo2Alarm)> {
    let (day, kept) = record.newest(twin, Metric::Spo2Night)?;
    let trip = record.pair.itinerary.as_ref();
    let altitude_m = trip.and_then(|trip| trip.sleeping_altitude_m(day));
    let nights = trip.and_then(|trip| trip.nights_at_altitude(day, SAME_ALTITUDE_M));
    let limits = record.pair.of(twin).spo2_limits;
    let alarm = limits.judge(kept.measurement.value, altitude_m, nights)?;
    Some((day, kept, alarm))
}
