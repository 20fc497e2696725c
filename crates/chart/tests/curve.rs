//! The curve at altitude, against the exponential written out here.

use chart::{Curve, CurveTwin, Role, Shape, Size, curve};
use physiology::acclimatisation::fit_exponential;
use physiology::{Metric, Units};

const SIZE: Size = Size {
    width_px: 340.0,
    height_px: 220.0,
};

#[test]
fn the_line_runs_through_what_settles() {
    let settles = |night: f64| 90.0 - 12.0 * (-night / 2.5).exp();
    let a: Vec<(f64, f64)> = (0..9)
        .map(|night| (f64::from(night), settles(f64::from(night))))
        .collect();
    let b = [(0.0, 85.0), (2.0, 84.0)];
    let picture = curve(
        &Curve {
            written: Metric::Spo2Night.written(Units::default()),
            twins: [
                CurveTwin {
                    points: &a,
                    fit: fit_exponential(&a),
                },
                CurveTwin {
                    points: &b,
                    fit: None,
                },
            ],
        },
        SIZE,
    );
    // The scales are read off the labels of the ticks.
    let ticks = |is_left: bool| -> Vec<(f64, f64)> {
        let labels = picture.labels.iter();
        let own = labels.filter(|label| (label.x < 40.0) == is_left);
        own.filter_map(|label| {
            let at = if is_left { label.y - 4.0 } else { label.x };
            Some((label.text.parse().ok()?, at))
        })
        .collect()
    };
    let scale = |ticks: Vec<(f64, f64)>, at: f64| {
        let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
        first.0 + (at - first.1) * (last.0 - first.0) / (last.1 - first.1)
    };
    let drawn = picture.shapes.iter().find_map(|shape| match shape {
        Shape::Line {
            points,
            role: Role::TwinA,
            ..
        } => Some(points),
        _ => None,
    });
    let drawn = drawn.unwrap();
    assert_eq!(drawn.len(), 41);
    for point in drawn {
        // Night 1 to people is night 0 of the curve.
        let night = scale(ticks(false), point.x) - 1.0;
        let value = scale(ticks(true), point.y);
        assert!(
            (value - settles(night)).abs() < 0.05,
            "{night} {value} {}",
            settles(night)
        );
    }
    let lines_of_b = picture.shapes.iter().filter(|shape| {
        matches!(
            shape,
            Shape::Line {
                role: Role::TwinB,
                ..
            }
        )
    });
    assert_eq!(lines_of_b.count(), 0);
}

#[test]
fn no_nights_draw_nothing() {
    let none = CurveTwin {
        points: &[],
        fit: None,
    };
    let picture = curve(
        &Curve {
            written: Metric::RestingHeartRate.written(Units::default()),
            twins: [none, none],
        },
        SIZE,
    );
    assert!(picture.shapes.is_empty() && picture.labels.is_empty());
}
