//! Lines and their tiles, against the samples they were made of.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use chart::{Tile, TileBucket};
use common::World;
use physiology::bucket::{COARSEST_LEVEL, index};
use physiology::clock::{ClockAt, WornClock};
use physiology::{Day, DayRange, Metric, SeriesKind, Source, SubjectId, Timestamp, Twin};
use services::{Error, OverviewQuery, Viewer};
use store::Series;
use views::overview::RangeChoice;
use views::tiles::{Line, LineId};

const HEART: LineId = LineId::Series(SeriesKind::HeartRate);

async fn tile(world: &World, line: &Line, level: u8, index: i64) -> Vec<TileBucket> {
    let found = world
        .services
        .tile(&Viewer::System, line.subject, line.id, level, index)
        .await
        .unwrap();
    assert_eq!((found.tile.level, found.tile.index), (level, index));
    assert_eq!(found.revision, line.revision, "{}", line.id);
    let back = Tile::decode(&found.tile.encode()).unwrap();
    assert_eq!(back.buckets.len(), found.tile.buckets.len());
    found.tile.buckets
}

/// A whole line at a level, tile after tile.
async fn whole(world: &World, line: &Line, level: u8) -> Vec<TileBucket> {
    let mut buckets = Vec::new();
    for index in Tile::tiles_for(level, line.first_at.0, line.last_at.0) {
        buckets.extend(tile(world, line, level, index).await);
    }
    buckets
}

async fn samples(world: &World, subject: SubjectId, kind: SeriesKind) -> Vec<Series> {
    let visible = Viewer::System.may_see(&[subject]);
    let today = Day::of_utc(common::now().into());
    let days = DayRange::new(today.plus(-420), today.plus(3));
    world
        .store
        .series(&visible, subject, kind, days)
        .await
        .unwrap()
}

