//! What the server sends, without a browser.

use leptos::prelude::*;
use physiology::alarm::Priority;
use physiology::baseline::Band;
use physiology::pair::PairDay;
use physiology::units::Temperature;
use physiology::{
    Day, DayRange, Measurement, Metric, Missing, Quality, Reading, Source, Timestamp, Units,
    Waypoint,
};
use views::overview::{DrawnLimit, MetricChart, RangeChoice, Spark};

use super::{Sparkline, TwinChartFigure};

const PLACE: &str = "<script>alert(1)</script>";

/// Noon of 5 October 2026.
const FIRST_NOON: Timestamp = Timestamp::from_unix_s(1_791_201_600);

/// Nine nights upwards; A did not wear the ring on the fourth.
fn chart() -> MetricChart {
    let first = Day::of_utc(FIRST_NOON);
    let measured = |value: f64, day: Day| {
        Reading::Measured(Measurement {
            value,
            measured_at: day.start_utc(),
            source: Source::Oura,
            quality: Quality::Complete,
        })
    };
    let days: Vec<PairDay> = (0..9_u32)
        .map(|index| {
            let day = first.plus(i64::from(index));
            let value = 95.0 - 2.0 * f64::from(index);
            PairDay {
                day,
                at: day.start_utc().plus_seconds(7_200),
                a: if index == 3 {
                    Reading::Missing(Missing::NotWorn)
                } else {
                    measured(value, day)
                },
                b: measured(value - 5.0, day),
                day_number: Some(index + 1),
                sleeping_altitude_m: Some(3_440.0 + 100.0 * f64::from(index)),
                place: Some(PLACE.to_owned()),
            }
        })
        .collect();
    MetricChart {
        metric: Metric::Spo2Night,
        range: DayRange::new(first, first.plus(8)),
        choice: RangeChoice::Trip,
        days,
        baseline_days: Vec::new(),
        band: Some(Band {
            low: 96.0,
            high: 98.0,
        }),
        baseline_means: [Some(97.0), Some(97.0)],
        limit: Some(DrawnLimit {
            value: 75.0,
            priority: Priority::Medium,
        }),
        altitude: vec![Waypoint {
            at: first.start_utc(),
            altitude_m: 3_440.0,
            place: PLACE.to_owned(),
            utc_offset_s: 20_700,
        }],
        day_one: Some(first),
    }
}

fn html(chart: MetricChart) -> String {
    html_in(chart, Units::default())
}

fn html_in(chart: MetricChart, units: Units) -> String {
    let now: Timestamp = chart.range.last.start_utc().plus_seconds(30_000);
    Owner::new().with(|| {
        view! {
            <TwinChartFigure
                chart=Signal::stored(chart)
                names=Signal::stored(["Maya".to_owned(), "Leela".to_owned()])
                now=Signal::stored(now)
                utc_offset_s=Signal::stored(20_700)
                units=Signal::stored(units)
                closer=Signal::stored("/compare".to_owned())
            />
        }
        .to_html()
        // Marks between nodes are the framework's own affair.
        .replace("<!>", "")
    })
}

#[test]
fn temperatures_are_in_the_degrees_somebody_likes() {
    let american = Units {
        temperature: Temperature::Fahrenheit,
        ..Units::default()
    };
    let mut chart = chart();
    chart.metric = Metric::TemperatureDeviation;
    chart.limit = None;
    // The newest night: A 0.79 °C, B 0.74 °C.
    for day in &mut chart.days {
        for reading in [&mut day.a, &mut day.b] {
            if let Reading::Measured(measured) = reading {
                measured.value /= 100.0;
            }
        }
    }
    let celsius = html(chart.clone());
    assert!(celsius.contains("+0.79\u{a0}°C") && celsius.contains(">°C<"));
    let fahrenheit = html_in(chart, american);
    // Title, readout and table; nothing of it in °C.
    assert!(fahrenheit.contains("+1.42\u{a0}°F") && fahrenheit.contains(">°F<"));
    assert!(fahrenheit.contains("+0.09\u{a0}°F"));
    assert!(!fahrenheit.contains("°C"));
}

#[test]
fn the_figure_stands_without_a_browser() {
    let html = html(chart());
    assert!(html.contains("data-chart=\"spo2_night\""));
    assert!(!html.contains("data-live"));
    assert!(html.contains("viewBox=\"0 0 796 414\""));
    assert!(html.contains("viewBox=\"0 0 358 380\""));
    assert_eq!(html.matches("aria-pressed=\"true\"").count(), 2);
    // Head and nine nights; the readout holds the newest.
    assert_eq!(html.matches("<tr>").count(), 10);
    assert!(html.contains("<b>Tue 13 Oct</b>"));
    assert!(html.contains("Maya, A: 79.0\u{a0}% on 13 Oct"));
    assert!(html.contains("Not worn"));
}

#[test]
fn nothing_in_it_needs_a_laxer_policy() {
    let html = html(chart());
    assert!(!html.contains("style="));
    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script"));
}

#[test]
fn a_range_without_nights_says_so() {
    let mut empty = chart();
    empty.days.clear();
    empty.altitude.clear();
    assert!(html(empty).contains("No nights in this range"));
}

#[test]
fn long_ranges_keep_their_table_short() {
    let mut long = chart();
    let night = long.days.remove(0);
    long.days = (0..1_000)
        .map(|index| PairDay {
            day: night.day.plus(index),
            at: night.at.plus_seconds(index * 86_400),
            ..night.clone()
        })
        .collect();
    long.choice = RangeChoice::All;
    let html = html(long);
    assert_eq!(html.matches("<tr>").count(), 401);
    assert!(html.contains("The 600 oldest nights are left out."));
}

#[test]
fn a_sparkline_is_a_picture_with_a_name() {
    let spark = Spark {
        first: Day::of_utc(FIRST_NOON).plus(-14),
        a: vec![Some(97.0), None, Some(96.0)],
        b: vec![Some(96.5), Some(96.0), Some(95.0)],
        band: None,
        day_one: None,
    };
    let html =
        Owner::new().with(|| view! { <Sparkline metric=Metric::Spo2Night spark /> }.to_html());
    assert!(html.contains("role=\"img\""));
    assert!(html.contains("SpO₂, both twins since 21 Sep"));
    assert!(html.contains("var(--am)") && html.contains("var(--bm)"));
    assert!(!html.contains("style="));
}
