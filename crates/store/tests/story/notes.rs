//! Chapter six: what people noted.

use physiology::{NoteId, SubjectId, Timestamp};
use store::{AccountId, Noted, Pair, Role, Store, StoreError, StoredNote};

use crate::{at, seen};

const EVER: (Timestamp, Timestamp) = (Timestamp(i64::MIN), Timestamp(i64::MAX));

pub async fn people_note_what_they_see(store: &dyn Store, pair: &Pair) {
    let [a, b] = pair.ids();
    let account = |name| store.create_account(name, Role::Clinician, "$argon2id$3");
    let (ines, otto) = (
        account("Inés").await.unwrap(),
        account("Otto").await.unwrap(),
    );

    let slept = Noted {
        subject: Some(a),
        at: at("2026-10-11", 22),
        until: Some(at("2026-10-12", 5)),
        text: "Slept badly; 'ring' \"off\" 🏔\n-- a second line".into(),
        author: ines.id,
        written_at: at("2026-10-12", 6),
    };
    let headache = Noted {
        subject: Some(b),
        at: at("2026-10-12", 9),
        until: None,
        text: "Headache".into(),
        ..slept.clone()
    };
    // Kept after, but of an earlier time than the others.
    let both = Noted {
        subject: None,
        at: at("2026-10-10", 3),
        author: otto.id,
        ..headache.clone()
    };
    let mut notes = Vec::new();
    for (noted, name) in [(&slept, "Inés"), (&headache, "Inés"), (&both, "Otto")] {
        notes.push(StoredNote {
            id: store.add_note(noted).await.unwrap(),
            noted: noted.clone(),
            author_name: name.into(),
        });
    }
    let [slept, headache, both] = <[StoredNote; 3]>::try_from(notes).unwrap();

    // Who sees one of the twins sees nothing of the other, nor what is of both.
    let all = [both.clone(), slept.clone(), headache.clone()];
    assert_eq!(ask(store, &[a, b], EVER).await, all);
    assert_eq!(ask(store, &[b, a, a], EVER).await, all);
    assert_eq!(ask(store, &[a], EVER).await, all[1..2]);
    assert_eq!(ask(store, &[b], EVER).await, all[2..]);
    assert_eq!(ask(store, &[], EVER).await, []);
    assert_eq!(ask(store, &[SubjectId(4_711)], EVER).await, []);

    those_that_touch_a_time_are_found(store, pair, &all).await;

    // It can be changed by whoever may see it, as a whole; the words are then another's.
    let changed = Noted {
        subject: None,
        at: at("2026-10-12", 10),
        until: Some(at("2026-10-12", 10)),
        text: "Headache, both".into(),
        author: otto.id,
        written_at: at("2026-10-12", 11),
    };
    for (subjects, id) in [
        (&[a][..], headache.id),
        (&[a, b], NoteId(4_711)),
        (&[a], both.id),
    ] {
        let visible = seen(subjects);
        let refused = [
            store.change_note(&visible, id, &changed).await,
            store.delete_note(&visible, id).await,
        ];
        assert!(
            refused
                .iter()
                .all(|error| matches!(error, Err(StoreError::NotFound { what: "note" })))
        );
    }
    assert_eq!(ask(store, &[a, b], EVER).await, all);
    let visible = seen(&[a, b]);
    store
        .change_note(&visible, headache.id, &changed)
        .await
        .unwrap();
    let headache = StoredNote {
        id: headache.id,
        noted: changed,
        author_name: "Otto".into(),
    };
    assert_eq!(
        ask(store, &[a, b], EVER).await,
        [both.clone(), slept.clone(), headache.clone()]
    );
    assert_eq!(ask(store, &[b], EVER).await, []);

    nonsense_is_not_kept(store, &slept).await;

    store.delete_note(&visible, headache.id).await.unwrap();
    assert_eq!(ask(store, &[a, b], EVER).await, [both, slept.clone()]);
    // An id is nobody else's, also that of the newest.
    let newest = store.add_note(&slept.noted).await.unwrap();
    store.delete_note(&visible, newest).await.unwrap();
    let next = store.add_note(&slept.noted).await.unwrap();
    assert!(next > newest);
    store.delete_note(&visible, next).await.unwrap();

    // What is told of a twin stays that twin's, whichever side it is on.
    store.swap_pair().await.unwrap();
    assert_eq!(ask(store, &[a], EVER).await, [slept]);
    store.swap_pair().await.unwrap();
}

/// Every window between instants around the notes, against the rule written out.
async fn those_that_touch_a_time_are_found(store: &dyn Store, pair: &Pair, all: &[StoredNote]) {
    let moments: Vec<Timestamp> = all
        .iter()
        .flat_map(|note| [Some(note.noted.at), note.noted.until])
        .flatten()
        .flat_map(|at| [-1, 0, 1].map(|ms| Timestamp(at.0 + ms)))
        .collect();
    for from in &moments {
        for to in &moments {
            let touches = |note: &&StoredNote| {
                let until = note.noted.until.unwrap_or(note.noted.at);
                let is_before = until < *from;
                let is_after = note.noted.at > *to;
                !is_before && !is_after
            };
            let wanted: Vec<StoredNote> = all.iter().filter(touches).cloned().collect();
            assert_eq!(ask(store, &pair.ids(), (*from, *to)).await, wanted);
        }
    }
}

async fn nonsense_is_not_kept(store: &dyn Store, note: &StoredNote) {
    let strangers = [
        Noted {
            subject: Some(SubjectId(4_711)),
            ..note.noted.clone()
        },
        Noted {
            author: AccountId(4_711),
            ..note.noted.clone()
        },
    ];
    let visible = seen(&note.noted.subject.map_or(vec![], |subject| vec![subject]));
    for stranger in &strangers {
        let refused = [
            store.add_note(stranger).await.err(),
            store.change_note(&visible, note.id, stranger).await.err(),
        ];
        assert!(
            refused
                .iter()
                .all(|error| matches!(error, Some(StoreError::NotFound { .. })))
        );
    }
    let backwards = Noted {
        until: Some(Timestamp(note.noted.at.0 - 1)),
        ..note.noted.clone()
    };
    assert!(store.add_note(&backwards).await.is_err());
    assert!(
        store
            .change_note(&visible, note.id, &backwards)
            .await
            .is_err()
    );
}

async fn ask(
    store: &dyn Store,
    subjects: &[SubjectId],
    (from, to): (Timestamp, Timestamp),
) -> Vec<StoredNote> {
    store.notes(&seen(subjects), from, to).await.unwrap()
}
