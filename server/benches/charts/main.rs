//! What the charts cost the browser's main thread, each figure beside uPlot's of the same run, with the
//! same samples in windows of the same size, under the same hand:
//!
//! - a frame of panning and of zooming over ten million samples, five million of each twin;
//! - a move of the crosshair over them;
//! - 166,650 samples drawn first;
//! - memory while ten million are shown: JavaScript's heap and WebAssembly's.
//!
//! Both on a screen of one and of two device pixels a pixel. A frame is everything that the main thread
//! did from one commit to the next, as the browser's own trace tells it, by the thread's own clock: what
//! else the machine does is not in it. Beside it stands the clock on the wall, which has it all.
//!
//! Drawn first is, of uPlot, from arrays at hand to the painted chart. Our samples never come to the
//! browser: of ours it is from the arrival of the first tile that was lacking, through decoding, laying
//! out and painting, each time anew as more come, to the chart that shows all of them. Neither counts
//! what the network or the server takes.
//!
//! uPlot has the times and values as plain arrays of numbers, made to their length, with `null` for
//! gaps, and keeps one scale of values, as ours does. Where it is slower than the hand it gets fewer
//! moves.
//!
//! It needs a browser and the packages of `end2end/bench`: scripts/bench.sh installs them.
//! `BENCH_SERVER` names another build of the server.
//!
//! Printed as a table and written to `target/bench/charts.json`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends at its first failure"
)]

mod browser;
#[path = "../web/figure.rs"]
mod figure;
mod samples;
mod served;

use std::process::ExitCode;

use physiology::{Day, Timestamp};

use self::figure::{Aim, Figure, Report};
use self::served::Served;

/// Samples of each twin.
const MANY: usize = 5_000_000;
/// As many as uPlot's own benchmark draws, of both together.
const COLD: usize = 166_650 / 2;

fn main() -> ExitCode {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let large = Served::start(folders[0].path(), MANY, today());
    let small = Served::start(folders[1].path(), COLD, today());
    let mut report = Report::default();
    report.add(Figure {
        name: "10 M samples kept".into(),
        value: large.filled_s,
        unit: "s",
        aim: Aim::AtMost(60.0),
        reference: "",
        reference_value: None,
    });
    let complete = browser::measure(&large, &small, &mut report);
    // What was measured is told, whatever became of the rest.
    report.tell("charts.json");
    if complete {
        ExitCode::SUCCESS
    } else {
        println!("the browser's part failed");
        ExitCode::FAILURE
    }
}

fn today() -> Day {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now_ms = i64::try_from(now.unwrap().as_millis()).unwrap();
    Day::of_utc(Timestamp(now_ms))
}
