//! The tiles' small curves.

use chart::{Role, Shape, Size, SparkInput, sparkline, svg};
use physiology::Day;
use physiology::baseline::Band;

const SIZE: Size = Size {
    width_px: 153.0,
    height_px: 38.0,
};

fn spark<'a>(a: &'a [Option<f64>], b: &'a [Option<f64>]) -> SparkInput<'a> {
    let first = Day::of_utc(physiology::Timestamp::from_unix_s(1_790_000_000));
    SparkInput {
        first,
        values: [a, b],
        band: Some(Band {
            low: 96.0,
            high: 98.0,
        }),
        day_one: Some(first.plus(14)),
    }
}

#[test]
fn a_sparkline_is_small() {
    let values: Vec<_> = (0..35)
        .map(|day| (day % 9 != 4).then(|| 97.0 - f64::from(day % 13)))
        .collect();
    let text = svg(&sparkline(&spark(&values, &values), SIZE));
    assert!(text.len() < 3_000, "{} bytes", text.len());
    assert!(!text.contains("style="));
}

#[test]
fn band_day_one_and_newest_marks() {
    let a: Vec<_> = (0..20).map(|day| Some(98.0 - f64::from(day))).collect();
    let mut b = a.clone();
    b.truncate(18);
    b.extend([None, None]);
    let shapes = sparkline(&spark(&a, &b), SIZE);
    let Some(Shape::Disc {
        centre,
        role: Role::TwinA,
        ..
    }) = shapes.last()
    else {
        panic!("{shapes:?}");
    };
    // A's newest value is the lowest of all: at the right end, at the bottom.
    assert_eq!((centre.x, centre.y), (147.0, 33.0));
    let Some(Shape::Area {
        points,
        role: Role::TwinB,
    }) = shapes.get(shapes.len() - 2)
    else {
        panic!("{shapes:?}");
    };
    // B's newest value is two of nineteen days before.
    let middle = f64::midpoint(points[0].x, points[2].x);
    assert!(
        (middle - (147.0 - 2.0 * 145.0 / 19.3)).abs() < 1e-9,
        "{middle}"
    );
    assert!(matches!(
        shapes[0],
        Shape::Fill {
            role: Role::Band,
            ..
        }
    ));
    assert!(matches!(
        shapes[1],
        Shape::Line {
            role: Role::Axis,
            ..
        }
    ));
}

#[test]
fn nothing_to_show_is_nothing() {
    assert!(sparkline(&spark(&[], &[]), SIZE).is_empty());
    assert!(sparkline(&spark(&[None, Some(f64::NAN)], &[None]), SIZE).is_empty());
    assert_eq!(svg(&[]), "");
}

#[test]
fn a_lone_value_is_seen() {
    let shapes = sparkline(&spark(&[None, Some(97.0), None, Some(97.5)], &[]), SIZE);
    let discs = shapes
        .iter()
        .filter(|shape| matches!(shape, Shape::Disc { .. }))
        .count();
    assert_eq!(discs, 3);
}
