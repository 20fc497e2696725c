//! What a file adds to the story: it stays, it is shared, and it may break.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use physiology::{Metric, Vendor};
use sqlx::{Connection as _, SqliteConnection};
use store::{DerivedDay, Document, ReadingsQuery, SqliteStore, Store, StoreError, Stored};
use tempfile::TempDir;

use crate::{COLLECTION, day, derived, document, reading, seen};

fn path(folder: &TempDir) -> PathBuf {
    folder.path().join("kept").join("here").join("acclimate.db")
}

pub fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", path(folder).display())
}

pub async fn open(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(&url(folder)).await.unwrap()
}

/// Past the store, straight into the file.
pub async fn raw(folder: &TempDir) -> SqliteConnection {
    SqliteConnection::connect(&url(folder)).await.unwrap()
}

#[tokio::test]
async fn reopened_it_is_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let pair = store.create_pair(["Ana", "Bea"]).await.unwrap();
    let kept = document(pair.a.id, "one", Some("2026-10-11"), "{}");
    store
        .put_documents(std::slice::from_ref(&kept))
        .await
        .unwrap();
    let value = reading(pair.a.id, Metric::Spo2Night, "2026-10-11", 96.5);
    let day_of_a = DerivedDay {
        readings: vec![value.clone()],
        ..derived(pair.a.id, Some("2026-10-11"))
    };
    store.put_derived(&[day_of_a]).await.unwrap();
    drop(store);

    let store = open(&folder).await;
    assert_eq!(store.pair().await.unwrap(), Some(pair.clone()));
    let visible = seen(&pair.ids());
    assert_eq!(
        store.document_versions(&visible, &kept.key).await.unwrap(),
        [kept]
    );
    let all = ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    assert_eq!(store.readings(&visible, &all).await.unwrap(), [value]);
}

#[tokio::test]
async fn a_process_that_dies_between_documents_and_readings_loses_no_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    store
        .put_documents(&[document(a, "one", Some("2026-10-11"), "{}")])
        .await
        .unwrap();
    // No farewell: the file is what a killed process leaves.
    std::mem::forget(store);
    let waiting = open(&folder)
        .await
        .underived_days(a, Vendor::Oura, COLLECTION)
        .await
        .unwrap();
    assert_eq!(waiting, [Some(day("2026-10-11"))]);
}

#[tokio::test]
async fn nothing_is_written_for_what_came_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    let batch = [
        document(a, "one", Some("2026-10-11"), "1"),
        document(a, "two", Some("2026-10-12"), "2"),
    ];
    store.put_documents(&batch).await.unwrap();

    let mut raw = raw(&folder).await;
    let version = async |raw: &mut SqliteConnection| -> i64 {
        sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(raw)
            .await
            .unwrap()
    };
    let before = version(&mut raw).await;
    // Not even the writer is asked for: somebody else holds it all the while.
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut raw)
        .await
        .unwrap();
    let stored = store.put_documents(&batch).await.unwrap();
    assert_eq!(
        stored,
        Stored {
            unchanged: 2,
            ..Stored::default()
        }
    );
    sqlx::query("ROLLBACK").execute(&mut raw).await.unwrap();
    assert_eq!(version(&mut raw).await, before);

    let changed = document(a, "one", Some("2026-10-11"), "3");
    store.put_documents(&[changed]).await.unwrap();
    assert_ne!(version(&mut raw).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // They even race for making it.
    let (first, second) = tokio::join!(open(&folder), open(&folder));
    let a = first.create_pair(["Ana", "Bea"]).await.unwrap().a.id;

    let write = |store: SqliteStore, name: &'static str| {
        tokio::spawn(async move {
            for index in 0..40 {
                let body = format!("{name} {index}");
                let own = document(a, &body, Some("2026-10-11"), &body);
                // Both also fight for one document.
                let shared = document(a, "shared", Some("2026-10-12"), &body);
                let stored = store.put_documents(&[own, shared]).await.unwrap();
                assert_eq!((stored.added + stored.changed, stored.unchanged), (2, 0));
                let mine = DerivedDay {
                    collection: name.into(),
                    readings: vec![reading(a, Metric::Spo2Night, "2026-10-11", index as f64)],
                    ..derived(a, Some("2026-10-11"))
                };
                store.put_derived(&[mine]).await.unwrap();
            }
            store
        })
    };
    let (first, second) = tokio::join!(write(first, "first"), write(second, "second"));
    let (first, _second) = (first.unwrap(), second.unwrap());

    let visible = seen(&[a]);
    let kept = first
        .documents_of_day(
            &visible,
            a,
            Vendor::Oura,
            COLLECTION,
            Some(day("2026-10-11")),
        )
        .await
        .unwrap();
    assert_eq!(kept.len(), 80);
    let shared = document(a, "shared", None, "").key;
    let versions = first.document_versions(&visible, &shared).await.unwrap();
    let bodies: BTreeSet<String> = versions.into_iter().map(|version| version.body).collect();
    assert_eq!(bodies.len(), 80);
    let all = ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    let values: Vec<f64> = first
        .readings(&visible, &all)
        .await
        .unwrap()
        .iter()
        .map(|reading| reading.measurement.value)
        .collect();
    assert_eq!(values, [39.0, 39.0]);
}

