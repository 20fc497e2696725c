//! What the server sends, without a browser.

use chart::StackMode;
use leptos::prelude::*;
use physiology::baseline::Band;
use physiology::{Day, DayRange, Metric, Missing, Quality, Source, Timestamp, Twin, Waypoint};
use views::compare::{Course, Event, EventKind, LaneValue, MetricLane, Night, PairPanel, PairRow};
use views::overview::RangeChoice;
use views::{Compare, PageHead};

use super::StackFigure;
use crate::components::{Look, Noting, Setting};

const PLACE: &str = "<script>alert(1)</script>";
const NIGHTS: i64 = 9;

/// Noon of 5 October 2026.
const FIRST_NOON: Timestamp = Timestamp::from_unix_s(1_791_201_600);

fn lane(metric: Metric, from: f64) -> MetricLane {
    let values = |twin: Twin| {
        (0..NIGHTS)
            .map(|night| {
                if night == 3 && twin == Twin::A {
                    return LaneValue::Missing(Missing::NotWorn);
                }
                let apart = if twin == Twin::A { 0.0 } else { 2.0 };
                LaneValue::Measured(from - night as f64 - apart, Source::Oura, Quality::Complete)
            })
            .collect()
    };
    MetricLane {
        metric,
        values: Twin::BOTH.map(values),
        band: Some(Band {
            low: from - 1.0,
            high: from + 1.0,
        }),
        baseline_means: [Some(from), Some(from)],
        limit: None,
        expected: Vec::new(),
        anomalies: Vec::new(),
        pair: NO_PAIR,
    }
}

const NO_PAIR: PairRow = PairRow {
    baseline: None,
    trip: None,
    trip_count: 0,
    outside: None,
};

/// The nights shown, and ten before them.
fn course(range: DayRange) -> Course {
    let night = |day: Day| Night {
        day,
        at: day.start_utc().plus_seconds(7_200),
        day_number: None,
        sleeping_altitude_m: None,
        place: None,
    };
    Course {
        ends: [night(range.first.plus(-10)), night(range.last)],
        tiles: [Vec::new(), Vec::new()],
    }
}

fn compare() -> Compare {
    let first = Day::of_utc(FIRST_NOON);
    let range = DayRange::new(first, first.plus(NIGHTS - 1));
    Compare {
        head: PageHead {
            now: range.last.start_utc().plus_seconds(30_000),
            utc_offset_s: 20_700,
            today: range.last,
            expedition: None,
            names: ["Maya".to_owned(), "Leela".to_owned()],
            last_sync_at: None,
            alarms: Vec::new(),
            units: physiology::Units::default(),
        },
        range,
        choice: RangeChoice::Trip,
        nights: (0_i64..)
            .zip(range.days())
            .map(|(night, day)| Night {
                day,
                at: day.start_utc().plus_seconds(7_200),
                day_number: u32::try_from(night + 1).ok(),
                sleeping_altitude_m: Some(3_440.0 + 100.0 * night as f64),
                place: Some(PLACE.to_owned()),
            })
            .collect(),
        lanes: vec![
            lane(Metric::Spo2Night, 95.0),
            lane(Metric::RestingHeartRate, 60.0),
        ],
        lines: Vec::new(),
        course: course(range),
        altitude: vec![Waypoint {
            at: first.start_utc(),
            altitude_m: 3_440.0,
            place: PLACE.to_owned(),
            utc_offset_s: 20_700,
        }],
        day_one: Some(first),
        events: vec![Event {
            day: first,
            kind: EventKind::Workout { twin: Twin::B },
        }],
        notes: Vec::new(),
        may_note: false,
        workouts: Vec::new(),
        panel: PairPanel {
            metric: Metric::RestingHeartRate,
            pairs: Vec::new(),
            row: NO_PAIR,
            divergence: None,
            sources: [Vec::new(), Vec::new()],
        },
        at_altitude: None,
    }
}

fn html(compare: Compare, cursor: Option<Day>) -> String {
    Owner::new().with(|| {
        let metric = compare.panel.metric;
        let spoken = Memo::new(move |_| metric);
        view! {
            <StackFigure
                compare=Signal::stored(compare)
                cursor=RwSignal::new(cursor)
                look=Look {
                    view: RwSignal::new(None),
                    settled: Callback::new(|_| ()),
                }
                setting=Setting {
                    mode: Signal::stored(StackMode::Overlay),
                    shown: Signal::stored([true, true]),
                    toggle: Callback::new(|_| ()),
                }
                beyond=Callback::new(|_| false)
                noting=Noting::new(Memo::new(|_| Vec::new()), Memo::new(|_| false))
                spoken
            />
        }
        .to_html()
        // Marks between nodes are the framework's own affair.
        .replace("<!>", "")
    })
}

#[test]
fn the_figure_stands_without_a_browser() {
    let html = html(compare(), None);
    assert!(html.contains("data-chart=\"stack\""));
    assert!(!html.contains("data-live"));
    assert!(html.contains("viewBox=\"0 0 676 ") && html.contains("viewBox=\"0 0 342 "));
    // Two lines of head, nine nights.
    assert_eq!(html.matches("<tr>").count(), 11);
    // The newest night: over the stack, beside its lanes, and spoken for the chosen metric.
    assert!(html.contains("<b>Tue 13 Oct</b>"));
    assert!(html.contains("Resting HR: A 52\u{a0}bpm, B 50\u{a0}bpm, A minus B +2\u{a0}bpm."));
    assert!(html.contains(">87.0<") && html.contains(">85.0<"));
    assert!(html.contains("2 metrics of both twins over one time axis, 5 Oct to 13 Oct."));
    assert!(html.contains("Not worn"));
}

#[test]
fn the_crosshair_moves_the_values() {
    let html = html(compare(), Some(Day::of_utc(FIRST_NOON).plus(1)));
    assert!(html.contains("<b>Tue 6 Oct</b>"));
    assert!(html.contains(">94.0<") && html.contains(">92.0<"));
}

#[test]
fn nothing_in_it_needs_a_laxer_policy() {
    let html = html(compare(), None);
    assert!(!html.contains("style="));
    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script"));
}

#[test]
fn a_range_without_nights_says_so() {
    let mut empty = compare();
    empty.nights.clear();
    empty.altitude.clear();
    for lane in &mut empty.lanes {
        lane.values = [Vec::new(), Vec::new()];
    }
    assert!(html(empty, None).contains("No nights in this range"));
}
