//! The pair's pictures, against positions read off their own axes.

#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

use chart::{PairPoint, PairView, Pairs, Picture, Point, Role, Shape, Size, pair, pair_mark};
use physiology::baseline::Band;
use physiology::{Day, Metric, Units};
use proptest::prelude::*;

const SIZE: Size = Size {
    width_px: 320.0,
    height_px: 340.0,
};

fn day_one() -> Day {
    Day::new(2026, 10, 5).unwrap()
}

/// Ten baseline nights about 0.3 apart, then nine that part.
fn points() -> Vec<PairPoint> {
    (-10..9)
        .map(|night: i64| {
            let difference = if night < 0 {
                0.3 + 0.1 * (night % 3) as f64
            } else {
                0.5 * night as f64
            };
            let a = if night < 0 {
                97.0
            } else {
                96.0 - 2.0 * night as f64
            };
            PairPoint {
                day: day_one().plus(night),
                a,
                b: a - difference,
                day_number: u32::try_from(night + 1).ok().filter(|number| *number > 0),
                is_baseline: night < 0,
            }
        })
        .collect()
}

fn pairs(points: &[PairPoint]) -> Pairs<'_> {
    Pairs {
        written: Metric::Spo2Night.written(Units::default()),
        points,
        bias: Some(0.25),
        spread: Some(Band {
            low: -0.1,
            high: 0.6,
        }),
        day_one: Some(day_one()),
    }
}

/// Value to y, px, by the two outermost ticks' labels on the left.
fn heights(picture: &Picture) -> impl Fn(f64) -> f64 {
    let ticks: Vec<(f64, f64)> = picture
        .labels
        .iter()
        .filter(|label| label.x < 40.0)
        .filter_map(|label| {
            let text = label.text.replace('−', "-").replace('+', "");
            Some((text.parse().ok()?, label.y - 4.0))
        })
        .collect();
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    move |value| first.1 + (value - first.0) * (last.1 - first.1) / (last.0 - first.0)
}

#[test]
fn trip_nights_carry_their_number_where_their_difference_is() {
    let points = points();
    for picture in [
        pair(&pairs(&points), PairView::Level, SIZE),
        pair(&pairs(&points), PairView::Night, SIZE),
    ] {
        let y = heights(&picture);
        for point in points.iter().filter(|point| !point.is_baseline) {
            let number = point.day_number.unwrap().to_string();
            let expected = y(point.a - point.b);
            let found = picture.labels.iter().any(|label| {
                label.text == number && label.x > 44.0 && (label.y - 4.25 - expected).abs() < 1e-6
            });
            assert!(found, "{number} at {expected}");
        }
        let band = picture.shapes.iter().find_map(|shape| match shape {
            Shape::Fill {
                rect,
                role: Role::Band,
            } => Some(*rect),
            _ => None,
        });
        let band = band.unwrap();
        assert!((band.y - y(0.6)).abs() < 1e-6 && (band.bottom() - y(-0.1)).abs() < 1e-6);
    }
}

#[test]
fn by_level_the_higher_mean_is_further_right() {
    let points = points();
    let picture = pair(&pairs(&points), PairView::Level, SIZE);
    let x = |number: &str| {
        picture
            .labels
            .iter()
            .find(|label| label.text == number && label.x > 44.0 && label.y < 300.0)
            .map(|label| label.x)
            .unwrap()
    };
    assert!(x("2") > x("3") && x("3") > x("9"));
    let picture = pair(&pairs(&points), PairView::Night, SIZE);
    let at = |number: &str| {
        picture
            .labels
            .iter()
            .find(|label| label.text == number && label.x > 44.0 && label.y < 300.0)
            .map(|label| label.x)
            .unwrap()
    };
    assert!((at("3") - at("2") - (at("9") - at("8"))).abs() < 1e-6);
}

#[test]
fn the_night_under_the_crosshair_is_filled() {
    let points = points();
    let discs = |picture: &Picture, wanted| -> Vec<Point> {
        let centre = |shape: &Shape| match shape {
            Shape::Disc { centre, role, .. } if *role == wanted => Some(*centre),
            _ => None,
        };
        picture.shapes.iter().filter_map(centre).collect()
    };
    for view in [PairView::Level, PairView::Night] {
        let pairs = pairs(&points);
        let whole = pair(&pairs, view, SIZE);
        assert_eq!(discs(&whole, Role::Ink).len(), 9);
        assert_eq!(discs(&whole, Role::Ink), discs(&whole, Role::Sheet));
        let mark = pair_mark(&pairs, view, SIZE, day_one().plus(3));
        let [centre] = discs(&mark, Role::Ink)[..] else {
            panic!("one disc: {mark:?}");
        };
        assert!(discs(&mark, Role::Sheet).is_empty());
        // Over the open one, with its number.
        let number = &mark.labels[0];
        assert!(discs(&whole, Role::Ink).contains(&centre));
        assert!(whole.labels.iter().any(|label| {
            (label.x, label.y, &label.text) == (number.x, number.y, &number.text)
        }));
        let nobody = pair_mark(&pairs, view, SIZE, day_one().plus(300));
        assert!(nobody.shapes.is_empty() && nobody.labels.is_empty());
    }
}

#[test]
fn the_limits_values_never_overlap() {
    let points = points();
    let tight = Pairs {
        bias: Some(0.25),
        spread: Some(Band {
            low: 0.2,
            high: 0.3,
        }),
        ..pairs(&points)
    };
    let picture = pair(&tight, PairView::Level, SIZE);
    let mut heights: Vec<f64> = picture
        .labels
        .iter()
        .filter(|label| label.x > 272.0 && label.y < 300.0)
        .map(|label| label.y)
        .collect();
    heights.sort_by(f64::total_cmp);
    assert_eq!(heights.len(), 3);
    assert!(
        heights
            .windows(2)
            .all(|pair| pair[1] - pair[0] >= 14.0 - 1e-9)
    );
}

#[test]
fn no_pair_is_told() {
    let none = pairs(&[]);
    for picture in [
        pair(&none, PairView::Level, SIZE),
        pair(&none, PairView::Night, SIZE),
    ] {
        assert_eq!(picture.labels.len(), 1);
        assert!(picture.shapes.is_empty());
    }
}

proptest! {
    #[test]
    fn hostile_numbers_break_nothing(
        values in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..40),
        low in prop::num::f64::ANY,
        high in prop::num::f64::ANY,
    ) {
        let points: Vec<PairPoint> = values
            .iter()
            .enumerate()
            .map(|(index, (a, b))| PairPoint {
                day: day_one().plus(index as i64),
                a: *a,
                b: *b,
                day_number: None,
                is_baseline: index % 2 == 0,
            })
            .collect();
        let pairs = Pairs {
            bias: Some(low),
            spread: Some(Band { low, high }),
            ..pairs(&points)
        };
        for picture in [pair(&pairs, PairView::Level, SIZE), pair(&pairs, PairView::Night, SIZE)] {
            for label in &picture.labels {
                prop_assert!(label.x.is_finite() && label.y.is_finite());
            }
        }
    }
}
