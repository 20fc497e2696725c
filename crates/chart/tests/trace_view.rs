//! A part of a workout: the same picture as the whole, cut at the plot's edges.
#![allow(clippy::unwrap_used, reason = "test code")]

use chart::{
    Options, Point, Role, Shape, Size, TraceChart, TraceLayout, TracePanels, TraceValue, TwinTrace,
    View, svg, trace_bounds, trace_crosshair, trace_extents, trace_layout, trace_layout_within,
    trace_readout, trace_snap, trace_summary,
};
use physiology::Twin;
use physiology::units::Clock;
use proptest::prelude::*;

const FROM_S: i32 = 28_800;
const TO_S: i32 = 46_800;
/// Wide enough that no sample is left out.
const VAST: Size = Size {
    width_px: 8_000.0,
    height_px: 478.0,
};
const BOUNDS: [f64; 6] = [94.0, 112.8, 131.6, 150.4, 169.2, 188.0];
const ALTITUDE: [(i32, f64); 4] = [
    (FROM_S, 3_860.0),
    (33_000, 4_100.0),
    (40_000, 4_020.0),
    (TO_S, 4_410.0),
];

/// Every 5 s, up and down, in two stretches.
/// What lies behind the traces.
fn zones(layout: &TraceLayout) -> Vec<Shape> {
    let is_zone = |shape: &&Shape| {
        matches!(
            shape,
            Shape::Fill {
                role: Role::Band | Role::AltitudeFill,
                ..
            }
        )
    };
    layout
        .picture
        .shapes
        .iter()
        .filter(is_zone)
        .cloned()
        .collect()
}

fn runs() -> Vec<Vec<(i32, u16)>> {
    let stretch = |from: i32, to: i32| {
        (from..=to)
            .step_by(5)
            .map(|second| (second, 100 + (second / 5 * 37 % 61) as u16))
            .collect()
    };
    vec![stretch(FROM_S, 36_000), stretch(36_600, TO_S)]
}

const GAP: (i32, i32) = (36_000, 36_600);

fn chart<'a>(runs: &'a [Vec<(i32, u16)>], gaps: &'a [(i32, i32)]) -> TraceChart<'a> {
    let twin = TwinTrace {
        runs,
        gaps,
        bounds_bpm: Some(BOUNDS),
        missing: None,
    };
    TraceChart {
        names: ["Maya", "Leela"],
        from_s: FROM_S,
        to_s: TO_S,
        view: None,
        columns_per_px: 1.0,
        clock: Clock::Hours24,
        twins: [twin, twin],
        altitude: &ALTITUDE,
        places: [Some("Tengboche"), Some("Dingboche")],
        panels: TracePanels::Each,
        zones_of: Twin::A,
        notes: &[],
    }
}

fn seen<'a>(chart: &TraceChart<'a>, from: f64, to: f64) -> TraceChart<'a> {
    TraceChart {
        view: Some(View { from, to }),
        ..*chart
    }
}

fn lines(layout: &TraceLayout, of: Role) -> Vec<Vec<Point>> {
    let lines = layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, role, .. } if *role == of => Some(points.clone()),
            _ => None,
        });
    lines.collect()
}

fn texts(layout: &TraceLayout) -> Vec<&str> {
    let texts = layout
        .picture
        .labels
        .iter()
        .map(|label| label.text.as_str());
    texts.collect()
}

/// The height of a path at `x`, where it is drawn there: found step by step.
fn height(paths: &[Vec<Point>], x: f64) -> Option<f64> {
    paths
        .iter()
        .flat_map(|path| path.windows(2))
        .find_map(|ends| {
            let (one, two) = (ends[0], ends[1]);
            (one.x <= x && x <= two.x && one.x < two.x)
                .then(|| one.y + (two.y - one.y) * (x - one.x) / (two.x - one.x))
        })
}

#[test]
fn everything_looked_at_is_the_whole_picture() {
    let runs = runs();
    let chart = chart(&runs, &[GAP]);
    let size = Size::new(806.0, 478.0);
    let whole = trace_layout(&chart, size, Options::WIDE);
    for (from, to) in [(f64::from(FROM_S), f64::from(TO_S)), (-1e300, 1e300)] {
        let seen = seen(&chart, from, to);
        assert_eq!(trace_layout(&seen, size, Options::WIDE), whole);
    }
}

