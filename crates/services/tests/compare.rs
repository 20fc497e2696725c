//! The page of comparison is computed from what the generator of the twins knows, by other means.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use common::{Values, World, truth};
use physiology::{Day, DayRange, Metric, Twin};
use services::{CompareQuery, Error, Viewer};
use views::Compare;
use views::compare::{DEFAULT_METRICS, EventKind, LaneValue};
use views::overview::RangeChoice;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn everything() -> DayRange {
    DayRange::new(day("2026-01-01"), day("2026-12-31"))
}

async fn compare(world: &World, range: RangeChoice, metrics: &[Metric]) -> Compare {
    let query = CompareQuery {
        range,
        metrics: metrics.to_vec(),
        metric: metrics[0],
        lines: Vec::new(),
    };
    world
        .services
        .compare(&Viewer::System, query)
        .await
        .unwrap()
}

/// A − B of the days both have a value of, before the expedition and from its first day on.
fn differences(a: &Values, b: &Values, first_day: Day) -> (Vec<f64>, Vec<f64>) {
    let both = || {
        a.iter()
            .filter_map(|(day, a)| Some((*day, a - b.get(day)?)))
    };
    let of = |is_before: bool| {
        both()
            .filter(|(day, _)| (*day < first_day) == is_before)
            .map(|(_, difference)| difference)
            .collect()
    };
    (of(true), of(false))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sample's standard deviation, in two passes.
fn sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// A quantile as numpy has it by default: linear between the two values around it.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share * (sorted.len() - 1) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * at.fract()
}

/// Whatever is shown of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_strip_holds_the_whole_record_of_the_first_metric() {
    let world = World::synced().await;
    let metrics = [Metric::RestingHeartRate, Metric::Spo2Night];
    let page = compare(&world, RangeChoice::Week, &metrics).await;
    assert_eq!(page.nights.len(), 7);
    let all = compare(&world, RangeChoice::All, &metrics).await;
    for twin in Twin::BOTH {
        let truth = truth(&world, twin, metrics[0], everything()).await;
        let values: Vec<(i64, f64)> = page.course.tiles[usize::from(twin == Twin::B)]
            .iter()
            .flat_map(|bytes| chart::Tile::decode(bytes).unwrap().buckets)
            .map(|one| (one.bucket.first_at.0, one.bucket.first))
            .collect();
        assert_eq!(values.len(), truth.len());
        let at = |day: Day| {
            let night = all.nights.iter().find(|night| night.day == day);
            night.unwrap().at.0
        };
        for ((at_ms, value), (day, truth)) in values.into_iter().zip(truth) {
            // Tiles know instants to a 256th of their bucket, and values to 32 bits.
            assert!((at_ms - at(day)).abs() <= 262_144, "{day}");
            assert!((value - truth).abs() <= 1e-6 * truth.abs(), "{day}");
        }
    }
    let [first, last] = &page.course.ends;
    let (oldest, newest) = (all.nights.first().unwrap(), all.nights.last().unwrap());
    assert_eq!((first, last), (oldest, newest));
}

