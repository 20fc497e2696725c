//! The life of the product against a store. Every backend passes the same story.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod derived;
mod documents;
mod file;
mod notes;
mod people;
mod sync;
mod tiles;
mod workouts;

use physiology::{
    Day, DayRange, Measurement, Metric, Quality, SeriesKind, SeriesPoint, Source, SubjectId,
    Timestamp, Vendor,
};
use store::{
    DailyReading, DerivedDay, Document, DocumentKey, Series, SqliteStore, Store, StoreError,
    Viewer, Visible,
};

/// Walks the whole trait on an empty store.
async fn story(store: &dyn Store) {
    store.ready().await.unwrap();
    let pair = people::a_pair_sets_out(store).await;
    documents::documents_come_and_change(store, pair.a.id, pair.b.id).await;
    derived::days_are_derived(store, pair.a.id, pair.b.id).await;
    sync::connections_are_made_and_synced(store, pair.a.id, pair.b.id).await;
    accounts::people_sign_in(store).await;
    accounts::small_things_are_kept(store).await;
    notes::people_note_what_they_see(store, &pair).await;
    store.ready().await.unwrap();
}

#[tokio::test]
async fn in_memory() {
    story(&SqliteStore::open("sqlite::memory:").await.unwrap()).await;
}

#[tokio::test]
async fn in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    story(store::open(&file::url(&folder)).await.unwrap().as_ref()).await;
}

#[tokio::test]
async fn other_schemes_are_refused_by_name() {
    for url in [
        "postgres://user:hunter2@host/db",
        "mysql://x",
        "",
        "sqlite",
        "sqlite:",
    ] {
        let Err(StoreError::Unsupported { scheme }) = store::open(url).await else {
            panic!("{url} was opened");
        };
        assert!(!scheme.contains("hunter2"));
    }
}

// What the chapters share.

const COLLECTION: &str = "daily_spo2";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn days(first: &str, last: &str) -> DayRange {
    DayRange::new(day(first), day(last))
}

fn at(text: &str, hour: i64) -> Timestamp {
    day(text).start_utc().plus_seconds(hour * 3_600)
}

fn seen(subjects: &[SubjectId]) -> Visible {
    Viewer::System.may_see(subjects)
}

fn document(subject: SubjectId, key: &str, of: Option<&str>, body: &str) -> Document {
    Document {
        key: DocumentKey {
            subject,
            vendor: Vendor::Oura,
            collection: COLLECTION.into(),
            key: key.into(),
        },
        day: of.map(day),
        body: body.into(),
        received_at: at("2026-10-13", 7),
    }
}

fn derived(subject: SubjectId, of: Option<&str>) -> DerivedDay {
    DerivedDay {
        subject,
        vendor: Vendor::Oura,
        collection: COLLECTION.into(),
        day: of.map(day),
        readings: vec![],
        series: vec![],
        workouts: vec![],
        clocks: vec![],
        malformed: vec![],
    }
}

fn reading(subject: SubjectId, metric: Metric, of: &str, value: f64) -> DailyReading {
    DailyReading {
        subject,
        metric,
        day: day(of),
        measurement: Measurement {
            value,
            measured_at: at(of, 5),
            source: Source::Oura,
            quality: Quality::Complete,
        },
        received_at: at(of, 7),
        document: format!("{}-{of}", metric.id()),
    }
}

fn series(subject: SubjectId, kind: SeriesKind, document: &str, points: &[(i64, f64)]) -> Series {
    Series {
        subject,
        kind,
        source: Source::Oura,
        document: document.into(),
        // Both kinds of clock come back as they went in.
        local_clock: kind == SeriesKind::Steps,
        points: points
            .iter()
            .map(|&(ms, value)| SeriesPoint {
                at: Timestamp(ms),
                value,
            })
            .collect(),
    }
}
