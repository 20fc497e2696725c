//! Shapes onto a plotters backend.

use plotters::prelude::DrawingBackend;
use plotters::style::{Color, RGBColor, ShapeStyle};
use plotters_backend::DrawingErrorKind;

use crate::palette::{Palette, Role};
use crate::shape::{Dash, Point, Shape};

/// How CSS pixels become a backend's whole numbers.
///
/// Backends take integers. Drawing in fractions of a device pixel (and telling the backend's
/// target to scale down by as much) keeps lines as wide and points as exact as they were laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raster {
    /// Device pixels a CSS pixel.
    pub device_px_per_px: f64,
    /// Backend units a device pixel.
    pub units_per_device_px: f64,
    /// What becomes of lines.
    pub lines: Lines,
}

/// How a backend gets lines.
///
/// Where points are closer than this, a line is a bar for each column of device pixels, which shows
/// the same. A path costs by the point to fill, and more the longer it is, as a line from left to
/// right has all of its steps in every row of pixels; written down, a step is shorter than a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Few and long ones, to be written down.
    Written,
    /// Short ones, and bars early, to be filled.
    Filled,
}

impl Lines {
    /// Fewer points than this are a path, however close they are.
    const fn least_dense(self) -> usize {
        match self {
            Self::Written => 64,
            Self::Filled => 6,
        }
    }

    /// So many points a device pixel are closer than a path is good for.
    const fn dense(self) -> f64 {
        match self {
            Self::Written => 1.5,
            Self::Filled => 0.5,
        }
    }

    /// So many steps of a line are drawn at once.
    const fn steps(self) -> usize {
        match self {
            Self::Written => usize::MAX,
            Self::Filled => 8,
        }
    }
}

impl Raster {
    /// CSS pixels to backend units.
    pub fn units(self, length_px: f64) -> i32 {
        self.exact(length_px).round() as i32
    }

    fn exact(self, length_px: f64) -> f64 {
        length_px * self.device_px_per_px * self.units_per_device_px
    }

    /// CSS pixels to the backend units of the nearest whole device pixel.
    fn snapped(self, length_px: f64) -> i32 {
        ((length_px * self.device_px_per_px).round() * self.units_per_device_px).round() as i32
    }

    fn width(self, length_px: f64) -> u32 {
        u32::try_from(self.units(length_px)).unwrap_or(0).max(1)
    }

    fn point(self, point: Point) -> (i32, i32) {
        (self.units(point.x), self.units(point.y))
    }
}

/// Paints `shapes`, in order.
///
/// plotters' backends know no dashes, so `dash` is told the pattern in backend units (ink, gap) and
/// how far into it a line begins before a broken line, and an empty one after it; a canvas passes
/// them to `setLineDash` and `lineDashOffset`.
///
/// # Errors
/// What the backend reports; painting stops there.
pub fn paint<DB: DrawingBackend>(
    backend: &mut DB,
    shapes: &[Shape],
    palette: &Palette,
    raster: Raster,
    dash: &mut dyn FnMut(&[f64], f64),
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    backend.ensure_prepared()?;
    for shape in shapes {
        match shape {
            Shape::Fill { rect, role } => {
                let left = raster.snapped(rect.x);
                let top = raster.snapped(rect.y);
                // Sizes are rounded by themselves: two lines as thick stay as thick as each other
                // wherever they lie. What is there is seen: at least one device pixel.
                let least = raster.units_per_device_px.round() as i32;
                let right = left.saturating_add(raster.snapped(rect.width).max(least));
                let bottom = top.saturating_add(raster.snapped(rect.height).max(least));
                backend.draw_rect(
                    (left, top),
                    (right, bottom),
                    &style(palette, *role, 0),
                    true,
                )?;
            }
            Shape::Area { points, role } => {
                backend.fill_polygon(
                    points.iter().map(|point| raster.point(*point)),
                    &style(palette, *role, 0),
                )?;
            }
            Shape::Line {
                points,
                width_px,
                dash: pattern,
                role,
            } => {
                if points.len() < 2 {
                    continue;
                }
                if pattern.is_solid() && is_dense(points, raster) {
                    let style = style(palette, *role, 0);
                    for (upper_left, lower_right) in columns(points, *width_px, raster) {
                        backend.draw_rect(upper_left, lower_right, &style, true)?;
                    }
                    continue;
                }
                let style = style(palette, *role, raster.width(*width_px));
                for piece in pieces(points, *width_px, raster.lines.steps()) {
                    if !pattern.is_solid() {
                        let from = raster.exact(piece.from_px);
                        dash(&in_units(*pattern, raster), from);
                    }
                    backend.draw_path(piece.points.map(|point| raster.point(point)), &style)?;
                }
                if !pattern.is_solid() {
                    dash(&[], 0.0);
                }
            }
            Shape::Disc {
                centre,
                radius_px,
                role,
            } => {
                backend.draw_circle(
                    raster.point(*centre),
                    raster.width(*radius_px),
                    &style(palette, *role, 0),
                    true,
                )?;
            }
        }
    }
    backend.present()
}

