//! The connections page: per twin and vendor, how it stands and what to do.

use physiology::{Day, DayRange, Metric, SubjectId, Timestamp, Twin, Vendor};
use store::{CollectionSummary, Connection, DailyReading, Viewer};
use store::{ConnectionState as Kept, SyncOutcome};
use upstream::Collection;
use views::Connections;
use views::connections::{
    CallsLeft, CollectionResult, CollectionRow, ConnectionCell, ConnectionState, Coverage,
};

use crate::known::Known;
use crate::{Error, Services};

/// Days of the coverage strip.
const COVERAGE_DAYS: i64 = 28;

/// What tells that a day of a vendor was received: a night of Oura's, training of Polar's.
const fn covered(vendor: Vendor) -> Metric {
    match vendor {
        Vendor::Oura => Metric::TotalSleep,
        Vendor::Polar => Metric::TrainingLoad,
    }
}

impl Services {
    /// Both twins with every vendor.
    pub async fn connections(&self, viewer: &Viewer) -> Result<Connections, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let known = self
            .known(&visible, &pair, Vendor::ALL.map(covered))
            .await?;
        let today = known.local.today;
        let received = Received {
            known: &known,
            summaries: self.store().collection_summaries(&visible).await?,
            days: DayRange::new(today.plus(1 - COVERAGE_DAYS), today),
        };
        let cells = Twin::BOTH
            .into_iter()
            .flat_map(|twin| Vendor::ALL.map(|vendor| (twin, vendor)))
            .map(|(twin, vendor)| self.cell(&received, twin, pair.of(twin).id, vendor))
            .collect();
        Ok(Connections {
            head: known.head(viewer, &known.record(&pair)),
            cells,
            may_operate: viewer.may_operate(),
        })
    }

    fn cell(
        &self,
        received: &Received<'_>,
        twin: Twin,
        subject: SubjectId,
        vendor: Vendor,
    ) -> ConnectionCell {
        let connection = received.connection(subject, vendor);
        let state = self.state(connection, vendor);
        let collections = received.rows(subject, vendor);
        let syncs = || {
            received
                .known
                .syncs
                .iter()
                .filter(|s| s.subject == subject && s.vendor == vendor)
        };
        let calls_left = self
            .client(vendor)
            .and_then(upstream::Client::limit)
            .map(|limit| CallsLeft {
                left: limit.left,
                limit: limit.limit,
                resets_at: limit.resets_at,
            });
        ConnectionCell {
            twin,
            subject,
            vendor,
            device: connection.and_then(|connection| connection.device.clone()),
            next_step: next_step(&state, connection, &collections, vendor),
            granted: connection
                .map(|connection| connection.granted.clone())
                .unwrap_or_default(),
            refused: connection
                .map(|connection| connection.refused.clone())
                .unwrap_or_default(),
            last_sync_at: syncs().filter_map(|sync| sync.synced_at).max(),
            data_to: received.data_to(subject, vendor),
            progress: self.inner.running.progress(subject, vendor),
            calls_left,
            collections,
            coverage: received.coverage(subject, vendor),
            state,
        }
    }

    fn state(&self, connection: Option<&Connection>, vendor: Vendor) -> ConnectionState {
        if self.client(vendor).is_none() {
            let hint = self
                .inner
                .config
                .vendor_hints
                .get(&vendor)
                .cloned()
                .unwrap_or_default();
            return ConnectionState::NotConfigured(hint);
        }
        match connection.map(|connection| &connection.state) {
            None => ConnectionState::NotConnected,
            Some(Kept::Connected) => ConnectionState::Connected,
            Some(Kept::Reconnect { reason }) => ConnectionState::Reconnect(reason.clone()),
        }
    }
}

/// What was received, for all cells at once.
struct Received<'a> {
    known: &'a Known,
    summaries: Vec<CollectionSummary>,
    days: DayRange,
}

