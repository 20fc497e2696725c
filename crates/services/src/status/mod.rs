//! What changed with the twins and why it matters, each statement with the rules it rests on.
//!
//! Nothing is judged anew that has a rule elsewhere: alarms are the head's, baselines the record's,
//! fences, trends and divergence `physiology`'s. Here they are put side by side, and the few that
//! matter most are kept.

mod changes;
mod clauses;
mod course;
mod meaning;
mod partings;
mod rules;
mod troubles;

#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;

use physiology::{Metric, Twin, insight};
use store::{CollectionSync, Connection, DailyReading};
use views::head::AlarmLine;
use views::overview::Tile;
use views::status::{Changed, Silence, Status};

use crate::record::{Local, Record};

/// Metrics that are looked at beside the overview's tiles.
pub(crate) const STATUS_METRICS: [Metric; 1] = [Metric::TemperatureDeviation];

/// A value older than this, in days before today, is not how the twin is now.
const FRESH_DAYS: i64 = 1;

/// What is known.
pub(crate) struct Known<'a> {
    /// The overview's metrics and [`STATUS_METRICS`], without a limit of days.
    pub record: &'a Record<'a>,
    /// Readings of [`Metric::LoadRatio`], beside the record: they come from another device than the
    /// nights, and say nothing of whether those were synced.
    pub load_ratios: &'a [DailyReading],
    pub local: &'a Local,
    pub tiles: &'a [Tile],
    pub alarms: &'a [AlarmLine],
    pub connections: &'a [Connection],
    pub syncs: &'a [CollectionSync],
}

/// Everything that is told.
pub(crate) fn changed(known: &Known<'_>) -> Changed {
    let has_any = Twin::BOTH
        .into_iter()
        .any(|twin| newest_day(known.record, twin).is_some());
    let twins = if has_any {
        Twin::BOTH.map(|twin| status(known, twin)).into()
    } else {
        Vec::new()
    };
    Changed {
        twins,
        partings: partings::partings(known.record, known.local.today),
        changes: changes::changes(known),
    }
}

fn status(known: &Known<'_>, twin: Twin) -> Status {
    let (record, today) = (known.record, known.local.today);
    let parts = rules::insight_of(known, twin);
    let clauses = clauses::clauses(known, twin, &parts);
    let score = insight::score(&parts);
    let newest = newest_day(record, twin);
    let is_fresh = newest.is_some_and(|day| day >= today.plus(-FRESH_DAYS));
    Status {
        twin,
        meaning: meaning::meaning(known, twin, &clauses, score),
        clauses,
        score,
        silent: (!is_fresh).then(|| Silence {
            since: newest,
            why: record.reason(twin, Metric::TotalSleep, today),
        }),
    }
}

/// The newest day of a twin on which any of the overview's metrics has a value.
fn newest_day(record: &Record<'_>, twin: Twin) -> Option<physiology::Day> {
    Metric::OVERVIEW
        .into_iter()
        .filter_map(|metric| record.newest(twin, metric).map(|(day, _)| day))
        .max()
}
