//! What the store and the overview hold is what the generator of the twins knows.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use common::{Values, World, truth};
use physiology::{Day, DayRange, Metric, Reading, Twin};
use services::{OverviewQuery, Viewer};
use views::overview::{RangeChoice, TileValue};
use views::status::{Meaning, Rule};

/// The store's own values: the preferred source of each day.
async fn stored(world: &World, twin: Twin, metric: Metric) -> Values {
    let subject = world.pair.of(twin).id;
    let visible = Viewer::System.may_see(&[subject]);
    let query = store::ReadingsQuery {
        metrics: vec![metric],
        days: None,
    };
    let readings = world.store.readings(&visible, &query).await.unwrap();
    let mut values = Values::new();
    for source in metric.info().sources.iter().rev() {
        for reading in &readings {
            if reading.measurement.source == *source {
                values.insert(reading.day, reading.measurement.value);
            }
        }
    }
    values
}

#[tokio::test(flavor = "multi_thread")]
async fn every_metric_twin_and_day_is_equal() {
    let world = World::synced().await;
    let today = Day::of_utc(common::now().into());
    let range = DayRange::new(today.plus(-40), today.plus(2));
    let mut compared = 0;
    for &metric in Metric::ALL {
        for twin in Twin::BOTH {
            let truth = truth(&world, twin, metric, range).await;
            assert_eq!(
                stored(&world, twin, metric).await,
                truth,
                "the store's {metric} of {twin:?}"
            );
            compared += truth.len();

            let query = OverviewQuery {
                range: RangeChoice::Days(range),
                metric,
            };
            let overview = world
                .services
                .overview(&Viewer::System, query)
                .await
                .unwrap();
            let shown: Values = overview
                .chart
                .days
                .iter()
                .filter_map(|day| Some((day.day, Reading::value(day.of(twin))?)))
                .collect();
            assert_eq!(shown, truth, "the overview's {metric} of {twin:?}");

            if Metric::OVERVIEW.contains(&metric) {
                let tile = overview
                    .tiles
                    .iter()
                    .find(|tile| tile.metric == metric)
                    .unwrap();
                let newest = truth.iter().next_back().map(|(day, value)| (*day, *value));
                match &tile.values[usize::from(twin == Twin::B)] {
                    TileValue::Measured { day, value, .. } => {
                        assert_eq!(
                            Some((*day, *value)),
                            newest,
                            "the tile's {metric} of {twin:?}"
                        );
                    }
                    TileValue::Missing(_) => assert_eq!(newest, None),
                }
            }
        }
    }
    // Two twins, three weeks and more, some thirty metrics: the comparison is not of nothing.
    assert!(compared > 700, "only {compared} values were compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_is_bit_identical() {
    let world = World::synced().await;
    let before = world.readings().await;
    assert!(before.len() > 700);
    world.services.rebuild(&Viewer::System).await.unwrap();
    assert_eq!(world.readings().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_high_night_raises_an_alarm_on_twin_b() {
    let world = World::synced().await;
    let query = OverviewQuery {
        range: RangeChoice::Trip,
        metric: Metric::Spo2Night,
    };
    let overview = world
        .services
        .overview(&Viewer::System, query)
        .await
        .unwrap();
    let first = overview.head.alarms.first().unwrap();
    assert_eq!(
        (first.twin, first.priority.id(), first.limit),
        (Twin::B, "medium", 75.0)
    );
    assert!(first.value < 75.0 && first.value >= 65.0);
    let expedition = overview.head.expedition.unwrap();
    assert_eq!(expedition.day_number, Some(9));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ninth_day_is_explained_as_the_generator_knows_it() {
    let world = World::synced().await;
    let query = OverviewQuery {
        range: RangeChoice::Trip,
        metric: Metric::Spo2Night,
    };
    let overview = world
        .services
        .overview(&Viewer::System, query)
        .await
        .unwrap();
    let today = overview.head.today;
    let truth = truth(
        &world,
        Twin::B,
        Metric::Spo2Night,
        DayRange::new(today, today),
    )
    .await;
    let [a, b] = &overview.changed.twins[..] else {
        panic!("{:?}", overview.changed.twins);
    };
    // B's night comes first, with the value the generator made, against the limit it is under.
    let first = &b.clauses[0];
    assert_eq!(
        (first.metric, first.day, first.value),
        (Metric::Spo2Night, today, truth[&today])
    );
    assert!(
        matches!(first.rules[0], Rule::Limit { limit, .. } if limit == 75.0),
        "{:?}",
        first.rules
    );
    // The generator lets B's saturation fall further at every altitude and gives less of it back.
    assert!(
        matches!(b.meaning, Some(Meaning::SlowerThanOther { .. })),
        "{:?}",
        b.meaning
    );
    assert!(!matches!(a.meaning, Some(Meaning::SlowerThanOther { .. })));
    assert!(
        [a, b]
            .iter()
            .all(|status| status.clauses.len() <= 3 && status.silent.is_none())
    );
    let parted = &overview.changed.partings;
    assert!(
        parted
            .iter()
            .any(|parting| parting.metric == Metric::Spo2Night && parting.a_is_higher),
        "{parted:?}"
    );
}
