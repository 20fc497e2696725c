//! Chapter one: two people, and where they go.

use physiology::{Itinerary, SubjectId, Twin, Waypoint};
use store::{Pair, Store, StoreError};

use crate::{at, day};

pub async fn a_pair_sets_out(store: &dyn Store) -> Pair {
    assert_eq!(store.pair().await.unwrap(), None);
    let nowhere = itinerary("Nowhere", &[]);
    assert!(matches!(
        store.set_itinerary(&nowhere).await,
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
