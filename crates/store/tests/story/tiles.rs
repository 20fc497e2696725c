//! What series come to at every zoom, against the samples themselves.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use physiology::bucket::{Bucket, COARSEST_LEVEL, aggregate, tile_index};
use physiology::clock::ClockAt;
use physiology::{SeriesKind, SeriesPoint, Source, SubjectId, Timestamp, Vendor};
use store::{DerivedDay, Series, SeriesTrack, SqliteStore, Store, StoreError};

use crate::{COLLECTION, at, day, derived, document, file, seen, series};

const KIND: SeriesKind = SeriesKind::HeartRate;

/// Numbers that look thrown, the same ones every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as i64 % below
    }
}

/// Days of documents that overlap one another, some of them at the same instants, with a hole.
fn record(subject: SubjectId) -> Vec<DerivedDay> {
    let mut dice = Dice(7);
    let first = day("2026-03-01");
    let days = (0..70).filter(|index| !(30..42).contains(index));
    days.map(|index| {
        let of = first.plus(index);
        let documents = (0..=dice.throw(3)).map(|number| {
            let start = of.start_utc().0 + (dice.throw(12) - 6) * 3_600_000;
            let points: Vec<(i64, f64)> = (0..dice.throw(400))
                .map(|step| {
                    let value = match dice.throw(60) {
                        0 => f64::NAN,
                        value => 40.0 + value as f64 + dice.throw(10) as f64 / 10.0,
                    };
                    (start + step * 300_000 + dice.throw(2), value)
                })
                .collect();
            let source = [Source::Oura, Source::Oura, Source::Polar][number as usize];
            Series {
                source,
                local_clock: source == Source::Polar,
                ..series(subject, KIND, &format!("{number}"), &points)
            }
        });
        DerivedDay {
            day: Some(of),
            series: documents.collect(),
            ..derived(subject, None)
        }
    })
    .collect()
}

type Line = (Source, bool);

/// The samples that stand, by the rule told in words: later days and keys override.
fn standing(days: &[DerivedDay]) -> BTreeMap<Line, BTreeMap<i64, f64>> {
    let mut days: Vec<&DerivedDay> = days.iter().collect();
    days.sort_by_key(|derived| derived.day);
    let mut lines: BTreeMap<Line, BTreeMap<i64, f64>> = BTreeMap::new();
    for derived in days {
        let mut series: Vec<&Series> = derived.series.iter().collect();
        series.sort_by_key(|series| series.document.clone());
        for series in series {
            let line = lines
                .entry((series.source, series.local_clock))
                .or_default();
            let finite = series.points.iter().filter(|point| point.value.is_finite());
            line.extend(finite.map(|point| (point.at.0, point.value)));
        }
    }
    lines.retain(|_, samples| !samples.is_empty());
    lines
}

async fn tracks(store: &dyn Store, subject: SubjectId, level: u8) -> Vec<SeriesTrack> {
    let everything = i64::MIN..=i64::MAX;
    store
        .series_tile(&seen(&[subject]), subject, KIND, level, everything)
        .await
        .unwrap()
}

/// Every level holds what its samples come to, and the line's row tells the same.
async fn hold(store: &dyn Store, subject: SubjectId, days: &[DerivedDay]) {
    let standing = standing(days);
    for level in KIND.finest_level()..=COARSEST_LEVEL {
        let expected: Vec<(Line, Vec<Bucket>)> = standing
            .iter()
            .map(|(line, samples)| {
                let points = samples.iter().map(|(at_ms, value)| SeriesPoint {
                    at: Timestamp(*at_ms),
                    value: *value,
                });
                (*line, aggregate(points, level))
            })
            .collect();
        let found: Vec<(Line, Vec<Bucket>)> = tracks(store, subject, level)
            .await
            .into_iter()
            .map(|track| ((track.source, track.local_clock), track.buckets))
            .collect();
        assert_eq!(found, expected, "level {level}");
    }
    let lines = store.series_lines(&seen(&[subject])).await.unwrap();
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            let key = (line.source, line.local_clock);
            (key, line.first_at.0, line.last_at.0, line.samples)
        })
        .collect();
    let expected: Vec<_> = standing
        .iter()
        .map(|(line, samples)| {
            let ends = (samples.keys().next(), samples.keys().next_back());
            (
                *line,
                *ends.0.unwrap(),
                *ends.1.unwrap(),
                samples.len() as u64,
            )
        })
        .collect();
    assert_eq!(told, expected);
}

async fn revisions(store: &dyn Store, subject: SubjectId) -> Vec<u64> {
    let lines = store.series_lines(&seen(&[subject])).await.unwrap();
    lines.iter().map(|line| line.revision).collect()
}

