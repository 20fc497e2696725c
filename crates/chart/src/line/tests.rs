//! Lines against a rasteriser that asks every pixel.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Whether the way between two points meets a pixel: Liang and Barsky's test, in device pixels.
fn meets(from: (f64, f64), to: (f64, f64), column: f64, row: f64) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (way, room) in [
        (-dx, from.0 - column),
        (dx, column + 1.0 - from.0),
        (-dy, from.1 - row),
        (dy, row + 1.0 - from.1),
    ] {
        if way == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if way < 0.0 {
            enters = enters.max(room / way);
        } else {
            leaves = leaves.min(room / way);
        }
    }
    enters <= leaves
}

/// Every pixel that paths pass through, by asking each in turn.
fn raster(paths: &[Vec<Point>], columns_per_px: f64) -> BTreeSet<(i64, i64)> {
    let device = |point: &Point| (point.x * columns_per_px, point.y * columns_per_px);
    let mut pixels = BTreeSet::new();
    for path in paths {
        let alone = [path[0], path[0]];
        let ways = if path.len() == 1 { &alone[..] } else { path };
        for ends in ways.windows(2) {
            let (from, to) = (device(&ends[0]), device(&ends[1]));
            let span =
                |one: f64, two: f64| one.min(two).floor() as i64..=one.max(two).floor() as i64;
            for column in span(from.0, to.0) {
                for row in span(from.1, to.1) {
                    if meets(from, to, column as f64, row as f64) {
                        pixels.insert((column, row));
                    }
                }
            }
        }
    }
    pixels
}

fn sample(at_ms: i64, value: f64) -> Bucketed {
    Bucketed::sample(at_ms, value, 10, Source::Polar)
}

/// A bucket of samples, found by looking at all of them.
fn bucket(samples: &[(i64, f64)]) -> Bucketed {
    let lowest = samples
        .iter()
        .copied()
        .reduce(|a, b| if b.1 < a.1 { b } else { a });
    let highest = samples
        .iter()
        .copied()
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    let (first, last) = (samples[0], samples[samples.len() - 1]);
    Bucketed {
        from_ms: first.0,
        to_ms: last.0,
        min_at_ms: lowest.unwrap().0,
        max_at_ms: highest.unwrap().0,
        first: first.1,
        last: last.1,
        min: lowest.unwrap().1,
        max: highest.unwrap().1,
        count: samples.len() as u32,
        interval_ms: 10,
        source: Source::Polar,
    }
}

fn course(steps: Vec<(i64, f64)>) -> Vec<(i64, f64)> {
    let mut at_ms = 0;
    steps
        .into_iter()
        .map(|(step, value)| {
            at_ms += step;
            (at_ms, value)
        })
        .collect()
}

#[test]
fn gaps_are_where_samples_are_missing() {
    let samples = [
        sample(0, 1.0),
        sample(30, 2.0),
        sample(61, 3.0),
        sample(70, f64::NAN),
        sample(80, 4.0),
        sample(75, 9.0),
        sample(90, 5.0),
        sample(100, 6.0),
    ];
    let parts: Vec<Vec<f64>> = runs(&samples)
        .iter()
        .map(|run| run.iter().map(|bucket| bucket.first).collect())
        .collect();
    assert_eq!(
        parts,
        [vec![1.0, 2.0], vec![3.0], vec![4.0], vec![5.0, 6.0]]
    );
}

#[test]
fn the_larger_of_two_intervals_decides() {
    let around = |at_ms| Bucketed::sample(at_ms, 60.0, 300_000, Source::Oura);
    let workout = |at_ms| Bucketed::sample(at_ms, 120.0, 5_000, Source::Polar);
    assert_eq!(runs(&[around(0), workout(900_000)]).len(), 1);
    assert_eq!(runs(&[around(0), workout(900_001)]).len(), 2);
    assert_eq!(runs(&[workout(0), workout(15_001)]).len(), 2);
}

