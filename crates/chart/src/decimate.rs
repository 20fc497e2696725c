//! Fewer points, the same pixels.
//!
//! M4 (Jugel, Jerzak, Hackenbroich and Markl, VLDB 2014): of all the points that fall into one
//! pixel column, the first, the last, the lowest and the highest draw the very same pixels.

use crate::shape::Point;

/// A step in time over this many times the series' own interval is a gap.
const GAP_INTERVALS: i64 = 3;

/// A sample of a series: when, ms since the epoch, and what, unless it is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// When, ms since the epoch.
    pub at_ms: i64,
    /// The value; `None` is a gap, and so is a number that is not finite.
    pub value: Option<f64>,
}

/// Parts a series into runs without gaps.
///
/// A missing value ends a run, and so does a step over three times `interval_ms`, or backwards.
/// Runs are never empty; each holds `(ms since the epoch, value)`.
pub fn runs(samples: impl IntoIterator<Item = Sample>, interval_ms: i64) -> Vec<Vec<(i64, f64)>> {
    let widest = interval_ms.saturating_mul(GAP_INTERVALS);
    let mut runs: Vec<Vec<(i64, f64)>> = Vec::new();
    let mut joined_to: Option<i64> = None;
    for Sample { at_ms, value } in samples {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            joined_to = None;
            continue;
        };
        let joins = joined_to.is_some_and(|before| {
            let step = at_ms.saturating_sub(before);
            step > 0 && step <= widest
        });
        match runs.last_mut() {
            Some(run) if joins => run.push((at_ms, value)),
            _ => runs.push(vec![(at_ms, value)]),
        }
        joined_to = Some(at_ms);
    }
    runs
}

/// Keeps at most four points of each column of `column_px`, in order: first, last, and the extremes
/// between them. Points are in order of x, px; a point out of order starts a column of its own.
pub fn m4(points: &[Point], column_px: f64) -> Vec<Point> {
    let mut kept = M4::new(column_px);
    for point in points {
        kept.push(*point);
    }
    kept.end()
}

/// [`m4`] of points that come one by one.
pub(crate) struct M4 {
    column_px: f64,
    /// Which column the newest point is in.
    column: f64,
    four: Option<Four>,
    kept: Vec<Point>,
}

/// Of points in a row: the first, the lowest, the highest and the last, and how far each comes after
/// the first.
struct Four {
    first: Point,
    lowest: (usize, Point),
    highest: (usize, Point),
    last: (usize, Point),
}

impl M4 {
    pub(crate) const fn new(column_px: f64) -> Self {
        Self {
            column_px,
            column: f64::NAN,
            four: None,
            kept: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, point: Point) {
        let column = (point.x / self.column_px).floor();
        match &mut self.four {
            Some(four) if column == self.column => four.push(point),
            four => {
                if let Some(full) = four.replace(Four::of(point)) {
                    full.keep(&mut self.kept);
                }
                self.column = column;
            }
        }
    }

    /// What is kept of all that came.
    pub(crate) fn end(mut self) -> Vec<Point> {
        if let Some(four) = self.four {
            four.keep(&mut self.kept);
        }
        self.kept
    }
}

impl Four {
    const fn of(first: Point) -> Self {
        Self {
            first,
            lowest: (0, first),
            highest: (0, first),
            last: (0, first),
        }
    }

    fn push(&mut self, point: Point) {
        self.last = (self.last.0 + 1, point);
        if point.y < self.lowest.1.y {
            self.lowest = self.last;
        }
        if point.y > self.highest.1.y {
            self.highest = self.last;
        }
    }