async fn opened() -> (SqliteStore, SubjectId) {
    let store = SqliteStore::open("sqlite::memory:").await.unwrap();
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    (store, a)
}

#[tokio::test]
async fn tiles_are_what_the_samples_come_to_however_they_came() {
    let (store, a) = opened().await;
    let record = record(a);
    // Backwards and in pieces, as a look-back and late documents come.
    for piece in record.chunks(9).rev() {
        store.put_derived(piece).await.unwrap();
    }
    hold(&store, a, &record).await;

    // The same again changes nothing, not even a revision.
    let before = revisions(&store, a).await;
    store.put_derived(&record).await.unwrap();
    assert_eq!(revisions(&store, a).await, before);

    // Documents change, lose their samples, and come to days that had none.
    let mut changed = record.clone();
    changed[3].series = record[4].series.clone();
    changed[20].series.clear();
    changed[57].series.truncate(1);
    for derived in [&changed[3], &changed[20], &changed[57]] {
        store
            .put_derived(std::slice::from_ref(derived))
            .await
            .unwrap();
    }
    hold(&store, a, &changed).await;
    let after = revisions(&store, a).await;
    assert!(
        after > before
            && after
                .iter()
                .zip(&before)
                .all(|(after, before)| after >= before)
    );

    // Made anew from nothing they are the same.
    let levels = KIND.finest_level()..=COARSEST_LEVEL;
    let mut whole = Vec::new();
    for level in levels.clone() {
        whole.push(tracks(&store, a, level).await);
    }
    store.clear_derived(a).await.unwrap();
    assert_eq!(tracks(&store, a, 9).await, []);
    assert_eq!(store.series_lines(&seen(&[a])).await.unwrap(), []);
    for piece in changed.chunks(32) {
        store.put_derived(piece).await.unwrap();
    }
    for (level, whole) in levels.zip(&whole) {
        assert_eq!(&tracks(&store, a, level).await, whole);
    }
    // A browser that kept a tile of an earlier revision must never take it for the present one.
    let again = revisions(&store, a).await;
    assert!(again.iter().zip(&after).all(|(again, after)| again > after));
}

#[tokio::test]
async fn a_tile_is_one_stretch_of_one_person() {
    let (store, a) = opened().await;
    let record = record(a);
    store.put_derived(&record).await.unwrap();
    let level = 10;
    let all = tracks(&store, a, level).await;
    let middle = tile_index(at("2026-04-20", 0), level);
    let find = |visible, tiles| {
        let store = &store;
        async move {
            store
                .series_tile(&visible, a, KIND, level, tiles)
                .await
                .unwrap()
        }
    };
    let cut = find(seen(&[a]), middle..=middle + 1).await;
    assert_eq!(cut.len(), all.len());
    for (cut, all) in cut.iter().zip(&all) {
        let within =
            |bucket: &&Bucket| (middle..=middle + 1).contains(&tile_index(bucket.first_at, level));
        let expected: Vec<Bucket> = all.buckets.iter().filter(within).copied().collect();
        assert!(!expected.is_empty());
        assert_eq!(cut.buckets, expected);
    }
    assert_eq!(find(seen(&[]), middle..=middle).await, []);
    assert_eq!(find(seen(&[a]), i64::MAX..=i64::MAX).await, []);
    assert_eq!(find(seen(&[a]), RangeInclusive::new(1, 0)).await, []);
    assert_eq!(store.series_lines(&seen(&[])).await.unwrap(), []);
}

#[tokio::test]
async fn samples_at_the_ends_of_time_cost_nothing() {
    let (store, a) = opened().await;
    let ends = [i64::MIN, -1, 0, i64::MAX - 1, i64::MAX].map(|at_ms| (at_ms, 50.0));
    let absurd = DerivedDay {
        series: vec![series(a, SeriesKind::WorkoutHeartRate, "absurd", &ends)],
        ..derived(a, Some("2026-03-01"))
    };
    store
        .put_derived(std::slice::from_ref(&absurd))
        .await
        .unwrap();
    let lines = store.series_lines(&seen(&[a])).await.unwrap();
    assert_eq!(
        (lines[0].first_at.0, lines[0].last_at.0),
        (i64::MIN, i64::MAX)
    );
    assert_eq!(lines[0].samples, 5);
    let gone = DerivedDay {
        series: vec![],
        ..absurd
    };
    store.put_derived(&[gone]).await.unwrap();
    assert_eq!(store.series_lines(&seen(&[a])).await.unwrap(), []);
}