#[test]
fn the_nearest_sample_is_told_and_gaps_tell_nothing() {
    let samples = [sample(0, 1.0), sample(10, 2.0), sample(100, 3.0)];
    let told = |at_ms| nearest(&samples, at_ms, 0.0).map(|bucket| bucket.first);
    assert_eq!(told(4), Some(1.0));
    assert_eq!(told(6), Some(2.0));
    assert_eq!(told(25), Some(2.0));
    assert_eq!(told(26), None);
    assert_eq!(told(85), Some(3.0));
    assert_eq!(
        nearest(&samples, 40, 60.0).map(|bucket| bucket.first),
        Some(2.0)
    );
    let many = [bucket(&[(0, 5.0), (4, 1.0), (20, 7.0)])];
    let found = nearest(&many, 6, 0.0).unwrap();
    assert_eq!((found.count, nearest_known(found, 6)), (3, (4, 1.0)));
}

proptest! {
    #[test]
    fn thinned_lines_draw_the_same_pixels(
        steps in prop::collection::vec((1_i64..45, -40.0_f64..40.0), 2..300),
        ms_per_px in 20.0_f64..400.0,
        columns_per_px in prop::sample::select(vec![1.0, 1.25, 1.5, 2.0, 3.0]),
    ) {
        let samples: Vec<Bucketed> =
            course(steps).into_iter().map(|(at_ms, value)| sample(at_ms, value)).collect();
        let place = |at_ms: i64, value: f64| Point::new(at_ms as f64 / ms_per_px, value);
        let full: Vec<Vec<Point>> = runs(&samples)
            .iter()
            .map(|run| run.iter().map(|one| place(one.from_ms, one.first)).collect())
            .collect();
        let thinned = paths(&samples, place, 1.0 / columns_per_px);
        // More parts within a column than can be told apart are drawn as one: not counted here.
        if thinned.len() == full.len() {
            prop_assert_eq!(
                raster(&thinned, columns_per_px),
                raster(&full, columns_per_px)
            );
        }
        let columns = place(samples[samples.len() - 1].to_ms, 0.0).x * columns_per_px + 1.0;
        let points: usize = thinned.iter().map(Vec::len).sum();
        prop_assert!(points as f64 <= 28.0 * columns);
    }

    #[test]
    fn buckets_that_are_columns_draw_the_same_pixels(
        steps in prop::collection::vec((1_i64..20, -40.0_f64..40.0), 2..400),
        columns_per_px in prop::sample::select(vec![1.0, 2.0, 4.0]),
    ) {
        const COLUMN_MS: i64 = 64;
        let samples = course(steps);
        let place = |at_ms: i64, value: f64| {
            Point::new(at_ms as f64 / COLUMN_MS as f64 / columns_per_px, value)
        };
        let full: Vec<Point> = samples.iter().map(|one| place(one.0, one.1)).collect();
        let buckets: Vec<Bucketed> = samples
            .chunk_by(|one, two| one.0 / COLUMN_MS == two.0 / COLUMN_MS)
            .map(bucket)
            .collect();
        let drawn = paths(&buckets, place, 1.0 / columns_per_px);
        prop_assert_eq!(drawn.len(), 1);
        prop_assert_eq!(raster(&drawn, columns_per_px), raster(&[full], columns_per_px));
        prop_assert!(drawn[0].len() <= 4 * buckets.len());
    }

    #[test]
    fn what_is_in_sight_draws_what_all_of_it_draws(
        steps in prop::collection::vec((1_i64..60, -40.0_f64..40.0), 1..100),
        from in 0_i64..2_000, length in 1_i64..2_000,
    ) {
        let samples: Vec<Bucketed> =
            course(steps).into_iter().map(|(at_ms, value)| sample(at_ms, value)).collect();
        let (left, right) = (from as f64, (from + length) as f64);
        let cut = |buckets: &[Bucketed]| -> Vec<Vec<Point>> {
            paths(buckets, |at_ms, value| Point::new(at_ms as f64, value), 0.001)
                .into_iter()
                .flat_map(|path| crate::clip::line(path, left, right))
                .filter(|path| path.len() > 1)
                .collect()
        };
        prop_assert_eq!(cut(in_sight(&samples, left, right)), cut(&samples));
    }
}
