//! What is derived is what the generator knows, for every metric and both twins.

use std::collections::BTreeMap;

use physiology::{Day, Metric, Source, Vendor};
use serde_json::json;
use upstream::{Collection, derive};

use crate::world::{World, all};

/// Values by metric, source and day.
type Values = BTreeMap<(Metric, Source, Day), f64>;

async fn derived(world: &World, twin: &str) -> Values {
    let mut values = Values::new();
    for vendor in Vendor::ALL {
        let client = world.client(vendor);
        let token = world.token(vendor, twin).await;
        for &collection in Collection::of(vendor) {
            let Ok(documents) = all(&client, &token, collection, world).await else {
                continue;
            };
            let mut days: BTreeMap<Option<Day>, Vec<(String, &str)>> = BTreeMap::new();
            for document in &documents {
                let pair = (document.key.clone(), document.body.as_str());
                days.entry(document.day).or_default().push(pair);
            }
            for (day, documents) in days {
                for reading in derive(collection, day, &documents).readings {
                    let key = (reading.metric, reading.measurement.source, reading.day);
                    let before = values.insert(key, reading.measurement.value);
                    assert_eq!(before, None, "{key:?} comes from two collections");
                }
            }
        }
    }
    values
}

#[tokio::test]
async fn derived_values_are_the_generators() {
    let world = World::start().await;
    let days = world.days();
    for twin in ["a", "b"] {
        let values = derived(&world, twin).await;
        let mut metrics_with_values = 0;
        for &metric in Metric::ALL {
            let path = format!(
                "control/truth?subject={twin}&metric={metric}&start={}&end={}",
                days.first, days.last
            );
            let answer = world
                .control(reqwest::Method::GET, &path, json!(null))
                .await;
            let truth: BTreeMap<Day, f64> = answer["values"]
                .as_array()
                .unwrap()
                .iter()
                .map(|value| {
                    let day = value["day"].as_str().unwrap().parse().unwrap();
                    (day, value["value"].as_f64().unwrap())
                })
                .collect();
            metrics_with_values += usize::from(!truth.is_empty());
            for day in days.days() {
                let sources = metric.info().sources.iter();
                let found = sources
                    .map(|source| (metric, *source, day))
                    .find_map(|key| values.get(&key));
                match (found, truth.get(&day)) {
                    (None, None) => {}
                    (Some(found), Some(truth)) => {
                        assert!(
                            (found - truth).abs() < 1e-9,
                            "{twin} {metric} {day}: {found}, not {truth}"
                        );
                    }
                    (found, truth) => panic!("{twin} {metric} {day}: {found:?}, not {truth:?}"),
                }
            }
        }
        assert_eq!(metrics_with_values, Metric::ALL.len(), "{twin}");
    }
}
