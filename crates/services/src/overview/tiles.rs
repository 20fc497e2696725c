//! One tile: the newest day that has a value, of each twin.

use physiology::pair::GapTrend;
use physiology::{Day, DayRange, Metric, Missing, Twin};
use views::head::AlarmLine;
use views::overview::{Difference, Spark, Tile, TileValue};

use crate::record::{Local, Record};

/// By this hour, local time, last night should be there, s since midnight.
const NIGHT_DUE_S: i64 = 10 * 3_600;
/// The small curve shows at most this many days.
const SPARK_DAYS: i64 = 60;

pub(super) fn tile(
    record: &Record<'_>,
    metric: Metric,
    local: &Local,
    alarms: &[AlarmLine],
) -> Tile {
    Tile {
        metric,
        values: Twin::BOTH.map(|twin| value(record, twin, metric, local)),
        difference: difference(record, metric),
        spark: spark(record, metric, local),
        alarm: crate::alarms::tag(alarms, metric),
    }
}

fn value(record: &Record<'_>, twin: Twin, metric: Metric, local: &Local) -> TileValue {
    let Some((day, kept)) = record.newest(twin, metric) else {
        return TileValue::Missing(record.reason(twin, metric, local.today));
    };
    let measurement = kept.measurement;
    TileValue::Measured {
        value: measurement.value,
        day,
        measured_at: measurement.measured_at,
        received_at: kept.received_at,
        source: measurement.source,
        quality: measurement.quality,
        position: record
            .baseline(twin, metric)
            .map(|baseline| baseline.band().position(measurement.value)),
        stale: stale(record, twin, metric, day, local),
    }
}

/// A value is stale when the night after it is due; with the reason why that one is missing.
fn stale(
    record: &Record<'_>,
    twin: Twin,
    metric: Metric,
    day: Day,
    local: &Local,
) -> Option<Missing> {
    let due = if local.second_of_day() < NIGHT_DUE_S {
        local.today.plus(-1)
    } else {
        local.today
    };
    (day < due).then(|| record.reason(twin, metric, due))
}

/// A − B, where both newest values are of one day.
fn difference(record: &Record<'_>, metric: Metric) -> Option<Difference> {
    let (day, _) = record.newest(Twin::A, metric)?;
    let (day_b, _) = record.newest(Twin::B, metric)?;
    let paired = record.differences(metric);
    let (newest, value) = *paired.last()?;
    if day != day_b || newest != day {
        return None;
    }
    let before = paired
        .iter()
        .rev()
        .nth(1)
        .map(|(_, difference)| *difference);
    Some(Difference {
        value,
        trend: before.map(|before| GapTrend::between(metric, before, value)),
    })
}

fn spark(record: &Record<'_>, metric: Metric, local: &Local) -> Spark {
    let oldest = local.today.plus(1 - SPARK_DAYS);
    let first = record
        .first_day()
        .map_or(local.today, |first| first.max(oldest));
    let days = DayRange::new(first, local.today);
    let values = |twin: Twin| {
        days.days()
            .map(|day| {
                record
                    .kept(twin, metric, day)
                    .map(|kept| kept.measurement.value)
            })
            .collect()
    };
    Spark {
        first,
        a: values(Twin::A),
        b: values(Twin::B),
        band: record
            .pooled_baseline(metric)
            .map(|baseline| baseline.band()),
        day_one: record.pair.itinerary.as_ref().map(|trip| trip.first_day),
    }
}
