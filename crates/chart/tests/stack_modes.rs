//! The twins beside each other, and their difference.

mod common;

use chart::{
    Point, Role, Shape, Stack, StackLane, StackLayout, StackMode, stack, stack_bounds,
    stack_cursor, stack_cursor_at,
};
use common::Expedition;

const WIDE_PX: f64 = 1_000.0;
const PHONE_PX: f64 = 342.0;
/// The baseline's mean difference and limits, percentage points.
const AGREEMENT: (f64, f64, f64) = (0.4, -1.5, 2.3);

fn with<R>(mode: StackMode, width_px: f64, read: impl FnOnce(&Stack<'_>, &StackLayout) -> R) -> R {
    showing([true, true], mode, width_px, read)
}

fn showing<R>(
    shown: [bool; 2],
    mode: StackMode,
    width_px: f64,
    read: impl FnOnce(&Stack<'_>, &StackLayout) -> R,
) -> R {
    let expedition = Expedition::new();
    let lanes = [StackLane {
        chart: expedition.chart(),
        expected: &[],
        unusual: &[],
        agreement: Some(AGREEMENT),
    }];
    let lent = Stack {
        lanes: &lanes,
        mode,
        shown,
        ..Stack::default()
    };
    read(&lent, &stack(&lent, width_px))
}

/// Every position of the shapes of a role.
fn positions(shapes: &[Shape], wanted: Role) -> Vec<Point> {
    let mut all = Vec::new();
    for shape in shapes {
        match shape {
            Shape::Line { points, role, .. } | Shape::Area { points, role } if *role == wanted => {
                all.extend(points.iter().copied());
            }
            Shape::Disc { centre, role, .. } if *role == wanted => all.push(*centre),
            _ => {}
        }
    }
    all
}

#[test]
fn a_twin_alone_keeps_the_scale_of_both() {
    let both = with(StackMode::Overlay, WIDE_PX, |_, layout| layout.clone());
    let own = |shown, mode| {
        showing(shown, mode, WIDE_PX, |stack, layout| {
            (layout.clone(), stack_cursor(stack, layout, 2, true))
        })
    };
    let (alone, cursor) = own([true, false], StackMode::Overlay);
    let a = positions(&alone.picture.shapes, Role::TwinA);
    assert!(!a.is_empty());
    assert_eq!(a, positions(&both.picture.shapes, Role::TwinA));
    assert!(positions(&alone.picture.shapes, Role::TwinB).is_empty());
    // Beside the lane, both values are told.
    let marked = positions(&cursor.shapes, Role::TwinB);
    assert!(marked.iter().all(|point| point.x > alone.across.1));
    assert_eq!((alone.columns.len(), alone.lanes), (1, both.lanes));
    // Beside nobody it has all of the room; a difference is of both.
    assert_eq!(
        own([true, false], StackMode::Side).0,
        own([true, false], StackMode::Overlay).0
    );
    assert_eq!(
        own([false, true], StackMode::Difference),
        own([true, true], StackMode::Difference)
    );
}

#[test]
fn each_twin_has_a_column_on_one_scale() {
    for width_px in [WIDE_PX, PHONE_PX] {
        let overlay = with(StackMode::Overlay, width_px, |_, layout| layout.clone());
        with(StackMode::Side, width_px, |_, layout| {
            let [left, right] = layout.columns.as_slice() else {
                panic!("two columns");
            };
            assert!(left.right < right.left);
            assert!((left.right - left.left - (right.right - right.left)).abs() < 1e-6);
            assert_eq!(left.time.domain(), right.time.domain());
            let within = |column: &chart::StackColumn, role: Role| {
                let all = positions(&layout.picture.shapes, role);
                assert!(!all.is_empty());
                for point in all {
                    assert!(point.x > column.left - 12.0 && point.x < column.right + 12.0);
                }
            };
            within(left, Role::TwinA);
            within(right, Role::TwinB);
            let domain = |layout: &StackLayout| layout.lanes[0].values.unwrap().domain();
            assert_eq!(domain(layout), domain(&overlay));
            // The dates are told under both.
            let told = |column: &chart::StackColumn| {
                layout
                    .picture
                    .labels
                    .iter()
                    .filter(|label| label.y > layout.floor)
                    .filter(|label| label.x >= column.left - 6.0 && label.x <= column.right + 14.0)
                    .count()
            };
            assert!(told(left) > 2 && told(left) == told(right));
            for name in ["A, Maya", "B, Leela"] {
                let names = layout
                    .picture
                    .labels
                    .iter()
                    .filter(|label| label.text == name);
                assert_eq!(names.count(), 1);
            }
        });
    }
}

#[test]
fn one_crosshair_stands_in_both_columns() {
    with(StackMode::Side, WIDE_PX, |lent, layout| {
        let [left, right] = layout.columns.as_slice() else {
            panic!("two columns");
        };
        for (place, stop) in layout.stops.iter().enumerate() {
            let in_right = right.time.at(stop.at_ms);
            assert_eq!(stop.x, left.time.at(stop.at_ms));
            assert_eq!(layout.nearest(stop.x + 1.0), Some(place));
            assert_eq!(layout.nearest(in_right - 1.0), Some(place));
            let picture = stack_cursor(lent, layout, place, true);
            let uprights: Vec<f64> = picture
                .shapes
                .iter()
                .filter_map(|shape| match shape {
                    Shape::Fill { rect, .. } => Some(rect.x + 0.5),
                    _ => None,
                })
                .collect();
            assert_eq!(uprights.len(), 2);
            assert!((uprights[0] - stop.x).abs() <= 0.5 && (uprights[1] - in_right).abs() <= 0.5);
        }
        // Between the columns the nearer one is meant.
        assert_eq!(layout.nearest(left.right + 1.0), layout.newest());
        assert_eq!(layout.nearest(right.left - 1.0), Some(0));
        let at = layout.time_at(right.left).unwrap();
        assert!((at - stack_bounds(lent).whole().from).abs() < 1.0);
        assert!(
            !stack_cursor_at(lent, layout, right.left + 30.0)
                .labels
                .is_empty()
        );
    });
}

/// Where a difference is, by the labels of two ticks.
fn read_off(layout: &StackLayout, difference: f64) -> f64 {
    let plot = layout.lanes[0].plot;
    let ticks: Vec<(f64, f64)> = layout
        .picture
        .labels
        .iter()
        .filter(|label| label.x < plot.x && label.y < plot.bottom() + 8.0)
        .filter_map(|label| {
            let signed = label.text == "0" || label.text.starts_with(['+', '−']);
            assert!(signed, "{}", label.text);
            let number = label.text.replace('−', "-");
            Some((number.parse().ok()?, label.y - 4.0))
        })
        .collect();
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    first.1 + (difference - first.0) * (last.1 - first.1) / (last.0 - first.0)
}

#[test]
fn differences_are_where_their_signed_scale_puts_them() {
    let nights = Expedition::new().days;
    with(StackMode::Difference, WIDE_PX, |lent, layout| {
        assert_eq!(layout.stops.len(), nights.len());
        for stop in &layout.stops {
            let day = &nights[stop.night];
            let expected = day.a.value().zip(day.b.value()).map(|(a, b)| a - b);
            assert_eq!(stop.y, [[None, None]]);
            assert_eq!(stop.difference_y[0].is_some(), expected.is_some());
            if let (Some(y), Some(expected)) = (stop.difference_y[0], expected) {
                assert!((y - read_off(layout, expected)).abs() < 1e-6);
            }
        }
        // A's fourth night is missing: two lines, neither over it.
        let missing = layout.stops[3].x;
        let lines: Vec<&Vec<Point>> = layout
            .picture
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line { points, role, .. } if *role == Role::Ink => Some(points),
                _ => None,
            })
            .collect();
        assert_eq!(lines.len(), 2);
        for line in lines {
            assert!(
                line.iter().all(|point| point.x < missing)
                    || line.iter().all(|point| point.x > missing)
            );
        }
        assert!(positions(&layout.picture.shapes, Role::TwinA).is_empty());
        assert!(positions(&layout.picture.shapes, Role::TwinB).is_empty());
        let picture = stack_cursor(lent, layout, 5, true);
        assert!(
            picture
                .labels
                .iter()
                .any(|label| label.text == "+3.8\u{a0}pp")
        );
    });
}

