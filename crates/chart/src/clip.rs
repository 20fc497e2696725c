//! What of shapes lies within a stretch of the picture, from left to right.

use crate::shape::{Point, Rect, Shape};

/// Outlines up to this size are marks, px: they stay whole, or go.
const MARK_PX: f64 = 24.0;

/// Cuts shapes to the positions from `left` to `right`, px: lines, areas and fills exactly there;
/// marks whose centre lies outside go. What is no number goes too.
pub(crate) fn clip(shapes: Vec<Shape>, left: f64, right: f64) -> Vec<Shape> {
    let mut kept = Vec::with_capacity(shapes.len());
    for shape in shapes {
        match shape {
            Shape::Fill { rect, role } => {
                let (from, to) = (rect.x.max(left), rect.right().min(right));
                if from < to && rect.y.is_finite() && rect.height.is_finite() {
                    let rect = Rect::between(from, rect.y, to, rect.bottom());
                    kept.push(Shape::Fill { rect, role });
                }
            }
            Shape::Disc { centre, .. } => {
                if left <= centre.x && centre.x <= right && centre.y.is_finite() {
                    kept.push(shape);
                }
            }
            Shape::Area { points, role } => {
                let points = match mark_centre(&points) {
                    Some(centre) if left <= centre && centre <= right => points,
                    Some(_) => continue,
                    None => area(&points, left, right),
                };
                if points.len() > 2 {
                    kept.push(Shape::Area { points, role });
                }
            }
            Shape::Line {
                points,
                width_px,
                dash,
                role,
            } => {
                let is_closed = points.len() > 3 && points.first() == points.last();
                let centre = is_closed.then(|| mark_centre(&points)).flatten();
                let lines = match centre {
                    Some(centre) if left <= centre && centre <= right => vec![points],
                    Some(_) => continue,
                    None => line(points, left, right),
                };
                kept.extend(lines.into_iter().map(|points| Shape::Line {
                    points,
                    width_px,
                    dash,
                    role,
                }));
            }
        }
    }
    kept
}

/// The middle of an outline as small as a mark, from left to right; none of anything larger.
fn mark_centre(points: &[Point]) -> Option<f64> {
    let extent = |of: fn(&Point) -> f64| {
        points
            .iter()
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at), high.max(at))
            })
    };
    let ((left, right), (top, bottom)) = (extent(|point| point.x), extent(|point| point.y));
    (right - left <= MARK_PX && bottom - top <= MARK_PX).then(|| f64::midpoint(left, right))
}

/// Where the way from one point to another meets an upright line.
fn meeting(from: Point, to: Point, x: f64) -> Point {
    let share = ((x - from.x) / (to.x - from.x)).clamp(0.0, 1.0);
    Point::new(x, from.y + share * (to.y - from.y))
}

/// The parts of a path within the edges.
pub(crate) fn line(points: Vec<Point>, left: f64, right: f64) -> Vec<Vec<Point>> {
    let is_inside = |point: &Point| left <= point.x && point.x <= right && point.y.is_finite();
    if points.iter().all(is_inside) {
        return vec![points];
    }
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut joins = false;
    for ends in points.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let (low, high) = (from.x.min(to.x), from.x.max(to.x));
        let is_number = [from.x, from.y, to.x, to.y].iter().all(|at| at.is_finite());
        if !is_number || high < left || low > right {
            joins = false;
            continue;
        }
        let at = |point: Point| {
            if is_inside(&point) {
                point
            } else {
                let edge = if point.x < left { left } else { right };
                meeting(from, to, edge)
            }
        };
        match parts.last_mut() {
            Some(part) if joins => part.push(at(to)),
            _ => parts.push(vec![at(from), at(to)]),
        }
        joins = is_inside(&to);
    }
    parts
}

/// The part of a polygon within the edges (Sutherland and Hodgman, CACM 1974).
pub(crate) fn area(points: &[Point], left: f64, right: f64) -> Vec<Point> {
    if !points
        .iter()
        .all(|point| point.x.is_finite() && point.y.is_finite())
    {
        return Vec::new();
    }
    let within_left = half(points, left, |x| x >= left);
    half(&within_left, right, |x| x <= right)
}

