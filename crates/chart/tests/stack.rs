//! Where the lanes of a stack end up, against positions computed here from the input alone.

mod common;

use chart::{Dash, Role, Shape, Stack, StackLane, StackLayout, stack, stack_cursor, stack_summary};
use common::{Expedition, nights, plain};
use physiology::baseline::Band;
use physiology::pair::PairDay;
use physiology::{Day, Metric, Missing, Reading, Timestamp, Twin, Units};
use proptest::prelude::*;

const WIDE_PX: f64 = 716.0;
const PHONE_PX: f64 = 342.0;

/// SpO₂ with its limit, and under it resting heart rates that rise by a beat a night.
struct Two {
    expedition: Expedition,
    rates: Vec<PairDay>,
    expected: Vec<Option<Band>>,
}

impl Two {
    fn new() -> Self {
        let expedition = Expedition::new();
        let values: Vec<_> = (0..9)
            .map(|night| (Some(52.0 + f64::from(night)), Some(54.0 + f64::from(night))))
            .collect();
        let mut rates = nights(common::day_one(), &values);
        for (rate, day) in rates.iter_mut().zip(&expedition.days) {
            rate.day_number = day.day_number;
        }
        let expected = (0..9)
            .map(|night| {
                let low = 90.0 - f64::from(night) * 2.0;
                Some(Band {
                    low,
                    high: low + 5.0,
                })
            })
            .collect();
        Self {
            expedition,
            rates,
            expected,
        }
    }

    fn with<R>(&self, read: impl FnOnce(&Stack<'_>) -> R) -> R {
        self.with_metric(Metric::RestingHeartRate, read)
    }

    fn with_metric<R>(&self, metric: Metric, read: impl FnOnce(&Stack<'_>) -> R) -> R {
        let spo2 = self.expedition.chart();
        let mut rates = plain(&self.rates);
        rates.written = metric.written(Units::default());
        let lanes = [
            StackLane {
                chart: spo2,
                expected: &self.expected,
                unusual: &[(7, Twin::A)],
                agreement: None,
            },
            StackLane {
                chart: rates,
                expected: &[],
                unusual: &[],
                agreement: None,
            },
        ];
        read(&Stack {
            lanes: &lanes,
            arrivals: &[],
            workouts: &[(common::day_one().plus(2), Twin::B)],
            ..Stack::default()
        })
    }
}

fn lines(layout: &StackLayout, role: Role) -> Vec<&[chart::Point]> {
    layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line {
                points, role: of, ..
            } if *of == role => Some(points.as_slice()),
            _ => None,
        })
        .collect()
}

/// The position of a value by the labels of two ticks of its lane, not by the code's own scale.
fn read_off(layout: &StackLayout, lane: usize, value: f64) -> f64 {
    let plot = layout.lanes[lane].plot;
    let ticks: Vec<(f64, f64)> = layout
        .picture
        .labels
        .iter()
        .filter(|label| label.x < plot.x && label.y > plot.y && label.y < plot.bottom() + 8.0)
        .filter_map(|label| Some((label.text.parse().ok()?, label.y - 4.0)))
        .collect();
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    first.1 + (value - first.0) * (last.1 - first.1) / (last.0 - first.0)
}

#[test]
fn lanes_follow_each_other_on_one_axis() {
    let two = Two::new();
    let layout = two.with(|lanes| stack(lanes, WIDE_PX));
    let [upper, lower] = layout.lanes.as_slice() else {
        panic!("two lanes");
    };
    assert!(upper.plot.bottom() < lower.plot.y);
    assert_eq!(
        (upper.plot.x, upper.plot.right()),
        (lower.plot.x, lower.plot.right())
    );
    assert!(lower.plot.bottom() < layout.floor && layout.floor < layout.picture.size.height_px);
    assert_eq!(layout.stops.len(), 9);
    let steps: Vec<f64> = layout
        .stops
        .windows(2)
        .map(|pair| pair[1].x - pair[0].x)
        .collect();
    assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-6));
}

