//! A tile's small curve: both twins over the whole record.

use physiology::baseline::Band;
use physiology::{Day, Twin};

use crate::decimate::{Sample, runs, thin};
use crate::input::{Size, drawable, index};
use crate::palette::Role;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};

/// What a sparkline is made of: values day by day from `first`.
#[derive(Debug, Clone, Copy)]
pub struct SparkInput<'a> {
    /// The day of the first value.
    pub first: Day,
    /// Each twin's values, A first.
    pub values: [&'a [Option<f64>]; 2],
    /// The pooled baseline band.
    pub band: Option<Band>,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
}

const LINE_PX: f64 = 1.5;
const MARK_PX: f64 = 3.4;

/// The shapes of a sparkline: band, the tick of day 1, both lines, a mark on each newest value.
/// Empty without values.
pub fn sparkline(spark: &SparkInput<'_>, size: Size) -> Vec<Shape> {
    let value = |twin: Twin, day: usize| -> Option<f64> {
        spark.values[index(twin)]
            .get(day)
            .copied()
            .flatten()
            .filter(|value| drawable(*value))
    };
    let days = spark.values[0].len().max(spark.values[1].len());
    let band = spark
        .band
        .filter(|band| drawable(band.low) && drawable(band.high) && band.low <= band.high);
    let (low, high) = Twin::BOTH
        .into_iter()
        .flat_map(|twin| (0..days).filter_map(move |day| value(twin, day)))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low > high {
        return Vec::new();
    }
    let (low, high) = band.map_or((low, high), |band| (low.min(band.low), high.max(band.high)));
    let (width, height) = (size.width_px, size.height_px);
    let x = Linear::new((-0.3, days.saturating_sub(1) as f64), (2.0, width - 6.0));
    let y = Linear::new((low, high), (height - 5.0, 5.0));

    let mut shapes = Vec::new();
    if let Some(band) = band {
        shapes.push(Shape::Fill {
            rect: Rect::between(0.0, y.at(band.high), width, y.at(band.low)),
            role: Role::Band,
        });
    }
    if let Some(day_one) = spark.day_one {
        // The day begins between the night before it and its own.
        let tick = day_one.days_since(spark.first) as f64 - 0.5;
        if tick > 0.0 && tick < days as f64 {
            let at = x.at(tick).round() + 0.5;
            shapes.push(Shape::Line {
                points: vec![Point::new(at, 0.0), Point::new(at, height)],
                width_px: 1.0,
                dash: Dash::DAY_ONE,
                role: Role::Axis,
            });
        }
    }
    let mut marks = Vec::new();
    for twin in [Twin::B, Twin::A] {
        let role = Role::of_twin(twin);
        let samples = (0_i64..).zip(0..days).map(|(at_ms, day)| Sample {
            at_ms,
            value: value(twin, day),
        });
        let runs = runs(samples, 1);
        let place = |(day, value): (i64, f64)| Point::new(x.at(day as f64), y.at(value));
        if let Some(newest) = runs.last().and_then(|run| run.last()) {
            marks.push(Shape::mark(twin, place(*newest), MARK_PX, role));
        }
        for run in runs {
            if let [alone] = run.as_slice() {
                shapes.push(Shape::mark(twin, place(*alone), LINE_PX, role));
                continue;
            }
            shapes.push(Shape::Line {
                points: thin(run.into_iter().map(place).collect()),
                width_px: LINE_PX,
                dash: match twin {
                    Twin::A => Dash::SOLID,
                    Twin::B => Dash::TWIN_B_SPARK,
                },
                role,
            });
        }
    }
    shapes.extend(marks);
    shapes
}
