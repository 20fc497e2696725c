//! Chapter three: what documents mean.

use physiology::{Day, Metric, Quality, SeriesKind, Source, SubjectId, Vendor};
use store::{DailyReading, DerivedDay, ReadingsQuery, Series, Store, StoreError};

use crate::{COLLECTION, at, day, days, derived, document, reading, seen, series, workouts};

pub async fn days_are_derived(store: &dyn Store, a: SubjectId, b: SubjectId) {
    what_came_is_to_be_derived(store, a).await;
    readings_are_replaced_day_by_day(store, a, b).await;
    values_keep_every_bit(store, a).await;
    series_come_back_whole(store, a, b).await;
    workouts::workouts_are_replaced_day_by_day(store, a, b).await;
    everything_can_be_forgotten(store, a, b).await;
}

async fn what_came_is_to_be_derived(store: &dyn Store, a: SubjectId) {
    // Nothing was derived in the last chapter, as if the process had died each time. The day a
    // document left is among them: what was derived of it there has to go.
    let expected = [
        None,
        Some(day("0001-01-01")),
        Some(day("2026-10-09")),
        Some(day("2026-10-10")),
        Some(day("2026-10-11")),
        Some(day("2026-10-12")),
        Some(day("2026-10-13")),
    ];
    assert_eq!(underived(store, a).await, expected);
    assert_eq!(
        store
            .underived_days(a, Vendor::Polar, COLLECTION)
            .await
            .unwrap(),
        []
    );

    store.put_derived(&[]).await.unwrap();
    let done: Vec<DerivedDay> = expected[..6]
        .iter()
        .map(|&day| DerivedDay {
            day,
            ..derived(a, None)
        })
        .collect();
    store.put_derived(&done).await.unwrap();
    assert_eq!(underived(store, a).await, [Some(day("2026-10-13"))]);

    // A change after a day was derived makes it underived again; coming again unchanged does not.
    let four = document(a, "four", Some("2026-10-10"), "{}");
    store
        .put_documents(std::slice::from_ref(&four))
        .await
        .unwrap();
    let both = [Some(day("2026-10-10")), Some(day("2026-10-13"))];
    assert_eq!(underived(store, a).await, both);
    store
        .put_derived(&both.map(|day| DerivedDay {
            day,
            ..derived(a, None)
        }))
        .await
        .unwrap();
    store.put_documents(&[four]).await.unwrap();
    assert_eq!(underived(store, a).await, []);

    let nobody = derived(SubjectId(4_711), Some("2026-10-10"));
    assert!(matches!(
        store.put_derived(&[nobody]).await,
        Err(StoreError::NotFound { what: "subject" })
    ));
}

async fn readings_are_replaced_day_by_day(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let spo2 = reading(a, Metric::Spo2Night, "2026-10-11", 96.5);
    let breath = reading(a, Metric::RespiratoryRate, "2026-10-11", 14.25);
    let next = reading(a, Metric::Spo2Night, "2026-10-12", 95.0);
    // Dated otherwise than the document's day, and already spoken for by that day's own document.
    let stray = DailyReading {
        document: "stray".into(),
        ..reading(a, Metric::Spo2Night, "2026-10-12", 94.0)
    };
    let first = DerivedDay {
        readings: vec![spo2.clone(), breath.clone(), stray.clone()],
        ..derived(a, Some("2026-10-11"))
    };
    let second = DerivedDay {
        readings: vec![next.clone()],
        ..derived(a, Some("2026-10-12"))
    };

    // Another vendor, and two of its collections, speak of the same metric and day.
    let polar = |collection: &str, value: f64| {
        let mut reading = reading(a, Metric::RespiratoryRate, "2026-10-11", value);
        reading.measurement.source = Source::Polar;
        reading.measurement.quality = Quality::Partial;
        reading.document = collection.into();
        DerivedDay {
            vendor: Vendor::Polar,
            collection: collection.into(),
            readings: vec![reading],
            ..derived(a, Some("2026-10-11"))
        }
    };
    let polars = [polar("nightly-recharge", 13.5), polar("sleep", 13.75)];
    let theirs = reading(b, Metric::Spo2Night, "2026-10-11", 90.0);
    let other = DerivedDay {
        readings: vec![theirs.clone()],
        ..derived(b, Some("2026-10-11"))
    };
    store
        .put_derived(&[
            second,
            polars[0].clone(),
            first.clone(),
            polars[1].clone(),
            other,
        ])
        .await
        .unwrap();

    let everything = [
        spo2.clone(),
        next.clone(),
        stray.clone(),
        breath.clone(),
        polars[0].readings[0].clone(),
        polars[1].readings[0].clone(),
        theirs.clone(),
    ];
    let all = ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    let found = ask(store, &[b, a, a], &all).await;
    assert_eq!(sorted(&found), sorted(&everything));
    assert!(found.is_sorted_by_key(|found| (found.subject, found.metric, found.day)));
    assert_eq!(ask(store, &[b], &all).await, std::slice::from_ref(&theirs));
    assert_eq!(ask(store, &[], &all).await, []);

    let spo2_only = ReadingsQuery {
        metrics: vec![Metric::Spo2Night, Metric::SleepScore, Metric::Spo2Night],
        days: Some(days("2026-10-11", "2026-10-11")),
    };
    assert_eq!(
        ask(store, &[a, b], &spo2_only).await,
        [spo2.clone(), theirs.clone()]
    );
    let backwards = ReadingsQuery {
        days: Some(days("2026-10-12", "2026-10-11")),
        ..all.clone()
    };
    assert_eq!(ask(store, &[a, b], &backwards).await, []);

    // Derived anew: what this day said before goes, what others said stays.
    let again = DerivedDay {
        readings: vec![breath.clone()],
        ..first
    };
    store
        .put_derived(std::slice::from_ref(&again))
        .await
        .unwrap();
    let left = [
        next,
        breath,
        polars[0].readings[0].clone(),
        polars[1].readings[0].clone(),
    ];
    assert_eq!(sorted(&ask(store, &[a], &all).await), sorted(&left));
}