#[test]
fn values_are_where_their_own_lane_puts_them() {
    let two = Two::new();
    let layout = two.with(|lanes| stack(lanes, WIDE_PX));
    for stop in &layout.stops {
        let sources = [&two.expedition.days, &two.rates];
        for (lane, days) in sources.into_iter().enumerate() {
            let day = &days[stop.night];
            for (twin, y) in Twin::BOTH.into_iter().zip(stop.y[lane]) {
                let expected = day.of(twin).value();
                assert_eq!(y.is_some(), expected.is_some());
                if let (Some(y), Some(value)) = (y, expected) {
                    let read = read_off(&layout, lane, value);
                    assert!((y - read).abs() < 1e-6, "{y} {read}");
                }
            }
        }
    }
    // Every drawn line of a twin stays within its own lane.
    for role in [Role::TwinA, Role::TwinB] {
        for line in lines(&layout, role) {
            let inside = layout.lanes.iter().any(|lane| {
                line.iter().all(|point| {
                    point.y >= lane.plot.y - 1e-9 && point.y <= lane.plot.bottom() + 1e-9
                })
            });
            assert!(inside, "{line:?}");
        }
    }
}

#[test]
fn nothing_is_drawn_over_a_missing_night() {
    let two = Two::new();
    let layout = two.with(|lanes| stack(lanes, WIDE_PX));
    // A's fourth night: a line of A in the upper lane ends before it or begins after it.
    let x = layout.stops[3].x;
    let upper = layout.lanes[0].plot;
    let own = lines(&layout, Role::TwinA);
    let own = own.iter().filter(|line| line[0].y < upper.bottom());
    assert!(own.clone().count() >= 2);
    for line in own {
        assert!(line.iter().all(|point| point.x < x) || line.iter().all(|point| point.x > x));
    }
    let told = layout
        .picture
        .labels
        .iter()
        .filter(|label| label.text == "A: Not worn");
    assert_eq!(told.count(), 1);
}

#[test]
fn what_is_expected_is_drawn_where_it_is_on_the_scale() {
    let two = Two::new();
    let layout = two.with(|lanes| stack(lanes, WIDE_PX));
    let plot = layout.lanes[0].plot;
    let (low, high) = layout.lanes[0].values.unwrap().domain();
    // Dotted, which the rings of unusual nights are not.
    let steps: Vec<&Vec<chart::Point>> = layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, dash, .. } if *dash == Dash::PLANNED => Some(points),
            _ => None,
        })
        .filter(|line| {
            line.iter()
                .all(|point| point.y >= plot.y && point.y <= plot.bottom())
        })
        .collect();
    let drawn: usize = steps.iter().map(|line| line.len()).sum();
    let on_scale = two
        .expected
        .iter()
        .flatten()
        .flat_map(|band| [band.low, band.high])
        .filter(|level| (low..=high).contains(level))
        .count();
    assert!(on_scale > 8);
    assert_eq!(drawn, 2 * on_scale);
}

#[test]
fn the_cursor_reads_every_lane() {
    let two = Two::new();
    let (layout, picture) = two.with(|lanes| {
        let layout = stack(lanes, WIDE_PX);
        let picture = stack_cursor(lanes, &layout, 5, true);
        (layout, picture)
    });
    let texts: Vec<&str> = picture
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect();
    for expected in [
        "84.1",
        "80.3",
        "+3.8\u{a0}pp",
        "57",
        "59",
        "−2\u{a0}bpm",
        "4,410\u{a0}m",
    ] {
        assert!(texts.contains(&expected), "{expected:?} in {texts:?}");
    }
    // Beside the lanes, never over data.
    for label in &picture.labels {
        assert!(label.bounds().x > layout.across.1);
        assert!(label.bounds().right() <= layout.picture.size.width_px);
    }
    // The missing night says why, and has no difference.
    let missing = two.with(|lanes| stack_cursor(lanes, &layout, 3, true));
    let texts: Vec<&str> = missing
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect();
    assert!(texts.contains(&"Not worn"));
    assert_eq!(texts.iter().filter(|text| **text == "A−B").count(), 1);
    assert!(
        two.with(|lanes| stack_cursor(lanes, &layout, 99, true))
            .labels
            .is_empty()
    );
}