#[tokio::test(flavor = "multi_thread")]
async fn lanes_pairs_and_unusual_nights_are_those_of_the_truth() {
    let world = World::synced().await;
    let metrics = [&DEFAULT_METRICS[..], &[Metric::TotalSleep, Metric::Steps]].concat();
    let page = compare(&world, RangeChoice::Days(everything()), &metrics).await;
    let first_day = page.day_one.unwrap();
    let (mut compared, mut unusual) = (0, 0);
    for (lane, metric) in page.lanes.iter().zip(metrics) {
        assert_eq!(lane.metric, metric);
        let mut values = Vec::new();
        for twin in Twin::BOTH {
            let truth = truth(&world, twin, metric, everything()).await;
            let shown: Values = page
                .nights
                .iter()
                .zip(&lane.values[usize::from(twin == Twin::B)])
                .filter_map(|(night, value)| match value {
                    LaneValue::Measured(value, ..) => Some((night.day, *value)),
                    LaneValue::Missing(_) => None,
                })
                .collect();
            assert_eq!(shown, truth, "{metric} of {twin:?}");
            compared += truth.len();
            values.push(truth);
        }

        let (before, after) = differences(&values[0], &values[1], first_day);
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * other.abs().max(1.0);
        assert_eq!(lane.pair.trip_count, after.len(), "{metric}");
        match lane.pair.baseline {
            Some(baseline) => {
                assert_eq!(baseline.count, before.len());
                assert!(near(baseline.bias, mean(&before)), "{metric}");
                let (low, high) = (
                    mean(&before) - 1.96 * sd(&before),
                    mean(&before) + 1.96 * sd(&before),
                );
                assert!(near(baseline.spread.low, low) && near(baseline.spread.high, high));
                let outside = after.iter().filter(|one| **one < low || **one > high);
                assert_eq!(lane.pair.outside, Some(outside.count()), "{metric}");
            }
            None => assert!(before.len() < 3, "{metric}"),
        }
        if let Some(trip) = lane.pair.trip {
            assert!(near(trip.bias, mean(&after)), "{metric}");
            assert!(trip.bias_interval.low <= trip.bias && trip.bias <= trip.bias_interval.high);
        }

        for (twin, values) in Twin::BOTH.into_iter().zip(&values) {
            let expected: Vec<Day> = values
                .iter()
                .filter(|(day, value)| {
                    let before: Vec<f64> = values
                        .range(day.plus(-90)..**day)
                        .map(|(_, value)| *value)
                        .collect();
                    before.len() >= 7 && {
                        let (q1, q3) = (quantile(&before, 0.25), quantile(&before, 0.75));
                        let reach = 1.5 * (q3 - q1);
                        **value < q1 - reach || **value > q3 + reach
                    }
                })
                .map(|(day, _)| *day)
                .collect();
            let found: Vec<Day> = lane
                .anomalies
                .iter()
                .filter(|anomaly| anomaly.twin == twin)
                .map(|anomaly| anomaly.day)
                .collect();
            assert_eq!(found, expected, "{metric} of {twin:?}");
            unusual += found.len();
        }
    }
    // The comparison is not of nothing.
    assert!(compared > 300, "only {compared} values were compared");
    assert!(unusual > 10, "only {unusual} unusual nights");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trip_begins_with_a_week_of_baseline() {
    let world = World::synced().await;
    let page = compare(&world, RangeChoice::Trip, &DEFAULT_METRICS).await;
    let day_one = page.day_one.unwrap();
    assert_eq!(page.range.first, day_one.plus(-7));
    assert_eq!(page.nights.len(), page.range.len());
    for lane in &page.lanes {
        for values in &lane.values {
            assert_eq!(values.len(), page.nights.len());
        }
    }
    let places: Vec<&str> = page
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Arrival { place, .. } => Some(place.as_str()),
            EventKind::Workout { .. } => None,
        })
        .collect();
    assert!(places.len() > 3, "{places:?}");
    assert!(
        places.windows(2).all(|pair| pair[0] != pair[1]),
        "{places:?}"
    );
    let workouts = page
        .events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Workout { .. }));
    assert!(workouts.count() > 0);
    assert!(
        page.events
            .windows(2)
            .all(|pair| pair[0].day <= pair[1].day)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn spo2_is_held_against_what_is_published() {
    let world = World::synced().await;
    let page = compare(
        &world,
        RangeChoice::Trip,
        &[Metric::Spo2Night, Metric::HrvRmssd],
    )
    .await;
    let [spo2, hrv] = page.lanes.as_slice() else {
        panic!("two lanes");
    };
    assert!(hrv.expected.is_empty());
    // Sea level, 12 m at home: 94 ± 2 × 1 %, whatever the number of nights.
    let at_home = page
        .nights
        .iter()
        .position(|night| {
            night
                .sleeping_altitude_m
                .is_some_and(|height| height < 100.0)
        })
        .unwrap();
    let band = spo2.expected[at_home].unwrap();
    assert!((band.low - 92.0).abs() < 1e-9 && (band.high - 96.0).abs() < 1e-9);
    // Above the published altitudes it is level: 71 ± 2 × 4 %.
    let at = page.at_altitude.unwrap();
    let newest = at.expected[1].unwrap();
    assert!(newest.altitude_m > 4_500.0);
    assert!((newest.band.low - 63.0).abs() < 1e-9 && (newest.mean - 71.0).abs() < 1e-9);
    let truth = truth(&world, Twin::B, Metric::Spo2Night, everything()).await;
    assert_eq!(Some(&newest.value), truth.get(&newest.day));
    for settling in &at.settling {
        for twin in &settling.twins {
            assert!(twin.points.len() >= 5);
            assert!(twin.points.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        let (low, high) = settling.altitudes_m.unwrap();
        assert!(low >= 2_500.0 && high > low);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_itinerary_the_pair_is_still_compared() {
    let world = World::new().await;
    world.connect_all().await;
    world.services.wait_for_syncs().await;
    let page = compare(&world, RangeChoice::All, &[Metric::RestingHeartRate]).await;
    assert!(page.at_altitude.is_none() && page.day_one.is_none());
    assert!(page.panel.row.baseline.is_some());
    assert!(
        page.panel
            .pairs
            .iter()
            .all(|pair| pair.day_number.is_none())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_some_each_once_and_not_too_many() {
    let world = World::new().await;
    let twice = vec![Metric::Steps, Metric::Steps];
    for metrics in [vec![], Metric::ALL[..13].to_vec(), twice] {
        let query = CompareQuery {
            range: RangeChoice::Trip,
            metrics,
            metric: Metric::Steps,
            lines: Vec::new(),
        };
        let answer = world.services.compare(&Viewer::System, query).await;
        assert!(matches!(answer, Err(Error::Invalid(_))));
    }
}