/// Whether a line is better drawn as bars: one from left to right, no ring.
fn is_dense(points: &[Point], raster: Raster) -> bool {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return false;
    };
    let device_px = (last.x - first.x).abs() * raster.device_px_per_px;
    points.len() >= raster.lines.least_dense()
        && points.len() as f64 > raster.lines.dense() * device_px
        && points.windows(2).all(|ends| ends[0].x <= ends[1].x)
}

/// What a line covers of each column of device pixels, as bars in backend units: as high as the
/// line goes up and down there, and as wide as it is thick.
fn columns(
    points: &[Point],
    width_px: f64,
    raster: Raster,
) -> impl Iterator<Item = ((i32, i32), (i32, i32))> {
    let mut bars: Vec<(f64, f64, f64)> = Vec::new();
    let mut cover = |column: f64, one: f64, two: f64| {
        let (top, bottom) = (one.min(two), one.max(two));
        match bars.last_mut() {
            Some(bar) if bar.0 == column => {
                bar.1 = bar.1.min(top);
                bar.2 = bar.2.max(bottom);
            }
            _ => bars.push((column, top, bottom)),
        }
    };
    for ends in points.windows(2) {
        let [from, to] = [ends[0], ends[1]].map(|point| {
            let x = point.x * raster.device_px_per_px;
            (x, point.y)
        });
        let (first, last) = (from.0.floor(), to.0.floor());
        if !(first.is_finite() && last.is_finite()) || last <= first {
            cover(first, from.1, to.1);
            continue;
        }
        // Where the line leaves one column it enters the next.
        let at = |x: f64| from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0);
        let steps = (last - first).min(f64::from(u16::MAX)) as u32;
        for step in 0..=steps {
            let column = first + f64::from(step);
            cover(column, at(column.max(from.0)), at((column + 1.0).min(to.0)));
        }
    }
    let half_px = width_px / 2.0;
    let half_units = half_px * raster.device_px_per_px * raster.units_per_device_px;
    bars.into_iter().map(move |(column, top, bottom)| {
        let middle = (column + 0.5) * raster.units_per_device_px;
        let (left, right) = (middle - half_units, middle + half_units);
        (
            (left.round() as i32, raster.units(top - half_px)),
            (right.round() as i32, raster.units(bottom + half_px)),
        )
    })
}

/// A part of a line.
struct Piece<I> {
    points: I,
    /// How far along the line it begins, px.
    from_px: f64,
}

/// A line in parts of so many steps. Each begins a little before the other ends, so that they are
/// joined as the line's other steps are.
fn pieces(
    points: &[Point],
    width_px: f64,
    steps: usize,
) -> impl Iterator<Item = Piece<impl Iterator<Item = Point>>> {
    let mut from_px = 0.0;
    let firsts = (0..points.len().saturating_sub(1)).step_by(steps);
    firsts.map(move |first| {
        let end = points
            .len()
            .min(first.saturating_add(steps).saturating_add(1));
        let own = &points[first..end];
        let before = first.checked_sub(1).map(|before| points[before]);
        let stub = before.map(|before| toward(own[0], before, width_px));
        let piece = Piece {
            points: stub.into_iter().chain(own.iter().copied()),
            from_px: from_px - stub.map_or(0.0, |stub| distance(stub, own[0])),
        };
        let steps = own.windows(2);
        from_px += steps.map(|ends| distance(ends[0], ends[1])).sum::<f64>();
        piece
    })
}

/// So far from a point toward another, px, but no further than that.
fn toward(from: Point, to: Point, length_px: f64) -> Point {
    let share = (length_px / distance(from, to)).min(1.0);
    if share.is_finite() {
        Point::new(
            from.x + (to.x - from.x) * share,
            from.y + (to.y - from.y) * share,
        )
    } else {
        to
    }
}

