//! Chapter three, continued: workouts.

use physiology::workout::{Activity, Origin};
use physiology::{DayRange, Source, SubjectId, Timestamp, Workout};
use store::{DerivedDay, Store, SubjectWorkout};

use crate::{at, day, days, derived, seen};

pub async fn workouts_are_replaced_day_by_day(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let hike = workout("one", "2026-09-20", 8);
    let evening = Workout {
        // Everything there can be, and a distance whose bits no short decimal holds.
        label: Some("After \"work\" 🗝".into()),
        utc_offset_s: Some(-12_600),
        distance_m: Some(0.1 + 0.2),
        calories_kcal: Some(f64::MIN_POSITIVE),
        average_heart_rate_bpm: Some(1.0 / 3.0),
        max_heart_rate_bpm: Some(f64::MAX),
        cardio_load: Some(0.0),
        ..workout("two", "2026-09-20", 18)
    };
    let next = workout("three", "2026-09-21", 8);
    let theirs = workout("four", "2026-09-20", 9);
    let first = DerivedDay {
        // Out of order, as documents may come.
        workouts: vec![evening.clone(), hike.clone()],
        ..derived(a, Some("2026-09-20"))
    };
    let second = DerivedDay {
        workouts: vec![next.clone()],
        ..derived(a, Some("2026-09-21"))
    };
    let other = DerivedDay {
        workouts: vec![theirs.clone()],
        ..derived(b, Some("2026-09-20"))
    };
    store
        .put_derived(&[second, first.clone(), other])
        .await
        .unwrap();

    let of = |subject, workout: &Workout| SubjectWorkout {
        subject,
        workout: workout.clone(),
    };
    let september = days("2026-09-01", "2026-09-30");
    assert_eq!(
        ask(store, &[b, a, a], september).await,
        [of(a, &hike), of(a, &evening), of(a, &next), of(b, &theirs)]
    );
    assert_eq!(ask(store, &[b], september).await, [of(b, &theirs)]);
    assert_eq!(ask(store, &[], september).await, []);
    assert_eq!(
        ask(store, &[a, b], days("2026-09-21", "2026-09-21")).await,
        [of(a, &next)]
    );
    assert_eq!(
        ask(store, &[a, b], days("2026-09-21", "2026-09-20")).await,
        []
    );

    // Derived anew: what this day said before goes, what others said stays.
    let again = DerivedDay {
        workouts: vec![hike.clone()],
        ..first
    };
    store.put_derived(&[again]).await.unwrap();
    assert_eq!(
        ask(store, &[a], september).await,
        [of(a, &hike), of(a, &next)]
    );
}

pub async fn only_theirs_are_left(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let left = ask(store, &[a, b], days("2026-09-01", "2026-09-30")).await;
    let whose: Vec<SubjectId> = left.iter().map(|one| one.subject).collect();
    assert_eq!(whose, [b]);
}

async fn ask(store: &dyn Store, subjects: &[SubjectId], days: DayRange) -> Vec<SubjectWorkout> {
    store.workouts(&seen(subjects), days).await.unwrap()
}

fn workout(document: &str, of: &str, hour: i64) -> Workout {
    let starts_at = at(of, hour);
    Workout {
        origins: vec![Origin {
            source: Source::Polar,
            document: document.into(),
        }],
        activity: Activity::of("HIKING"),
        label: None,
        day: day(of),
        starts_at,
        ends_at: Timestamp(starts_at.0 + 3_600_500),
        utc_offset_s: None,
        distance_m: None,
        calories_kcal: None,
        average_heart_rate_bpm: None,
        max_heart_rate_bpm: None,
        cardio_load: None,
    }
}