#[test]
fn a_phone_has_its_values_over_the_lanes() {
    let mut two = Two::new();
    // Long names, long values.
    for day in &mut two.rates {
        for reading in [&mut day.a, &mut day.b] {
            if let Reading::Measured(measured) = reading {
                measured.value *= 1_000.0;
            }
        }
    }
    let (layout, picture) = two.with_metric(Metric::NightlyRechargeHrvRmssd, |lanes| {
        let layout = stack(lanes, PHONE_PX);
        let picture = stack_cursor(lanes, &layout, 5, true);
        (layout, picture)
    });
    let values: Vec<_> = picture.labels.iter().map(chart::Label::bounds).collect();
    assert!(!values.is_empty());
    for place in &values {
        assert!(place.x >= 0.0 && place.right() <= layout.picture.size.width_px + 1e-6);
        let over_data = layout.lanes.iter().any(|lane| lane.plot.overlaps(place));
        assert!(!over_data, "{place:?}");
        // Nor over the lanes' names.
        let named = layout
            .picture
            .labels
            .iter()
            .any(|label| label.bounds().overlaps(place));
        assert!(!named, "{place:?}");
    }
}

#[test]
fn the_height_is_that_of_the_lanes_alone() {
    let two = Two::new();
    let heights: Vec<f64> = [600.0, 716.0, 1_400.0]
        .into_iter()
        .map(|width| two.with(|lanes| stack(lanes, width).picture.size.height_px))
        .collect();
    assert!(heights.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_twin_without_any_value_is_told_why() {
    let two = Two::new();
    let mut days = two.rates.clone();
    for day in &mut days {
        day.b = Reading::Missing(Missing::NotGranted);
    }
    let lanes = [StackLane {
        chart: plain(&days),
        expected: &[],
        unusual: &[],
        agreement: None,
    }];
    let lanes = Stack {
        lanes: &lanes,
        ..Stack::default()
    };
    let layout = stack(&lanes, WIDE_PX);
    let texts = layout
        .picture
        .labels
        .iter()
        .map(|label| label.text.as_str());
    assert!(texts.clone().any(|text| text == "B: Access not granted"));
    assert!(stack_summary(&lanes).contains("Leela, B, missing"));
}

#[test]
fn the_days_of_the_expedition_are_numbered() {
    let two = Two::new();
    let layout = two.with(|lanes| stack(lanes, WIDE_PX));
    let texts: Vec<&str> = layout
        .picture
        .labels
        .iter()
        .filter(|label| label.y > layout.floor)
        .map(|label| label.text.as_str())
        .collect();
    assert!(
        texts.contains(&"Day 1") && texts.contains(&"9"),
        "{texts:?}"
    );
}

#[test]
fn nothing_to_show_is_told() {
    let empty = Stack::default();
    assert!(stack(&empty, WIDE_PX).stops.is_empty());
    assert_eq!(stack_summary(&empty), "No metric is shown.");
}

proptest! {
    #[test]
    fn hostile_numbers_break_nothing(
        values in prop::collection::vec(
            (prop::option::of(prop::num::f64::ANY), prop::option::of(prop::num::f64::ANY)), 0..40,
        ),
        width in 1.0_f64..3_000.0,
    ) {
        let days = nights(Day::new(2026, 1, 1).unwrap(), &values);
        let expected: Vec<Option<Band>> = values
            .iter()
            .map(|(low, high)| low.zip(*high).map(|(low, high)| Band { low, high }))
            .collect();
        let lanes = [StackLane {
            chart: plain(&days),
            expected: &expected,
            unusual: &[(0, Twin::A), (1_000, Twin::B)], agreement: None,
        }];
        let lanes = Stack {
            lanes: &lanes,
            arrivals: &[Timestamp(i64::MAX)],
            ..Stack::default()
        };
        let layout = stack(&lanes, width);
        prop_assert_eq!(layout.stops.len(), values.len());
        for shape in &layout.picture.shapes {
            if let Shape::Line { points, .. } = shape {
                prop_assert!(points.iter().all(|point| point.x.is_finite() && point.y.is_finite()));
            }
        }
        prop_assert!(stack_summary(&lanes).len() < 10_000);
    }
}