async fn values_keep_every_bit(store: &dyn Store, a: SubjectId) {
    let odd = [
        0.0,
        -0.0,
        97.1,
        0.1 + 0.2,
        1.0 / 3.0,
        -273.15,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::from_bits(1),
        f64::EPSILON,
        9_007_199_254_740_993.0,
        1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    let start = day("1999-12-25");
    let of = |index: usize| start.plus(i64::try_from(index).unwrap());
    let readings = odd
        .iter()
        .enumerate()
        .map(|(index, &value)| DailyReading {
            day: of(index),
            ..reading(a, Metric::TemperatureDeviation, "1999-12-25", value)
        })
        .collect();
    store
        .put_derived(&[DerivedDay {
            readings,
            ..derived(a, Some("1999-12-25"))
        }])
        .await
        .unwrap();
    let query = ReadingsQuery {
        metrics: vec![Metric::TemperatureDeviation],
        days: None,
    };
    let back = ask(store, &[a], &query).await;
    let bits = |values: &mut dyn Iterator<Item = f64>| values.map(f64::to_bits).collect::<Vec<_>>();
    assert_eq!(
        bits(&mut back.iter().map(|reading| reading.measurement.value)),
        bits(&mut odd.iter().copied())
    );
    assert_eq!(back.last().unwrap().day, of(odd.len() - 1));
}

async fn series_come_back_whole(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let midnight = day("2026-10-12").start_utc().0;
    let minute = 60_000;
    let night: Vec<(i64, f64)> = (-60..300)
        .map(|index| (midnight + index * 5 * minute, 48.0 + (index % 7) as f64))
        .collect();
    let over_midnight = series(a, SeriesKind::SleepHeartRate, "night", &night);
    let odd = [
        (midnight - 1, -0.0),
        (midnight, f64::from_bits(1)),
        (midnight + 1, f64::INFINITY),
    ];
    let odd = series(a, SeriesKind::SleepHrv, "odd", &odd);
    let single = series(
        a,
        SeriesKind::SleepHeartRate,
        "single",
        &[(midnight - 1, 50.5)],
    );
    let gap = [(midnight - 86_400_000, 1.0), (midnight + 86_400_000, 2.0)];
    let gap = series(a, SeriesKind::SleepHeartRate, "gap", &gap);
    let empty = series(a, SeriesKind::SleepHeartRate, "empty", &[]);
    let theirs = series(b, SeriesKind::SleepHeartRate, "theirs", &[(midnight, 60.0)]);

    let day_of_a = DerivedDay {
        series: vec![
            over_midnight.clone(),
            odd.clone(),
            single.clone(),
            gap.clone(),
            empty,
        ],
        ..derived(a, Some("2026-10-12"))
    };
    let day_of_b = DerivedDay {
        series: vec![theirs],
        ..derived(b, Some("2026-10-12"))
    };
    store
        .put_derived(&[day_of_a.clone(), day_of_b])
        .await
        .unwrap();

    let find = async |kind, first: &str, last: &str| -> Vec<Series> {
        store
            .series(&seen(&[a]), a, kind, days(first, last))
            .await
            .unwrap()
    };
    let heart = SeriesKind::SleepHeartRate;
    assert_eq!(
        find(heart, "2026-10-11", "2026-10-11").await,
        [gap.clone(), over_midnight.clone(), single.clone()]
    );
    // Neither the one a millisecond before midnight nor the one with nothing on that day.
    assert_eq!(
        find(heart, "2026-10-12", "2026-10-12").await,
        std::slice::from_ref(&over_midnight)
    );
    assert_eq!(
        find(heart, "2026-10-13", "2026-10-20").await,
        [gap.clone(), over_midnight.clone()]
    );
    assert_eq!(find(heart, "2026-10-14", "2026-10-20").await, []);
    assert_eq!(find(heart, "2026-10-12", "2026-10-11").await, []);
    assert_eq!(find(SeriesKind::Met, "2026-10-11", "2026-10-13").await, []);
    let whole = days("2026-10-01", "2026-10-31");
    assert_eq!(
        store.series(&seen(&[b]), a, heart, whole).await.unwrap(),
        []
    );

    let back = find(SeriesKind::SleepHrv, "2026-10-12", "2026-10-12").await;
    assert_eq!(back, std::slice::from_ref(&odd));
    let bits = |series: &Series| {
        series
            .points
            .iter()
            .map(|point| point.value.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(bits(&back[0]), bits(&odd));

    let again = DerivedDay {
        series: vec![single.clone()],
        ..day_of_a
    };
    store.put_derived(&[again]).await.unwrap();
    assert_eq!(find(heart, "2026-10-01", "2026-10-31").await, [single]);
}

async fn everything_can_be_forgotten(store: &dyn Store, a: SubjectId, b: SubjectId) {
    let malformed = DerivedDay {
        malformed: vec![
            ("two".into(), "no spo2".into()),
            ("two".into(), "no day".into()),
            ("four".into(), "not JSON".into()),
        ],
        ..derived(a, Some("2026-10-12"))
    };
    store.put_derived(&[malformed]).await.unwrap();
    let summary = store.collection_summaries(&seen(&[a])).await.unwrap();
    assert_eq!(summary.len(), 1);
    assert_eq!(summary[0].malformed, ["four", "two"]);

    store.clear_derived(a).await.unwrap();
    workouts::only_theirs_are_left(store, a, b).await;
    let all = ReadingsQuery {
        metrics: vec![],
        days: None,
    };
    assert_eq!(ask(store, &[a], &all).await, []);
    assert_eq!(ask(store, &[a, b], &all).await.len(), 1);
    let whole = days("2026-10-01", "2026-10-31");
    let heart = SeriesKind::SleepHeartRate;
    assert_eq!(
        store.series(&seen(&[a]), a, heart, whole).await.unwrap(),
        []
    );
    assert_eq!(
        store
            .series(&seen(&[b]), b, heart, whole)
            .await
            .unwrap()
            .len(),
        1
    );
    let summary = store.collection_summaries(&seen(&[a])).await.unwrap();
    assert_eq!(summary[0].malformed, [""; 0]);

    // A rebuild that dies on its way is seen: every day with documents waits to be derived.
    let with_documents: Vec<Option<Day>> = store
        .document_days(&seen(&[a]), a)
        .await
        .unwrap()
        .into_iter()
        .map(|(_, _, day)| day)
        .collect();
    assert_eq!(underived(store, a).await, with_documents);
    assert_eq!(summary[0].documents, 12);
    assert_eq!(summary[0].newest_day, Some(day("2026-10-13")));
    assert_eq!(summary[0].received_at, Some(at("2026-10-13", 7)));
}

async fn underived(store: &dyn Store, subject: SubjectId) -> Vec<Option<Day>> {
    store
        .underived_days(subject, Vendor::Oura, COLLECTION)
        .await
        .unwrap()
}

async fn ask(
    store: &dyn Store,
    subjects: &[SubjectId],
    query: &ReadingsQuery,
) -> Vec<DailyReading> {
    store.readings(&seen(subjects), query).await.unwrap()
}

/// In an order of the test's own, for where the store promises none.
fn sorted(readings: &[DailyReading]) -> Vec<DailyReading> {
    let mut readings = readings.to_vec();
    readings.sort_by(|a, b| {
        (a.subject, a.metric, a.day, &a.document).cmp(&(b.subject, b.metric, b.day, &b.document))
    });
    readings
}
