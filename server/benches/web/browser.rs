//! What only a browser can measure: `end2end/bench/measure.mjs` does, here it becomes figures.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use crate::demo::Demo;
use crate::figure::{Aim, Figure, Report};
use crate::kb;

/// What a bare Leptos page with router, one server function and plotters loads, measured once.
const BARE_LEPTOS_KB: f64 = 157.0;

#[derive(Deserialize)]
struct Measured {
    scripts: Vec<Scripts>,
    hydration: Hydration,
    lighthouse: Vec<Lighthouse>,
}

/// JavaScript and WebAssembly that a page loads, as sent: brotli.
#[derive(Deserialize)]
struct Scripts {
    page: String,
    /// For other pages than the overview: what it did not load.
    bytes: usize,
    /// Files that came without brotli.
    uncompressed: Vec<String>,
}

#[derive(Deserialize)]
struct Hydration {
    /// From navigation to the last tile taken over.
    hydrated_ms: Vec<f64>,
    /// The same page without JavaScript, to its `load` event.
    without_ms: Vec<f64>,
}

#[derive(Deserialize)]
struct Lighthouse {
    page: String,
    profile: String,
    scores: Scores,
    /// The performance of the same page with its scripts blocked.
    without_scripts: Option<f64>,
}

#[derive(Deserialize)]
struct Scores {
    performance: f64,
    accessibility: f64,
    best_practices: f64,
}

/// Whether it came to its end.
pub fn measure(demo: &Demo, report: &mut Report) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/bench/measure.mjs");
    let output = Command::new("node")
        .arg(script)
        .env("BENCH_SITE", format!("http://{}", demo.addr))
        .env("BENCH_COOKIE", &demo.cookie)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    if !output.status.success() {
        return false;
    }
    let detail: Value = serde_json::from_slice(&output.stdout).unwrap();
    let measured: Measured = serde_json::from_value(detail.clone()).unwrap();
    report.explain("browser", detail);
    scripts(&measured.scripts, report);
    hydration(measured.hydration, report);
    lighthouse(&measured.lighthouse, report);
    true
}

fn scripts(pages: &[Scripts], report: &mut Report) {
    for scripts in pages {
        let Scripts {
            page,
            bytes,
            uncompressed,
        } = scripts;
        assert!(uncompressed.is_empty(), "not brotli: {uncompressed:?}");
        let figure = if page == "/" {
            Figure {
                name: "scripts of the overview, brotli".into(),
                value: kb(*bytes),
                unit: "KB",
                aim: Aim::AtMost(250.0),
                reference: "a bare Leptos page with router, server function, plotters",
                reference_value: Some(BARE_LEPTOS_KB),
            }
        } else {
            Figure {
                name: format!("  more of {page}"),
                value: kb(*bytes),
                unit: "KB",
                aim: Aim::AtMost(60.0),
                reference: "",
                reference_value: None,
            }
        };
        report.add(figure);
    }
}

fn hydration(mut measured: Hydration, report: &mut Report) {
    report.add(Figure {
        name: "navigation to last tile hydrated, CPU slowed 4×".into(),
        value: median(&mut measured.hydrated_ms) / 1e3,
        unit: "s",
        aim: Aim::AtMost(1.5),
        reference: "the same page without JavaScript, to its load event",
        reference_value: Some(median(&mut measured.without_ms) / 1e3),
    });
}

fn lighthouse(runs: &[Lighthouse], report: &mut Report) {
    for run in runs {
        let scores = [
            (
                "performance",
                98.0,
                run.scores.performance,
                run.without_scripts,
            ),
            ("accessibility", 100.0, run.scores.accessibility, None),
            ("best practices", 100.0, run.scores.best_practices, None),
        ];
        for (name, aim, value, reference_value) in scores {
            report.add(Figure {
                name: format!("Lighthouse {}, {}: {name}", run.page, run.profile),
                value,
                unit: "",
                aim: Aim::AtLeast(aim),
                reference: reference_value.map_or("", |_| "without its scripts"),
                reference_value,
            });
        }
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
