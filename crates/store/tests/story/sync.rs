//! Chapter four: connections, and what syncs came to.

use physiology::{SubjectId, Vendor};
use store::{CollectionSync, Connection, ConnectionState, Store, StoreError, SyncOutcome, SyncRun};

use crate::{at, day, seen};

pub async fn connections_are_made_and_synced(store: &dyn Store, a: SubjectId, b: SubjectId) {
    connections(store, a, b).await;
    collections(store, a, b).await;
    runs(store, a, b).await;
}

async fn connections(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let both = seen(&[a, b]);
    assert_eq!(store.connections(&both).await.unwrap(), []);
    let oura = Connection {
        subject: a,
        vendor: Vendor::Oura,
        state: ConnectionState::Connected,
        granted: vec!["daily".into(), "spo2".into()],
        refused: vec!["heartrate".into()],
        vendor_user_id: Some("u-1".into()),
        device: None,
        connected_at: at("2026-10-01", 9),
    };
    let polar = Connection {
        vendor: Vendor::Polar,
        granted: vec![],
        refused: vec![],
        vendor_user_id: None,
        device: Some("H10".into()),
        ..oura.clone()
    };
    let theirs = Connection {
        subject: b,
        ..oura.clone()
    };
    for connection in [&theirs, &polar, &oura] {
        store.put_connection(connection).await.unwrap();
    }
    assert_eq!(
        store.connections(&both).await.unwrap(),
        [oura.clone(), polar.clone(), theirs.clone()]
    );
    assert_eq!(
        store.connections(&seen(&[b])).await.unwrap(),
        std::slice::from_ref(&theirs)
    );

    let lapsed = Connection {
        state: ConnectionState::Reconnect {
            reason: "invalid_grant".into(),
        },
        ..oura.clone()
    };
    store.put_connection(&lapsed).await.unwrap();
    store.delete_connection(a, Vendor::Polar).await.unwrap();
    store.delete_connection(a, Vendor::Polar).await.unwrap();
    assert_eq!(store.connections(&both).await.unwrap(), [lapsed, theirs]);

    let nobody = Connection {
        subject: SubjectId(4_711),
        ..oura
    };
    assert!(matches!(
        store.put_connection(&nobody).await,
        Err(StoreError::NotFound { what: "subject" })
    ));
}

async fn collections(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let both = seen(&[a, b]);
    let done = CollectionSync {
        subject: a,
        vendor: Vendor::Oura,
        collection: "sleep".into(),
        cursor: Some(day("2026-10-12")),
        tried_at: at("2026-10-13", 8),
        synced_at: Some(at("2026-10-13", 8)),
        outcome: SyncOutcome::Done,
    };
    let refused = CollectionSync {
        collection: "heartrate".into(),
        cursor: None,
        synced_at: None,
        outcome: SyncOutcome::NotGranted,
        ..done.clone()
    };
    let theirs = CollectionSync {
        subject: b,
        vendor: Vendor::Polar,
        ..done.clone()
    };
    for sync in [&theirs, &done, &refused] {
        store.put_collection_sync(sync).await.unwrap();
    }
    let failed = CollectionSync {
        tried_at: at("2026-10-13", 9),
        outcome: SyncOutcome::Failed {
            message: "Oura did not answer".into(),
        },
        ..done
    };
    store.put_collection_sync(&failed).await.unwrap();
    assert_eq!(
        store.collection_syncs(&both).await.unwrap(),
        [refused, failed.clone(), theirs.clone()]
    );
    store.clear_collection_syncs(a, Vendor::Oura).await.unwrap();
    assert_eq!(store.collection_syncs(&both).await.unwrap(), [theirs]);
    // What was only asked for is not what is kept.
    assert_eq!(store.collection_summaries(&both).await.unwrap().len(), 2);

    let nobody = CollectionSync {
        subject: SubjectId(4_711),
        ..failed
    };
    assert!(matches!(
        store.put_collection_sync(&nobody).await,
        Err(StoreError::NotFound { what: "subject" })
    ));
}

async fn runs(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let both = seen(&[a, b]);
    let run = |subject, hour| SyncRun {
        subject,
        vendor: Vendor::Oura,
        started_at: at("2026-10-13", hour),
        finished_at: None,
        written: 0,
        failed: 0,
    };
    let finished = SyncRun {
        finished_at: Some(at("2026-10-13", 9)),
        written: 28,
        failed: 1,
        ..run(a, 8)
    };
    for run in [run(a, 8), run(b, 9), run(a, 10), finished.clone()] {
        store.put_sync_run(&run).await.unwrap();
    }
    assert_eq!(
        store.sync_runs(&both, 10).await.unwrap(),
        [run(a, 10), run(b, 9), finished.clone()]
    );
    assert_eq!(store.sync_runs(&both, 1).await.unwrap(), [run(a, 10)]);
    assert_eq!(store.sync_runs(&both, 0).await.unwrap(), []);
    assert_eq!(store.sync_runs(&seen(&[b]), 10).await.unwrap(), [run(b, 9)]);
    assert!(matches!(
        store.put_sync_run(&run(SubjectId(4_711), 1)).await,
        Err(StoreError::NotFound { what: "subject" })
    ));
}
