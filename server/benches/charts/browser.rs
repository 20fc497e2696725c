//! What only a browser can measure: `end2end/bench/charts.mjs` does, here it becomes figures.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::figure::{Aim, Figure, Report};
use crate::served::Served;

/// What both charts took on one kind of screen.
#[derive(Deserialize)]
struct Measured {
    /// Device pixels a CSS pixel.
    density: f64,
    ours: Chart,
    uplot: Chart,
}

#[derive(Deserialize)]
struct Chart {
    pan: Frames,
    zoom: Frames,
    hover: Frames,
    opened_mb: Memory,
    used_mb: Memory,
    cold: Vec<Clocks<f64>>,
}

#[derive(Deserialize)]
struct Frames {
    frames: usize,
    #[serde(flatten)]
    ms: Clocks<Percentiles>,
}

/// By the main thread's own clock, and by the one on the wall.
#[derive(Deserialize)]
struct Clocks<T> {
    cpu: T,
    wall: T,
}

#[derive(Deserialize)]
struct Percentiles {
    p50: f64,
    p99: f64,
}

#[derive(Deserialize)]
struct Memory {
    heap: f64,
    buffers: f64,
    wasm: f64,
}

impl Memory {
    fn all(&self) -> f64 {
        self.heap + self.buffers + self.wasm
    }
}

/// Whether it came to its end.
pub fn measure(large: &Served, small: &Served, report: &mut Report) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/bench/charts.mjs");
    let sites = json!({ "large": large.told(), "small": small.told() });
    let output = Command::new("node")
        .arg(script)
        .env("BENCH_CHARTS", sites.to_string())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    if !output.status.success() {
        return false;
    }
    let detail: Value = serde_json::from_slice(&output.stdout).unwrap();
    let measured: Vec<Measured> = serde_json::from_value(detail.clone()).unwrap();
    report.explain("browser", detail);
    for measured in &measured {
        add(measured, report);
    }
    true
}

fn add(measured: &Measured, report: &mut Report) {
    let Measured {
        density,
        ours,
        uplot,
    } = measured;
    let mut figure = |name: &str, unit, aim, value, reference_value| {
        report.add(Figure {
            name: format!("{name}, density {density}"),
            value,
            unit,
            aim,
            reference: "uPlot with the same samples",
            reference_value: Some(reference_value),
        });
    };
    for (name, own, other) in [
        ("pan over 10 M", &ours.pan, &uplot.pan),
        ("zoom over 10 M", &ours.zoom, &uplot.zoom),
    ] {
        assert!(own.frames > 0 && other.frames > 0, "{name}: no frame");
        let (own, other) = (&own.ms, &other.ms);
        let aim = Aim::BothAtMost(8.0, 0.1);
        let p50 = format!("{name}, half the frames");
        figure(&p50, "ms", Aim::None, own.cpu.p50, other.cpu.p50);
        let p99 = format!("{name}, 99 of 100");
        figure(&p99, "ms", aim, own.cpu.p99, other.cpu.p99);
        let wall = format!("{name}, 99 of 100, wall");
        figure(&wall, "ms", Aim::None, own.wall.p99, other.wall.p99);
    }
    let (own, other) = (&ours.hover.ms, &uplot.hover.ms);
    let aim = Aim::AtMost(1.0);
    figure(
        "hover, half the moves",
        "ms",
        aim,
        own.cpu.p50,
        other.cpu.p50,
    );
    figure("hover, 99 of 100", "ms", aim, own.cpu.p99, other.cpu.p99);
    let cold = |chart: &Chart| median(chart.cold.iter().map(|run| run.cpu).collect());
    let aim = Aim::RatioAtMost(1.0);
    figure("166,650 drawn first", "ms", aim, cold(ours), cold(uplot));
    let cold = |chart: &Chart| median(chart.cold.iter().map(|run| run.wall).collect());
    let name = "166,650 drawn first, wall";
    figure(name, "ms", Aim::None, cold(ours), cold(uplot));
    let aim = Aim::RatioAtMost(0.1);
    let (own, other) = (ours.opened_mb.all(), uplot.opened_mb.all());
    figure("memory showing 10 M", "MB", aim, own, other);
    let (own, other) = (ours.used_mb.all(), uplot.used_mb.all());
    figure("memory after panning and zooming", "MB", aim, own, other);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
