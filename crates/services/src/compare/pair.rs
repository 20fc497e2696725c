//! How far the twins agree: before the expedition, on it, and since when otherwise.

use physiology::agreement::{Agreement, PairedValue, agreement};
use physiology::baseline::Position;
use physiology::divergence::divergence;
use physiology::{Day, Metric, Source, Twin};
use views::compare::{Pair, PairPanel, PairRow};

use crate::record::Record;

/// Days both twins have a value of: the baseline and the trip, whatever range is shown. What comes
/// after the trip belongs to neither; without an itinerary all that follows the baseline counts.
pub(super) fn pairs(record: &Record<'_>, metric: Metric) -> Vec<Pair> {
    let trip = record.pair.itinerary.as_ref();
    record
        .days(Twin::A, metric)
        .filter_map(|(day, a)| {
            let b = record.kept(Twin::B, metric, day)?;
            Some(Pair {
                day,
                a: a.measurement.value,
                b: b.measurement.value,
                day_number: trip.and_then(|trip| trip.day_number(day)),
                is_baseline: record.is_baseline(day),
            })
        })
        .filter(|pair| pair.is_baseline || trip.is_none() || pair.day_number.is_some())
        .collect()
}

pub(super) fn row(pairs: &[Pair]) -> PairRow {
    let baseline = of(pairs.iter().filter(|pair| pair.is_baseline));
    let later: Vec<&Pair> = pairs.iter().filter(|pair| !pair.is_baseline).collect();
    let outside = baseline.map(|baseline| {
        later
            .iter()
            .filter(|pair| baseline.spread.position(pair.a - pair.b) != Position::Within)
            .count()
    });
    PairRow {
        baseline,
        trip: of(later.iter().copied()),
        trip_count: later.len(),
        outside,
    }
}

fn of<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Option<Agreement> {
    agreement(&pairs.map(paired).collect::<Vec<_>>())
}

const fn paired(pair: &Pair) -> PairedValue {
    PairedValue {
        day: pair.day,
        a: pair.a,
        b: pair.b,
    }
}

pub(super) fn panel(record: &Record<'_>, metric: Metric) -> PairPanel {
    let pairs = pairs(record, metric);
    let values: Vec<PairedValue> = pairs.iter().map(paired).collect();
    PairPanel {
        metric,
        row: row(&pairs),
        divergence: divergence(&values, |day: Day| record.is_baseline(day)),
        sources: Twin::BOTH.map(|twin| sources(record, twin, metric, &pairs)),
        pairs,
    }
}

/// Whose sensors a twin's paired values come from, each once.
fn sources(record: &Record<'_>, twin: Twin, metric: Metric, pairs: &[Pair]) -> Vec<Source> {
    let mut sources: Vec<Source> = pairs
        .iter()
        .filter_map(|pair| record.kept(twin, metric, pair.day))
        .map(|kept| kept.measurement.source)
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}
