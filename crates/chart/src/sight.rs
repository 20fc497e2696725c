//! What of a line is in sight: cut at the plot's edges, and no more of it than pixels can show.

use crate::clip;
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
        for path in paths.into_iter().flat_map(|path| self.parts(path)) {
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

    /// What is drawn of one path: one part, unless what lies between is no number.
    pub(crate) fn parts(self, path: Vec<Point>) -> impl Iterator<Item = Vec<Point>> {
        let parts = clip::line(path, self.left, self.right).into_iter();
        parts.map(move |part| self.thin(part))
    }

    fn column(self, point: &Point) -> f64 {
        (point.x * self.columns_per_px).floor()
    }

    /// A closed shape, as far as it is in sight.
    pub(crate) fn cut_area(self, corners: &[Point]) -> Vec<Point> {
        clip::area(corners, self.left, self.right)
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
