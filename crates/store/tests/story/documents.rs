//! Chapter two: documents come, come again, change and move.

use physiology::{SubjectId, Vendor};
use store::{Document, Store, StoreError, Stored};

use crate::{COLLECTION, at, day, document, seen};

pub async fn documents_come_and_change(store: &dyn Store, a: SubjectId, b: SubjectId) {
    added_once(store, a, b).await;
    changed_and_moved(store, a).await;
    without_a_day_and_odd(store, a).await;
    never_of_nobody(store).await;
    seen_by_those_who_may(store, a, b).await;
}

async fn added_once(store: &dyn Store, a: SubjectId, b: SubjectId) {
    assert_eq!(store.put_documents(&[]).await.unwrap(), Stored::default());
    let batch = [
        document(a, "one", Some("2026-10-11"), r#"{"spo2":97.5}"#),
        document(a, "two", Some("2026-10-12"), r#"{"spo2":96.0}"#),
        // The same words from another document, and an empty answer.
        document(a, "three", Some("2026-10-12"), r#"{"spo2":97.5}"#),
        document(a, "four", Some("2026-10-10"), ""),
    ];
    let stored = store.put_documents(&batch).await.unwrap();
    let touched = ["2026-10-10", "2026-10-11", "2026-10-12"].map(|text| Some(day(text)));
    assert_eq!(
        stored,
        Stored {
            added: 4,
            days: touched.to_vec(),
            ..Stored::default()
        }
    );

    // Later, the same again: nothing to do, though it came at another time.
    let again = batch.clone().map(|document| Document {
        received_at: at("2026-10-14", 0),
        ..document
    });
    let stored = store.put_documents(&again).await.unwrap();
    assert_eq!(
        stored,
        Stored {
            unchanged: 4,
            ..Stored::default()
        }
    );
    assert_eq!(
        of_day(store, a, Some("2026-10-12")).await,
        [batch[2].clone(), batch[1].clone()]
    );

    // Another subject's document of the same name is another document.
    let other = document(b, "one", Some("2026-10-11"), r#"{"spo2":91.0}"#);
    assert_eq!(
        store
            .put_documents(std::slice::from_ref(&other))
            .await
            .unwrap()
            .added,
        1
    );
    assert_eq!(of_day(store, b, Some("2026-10-11")).await, [other]);
    assert_eq!(
        of_day(store, a, Some("2026-10-11")).await,
        [batch[0].clone()]
    );
}

async fn changed_and_moved(store: &dyn Store, a: SubjectId) {
    let first = document(a, "one", Some("2026-10-11"), r#"{"spo2":97.5}"#);
    let changed = Document {
        received_at: at("2026-10-15", 1),
        ..document(a, "one", Some("2026-10-11"), r#"{"spo2":97.25}"#)
    };
    let stored = store
        .put_documents(std::slice::from_ref(&changed))
        .await
        .unwrap();
    let touched = vec![Some(day("2026-10-11"))];
    assert_eq!(
        stored,
        Stored {
            changed: 1,
            days: touched,
            ..Stored::default()
        }
    );
    assert_eq!(
        of_day(store, a, Some("2026-10-11")).await,
        std::slice::from_ref(&changed)
    );

    // Both days are to be derived anew when it moves.
    let moved = document(a, "one", Some("2026-10-13"), r#"{"spo2":97.25}"#);
    let stored = store
        .put_documents(std::slice::from_ref(&moved))
        .await
        .unwrap();
    let touched = vec![Some(day("2026-10-11")), Some(day("2026-10-13"))];
    assert_eq!(
        stored,
        Stored {
            changed: 1,
            days: touched,
            ..Stored::default()
        }
    );
    assert_eq!(of_day(store, a, Some("2026-10-11")).await, []);
    assert_eq!(
        of_day(store, a, Some("2026-10-13")).await,
        std::slice::from_ref(&moved)
    );

    // One batch may hold a document twice, and may go back to what was.
    let twice = [changed.clone(), moved.clone()];
    let stored = store.put_documents(&twice).await.unwrap();
    assert_eq!((stored.added, stored.changed, stored.unchanged), (0, 2, 0));
    assert_eq!(
        of_day(store, a, Some("2026-10-13")).await,
        std::slice::from_ref(&moved)
    );

    let versions = store
        .document_versions(&seen(&[a]), &moved.key)
        .await
        .unwrap();
    assert_eq!(
        versions,
        [
            first,
            changed.clone(),
            moved.clone(),
            changed,
            moved.clone()
        ]
    );
    assert_eq!(
        store
            .document_versions(&seen(&[]), &moved.key)
            .await
            .unwrap(),
        []
    );
}

async fn without_a_day_and_odd(store: &dyn Store, a: SubjectId) {
    let profile = document(a, "profile", None, r#"{"email":"a@example.org"}"#);
    let stored = store
        .put_documents(std::slice::from_ref(&profile))
        .await
        .unwrap();
    assert_eq!(
        stored,
        Stored {
            added: 1,
            days: vec![None],
            ..Stored::default()
        }
    );
    assert_eq!(of_day(store, a, None).await, [profile]);

    // Vendors choose keys and bodies; nothing in them may matter to the store.
    let odd: Vec<Document> = [
        "",
        "a\0b",
        "a\0c",
        "'; DROP TABLE documents; --",
        "ключ 🗝",
        "\u{feff}\"[]",
    ]
    .into_iter()
    .map(|key| {
        document(
            a,
            key,
            Some("0001-01-01"),
            &format!("{key}\0\u{1}\u{10ffff}"),
        )
    })
    .collect();
    assert_eq!(store.put_documents(&odd).await.unwrap().added, 6);
    assert_eq!(store.put_documents(&odd).await.unwrap().unchanged, 6);
    let mut kept = of_day(store, a, Some("0001-01-01")).await;
    assert!(kept.is_sorted_by_key(|document| document.key.key.clone()));
    kept.sort_by_key(|kept| odd.iter().position(|document| document.key == kept.key));
    assert_eq!(kept, odd);

    // A large answer, too.
    let samples = "97.123,".repeat(300_000);
    let large = document(a, "large", Some("2026-10-09"), &samples);
    store
        .put_documents(std::slice::from_ref(&large))
        .await
        .unwrap();
    assert_eq!(of_day(store, a, Some("2026-10-09")).await, [large]);
}

async fn never_of_nobody(store: &dyn Store) {
    let nobody = document(SubjectId(4_711), "one", Some("2026-10-11"), "{}");
    assert!(matches!(
        store.put_documents(&[nobody]).await,
        Err(StoreError::NotFound { what: "subject" })
    ));
}

async fn seen_by_those_who_may(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let hidden = store
        .documents_of_day(
            &seen(&[b]),
            a,
            Vendor::Oura,
            COLLECTION,
            Some(day("2026-10-13")),
        )
        .await
        .unwrap();
    assert_eq!(hidden, []);
    assert_eq!(store.document_days(&seen(&[b]), a).await.unwrap(), []);

    let of = |text: &str| (Vendor::Oura, COLLECTION.to_owned(), Some(day(text)));
    assert_eq!(
        store.document_days(&seen(&[a, b]), a).await.unwrap(),
        [
            (Vendor::Oura, COLLECTION.to_owned(), None),
            of("0001-01-01"),
            of("2026-10-09"),
            of("2026-10-10"),
            of("2026-10-12"),
            of("2026-10-13"),
        ]
    );
}

async fn of_day(store: &dyn Store, subject: SubjectId, of: Option<&str>) -> Vec<Document> {
    store
        .documents_of_day(
            &seen(&[subject]),
            subject,
            Vendor::Oura,
            COLLECTION,
            of.map(day),
        )
        .await
        .unwrap()
}