async fn clock(world: &World, subject: SubjectId) -> WornClock {
    let clocks = world.services.wearer_clocks(&Viewer::System).await.unwrap();
    let own = clocks
        .into_iter()
        .find(|clock| clock.subject == subject)
        .unwrap();
    let steps: Vec<ClockAt> = own
        .steps
        .iter()
        .map(|&(at, utc_offset_s)| ClockAt { at, utc_offset_s })
        .collect();
    // Steps are kept as they are: each holds from its instant to just before the next.
    let ends = steps
        .iter()
        .zip(steps.iter().skip(1))
        .map(|(step, next)| ClockAt {
            at: Timestamp(next.at.0 - 1),
            ..*step
        });
    let mut known: Vec<ClockAt> = steps.iter().copied().chain(ends).collect();
    known.sort_by_key(|known| known.at);
    WornClock::new(&known, &[])
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_is_its_samples() {
    let world = World::synced().await;
    let lines = world.services.lines(&Viewer::System).await.unwrap();
    assert!(lines.is_sorted_by_key(|line| line.twin));
    let mut compared = 0;
    for line in &lines {
        let LineId::Series(kind) = line.id else {
            continue;
        };
        if kind == SeriesKind::HeartRate {
            continue;
        }
        let clock = clock(&world, line.subject).await;
        // What each source says at an instant on UTC; nobody's samples are lost where one source
        // alone has the line.
        let series = samples(&world, line.subject, kind).await;
        let mut truth: BTreeMap<i64, Vec<(Source, f64)>> = BTreeMap::new();
        for series in &series {
            for point in &series.points {
                let ahead_s = if series.local_clock {
                    clock.offset_when_shown_s(point.at)
                } else {
                    0
                };
                let at = point.at.plus_seconds(-i64::from(ahead_s));
                truth
                    .entry(at.0)
                    .or_default()
                    .push((series.source, point.value));
            }
        }
        let finest = whole(&world, line, line.finest_level).await;
        assert!(!finest.is_empty(), "{}", line.id);
        for one in &finest {
            for (at, value) in [
                (one.bucket.first_at, one.bucket.first),
                (one.bucket.min_at, one.bucket.min),
                (one.bucket.max_at, one.bucket.max),
                (one.bucket.last_at, one.bucket.last),
            ] {
                let said = truth
                    .get(&at.0)
                    .unwrap_or_else(|| panic!("{} at {}", line.id, at.0));
                assert!(said.contains(&(one.source, value)), "{}", line.id);
            }
        }
        let mut sources: Vec<Source> = series.iter().map(|series| series.source).collect();
        sources.sort_unstable();
        sources.dedup();
        let highest = finest.iter().map(|one| one.bucket.max).reduce(f64::max);
        if sources.len() == 1 {
            let count: u32 = finest.iter().map(|one| one.bucket.count).sum();
            // Documents may tell of one instant twice; and two times of a clock that was put forward
            // are one instant.
            let instants = series.iter().flat_map(|series| &series.points);
            let told = instants
                .map(|point| point.at)
                .collect::<BTreeSet<_>>()
                .len();
            assert_eq!(count as usize, told, "{} of {:?}", line.id, line.twin);
            let truth = truth
                .values()
                .flatten()
                .map(|(_, value)| *value)
                .reduce(f64::max);
            assert_eq!(highest, truth);
            for level in [line.finest_level + 1, 12, COARSEST_LEVEL] {
                let coarse = whole(&world, line, level).await;
                assert_eq!(
                    coarse.iter().map(|one| one.bucket.count).sum::<u32>(),
                    count
                );
                assert_eq!(
                    coarse.iter().map(|one| one.bucket.max).reduce(f64::max),
                    highest
                );
                let place = |one: &TileBucket| index(one.bucket.first_at, level);
                assert!(
                    coarse.is_sorted_by(|one, next| place(one) < place(next)),
                    "{}",
                    line.id
                );
            }
        }
        compared += finest.len();
    }
    assert!(compared > 10_000, "{compared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn heart_rate_is_the_straps_then_the_rings_then_the_watchs() {
    let world = World::synced().await;
    let lines = world.services.lines(&Viewer::System).await.unwrap();
    for twin in Twin::BOTH {
        let line = lines
            .iter()
            .find(|line| (line.id, line.twin) == (HEART, twin))
            .unwrap();
        let clock = clock(&world, line.subject).await;
        let ring: Vec<i64> = samples(&world, line.subject, SeriesKind::HeartRate)
            .await
            .iter()
            .filter(|series| series.source == Source::Oura)
            .flat_map(|series| series.points.iter().map(|point| point.at.0))
            .collect();
        let straps: Vec<(i64, i64)> = samples(&world, line.subject, SeriesKind::WorkoutHeartRate)
            .await
            .iter()
            .map(|series| (series.points[0].at.0, series.points.last().unwrap().at.0))
            .collect();
        assert!(!straps.is_empty() && line.finest_level == 5);
        // From the last workout to the one before, sample by sample.
        let from_ms = straps.iter().map(|ends| ends.0).max().unwrap() - 86_400_000;
        let mut counted = BTreeMap::new();
        for index in Tile::tiles_for(5, from_ms, from_ms + 2 * 86_400_000) {
            for one in tile(&world, line, 5, index).await {
                let (from, to) = (one.bucket.first_at.0, one.bucket.last_at.0);
                let is_in_training = straps.iter().any(|ends| ends.0 <= to && from <= ends.1);
                assert_eq!(one.interval_ms == 5_000, is_in_training, "{twin:?} {from}");
                if !is_in_training {
                    let is_near_the_ring = ring.iter().any(|at| (at - from).abs() < 300_000);
                    // Nobody drops the ring for the watch.
                    assert!(
                        one.source == Source::Oura || !is_near_the_ring,
                        "{twin:?} {from}"
                    );
                }
                *counted.entry((one.source, one.interval_ms)).or_insert(0) += one.bucket.count;
            }
        }
        assert!(counted[&(Source::Polar, 5_000)] > 100, "{counted:?}");
        // Twin B did not grant the ring's heart rate: the watch stands in, moved to UTC.
        let around_the_clock = if ring.is_empty() {
            Source::Polar
        } else {
            Source::Oura
        };
        assert!(counted[&(around_the_clock, 300_000)] > 200, "{counted:?}");
        assert!(clock.steps().len() > 1, "they flew");
        // However coarse, the strap's highest is in the picture.
        let highest =
            |buckets: &[TileBucket]| buckets.iter().map(|one| one.bucket.max).reduce(f64::max);
        let strap = lines.iter().find(|other| {
            (other.id, other.twin) == (LineId::Series(SeriesKind::WorkoutHeartRate), twin)
        });
        let strap = whole(&world, strap.unwrap(), COARSEST_LEVEL).await;
        assert!(highest(&whole(&world, line, 12).await) >= highest(&strap));
        assert!(highest(&whole(&world, line, COARSEST_LEVEL).await) >= highest(&strap));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn daily_lines_are_what_the_overview_draws() {
    let world = World::synced().await;
    let lines = world.services.lines(&Viewer::System).await.unwrap();
    let query = OverviewQuery {
        range: RangeChoice::All,
        metric: Metric::RespiratoryRate,
    };
    let overview = world
        .services
        .overview(&Viewer::System, query)
        .await
        .unwrap();
    for twin in Twin::BOTH {
        let id = LineId::Daily(Metric::RespiratoryRate);
        let line = lines
            .iter()
            .find(|line| (line.id, line.twin) == (id, twin))
            .unwrap();
        let days = overview.chart.days.iter();
        let drawn: Vec<(Timestamp, f64)> = days
            .filter_map(|day| Some((day.at, day.of(twin).value()?)))
            .collect();
        let finest = whole(&world, line, line.finest_level).await;
        let count: u32 = finest.iter().map(|one| one.bucket.count).sum();
        assert_eq!(count as usize, drawn.len());
        for one in &finest {
            assert!(drawn.contains(&(one.bucket.first_at, one.bucket.first)));
            assert!(drawn.contains(&(one.bucket.max_at, one.bucket.max)));
        }
        assert_eq!(
            (line.first_at, line.last_at),
            (drawn[0].0, drawn.last().unwrap().0)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_leaves_every_tile_as_it_was_and_no_revision() {
    let world = World::synced().await;
    let all = || async {
        let lines = world.services.lines(&Viewer::System).await.unwrap();
        let mut tiles = Vec::new();
        for line in &lines {
            for level in [9, 12, COARSEST_LEVEL] {
                let level = level.max(line.finest_level);
                tiles.push((line.id, line.twin, whole(&world, line, level).await));
            }
        }
        (lines, tiles)
    };
    let (before_lines, before) = all().await;
    world.services.rebuild(&Viewer::System).await.unwrap();
    let (after_lines, after) = all().await;
    assert!(before == after);
    for (before, after) in before_lines.iter().zip(&after_lines) {
        match before.id {
            LineId::Series(_) => assert!(after.revision > before.revision),
            LineId::Daily(_) => assert_eq!(after, before),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_without_sense_are_refused() {
    let world = World::synced().await;
    let subject = world.pair.a.id;
    let ask = |subject, line, level, index| {
        let services = &world.services;
        async move {
            services
                .tile(&Viewer::System, subject, line, level, index)
                .await
                .unwrap_err()
        }
    };
    let daily = LineId::Daily(Metric::Spo2Night);
    assert_eq!(
        ask(SubjectId(99), HEART, 9, 0).await,
        Error::NotFound("twin")
    );
    let strain = LineId::Series(SeriesKind::SleepRespiratoryRate);
    let nothing = World::new().await;
    let asked = nothing
        .services
        .tile(&Viewer::System, subject, strain, 9, 0)
        .await;
    assert_eq!(asked.unwrap_err(), Error::NotFound("line"));
    assert_eq!(nothing.services.lines(&Viewer::System).await.unwrap(), []);
    for (line, level, index) in [
        (HEART, 4, 0),
        (HEART, 17, 0),
        (HEART, 255, 0),
        (daily, 12, 0),
        (HEART, 9, i64::MAX),
        (HEART, 9, i64::MIN),
        (HEART, 16, 1_000_000),
        (daily, 16, -1_000_000),
    ] {
        assert!(
            matches!(ask(subject, line, level, index).await, Error::Invalid(_)),
            "{level} {index}"
        );
    }
}
