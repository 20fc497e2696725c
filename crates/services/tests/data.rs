//! The table of daily values against what the generator of the twins knows.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::World;
use physiology::{Day, DayRange, Metric, Missing, Source, Twin};
use serde_json::json;
use services::Viewer;
use views::data::{Absence, CoverageDay, DataFilter, DataRow, DataValue, DataView, Show};
use views::overview::RangeChoice;

fn today() -> Day {
    "2026-10-13".parse().unwrap()
}

/// Five weeks: the record of 23 days, and 12 days before it.
fn weeks() -> DayRange {
    DayRange::new(today().plus(-34), today())
}

fn filter() -> DataFilter {
    DataFilter {
        range: RangeChoice::Days(weeks()),
        ..DataFilter::default()
    }
}

async fn shown(world: &World, filter: &DataFilter, page: u32) -> DataView {
    world
        .services
        .data(&Viewer::System, filter, page)
        .await
        .unwrap()
}

async fn all(world: &World, filter: &DataFilter) -> Vec<DataRow> {
    let table = world
        .services
        .data_table(&Viewer::System, filter, None)
        .await;
    table.unwrap().rows
}

fn truth(twin: Twin, metric: Metric) -> BTreeMap<Day, f64> {
    let letter = if twin == Twin::A { 'a' } else { 'b' };
    simulator::truth(&common::record(), common::now(), letter, metric, weeks())
        .into_iter()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn coverage_counts_what_the_generator_published() {
    let world = World::synced().await;
    let view = shown(&world, &filter(), 1).await;
    assert_eq!(view.coverage.len(), Metric::ALL.len());
    for line in &view.coverage {
        for (twin, coverage) in Twin::BOTH.into_iter().zip(&line.twins) {
            let coverage = coverage.as_ref().unwrap();
            let metric = line.metric;
            let known = truth(twin, metric);
            assert_eq!(
                coverage.received as usize,
                known.len(),
                "{metric} of {twin:?}"
            );
            assert_eq!(coverage.of, 35);
            let missing: u32 = coverage.missing.iter().map(|(_, days)| days).sum();
            assert_eq!(coverage.received + missing, 35, "{metric} of {twin:?}");
            // The strip, day by day, says the same.
            let strip = coverage
                .strip
                .iter()
                .flat_map(|(kind, days)| std::iter::repeat_n(*kind, *days as usize));
            let received: BTreeSet<Day> = weeks()
                .days()
                .zip(strip)
                .filter(|(_, kind)| matches!(kind, CoverageDay::Received | CoverageDay::Partial))
                .map(|(day, _)| day)
                .collect();
            let days: BTreeSet<Day> = known.keys().copied().collect();
            assert_eq!(received, days, "{metric} of {twin:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_traps_are_told_by_their_reason() {
    let world = World::synced().await;
    let view = shown(&world, &filter(), 1).await;
    let sentence = |metric: Metric, twin: usize| {
        let line = view.coverage.iter().find(|line| line.metric == metric);
        let line = line.unwrap();
        let coverage = line.twins[twin].as_ref().unwrap();
        coverage.sentence(line.is_nightly)
    };
    // A: one night not worn, one without SpO₂. B: two not worn, one without.
    assert_eq!(
        sentence(Metric::Spo2Night, 0),
        "21 of 35 nights; 1 not worn; 1 not measured; 12 before connection"
    );
    assert_eq!(
        sentence(Metric::Spo2Night, 1),
        "20 of 35 nights; 2 not worn; 1 not measured; 12 before connection"
    );
    // Of B's two nights without the ring the watch has one.
    assert_eq!(
        sentence(Metric::TotalSleep, 1),
        "22 of 35 nights; 1 not worn; 12 before connection"
    );

    // What one source alone has is judged by that source alone.
    let ring = DataFilter {
        source: Some(Source::Oura),
        twin: Some(Twin::B),
        metrics: vec![Metric::TotalSleep, Metric::TrainingLoad],
        ..filter()
    };
    let view = shown(&world, &ring, 1).await;
    let [sleep] = view.coverage.as_slice() else {
        panic!("the ring has no training load");
    };
    assert_eq!(sleep.twins[0], None);
    assert_eq!(
        sleep.twins[1].as_ref().unwrap().sentence(true),
        "21 of 35 nights; 2 not worn; 12 before connection"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_document_fills_its_day() {
    let world = World::synced().await;
    let readiness = DataFilter {
        twin: Some(Twin::A),
        metrics: vec![Metric::ReadinessScore],
        show: Show::Missing,
        ..filter()
    };
    let late = today().plus(-2);
    let missing = |rows: Vec<DataRow>| {
        let row = rows.into_iter().find(|row| row.day == late);
        row.map(|row| row.value)
    };
    assert_eq!(
        missing(all(&world, &readiness).await),
        Some(DataValue::Missing(Absence::Missing(Missing::VendorHasNone)))
    );
    let url = world.simulator.base_url().join("control/clock").unwrap();
    let later = common::now() + chrono::Duration::hours(14);
    let put = world
        .http
        .put(url)
        .json(&json!({ "now": later.to_rfc3339() }));
    put.send().await.unwrap().error_for_status().unwrap();
    world.services.sync_all().await.unwrap();
    assert_eq!(missing(all(&world, &readiness).await), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_put_together_are_the_whole_selection() {
    let world = World::synced().await;
    let filter = DataFilter {
        show: Show::All,
        ..filter()
    };
    let rows = all(&world, &filter).await;
    let first = shown(&world, &filter, 1).await;
    assert_eq!(first.total as usize, rows.len());
    assert!(first.pages > 10, "{} pages", first.pages);
    let mut pages = Vec::new();
    for page in 1..=first.pages {
        let shown = shown(&world, &filter, page).await;
        assert_eq!(shown.page, page);
        pages.extend(shown.rows);
    }
    assert_eq!(pages, rows);
    assert!(rows.windows(2).all(|pair| pair[0].day >= pair[1].day));
    let beyond = shown(&world, &filter, u32::MAX).await;
    assert_eq!(beyond.page, first.pages);
    // Days without a value and values together are every day of every metric and twin.
    let days: BTreeSet<_> = rows
        .iter()
        .map(|row| (row.day, row.metric, row.twin))
        .collect();
    assert_eq!(days.len(), 35 * Metric::ALL.len() * 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_and_json_hold_the_values_to_the_last_bit() {
    let world = World::synced().await;
    let filter = DataFilter {
        metrics: vec![
            Metric::Spo2Night,
            Metric::TemperatureDeviation,
            Metric::RespiratoryRate,
        ],
        source: Some(Source::Oura),
        ..filter()
    };
    let table = world
        .services
        .data_table(&Viewer::System, &filter, None)
        .await
        .unwrap();
    let csv = table.to_csv();
    let mut lines = csv.strip_suffix("\r\n").unwrap().split("\r\n");
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|column| *column == name).unwrap();
    // No name or document of this record needs quotes: a line is its fields.
    let read: Vec<(Twin, Metric, Day, f64)> = lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), header.len(), "{line}");
            let twin = if fields[column("twin")] == "a" {
                Twin::A
            } else {
                Twin::B
            };
            (
                twin,
                fields[column("metric")].parse().unwrap(),
                fields[column("day")].parse().unwrap(),
                fields[column("value")].parse().unwrap(),
            )
        })
        .collect();
    let mut compared = 0;
    for twin in Twin::BOTH {
        for &metric in &filter.metrics {
            let own = read.iter().filter(|row| (row.0, row.1) == (twin, metric));
            let own: BTreeMap<Day, f64> = own.map(|row| (row.2, row.3)).collect();
            let mut known = truth(twin, metric);
            // The night the ring lay elsewhere is the watch's.
            if (twin, metric) == (Twin::B, Metric::RespiratoryRate) {
                known.retain(|day, _| own.contains_key(day));
            }
            assert_eq!(own, known, "{metric} of {twin:?}");
            compared += own.len();
        }
    }
    assert!(compared > 100 && compared == read.len(), "{compared}");

    let json: serde_json::Value = serde_json::from_str(&table.to_json().unwrap()).unwrap();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), read.len());
    for (row, (twin, metric, day, value)) in rows.iter().zip(&read) {
        assert_eq!(row["twin"], twin.id());
        assert_eq!(row["metric"], metric.id());
        assert_eq!(row["day"], day.to_string());
        assert_eq!(row["value"].as_f64(), Some(*value));
        assert_eq!(row["missing"], serde_json::Value::Null);
    }
}
