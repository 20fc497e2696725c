//! What of a line is in sight: cut at the plot's edges, and no more of it than pixels can show.

use crate::decimate::m4;
use crate::scale::Linear;
use crate::shape::Point;

/// A path is drawn over at most so many others.
const OVERLAID: usize = 8;

/// The stretch of x a plot shows, px, and how fine its pixels are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight {
    left: f64,
    right: f64,
    columns_per_px: f64,
}

impl Sight {
    /// Of a plot whose time runs along `time`, in device pixels `columns_per_px` to the pixel.
    pub(crate) fn new(time: Linear, columns_per_px: f64) -> Self {
        let (left, right) = time.range();
        let columns_per_px = if columns_per_px.is_finite() {
            columns_per_px.clamp(0.25, 8.0)
        } else {
            1.0
        };
        Self {
            left,
            right,
            columns_per_px,
        }
    }

    /// Whether a mark with its centre there is in sight.
    pub(crate) fn holds(self, x: f64) -> bool {
        self.left <= x && x <= self.right
    }

    /// What is drawn of paths whose points each are in order of x: the parts in sight. Paths are
    /// in order of where they begin.
    ///
    /// However many they are, what comes out is bounded by the columns in sight: of paths within
    /// one column those remain that hold its first, lowest, highest and last point, and of paths
    /// over one another the first few.
    pub(crate) fn paths(self, paths: impl IntoIterator<Item = Vec<Point>>) -> Vec<Vec<Point>> {
        let mut drawn: Vec<Vec<Point>> = Vec::new();
        let mut ends: Vec<f64> = Vec::new();
        let mut crowd: Vec<Vec<Point>> = Vec::new();
        for path in paths {
            let path = self.path(path);
            let (Some(first), Some(last)) = (path.first(), path.last()) else {
                continue;
            };
            let column = self.column(first);
            if crowd
                .first()
                .is_some_and(|one| self.column(&one[0]) != column)
            {
                drawn.extend(chosen(core::mem::take(&mut crowd)));
            }
            if column == self.column(last) {
                crowd.push(path);
                continue;
            }
            ends.retain(|end| *end > first.x);
            if ends.len() < OVERLAID {
                ends.push(last.x);
                // In the order they came: what lies on top stays there.
                drawn.extend(chosen(core::mem::take(&mut crowd)));
                drawn.push(path);
            }
        }
        drawn.extend(chosen(crowd));
        drawn
    }

    /// What is drawn of one path.
    pub(crate) fn path(self, path: Vec<Point>) -> Vec<Point> {
        self.thin(self.cut(path))
    }

    fn column(self, point: &Point) -> f64 {
        (point.x * self.columns_per_px).floor()
    }

    /// A path from where it comes into sight to where it leaves it.
    fn cut(self, path: Vec<Point>) -> Vec<Point> {
        let inside = |point: &Point| self.holds(point.x);
        if path.iter().all(inside) {
            return path;
        }
        let mut kept = Vec::new();
        for (index, point) in path.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| path[before]) {
                // Both edges, for a step over all that is in sight.
                for edge in [self.left, self.right] {
                    if before.x < edge && edge < point.x {
                        kept.push(at(before, *point, edge));
                    }
                }
            }
            if inside(point) {
                kept.push(*point);
            }
        }
        kept
    }

    /// A closed shape, as far as it is in sight.
    pub(crate) fn cut_area(self, corners: Vec<Point>) -> Vec<Point> {
        let right_of = half(corners, self.left, |x| x >= self.left);
        half(right_of, self.right, |x| x <= self.right)
    }

    /// Four points a column where there are more than two a column.
    fn thin(self, path: Vec<Point>) -> Vec<Point> {
        let width = match (path.first(), path.last()) {
            (Some(first), Some(last)) => (last.x - first.x).max(1.0),
            _ => return path,
        };
        if path.len() as f64 > 2.0 * width * self.columns_per_px {
            m4(&path, 1.0 / self.columns_per_px)
        } else {
            path
        }
    }
}

/// The point of a straight step at `x`.
fn at(from: Point, to: Point, x: f64) -> Point {
    let share = (x - from.x) / (to.x - from.x);
    Point::new(x, from.y + share * (to.y - from.y))
}

/// What of a closed shape lies on one side of an upright line (Sutherland and Hodgman, 1974).
fn half(corners: Vec<Point>, edge: f64, keeps: impl Fn(f64) -> bool) -> Vec<Point> {
    if corners.iter().all(|corner| keeps(corner.x)) {
        return corners;
    }
    let mut kept = Vec::new();
    let mut before = corners.last().copied();
    for corner in corners {
        if let Some(before) = before.filter(|before| keeps(before.x) != keeps(corner.x)) {
            kept.push(at(before, corner, edge));
        }
        if keeps(corner.x) {
            kept.push(corner);
        }
        before = Some(corner);
    }
    kept
}

/// Of paths within one column those with its first, lowest, highest and last point, in order.
fn chosen(paths: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    if paths.len() <= 4 {
        return paths;
    }
    let extreme = |is_better: fn(f64, f64) -> bool| {
        let mut best = (0, paths[0][0].y);
        for (index, path) in paths.iter().enumerate() {
            for point in path {
                if is_better(point.y, best.1) {
                    best = (index, point.y);
                }
            }
        }
        best.0
    };
    let keep = [
        0,
        extreme(|one, best| one < best),
        extreme(|one, best| one > best),
        paths.len() - 1,
    ];
    let mut index = 0;
    let mut paths = paths;
    paths.retain(|_| {
        index += 1;
        keep.contains(&(index - 1))
    });
    paths
}
