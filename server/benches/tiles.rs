//! What a tile costs, whatever the length of its series and the zoom.
//!
//! Series of ten thousand to ten million samples, one every 5 s, come to a store a document a day, as
//! a vendor's do. Then tiles are asked for through the service and encoded: zoomed in to single
//! samples, half-way out, and the whole record. The reference is the least such an answer could cost:
//! one row of the same size, read by its key.
//!
//! Printed as a table and written to `target/bench/tiles.json`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends at its first failure"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chart::Tile;
use physiology::{Day, SeriesKind, SeriesPoint, Source, SubjectId, Timestamp, Vendor};
use serde_json::{Value, json};
use services::{Clock, Config, Services, Viewer};
use store::{DerivedDay, Series, Store};
use views::tiles::LineId;

const LENGTHS: [(&str, u64); 4] = [
    ("10 k", 10_000),
    ("100 k", 100_000),
    ("1 M", 1_000_000),
    ("10 M", 10_000_000),
];
const LINE: LineId = LineId::Series(SeriesKind::HeartRate);
/// From one sample to the next, ms.
const STEP_MS: i64 = 5_000;
/// Days come in transactions of so many.
const DAYS_AT_ONCE: usize = 32;
/// How often each tile is asked for; the median counts.
const TIMES: usize = 301;
/// Where tiles are asked for.
const ZOOMS: [&str; 3] = ["near", "middle", "whole"];
/// A page this wide, px.
const WIDTH_PX: f64 = 1_200.0;

struct Figure {
    length: &'static str,
    zoom: &'static str,
    level: u8,
    bytes: usize,
    buckets: usize,
    ms: f64,
    reference_ms: f64,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap();
    let mut figures = Vec::new();
    let mut filled = Vec::new();
    for (length, samples) in LENGTHS {
        let folder = tempfile::tempdir().unwrap();
        let (new, filled_s) = runtime.block_on(measure(folder.path(), length, samples));
        figures.extend(new);
        filled.push((length, samples, filled_s));
    }
    report(&figures, &filled);
}

async fn measure(folder: &Path, length: &'static str, samples: u64) -> (Vec<Figure>, f64) {
    let url = format!("sqlite://{}", folder.join("acclimate.db").display());
    let store = store::open(&url).await.unwrap();
    let subject = store.create_pair(["Twin A", "Twin B"]).await.unwrap().a.id;
    let started = Instant::now();
    let (from_ms, to_ms) = fill(store.as_ref(), subject, samples).await;
    let filled_s = started.elapsed().as_secs_f64();
    let services = services(Arc::clone(&store));

    let finest = SeriesKind::WorkoutHeartRate.finest_level();
    let span_ms = (to_ms - from_ms) as f64;
    // A few pixels a sample; the geometric middle; everything on one page.
    let (near, far) = (1_000.0, span_ms / WIDTH_PX);
    let zooms = ZOOMS.into_iter().zip([near, (near * far).sqrt(), far]);
    let mut figures = Vec::new();
    for (zoom, ms_per_px) in zooms {
        let level = Tile::level_for(ms_per_px, finest);
        let middle = Timestamp(i64::midpoint(from_ms, to_ms));
        let index = physiology::bucket::tile_index(middle, level);
        let ask = || async {
            let found = services.tile(&Viewer::System, subject, LINE, level, index);
            let tile = found.await.unwrap().tile;
            (tile.encode().len(), tile.buckets.len())
        };
        let (bytes, buckets) = ask().await;
        assert!(buckets > 0, "{length} {zoom} is empty");
        let name = format!("{zoom} {length}");
        store
            .set_setting(&name, Some(&"x".repeat(bytes)))
            .await
            .unwrap();
        let row = || async { store.setting(&name).await.unwrap().unwrap().len() };
        // In turns, so that whatever else the machine does is borne by both.
        let (mut times, mut reference) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let started = Instant::now();
            assert_eq!(ask().await.0, bytes);
            times.push(started.elapsed().as_secs_f64() * 1e3);
            let started = Instant::now();
            assert_eq!(row().await, bytes);
            reference.push(started.elapsed().as_secs_f64() * 1e3);
        }
        figures.push(Figure {
            length,
            zoom,
            level,
            bytes,
            buckets,
            ms: median(&mut times),
            reference_ms: median(&mut reference),
        });
    }
    (figures, filled_s)
}