fn distance(one: Point, two: Point) -> f64 {
    (two.x - one.x).hypot(two.y - one.y)
}

fn in_units(pattern: Dash, raster: Raster) -> [f64; 2] {
    [raster.exact(pattern.on_px), raster.exact(pattern.off_px)]
}

fn style(palette: &Palette, role: Role, stroke_width: u32) -> ShapeStyle {
    let (red, green, blue) = palette.rgb(role);
    ShapeStyle {
        color: RGBColor(red, green, blue).to_rgba(),
        filled: stroke_width == 0,
        stroke_width,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RASTER: Raster = Raster {
        device_px_per_px: 2.0,
        units_per_device_px: 8.0,
        lines: Lines::Filled,
    };

    #[test]
    fn only_what_turns_every_other_pixel_is_dense() {
        let line = |step: f64, count: u32| -> Vec<Point> {
            let place = |index| Point::new(f64::from(index) * step, f64::from(index % 7));
            (0..count).map(place).collect()
        };
        assert!(is_dense(&line(0.5, 500), RASTER));
        assert!(!is_dense(&line(1.5, 500), RASTER));
        assert!(!is_dense(&line(0.1, 5), RASTER));
        assert!(!is_dense(&[], RASTER));
        let Shape::Line { points: ring, .. } =
            Shape::ring(Point::new(9.0, 9.0), 4.0, 1.0, Role::Ink)
        else {
            panic!("a ring is a line");
        };
        assert!(!is_dense(&ring, RASTER));
    }

    #[test]
    fn a_line_in_parts_is_the_same_line() {
        let points: Vec<Point> = (0..40)
            .map(|place| Point::new(f64::from(place) * 3.0, f64::from(place * place % 11)))
            .collect();
        let mut along = 0.0;
        let mut drawn = vec![points[0]];
        for piece in pieces(&points, 1.5, 8) {
            let own: Vec<Point> = piece.points.collect();
            let begins = own.iter().position(|point| points.contains(point)).unwrap();
            let stub: f64 = own[..=begins]
                .windows(2)
                .map(|ends| distance(ends[0], ends[1]))
                .sum();
            assert!((0.0..1.5 + 1e-9).contains(&stub));
            assert!((piece.from_px + stub - along).abs() < 1e-9);
            assert_eq!(own[begins], *drawn.last().unwrap());
            along += own[begins..]
                .windows(2)
                .map(|ends| distance(ends[0], ends[1]))
                .sum::<f64>();
            drawn.extend(&own[begins + 1..]);
        }
        assert_eq!(drawn, points);
    }

    proptest! {
        /// Any point walked along the line lies in the bar of its column, and every bar ends where
        /// the line does.
        #[test]
        fn bars_are_as_high_as_the_line(
            steps in prop::collection::vec((0.0_f64..0.9, 0.0_f64..80.0), 2..200),
        ) {
            let mut x = 3.0;
            let points: Vec<Point> = steps
                .into_iter()
                .map(|(step, y)| {
                    x += step;
                    Point::new(x, y)
                })
                .collect();
            let bars: Vec<_> = columns(&points, 1.0, RASTER).collect();
            let unit = RASTER.device_px_per_px * RASTER.units_per_device_px;
            let column_of = |point: Point| (point.x * RASTER.device_px_per_px).floor() as i32;
            let mut reached = std::collections::BTreeMap::new();
            for ends in points.windows(2) {
                for step in 0..=400 {
                    let share = f64::from(step) / 400.0;
                    let at = Point::new(
                        ends[0].x + (ends[1].x - ends[0].x) * share,
                        ends[0].y + (ends[1].y - ends[0].y) * share,
                    );
                    let seen = reached.entry(column_of(at)).or_insert((at.y, at.y));
                    *seen = (seen.0.min(at.y), seen.1.max(at.y));
                }
            }
            for bar in bars {
                let column = i32::midpoint(bar.0.0, bar.1.0).div_euclid(8);
                let Some((top, bottom)) = reached.get(&column) else {
                    continue;
                };
                // Half the width, and what a walk in 400 steps does not meet.
                prop_assert!((f64::from(bar.0.1) / unit - (top - 0.5)).abs() < 0.4);
                prop_assert!((f64::from(bar.1.1) / unit - (bottom + 0.5)).abs() < 0.4);
            }
        }
    }
}