#[test]
fn a_part_is_the_whole_cut_at_the_edges() {
    let runs = runs();
    let chart = chart(&runs, &[GAP]);
    let whole = trace_layout(&chart, VAST, Options::WIDE);
    let (from, to) = (35_011.3, 38_902.7);
    let part_chart = seen(&chart, from, to);
    let part = trace_layout(&part_chart, VAST, Options::WIDE);
    assert_eq!(part.panels, whole.panels, "panels and scales stand still");
    assert_eq!((part.floor, zones(&part)), (whole.floor, zones(&whole)));
    let (left, right) = part.time.range();
    for role in [Role::TwinA, Role::TwinB, Role::AltitudeLine] {
        let (cut, full) = (lines(&part, role), lines(&whole, role));
        let xs = || cut.iter().flatten().map(|point| point.x);
        assert_eq!(xs().fold(f64::INFINITY, f64::min), left);
        assert!((xs().fold(0.0, f64::max) - right).abs() < 1e-9);
        for step in 0..3_000 {
            let at_s = from + (to - from) * f64::from(step) / 2_999.0;
            let own = height(&cut, part.time.at(at_s));
            let other = height(&full, whole.time.at(at_s));
            match (own, other) {
                (Some(own), Some(other)) => assert!((own - other).abs() < 1e-6, "{at_s}"),
                (None, None) => {}
                // Rounding at the very edges of a gap.
                _ => assert!(
                    [GAP.0, GAP.1]
                        .iter()
                        .any(|end| (at_s - f64::from(*end)).abs() < 1e-3)
                ),
            }
        }
    }
    // The altitudes at the edges instead of the places at the ends, and the gap's words still.
    let told = texts(&part);
    assert!(!told.iter().any(|text| text.contains("boche")), "{told:?}");
    let edge = trace_readout(&chart, from).altitude.unwrap();
    assert!(told.contains(&edge.as_str()), "{edge} in {told:?}");
    assert!(told.contains(&"No strap contact, 10\u{a0}min"));
    // The area under the altitude is as wide as the plot and stands on the floor.
    let area = part.picture.shapes.iter().find_map(|shape| match shape {
        Shape::Area {
            points,
            role: Role::AltitudeFill,
        } => Some(points),
        _ => None,
    });
    for (x, y) in [(left, part.floor), (right, part.floor)] {
        let is_corner = |point: &Point| (point.x - x).abs() < 1e-6 && (point.y - y).abs() < 1e-6;
        assert!(area.unwrap().iter().any(is_corner), "{area:?}");
    }
}

#[test]
fn a_gap_wider_than_the_plot_and_one_beside_it() {
    let runs = runs();
    let chart = chart(&runs, &[GAP]);
    let hatched = |from, to| {
        let part = trace_layout(&seen(&chart, from, to), VAST, Options::WIDE);
        let xs: Vec<f64> = part
            .picture
            .shapes
            .iter()
            .filter(|shape| {
                matches!(
                    shape,
                    Shape::Line {
                        role: Role::Axis,
                        ..
                    }
                )
            })
            .flat_map(|shape| match shape {
                Shape::Line { points, .. } => points.iter().map(|point| point.x).collect(),
                _ => Vec::new(),
            })
            .collect();
        let (left, right) = part.time.range();
        assert!(xs.iter().all(|x| (left - 1e-6..=right + 1e-6).contains(x)));
        assert!(lines(&part, Role::TwinA).is_empty() || from < 36_000.0 || to > 36_600.0);
        xs.len()
    };
    assert!(hatched(36_100.0, 36_400.0) > 100);
    assert_eq!(hatched(40_000.0, 42_000.0), 0);
}

#[test]
fn ticks_go_down_to_the_minute() {
    let runs = runs();
    let chart = seen(&chart(&runs, &[]), 30_000.0, 30_060.0);
    assert_eq!(
        trace_bounds(&chart).whole().span(),
        f64::from(TO_S - FROM_S)
    );
    let layout = trace_layout(&chart, Size::new(806.0, 478.0), Options::WIDE);
    assert_eq!(layout.time.domain(), (30_000.0, 30_060.0));
    let chart = seen(&chart, 30_001.0, 30_400.0);
    let layout = trace_layout(&chart, Size::new(806.0, 478.0), Options::WIDE);
    for time in ["08:21", "08:22", "08:26"] {
        assert!(texts(&layout).contains(&time), "{:?}", texts(&layout));
    }
    let slow = [vec![(FROM_S, 90), (FROM_S + 300, 91)]];
    let chart = seen(&self::chart(&slow, &[]), 30_000.0, 30_000.0);
    let layout = trace_layout(&chart, VAST, Options::WIDE);
    assert_eq!(layout.time.domain().1 - layout.time.domain().0, 900.0);
}