#[test]
fn the_baselines_limits_are_drawn() {
    with(StackMode::Difference, WIDE_PX, |_, layout| {
        let plot = layout.lanes[0].plot;
        let (bias, low, high) = AGREEMENT;
        let band = layout.picture.shapes.iter().find_map(|shape| match shape {
            Shape::Fill { rect, role } if *role == Role::Band => Some(*rect),
            _ => None,
        });
        let band = band.unwrap();
        assert!((band.y - read_off(layout, high)).abs() < 1e-6);
        assert!((band.bottom() - read_off(layout, low)).abs() < 1e-6);
        let levels: Vec<(f64, bool)> = layout
            .picture
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line {
                    points, dash, role, ..
                } if *role == Role::AltitudeLine
                    && points.len() == 2
                    && points[0].y == points[1].y
                    && points[0].y < plot.bottom() =>
                {
                    Some((points[0].y, dash.is_solid()))
                }
                _ => None,
            })
            .collect();
        let expected = [(bias, true), (low, false), (high, false)];
        assert_eq!(levels.len(), 3);
        for ((y, solid), (level, is_solid)) in levels.into_iter().zip(expected) {
            assert!((y - read_off(layout, level)).abs() < 1e-6 && solid == is_solid);
        }
        // Zero is on the scale with room on both sides.
        let zero = read_off(layout, 0.0);
        let share = (zero - plot.y) / plot.height;
        assert!((0.2..0.8).contains(&share), "{share}");
    });
}