fn half(points: &[Point], edge: f64, is_inside: impl Fn(f64) -> bool) -> Vec<Point> {
    let mut kept = Vec::with_capacity(points.len() + 2);
    let before = points.iter().cycle().skip(points.len().saturating_sub(1));
    for (from, to) in before.zip(points) {
        if is_inside(from.x) != is_inside(to.x) {
            kept.push(meeting(*from, *to, edge));
        }
        if is_inside(to.x) {
            kept.push(*to);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::palette::Role;
    use crate::shape::Dash;

    fn of_line(points: Vec<Point>) -> Shape {
        Shape::Line {
            points,
            width_px: 1.0,
            dash: Dash::SOLID,
            role: Role::Ink,
        }
    }

    #[test]
    fn a_mark_stays_whole_or_goes() {
        let square = |x: f64| Shape::Area {
            points: Rect::around(Point::new(x, 5.0), 4.0).corners().to_vec(),
            role: Role::TwinB,
        };
        let ring = |x: f64| Shape::ring(Point::new(x, 5.0), 7.0, 1.0, Role::Ink);
        for mark in [square, ring] {
            assert_eq!(clip(vec![mark(11.0)], 10.0, 90.0), [mark(11.0)]);
            assert!(clip(vec![mark(9.0)], 10.0, 90.0).is_empty());
        }
    }

    #[test]
    fn fills_and_areas_end_at_the_edges() {
        let fill = |left, right| Shape::Fill {
            rect: Rect::between(left, 0.0, right, 5.0),
            role: Role::Band,
        };
        assert_eq!(clip(vec![fill(0.0, 50.0)], 10.0, 90.0), [fill(10.0, 50.0)]);
        assert!(clip(vec![fill(0.0, 10.0)], 10.0, 90.0).is_empty());
        // A triangle loses its left corner: half of the height at half of the way.
        let triangle = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)].map(|(x, y)| Point::new(x, y));
        let cut = area(&triangle, 50.0, 200.0);
        assert!(cut.contains(&Point::new(50.0, 50.0)) && cut.contains(&Point::new(50.0, 0.0)));
        assert_eq!(cut.len(), 4);
    }

    proptest! {
        #[test]
        fn a_line_is_the_same_inside_and_nothing_outside(
            steps in prop::collection::vec((-3.0_f64..20.0, -40.0_f64..40.0), 2..40),
            left in 0.0_f64..60.0, wide in 1.0_f64..120.0,
        ) {
            let right = left + wide;
            let mut x = -10.0;
            let points: Vec<Point> = steps
                .into_iter()
                .map(|(step, y)| {
                    x += step;
                    Point::new(x, y)
                })
                .collect();
            let parts = line(points.clone(), left, right);
            let near = |one: Point, two: Point| (one.x - two.x).hypot(one.y - two.y) < 1e-9;
            for part in &parts {
                prop_assert!(part.iter().all(|point| left <= point.x && point.x <= right));
            }
            // Walked finely, every place of the line that is well inside is on a part, and in order.
            for ends in points.windows(2) {
                for step in 0..=50 {
                    let share = f64::from(step) / 50.0;
                    let at = Point::new(
                        ends[0].x + share * (ends[1].x - ends[0].x),
                        ends[0].y + share * (ends[1].y - ends[0].y),
                    );
                    if at.x <= left + 1e-6 || at.x >= right - 1e-6 {
                        continue;
                    }
                    let is_on = parts.iter().flat_map(|part| part.windows(2)).any(|ends| {
                        let (dx, dy) = (ends[1].x - ends[0].x, ends[1].y - ends[0].y);
                        let length = dx * dx + dy * dy;
                        let share = if length == 0.0 {
                            0.0
                        } else {
                            ((at.x - ends[0].x) * dx + (at.y - ends[0].y) * dy) / length
                        };
                        let share = share.clamp(0.0, 1.0);
                        near(at, Point::new(ends[0].x + share * dx, ends[0].y + share * dy))
                    });
                    prop_assert!(is_on, "{at:?} of {parts:?}");
                }
            }
            let shapes = clip(vec![of_line(points)], left, right);
            prop_assert!(shapes.len() <= parts.len().max(1));
        }
    }
}