#[test]
fn the_crosshair_lies_on_samples() {
    let runs = runs();
    let chart = chart(&runs, &[GAP]);
    let layout = trace_layout(&chart, VAST, Options::WIDE);
    assert_eq!(trace_snap(&chart, 30_002.0), 30_000.0);
    assert_eq!(trace_snap(&chart, 30_003.0), 30_005.0);
    assert_eq!(
        trace_snap(&chart, 36_010.0),
        36_010.0,
        "a gap can be pointed at"
    );
    let rings = trace_crosshair(&layout, &chart, 30_003.0);
    let ring = rings.iter().find_map(|shape| match shape {
        Shape::Disc { centre, .. } => Some(*centre),
        _ => None,
    });
    let bpm = f64::from(100 + 30_005 / 5 * 37 % 61);
    let panel = &layout.panels[0];
    let on = Point::new(layout.time.at(30_005.0), panel.values.at(bpm));
    assert_eq!(ring, Some(on));
    let told = trace_readout(&chart, 30_003.0);
    let TraceValue::Measured { bpm: told, .. } = &told.twins[0] else {
        panic!("{told:?}");
    };
    assert_eq!(told, &format!("{bpm}\u{a0}bpm"));
}

#[test]
fn names_of_thin_zones_do_not_touch() {
    let runs = [vec![(FROM_S, 92), (FROM_S + 5, 187)]];
    for top in 0..40 {
        let mut chart = chart(&runs, &[]);
        let thin = 2.0 + f64::from(top) / 4.0;
        for twin in &mut chart.twins {
            let fourth = 160.0;
            twin.bounds_bpm = Some([94.0, 112.0, 131.0, fourth, fourth + thin, 188.0]);
        }
        for height_px in [340.0, 430.0, 478.0, 700.0] {
            let size = Size::new(806.0, height_px);
            let layout = trace_layout(&chart, size, Options::WIDE);
            let zones: Vec<_> = layout
                .picture
                .labels
                .iter()
                .filter(|label| label.text.len() == 2 && label.text.starts_with('Z'))
                .collect();
            assert!(zones.len() >= 2);
            for (index, one) in zones.iter().enumerate() {
                for two in &zones[index + 1..] {
                    assert!((one.y - two.y).abs() >= 13.0, "{one:?} {two:?}");
                }
            }
        }
    }
}

#[test]
fn a_day_of_seconds_is_as_fine_as_the_screen() {
    let second = |at_s: i32| (at_s, 100 + (at_s * 7 % 61) as u16);
    let runs = [(0..86_400).map(second).collect::<Vec<_>>()];
    for columns_per_px in [1.0, 2.0] {
        let chart = TraceChart {
            from_s: 0,
            to_s: 86_400,
            columns_per_px,
            ..chart(&runs, &[])
        };
        let extents = trace_extents(&chart);
        for (from, to) in [(0.0, 86_400.0), (30_000.0, 31_000.0)] {
            let size = Size::new(700.0, 478.0);
            let chart = seen(&chart, from, to);
            let layout = trace_layout_within(&chart, &extents, size, Options::WIDE);
            let points = lines(&layout, Role::TwinA).concat().len() as f64;
            let (left, right) = layout.time.range();
            let columns = (right - left) * columns_per_px + 1.0;
            assert!(points <= 4.0 * columns, "{points}");
            assert!(points >= (to - from + 1.0).min(3.0 * columns), "{points}");
        }
    }
}

fn hostile() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        40.0..200.0_f64,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::MIN_POSITIVE)
    ]
}

fn moment() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), -90_000..90_000_i32]
}

fn any_runs() -> impl Strategy<Value = Vec<Vec<(i32, u16)>>> {
    let some = prop::collection::vec(prop::collection::vec((moment(), any::<u16>()), 0..20), 0..6);
    // Thousands over one another, and thousands side by side.
    let many = (0..3_000_i32, 0..30_i32, 1..4_000_i32).prop_map(|(count, apart_s, long_s)| {
        let run = |index: i32| vec![(index * apart_s, 90), (index * apart_s + long_s, 120)];
        (0..count).map(run).collect()
    });
    prop_oneof![some, many]
}