    /// In order, each once.
    fn keep(&self, kept: &mut Vec<Point>) {
        kept.push(self.first);
        let (one, two) = if self.lowest.0 <= self.highest.0 {
            (self.lowest, self.highest)
        } else {
            (self.highest, self.lowest)
        };
        let mut before = 0;
        for (place, point) in [one, two, self.last] {
            if place != before {
                kept.push(point);
                before = place;
            }
        }
    }
}

/// [`m4`] by pixel columns where there are more than two points a pixel; else all of them.
pub(crate) fn thin(points: Vec<Point>) -> Vec<Point> {
    let width = match (points.first(), points.last()) {
        (Some(first), Some(last)) => (last.x - first.x).max(1.0),
        _ => return points,
    };
    if points.len() as f64 > 2.0 * width {
        m4(&points, 1.0)
    } else {
        points
    }
}

/// More parts of a line than this within one column of pixels are drawn as one.
const MOST_IN_A_COLUMN: usize = 4;

/// Of a line's parts, in order of x, as many as can be told apart: of very many within one column of
/// `column_px` the first, the last, the lowest and the highest are joined. Gaps narrower than a
/// column cannot be seen.
pub(crate) fn uncrowded(
    parts: impl IntoIterator<Item = Vec<Point>>,
    column_px: f64,
) -> Vec<Vec<Point>> {
    let column = |point: &Point| (point.x / column_px).floor();
    let mut kept: Vec<Vec<Point>> = Vec::new();
    let mut crowd = None;
    let (mut here, mut count) = (f64::NAN, 0);
    for part in parts {
        let (Some(first), Some(last)) = (part.first().map(column), part.last().map(column)) else {
            continue;
        };
        if first != here {
            keep_crowd(&mut crowd, &mut kept);
            (here, count) = (first, 0);
        }
        if first == last && count >= MOST_IN_A_COLUMN {
            for point in part {
                match &mut crowd {
                    Some(crowd) => Four::push(crowd, point),
                    None => crowd = Some(Four::of(point)),
                }
            }
        } else {
            count += 1;
            kept.push(part);
        }
    }
    keep_crowd(&mut crowd, &mut kept);
    kept
}

fn keep_crowd(crowd: &mut Option<Four>, kept: &mut Vec<Vec<Point>>) {
    if let Some(crowd) = crowd.take() {
        let mut part = Vec::with_capacity(4);
        crowd.keep(&mut part);
        kept.push(part);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// A rasteriser without wit: every pixel a polyline passes through, column by column.
    fn raster(points: &[Point]) -> BTreeSet<(i64, i64)> {
        let mut pixels = BTreeSet::new();
        let mut mark = |column: i64, one: f64, two: f64| {
            let (low, high) = (one.min(two).floor() as i64, one.max(two).floor() as i64);
            for row in low..=high {
                pixels.insert((column, row));
            }
        };
        for point in points {
            mark(point.x.floor() as i64, point.y, point.y);
        }
        for ends in points.windows(2) {
            let (from, to) = (ends[0], ends[1]);
            let (first, last) = (from.x.floor() as i64, to.x.floor() as i64);
            let at = |x: f64| from.y + (x - from.x) / (to.x - from.x) * (to.y - from.y);
            for column in first..=last {
                let left = if column == first {
                    from.y
                } else {
                    at(column as f64)
                };
                let right = if column == last {
                    to.y
                } else {
                    at((column + 1) as f64)
                };
                mark(column, left, right);
            }
        }
        pixels
    }

    #[test]
    fn a_null_and_a_long_step_are_gaps() {
        let sample = |at_ms, value| Sample { at_ms, value };
        let parts = runs(
            [
                sample(0, Some(1.0)),
                sample(10, Some(2.0)),
                sample(20, None),
                sample(30, Some(3.0)),
                sample(60, Some(4.0)),
                sample(91, Some(5.0)),
                sample(100, Some(f64::NAN)),
                sample(110, Some(6.0)),
            ],
            10,
        );
        assert_eq!(
            parts,
            [
                vec![(0, 1.0), (10, 2.0)],
                vec![(30, 3.0), (60, 4.0)],
                vec![(91, 5.0)],
                vec![(110, 6.0)],
            ]
        );
    }

    #[test]
    fn four_of_a_column_in_order() {
        let points: Vec<Point> = [3.0, 9.0, 1.0, 5.0, 4.0]
            .into_iter()
            .enumerate()
            .map(|(index, y)| Point::new(0.1 * index as f64, y))
            .collect();
        let kept: Vec<f64> = m4(&points, 1.0).iter().map(|point| point.y).collect();
        assert_eq!(kept, [3.0, 9.0, 1.0, 4.0]);
    }

    #[test]
    fn hostile_points_do_not_hang_it() {
        let points = [Point::new(f64::NAN, 1.0), Point::new(f64::NAN, 2.0)];
        assert_eq!(m4(&points, 1.0).len(), 2);
        assert!(m4(&[], 1.0).is_empty());
    }

    proptest! {
        #[test]
        fn the_same_pixels(
            steps in prop::collection::vec((0.001_f64..0.6, -40.0_f64..40.0), 2..400),
        ) {
            let mut x = 0.0;
            let points: Vec<Point> = steps
                .into_iter()
                .map(|(step, y)| {
                    x += step;
                    Point::new(x, y)
                })
                .collect();
            let kept = m4(&points, 1.0);
            prop_assert_eq!(raster(&kept), raster(&points));
            prop_assert!(kept.len() <= 4 * (x.floor() as usize + 1));
            prop_assert!(kept.iter().all(|point| points.contains(point)));
        }

        #[test]
        fn runs_hold_every_value_once_and_no_gap(
            steps in prop::collection::vec((1_i64..60, prop::option::of(-5.0_f64..5.0)), 0..80),
        ) {
            let mut at_ms = 0;
            let samples: Vec<Sample> = steps
                .into_iter()
                .map(|(step, value)| {
                    at_ms += step;
                    Sample { at_ms, value }
                })
                .collect();
            let parts = runs(samples.iter().copied(), 10);
            let flat: Vec<(i64, f64)> = parts.iter().flatten().copied().collect();
            let all: Vec<(i64, f64)> = samples
                .iter()
                .filter_map(|sample| sample.value.map(|value| (sample.at_ms, value)))
                .collect();
            prop_assert_eq!(flat, all);
            for pair in parts.iter().flat_map(|run| run.windows(2)) {
                prop_assert!(pair[1].0 - pair[0].0 <= 30);
                let mut between = samples
                    .iter()
                    .filter(|sample| sample.at_ms > pair[0].0 && sample.at_ms < pair[1].0);
                prop_assert!(between.all(|sample| sample.value.is_some()));
            }
        }
    }
}