#[tokio::test]
async fn clocks_are_told_by_their_neighbours() {
    let (store, a) = opened().await;
    let clock = |of: &str, hour: i64, offset_h: i32| ClockAt {
        at: at(of, hour),
        utc_offset_s: offset_h * 3_600,
    };
    let home: Vec<ClockAt> = (0..9).map(|hour| clock("2026-10-01", hour, 2)).collect();
    let away = vec![clock("2026-10-03", 0, 5), clock("2026-10-03", 6, 5)];
    let absurd = ClockAt {
        at: at("2026-10-02", 0),
        utc_offset_s: i32::MAX,
    };
    let of = |day: &str, clocks: Vec<ClockAt>| DerivedDay {
        clocks,
        series: vec![Series {
            local_clock: true,
            ..series(a, KIND, "x", &[(at(day, 0).0, 60.0)])
        }],
        ..derived(a, Some(day))
    };
    let days = [
        of("2026-10-01", [&home[..], &[absurd]].concat()),
        of("2026-10-03", away.clone()),
    ];
    store.put_derived(&days).await.unwrap();
    let told = |from, to| {
        let store = &store;
        async move { store.clocks(&seen(&[a]), a, from, to).await.unwrap() }
    };
    let everything = told(Timestamp(i64::MIN), Timestamp(i64::MAX)).await;
    assert_eq!(everything, [home[0], home[8], away[0], away[1]]);
    assert_eq!(
        told(at("2026-10-02", 0), at("2026-10-02", 1)).await,
        [home[8], away[0]]
    );
    assert_eq!(
        told(at("2026-10-09", 0), at("2026-10-10", 0)).await,
        [away[1]]
    );
    let nobody = store
        .clocks(&seen(&[]), a, Timestamp(0), Timestamp(i64::MAX))
        .await;
    assert_eq!(nobody.unwrap(), []);

    // Where the clock changes, what is drawn by it does.
    let before = revisions(&store, a).await;
    store.put_derived(&days).await.unwrap();
    assert_eq!(revisions(&store, a).await, before);
    let moved = of("2026-10-03", vec![clock("2026-10-03", 0, 6)]);
    store.put_derived(&[moved]).await.unwrap();
    assert_eq!(revisions(&store, a).await, [before[0] + 1]);
    store.clear_derived(a).await.unwrap();
    assert_eq!(told(Timestamp(i64::MIN), Timestamp(i64::MAX)).await, []);
}

#[tokio::test]
async fn what_was_there_before_there_were_tiles_is_derived_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = file::open(&folder).await;
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    let kept = document(a, "one", Some("2026-03-01"), "{}");
    store.put_documents(&[kept]).await.unwrap();
    let record = record(a);
    store.put_derived(&record[..3]).await.unwrap();
    let pending = || async {
        let store = file::open(&folder).await;
        store
            .underived_days(a, Vendor::Oura, COLLECTION)
            .await
            .unwrap()
    };
    assert_eq!(pending().await, []);
    let mut raw = file::raw(&folder).await;
    for sql in [
        "DROP TABLE series_tiles",
        "DROP TABLE series_lines",
        "DROP TABLE clocks",
        "DELETE FROM _sqlx_migrations WHERE version = 5",
    ] {
        sqlx::query(sql).execute(&mut raw).await.unwrap();
    }
    let of_record: Vec<_> = record[..3].iter().map(|derived| derived.day).collect();
    assert_eq!(pending().await, of_record);
    store.put_derived(&record[..3]).await.unwrap();
    hold(&store, a, &record[..3]).await;
}

#[tokio::test]
async fn a_broken_tile_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let store = file::open(&folder).await;
    let a = store.create_pair(["Ana", "Bea"]).await.unwrap().a.id;
    let record = record(a);
    store.put_derived(&record[..3]).await.unwrap();
    let mut raw = file::raw(&folder).await;
    for damage in [
        "UPDATE series_tiles SET buckets = substr(buckets, 1, length(buckets) - 1)",
        "UPDATE series_tiles SET buckets = x''",
        "UPDATE series_tiles SET buckets = x'01ffffffffff'",
        "UPDATE series_tiles SET tile = -tile",
    ] {
        sqlx::query(damage).execute(&mut raw).await.unwrap();
        let found = store
            .series_tile(&seen(&[a]), a, KIND, 9, i64::MIN..=i64::MAX)
            .await;
        assert!(
            matches!(found, Err(StoreError::Corrupt { what: "tile" })),
            "{damage}"
        );
        store.clear_derived(a).await.unwrap();
        store.put_derived(&record[..3]).await.unwrap();
    }
}