impl Received<'_> {
    fn connection(&self, subject: SubjectId, vendor: Vendor) -> Option<&Connection> {
        self.known
            .connections
            .iter()
            .find(|connection| connection.subject == subject && connection.vendor == vendor)
    }

    fn rows(&self, subject: SubjectId, vendor: Vendor) -> Vec<CollectionRow> {
        if self.connection(subject, vendor).is_none() {
            return Vec::new();
        }
        Collection::of(vendor)
            .iter()
            .map(|&collection| self.row(subject, collection))
            .collect()
    }

    fn row(&self, subject: SubjectId, collection: Collection) -> CollectionRow {
        let sync = self.known.syncs.iter().find(|sync| {
            sync.subject == subject
                && sync.vendor == collection.vendor()
                && sync.collection == collection.id()
        });
        let summary = self.summaries.iter().find(|summary| {
            summary.subject == subject
                && summary.vendor == collection.vendor()
                && summary.collection == collection.id()
        });
        let malformed = summary
            .map(|summary| summary.malformed.clone())
            .unwrap_or_default();
        let result = match sync.map(|sync| &sync.outcome) {
            None => CollectionResult::Never,
            Some(SyncOutcome::Done) if malformed.is_empty() => CollectionResult::Done,
            Some(SyncOutcome::Done) => CollectionResult::Malformed(malformed),
            Some(SyncOutcome::NotGranted) => CollectionResult::NotGranted,
            Some(SyncOutcome::Failed { message }) => CollectionResult::Failed(message.clone()),
        };
        CollectionRow {
            name: collection.name().to_owned(),
            synced_at: sync.and_then(|sync| sync.synced_at),
            newest_day: summary.and_then(|summary| summary.newest_day),
            documents: summary.map_or(0, |summary| summary.documents),
            result,
        }
    }

    fn of_vendor(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        metric: Metric,
    ) -> impl Iterator<Item = &DailyReading> {
        self.known.readings.iter().filter(move |reading| {
            reading.subject == subject
                && reading.metric == metric
                && reading.measurement.source == vendor.into()
        })
    }

    /// When the newest night ended.
    fn data_to(&self, subject: SubjectId, vendor: Vendor) -> Option<Timestamp> {
        self.of_vendor(subject, vendor, Metric::TotalSleep)
            .map(|reading| reading.measurement.measured_at)
            .max()
    }

    fn coverage(&self, subject: SubjectId, vendor: Vendor) -> Vec<(Day, Coverage)> {
        if self.connection(subject, vendor).is_none() {
            return Vec::new();
        }
        let of_day = |day: Day| {
            let reading = self
                .of_vendor(subject, vendor, covered(vendor))
                .find(|reading| reading.day == day);
            match (vendor, reading) {
                (_, None) => Coverage::Missing,
                (Vendor::Polar, Some(reading)) if reading.measurement.value <= 0.0 => {
                    Coverage::Rest
                }
                (_, Some(_)) => Coverage::Received,
            }
        };
        self.days.days().map(|day| (day, of_day(day))).collect()
    }
}

/// What to do next, as a sentence; empty where there is nothing.
fn next_step(
    state: &ConnectionState,
    connection: Option<&Connection>,
    collections: &[CollectionRow],
    vendor: Vendor,
) -> String {
    let name = vendor.name();
    match state {
        ConnectionState::NotConfigured(hint) => {
            format!("Register an app with {name} and set {hint}, then start the server again.")
        }
        ConnectionState::NotConnected => {
            format!("Connect {name}: the twin signs in once and allows access.")
        }
        ConnectionState::Reconnect(_) => {
            format!("The twin signs in to {name} again. Nothing stored is lost.")
        }
        ConnectionState::Connected => {
            let failed = collections
                .iter()
                .filter(|row| matches!(row.result, CollectionResult::Failed(_)))
                .count();
            let refused = connection.map_or(0, |connection| connection.refused.len());
            match (failed, refused) {
                (0, 0) => String::new(),
                (0, _) => format!(
                    "Some access was not allowed. To add it, disconnect {name} and connect again."
                ),
                (1, _) => "One collection failed. It is tried again with the next sync.".into(),
                (failed, _) => {
                    format!("{failed} collections failed. They are tried again with the next sync.")
                }
            }
        }
    }
}