fn services(store: Arc<dyn Store>) -> Services {
    let location = vault::open("memory:", &vault::OpenOptions::default()).unwrap();
    let keys = vault::KeyRing::generate();
    let vault = vault::Vault::new(location.store, location.prefix, keys);
    let clients = BTreeMap::new();
    Services::new(
        store,
        Arc::new(vault),
        clients,
        Clock::system(),
        Config::default(),
    )
}

/// Samples from the first of January 2020 on; from when to when they are, ms since the epoch.
async fn fill(store: &dyn Store, subject: SubjectId, samples: u64) -> (i64, i64) {
    let first: Day = "2020-01-01".parse().unwrap();
    let start_ms = first.start_utc().0;
    let end_ms = start_ms + STEP_MS * i64::try_from(samples).unwrap();
    let last = Day::of_utc(Timestamp(end_ms - 1));
    let days: Vec<Day> = (0..=last.days_since(first))
        .map(|day| first.plus(day))
        .collect();
    for days in days.chunks(DAYS_AT_ONCE) {
        let derived: Vec<DerivedDay> = days
            .iter()
            .map(|day| {
                let from_ms = day.start_utc().0;
                let to_ms = day.plus(1).start_utc().0.min(end_ms);
                of_day(subject, *day, from_ms, to_ms)
            })
            .collect();
        store.put_derived(&derived).await.unwrap();
    }
    (start_ms, end_ms)
}

fn of_day(subject: SubjectId, day: Day, from_ms: i64, to_ms: i64) -> DerivedDay {
    let instants = (from_ms..to_ms).step_by(usize::try_from(STEP_MS).unwrap());
    let points = instants.map(|at_ms| {
        // Hours of more and of less work, and beats that never settle.
        let hours = at_ms as f64 / 3_600_000.0;
        let unrest = (at_ms / STEP_MS * 7_919 % 23) as f64;
        SeriesPoint {
            at: Timestamp(at_ms),
            value: (100.0 + 40.0 * hours.sin() + unrest).round(),
        }
    });
    DerivedDay {
        subject,
        vendor: Vendor::Polar,
        collection: "exercises".into(),
        day: Some(day),
        readings: vec![],
        series: vec![Series {
            subject,
            kind: SeriesKind::WorkoutHeartRate,
            source: Source::Polar,
            document: day.to_string(),
            local_clock: false,
            points: points.collect(),
        }],
        workouts: vec![],
        clocks: vec![],
        malformed: vec![],
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn report(figures: &[Figure], filled: &[(&'static str, u64, f64)]) {
    println!(
        "\n{:<26} {:>5} {:>7} {:>7} {:>9}  {:<12} {:>9} {:>6}  reference",
        "a tile, through the service", "level", "buckets", "bytes", "", "aim", "reference", "ratio"
    );
    let mut rows = Vec::new();
    for figure in figures {
        let ratio = figure.ms / figure.reference_ms;
        println!(
            "{:<26}  {:>5} {:>7} {:>7} {:>6.2} ms  {:<12} {:>6.2} ms {:>6.1}  a row of the same size, by its key",
            format!("{} of {} samples", figure.zoom, figure.length),
            figure.level,
            figure.buckets,
            figure.bytes,
            figure.ms,
            "5 ms or less",
            figure.reference_ms,
            ratio,
        );
        rows.push(json!({
            "name": format!("a tile: {} of {} samples", figure.zoom, figure.length),
            "value": figure.ms, "unit": "ms", "aim": "5 ms or less", "level": figure.level,
            "buckets": figure.buckets, "bytes": figure.bytes,
            "reference": "a row of the same size, by its key",
            "reference_value": figure.reference_ms, "ratio": ratio,
        }));
    }
    let of = |zoom: &str, length: &str| {
        let mut own = figures.iter();
        let wanted = |figure: &&Figure| (figure.zoom, figure.length) == (zoom, length);
        own.find(wanted).map(|figure| figure.ms).unwrap()
    };
    let mut growth = BTreeMap::new();
    for zoom in ZOOMS {
        let times = of(zoom, "10 M") / of(zoom, "10 k");
        println!("{zoom}: 10 M samples over 10 k: {times:.2} (aim: 2 or less)");
        growth.insert(zoom, times);
    }
    let filled: Vec<Value> = filled
        .iter()
        .map(|(length, samples, seconds)| {
            let rate = *samples as f64 / seconds;
            println!("{length} samples kept in {seconds:.2} s, {rate:.0}/s");
            json!({ "samples": samples, "seconds": seconds })
        })
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let report = json!({ "figures": rows, "growth": growth, "filled": filled });
    std::fs::write(folder.join("tiles.json"), format!("{report:#}\n")).unwrap();
}
