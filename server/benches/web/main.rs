//! What the pages cost, each figure beside a reference measured in the same run:
//!
//! - the overview's requests a second, against a bare axum handler sending the same bytes;
//! - what the overview loads and each other page adds, against a bare Leptos page;
//! - from navigation to the last tile hydrated on a slow tablet, against the same page without
//!   JavaScript;
//! - Lighthouse on tablet and phone, against the same page without its scripts.
//!
//! Everything goes over loopback to `acclimate demo` in a process of its own. The last three need a
//! browser and the packages of `end2end/bench`: scripts/bench.sh installs them. `BENCH_BROWSER=no`
//! leaves them out.
//!
//! Printed as a table and written to `target/bench/web.json`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends at its first failure"
)]

mod bare;
mod browser;
mod demo;
mod figure;
mod load;

use std::process::ExitCode;
use std::time::Duration;

use self::demo::Demo;
use self::figure::{Aim, Figure, Report};
use self::load::{Encoding, Load, Page};

/// Connections at once, and how long each side is under load, in two turns.
const CONNECTIONS: usize = 8;
const TURNS: u32 = 2;
const TURN: Duration = Duration::from_secs(5);
const WARM_UP: Duration = Duration::from_secs(1);
/// One after another, for what a single visitor waits.
const ALONE: usize = 200;

fn main() -> ExitCode {
    if bare::is_asked_for() {
        bare::serve();
        return ExitCode::SUCCESS;
    }
    let demo = Demo::start();
    let overview = Page::new(demo.addr, "/", &demo.cookie);
    let plain = overview.fetch(Encoding::Identity);
    let html = String::from_utf8(plain.clone()).unwrap();
    assert!(html.contains("data-value"), "the overview shows no value");
    let compressed = overview.fetch(Encoding::Brotli);

    let mut report = Report::default();
    report.add(Figure {
        name: "the overview's HTML, brotli".into(),
        value: kb(compressed.len()),
        unit: "KB",
        aim: Aim::None,
        reference: "uncompressed",
        reference_value: Some(kb(plain.len())),
    });
    under_load(&mut report, &overview, Encoding::Brotli, &compressed);
    under_load(&mut report, &overview, Encoding::Identity, &plain);
    alone(&mut report, &overview, &plain);
    let wanted = std::env::var("BENCH_BROWSER").as_deref() != Ok("no");
    let complete = !wanted || browser::measure(&demo, &mut report);
    // What was measured is told, whatever became of the rest.
    report.tell("web.json");
    if complete {
        ExitCode::SUCCESS
    } else {
        println!("the browser's part failed");
        ExitCode::FAILURE
    }
}

/// Ours and the bare handler take turns, so that what else the machine does meets both.
fn under_load(report: &mut Report, overview: &Page, encoding: Encoding, body: &[u8]) {
    let bare = bare::Bare::start(body, encoding);
    let reference = Page::new(bare.addr, "/", "");
    let (mut ours, mut theirs) = (Load::default(), Load::default());
    for page in [overview, &reference] {
        page.load(encoding, CONNECTIONS, WARM_UP);
    }
    for _ in 0..TURNS {
        ours.add(overview.load(encoding, CONNECTIONS, TURN));
        theirs.add(reference.load(encoding, CONNECTIONS, TURN));
    }
    let how = encoding.name();
    report.add(Figure {
        name: format!("overview, {how}, {CONNECTIONS} connections"),
        value: ours.per_second(),
        unit: "/s",
        aim: match encoding {
            // What browsers ask for.
            Encoding::Brotli => Aim::RatioAtLeast(0.25),
            Encoding::Identity => Aim::None,
        },
        reference: "a bare axum handler sending the same bytes",
        reference_value: Some(theirs.per_second()),
    });
    for (name, quantile) in [("half", 0.5), ("99 of 100", 0.99)] {
        report.add(Figure {
            name: format!("  {name} of them within"),
            value: ours.quantile_ms(quantile),
            unit: "ms",
            aim: Aim::None,
            reference: "the bare handler",
            reference_value: Some(theirs.quantile_ms(quantile)),
        });
    }
}

fn alone(report: &mut Report, overview: &Page, body: &[u8]) {
    let bare = bare::Bare::start(body, Encoding::Identity);
    let reference = Page::new(bare.addr, "/", "");
    report.add(Figure {
        name: "one overview, alone, uncompressed".into(),
        value: overview.alone(ALONE).quantile_ms(0.5),
        unit: "ms",
        aim: Aim::None,
        reference: "the bare handler",
        reference_value: Some(reference.alone(ALONE).quantile_ms(0.5)),
    });
}

/// Kilobytes as vendors of bandwidth count them.
fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}
