//! Chapter one: two people, and where they go.

use physiology::alarm::Spo2Limits;
use physiology::{Itinerary, Profile, Sex, SubjectId, Twin, Waypoint};
use store::{Pair, Store, StoreError, Subject};

use crate::{at, day};

pub async fn a_pair_sets_out(store: &dyn Store) -> Pair {
    assert_eq!(store.pair().await.unwrap(), None);
    let nowhere = itinerary("Nowhere", &[]);
    assert!(matches!(
        store.set_itinerary(&nowhere).await,
        Err(StoreError::NotFound { what: "pair" })
    ));
    assert!(matches!(
        store.swap_pair().await,
        Err(StoreError::NotFound { what: "pair" })
    ));

    let made = store.create_pair(["Ana", "Bea 🏔"]).await.unwrap();
    assert_eq!(
        (made.a.name.as_str(), made.b.name.as_str()),
        ("Ana", "Bea 🏔")
    );
    assert_ne!(made.a.id, made.b.id);
    assert_eq!(made.itinerary, None);
    assert_eq!(store.pair().await.unwrap(), Some(made.clone()));

    assert!(matches!(
        store.create_pair(["Cleo", "Dora"]).await,
        Err(StoreError::Exists { what: "pair" })
    ));
    assert_eq!(store.pair().await.unwrap(), Some(made.clone()));
    assert_eq!(made.side(made.b.id), Some(Twin::B));
    assert_eq!(made.side(SubjectId(-1)), None);

    the_twins_are_described_and_change_sides(store, &made).await;

    let khumbu = itinerary(
        "Khumbu",
        &[
            ("Kathmandu", 1_400.0),
            ("", 2_130.5),
            ("Namche", 3_440.0),
            ("Dead Sea", -430.25),
        ],
    );
    store.set_itinerary(&khumbu).await.unwrap();
    assert_eq!(store.pair().await.unwrap().unwrap().itinerary, Some(khumbu));

    // Replaced, not added to.
    let shorter = itinerary("Khumbu, shorter", &[("Lukla", 2_860.0)]);
    store.set_itinerary(&shorter).await.unwrap();
    assert_eq!(
        store.pair().await.unwrap().unwrap().itinerary,
        Some(shorter)
    );
    store.set_itinerary(&nowhere).await.unwrap();
    let pair = store.pair().await.unwrap().unwrap();
    assert_eq!(pair.itinerary, Some(nowhere));
    pair
}

async fn the_twins_are_described_and_change_sides(store: &dyn Store, made: &Pair) {
    let described = Subject {
        name: "Bea".into(),
        profile: Profile {
            sex: Some(Sex::Female),
            birth_year: Some(1_991),
            lt2_bpm: Some(171.5),
            ..Profile::default()
        },
        spo2_limits: Spo2Limits {
            medium_percent: 78.0,
            ..Spo2Limits::default()
        },
        ..made.b.clone()
    };
    store.put_subject(&described).await.unwrap();
    let nobody = Subject {
        id: SubjectId(4_711),
        ..described.clone()
    };
    assert!(matches!(
        store.put_subject(&nobody).await,
        Err(StoreError::NotFound { what: "subject" })
    ));

    // Each keeps everything but the side.
    store.swap_pair().await.unwrap();
    let swapped = store.pair().await.unwrap().unwrap();
    assert_eq!((&swapped.a, &swapped.b), (&described, &made.a));
    store.swap_pair().await.unwrap();
    store.put_subject(&made.b).await.unwrap();
    assert_eq!(store.pair().await.unwrap(), Some(made.clone()));
}

fn itinerary(name: &str, places: &[(&str, f64)]) -> Itinerary {
    Itinerary {
        name: name.into(),
        first_day: day("2026-10-05"),
        last_day: day("2026-10-18"),
        waypoints: (0..)
            .zip(places)
            .map(|(index, &(place, altitude_m))| Waypoint {
                at: at("2026-10-05", index),
                altitude_m,
                place: place.into(),
                utc_offset_s: 20_700 - i32::try_from(index).unwrap() * 30_000,
            })
            .collect(),
    }
}