fn points(shape: &Shape) -> Vec<Point> {
    match shape {
        Shape::Line { points, .. } | Shape::Area { points, .. } => points.clone(),
        Shape::Disc { centre, .. } => vec![*centre],
        Shape::Fill { rect, .. } => vec![
            Point::new(rect.x, rect.y),
            Point::new(rect.right(), rect.bottom()),
        ],
    }
}

#[test]
fn beside_what_is_no_altitude_none_is_told() {
    let told = |altitude: &[(i32, f64)]| {
        let chart = TraceChart {
            altitude,
            ..chart(&[], &[])
        };
        let layout = trace_layout(&chart, Size::new(770.0, 474.0), Options::WIDE);
        let over = trace_crosshair(&layout, &chart, f64::from(FROM_S) + 60.0);
        over.iter()
            .filter(|shape| matches!(shape, Shape::Disc { .. }))
            .count()
    };
    assert_eq!(told(&ALTITUDE), 2);
    assert_eq!(told(&[(FROM_S - 300_000_000, -6e12), (TO_S, 0.0)]), 0);
    assert_eq!(told(&[(FROM_S, 0.0), (TO_S + 300_000_000, -6e12)]), 0);
}

proptest! {
    #[test]
    fn nothing_hostile_ends_it_whatever_is_looked_at(
        a in any_runs(),
        b in any_runs(),
        gaps in prop::collection::vec((moment(), moment()), 0..5),
        altitude in prop::collection::vec((moment(), hostile()), 0..20),
        borders in prop::option::of(prop::array::uniform6(hostile())),
        ends in (moment(), moment()),
        view in prop::option::of((hostile(), -90_000.0..90_000.0_f64)),
        size in (prop_oneof![hostile(), 100.0..2_000.0_f64], hostile()),
        columns_per_px in prop_oneof![hostile(), Just(2.0)],
        panels in prop::sample::select(TracePanels::ALL.to_vec()),
        at_s in prop_oneof![hostile(), -90_000.0..90_000.0_f64],
    ) {
        let twin = |runs| TwinTrace { runs, gaps: &gaps, bounds_bpm: borders, missing: None };
        let chart = TraceChart {
            from_s: ends.0,
            to_s: ends.1,
            view: view.map(|(from, to)| View { from, to }),
            columns_per_px,
            twins: [twin(&a), twin(&b)],
            altitude: &altitude,
            panels,
            ..chart(&[], &[])
        };
        let size = Size::new(size.0, size.1);
        let layout = trace_layout(&chart, size, Options::for_width(size.width_px));
        let (left, right) = layout.time.range();
        let over = trace_crosshair(&layout, &chart, at_s);
        for shapes in [&layout.picture.shapes, &over] {
            prop_assert!(!svg(shapes).contains("NaN"));
            for shape in shapes {
                for point in points(shape) {
                    prop_assert!(point.x.is_finite() && point.y.is_finite(), "{shape:?}");
                    // The names' marks stand beside the left edge, rings around a point in the plot.
                    let end = right.max(left + 120.0) + 7.0;
                    prop_assert!((left - 7.0..=end).contains(&point.x), "{shape:?}");
                    let foot = layout.floor + 7.0;
                    prop_assert!((-7.0..=foot).contains(&point.y), "{shape:?}");
                }
            }
        }
        let columns = (size.width_px * if columns_per_px.is_finite() {
            columns_per_px.clamp(0.25, 8.0)
        } else {
            1.0
        }) as usize + 16;
        for role in [Role::TwinA, Role::TwinB, Role::AltitudeLine] {
            let drawn = lines(&layout, role).concat().len();
            prop_assert!(drawn <= 100 * columns, "{drawn} in {columns}");
        }
        let snapped = trace_snap(&chart, at_s);
        let is_sample = a
            .iter()
            .chain(&b)
            .flatten()
            .any(|sample| f64::from(sample.0) == snapped);
        prop_assert!(is_sample || snapped.to_bits() == at_s.to_bits());
        trace_readout(&chart, at_s);
        trace_summary(&chart);
    }
}
