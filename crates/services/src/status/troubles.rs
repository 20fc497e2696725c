//! Connections from which data do not come as they did.

use physiology::{Metric, Source, Timestamp, Twin, Vendor};
use store::{ConnectionState, SyncOutcome};
use views::status::{Change, Trouble};

use super::{Known, STATUS_METRICS};

/// One change a vendor and trouble, for both twins where they have the same.
pub(super) fn troubles(known: &Known<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for vendor in Vendor::ALL {
        let [a, b] = Twin::BOTH.map(|twin| of(known, twin, vendor));
        match (a, b) {
            (Some((trouble, since_a)), Some((of_b, since_b))) if trouble == of_b => {
                found.push(Change::Trouble {
                    twins: [true, true],
                    vendor,
                    trouble,
                    since: since_a.max(since_b),
                });
            }
            (a, b) => {
                for (twin, trouble) in Twin::BOTH.into_iter().zip([a, b]) {
                    found.extend(trouble.map(|(trouble, since)| Change::Trouble {
                        twins: Twin::BOTH.map(|side| side == twin),
                        vendor,
                        trouble,
                        since,
                    }));
                }
            }
        }
    }
    found
}

/// A twin's trouble with a vendor, and when data last came.
fn of(known: &Known<'_>, twin: Twin, vendor: Vendor) -> Option<(Trouble, Option<Timestamp>)> {
    let subject = known.record.pair.of(twin).id;
    let connection = known
        .connections
        .iter()
        .find(|connection| connection.subject == subject && connection.vendor == vendor);
    let syncs = || {
        known
            .syncs
            .iter()
            .filter(|sync| sync.subject == subject && sync.vendor == vendor)
    };
    let synced_at = syncs().filter_map(|sync| sync.synced_at).max();
    match connection.map(|connection| &connection.state) {
        // Somebody who never connected has nothing that changed.
        None => received_at(known, twin, vendor).map(|at| (Trouble::Disconnected, Some(at))),
        Some(ConnectionState::Reconnect { .. }) => Some((Trouble::SignInEnded, synced_at)),
        Some(ConnectionState::Connected) => {
            let failed = syncs()
                .filter(|sync| matches!(sync.outcome, SyncOutcome::Failed { .. }))
                .count();
            (failed > 0).then(|| {
                let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let trouble = Trouble::Failed {
                    failed: count(failed),
                    of: count(syncs().count()),
                };
                (trouble, synced_at)
            })
        }
    }
}

/// When the newest of what is kept from a vendor came.
fn received_at(known: &Known<'_>, twin: Twin, vendor: Vendor) -> Option<Timestamp> {
    let subject = known.record.pair.of(twin).id;
    let source = Source::from(vendor);
    let loads = known
        .load_ratios
        .iter()
        .filter(|reading| reading.subject == subject && reading.measurement.source == source)
        .map(|reading| reading.received_at);
    Metric::OVERVIEW
        .into_iter()
        .chain(STATUS_METRICS)
        .flat_map(|metric| known.record.days(twin, metric))
        .filter(|(_, kept)| kept.measurement.source == source)
        .map(|(_, kept)| kept.received_at)
        .chain(loads)
        .max()
}