#[tokio::test]
async fn migrations_start_from_nothing_and_know_when_they_are_done() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder).await);
    drop(open(&folder).await);
    let mut raw = raw(&folder).await;
    let applied: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    let folder_of_migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
    let known = std::fs::read_dir(folder_of_migrations).unwrap().count();
    assert_eq!(usize::try_from(applied).unwrap(), known);
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(mode, "wal");
    let faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&mut raw)
        .await
        .unwrap();
    assert_eq!(faults, ["ok"]);

    // A file of a later version is not touched.
    sqlx::query("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1")
        .execute(&mut raw)
        .await
        .unwrap();
    assert!(matches!(
        SqliteStore::open(&url(&folder)).await,
        Err(StoreError::Unavailable(_))
    ));
}

#[tokio::test]
async fn what_is_broken_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    let kept: Document = document(a, "one", Some("2026-10-11"), r#"{"secret":"value"}"#);
    let mut raw = raw(&folder).await;

    for damage in [
        "UPDATE bodies SET zstd = x'00'",
        "UPDATE bodies SET zstd = substr(zstd, 1, length(zstd) - 1)",
        "UPDATE bodies SET zstd = (SELECT zstd FROM bodies LIMIT 1 OFFSET 1)",
        "UPDATE bodies SET size = size - 1",
        "UPDATE bodies SET size = 9223372036854775807",
        "UPDATE documents SET day = 99999999999",
    ] {
        let other = document(a, "other", Some("2026-10-12"), damage);
        store.put_documents(&[kept.clone(), other]).await.unwrap();
        sqlx::query(damage).execute(&mut raw).await.unwrap();
        let error = store
            .document_versions(&seen(&[a]), &kept.key)
            .await
            .unwrap_err();
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "{damage}: {error:?}"
        );
        assert!(!format!("{error:?} {error}").contains("secret"));
        for mend in [
            "DELETE FROM documents",
            "DELETE FROM document_versions",
            "DELETE FROM bodies",
        ] {
            sqlx::query(mend).execute(&mut raw).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let other = path(&folder);
    std::fs::create_dir_all(other.parent().unwrap()).unwrap();
    let text = "this is no database, whatever its name says".repeat(100);
    std::fs::write(&other, &text).unwrap();
    assert!(matches!(
        SqliteStore::open(&url(&folder)).await,
        Err(StoreError::Unavailable(_))
    ));
    assert_eq!(std::fs::read_to_string(&other).unwrap(), text);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    store.create_pair(["Ana", "Bea"]).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let parent = path(&folder).parent().unwrap().to_owned();
    assert_eq!(mode(&parent), 0o700);
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(parent).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(mode(&entry.path()), 0o600, "{:?}", entry.file_name());
        names.insert(entry.file_name().into_string().unwrap());
    }
    let expected = ["acclimate.db", "acclimate.db-shm", "acclimate.db-wal"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(expected));
}
