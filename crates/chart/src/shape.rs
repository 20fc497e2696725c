//! What is painted: a short list of plain shapes, in order.

use physiology::Twin;

use crate::palette::Role;

/// A point, CSS px from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right, px.
    pub x: f64,
    /// Down, px.
    pub y: f64,
}

impl Point {
    /// A point.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// An upright rectangle, CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge, px.
    pub x: f64,
    /// Top edge, px.
    pub y: f64,
    /// Width, px.
    pub width: f64,
    /// Height, px.
    pub height: f64,
}

impl Rect {
    /// From its edges, px.
    pub const fn between(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        }
    }

    /// A square around a point, `half` px each way.
    pub const fn around(centre: Point, half: f64) -> Self {
        Self {
            x: centre.x - half,
            y: centre.y - half,
            width: 2.0 * half,
            height: 2.0 * half,
        }
    }

    /// Right edge, px.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge, px.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The corners, clockwise from the top left.
    pub(crate) fn corners(&self) -> [Point; 4] {
        [
            Point::new(self.x, self.y),
            Point::new(self.right(), self.y),
            Point::new(self.right(), self.bottom()),
            Point::new(self.x, self.bottom()),
        ]
    }

    /// Whether two rectangles share any area.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether a path runs through this rectangle. Points are in order of x.
    pub(crate) fn meets(&self, path: &[Point]) -> bool {
        let inside =
            |x: f64, y: f64| x >= self.x && x <= self.right() && y >= self.y && y <= self.bottom();
        path.iter().any(|point| inside(point.x, point.y))
            || path.windows(2).any(|ends| {
                let (left, right) = (ends[0].x.max(self.x), ends[1].x.min(self.right()));
                if left > right || ends[1].x <= ends[0].x {
                    return false;
                }
                let slope = (ends[1].y - ends[0].y) / (ends[1].x - ends[0].x);
                let at = |x: f64| ends[0].y + (x - ends[0].x) * slope;
                let (one, two) = (at(left), at(right));
                one.max(two) >= self.y && one.min(two) <= self.bottom()
            })
    }

    /// The outline with rounded corners, clockwise from the top left.
    pub(crate) fn rounded(&self, radius: f64) -> Vec<Point> {
        // A quarter circle in three chords: invisible at the 4 px radii drawn here.
        const STEPS: u32 = 3;
        let radius = radius.min(self.width / 2.0).min(self.height / 2.0).max(0.0);
        let corners = [
            (self.x + radius, self.y + radius, 180.0_f64),
            (self.right() - radius, self.y + radius, 270.0),
            (self.right() - radius, self.bottom() - radius, 0.0),
            (self.x + radius, self.bottom() - radius, 90.0),
        ];
        corners
            .into_iter()
            .flat_map(|(x, y, from)| {
                (0..=STEPS).map(move |step| {
                    let angle = (from + 90.0 * f64::from(step) / f64::from(STEPS)).to_radians();
                    Point::new(x + radius * angle.cos(), y + radius * angle.sin())
                })
            })
            .collect()
    }
}

/// How a line is broken up, px of ink and px of gap; all gap 0 is a solid line.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dash {
    /// Ink, px.
    pub on_px: f64,
    /// Gap, px.
    pub off_px: f64,
}

impl Dash {
    /// An unbroken line: twin A, the walked altitude.
    pub const SOLID: Self = Self::new(0.0, 0.0);
    /// Twin B.
    pub const TWIN_B: Self = Self::new(6.0, 4.0);
    /// Twin B where there is little room.
    pub const TWIN_B_SMALL: Self = Self::new(3.0, 2.0);
    /// Twin B on a sparkline.
    pub const TWIN_B_SPARK: Self = Self::new(3.5, 2.5);
    /// A limit.
    pub const LIMIT: Self = Self::new(2.0, 2.0);
    /// The planned altitude.
    pub const PLANNED: Self = Self::new(2.0, 3.0);
    /// Day 1 on a sparkline.
    pub const DAY_ONE: Self = Self::new(1.0, 3.0);

    const fn new(on_px: f64, off_px: f64) -> Self {
        Self { on_px, off_px }
    }

    /// Whether the line is unbroken.
    pub fn is_solid(self) -> bool {
        self.off_px <= 0.0
    }
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle, its edges brought to whole device pixels.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        role: Role,
    },
    /// A filled polygon.
    Area {
        /// Its corners.
        points: Vec<Point>,
        /// In which colour.
        role: Role,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// How wide, px.
        width_px: f64,
        /// How broken up.
        dash: Dash,
        /// In which colour.
        role: Role,
    },
    /// A filled circle.
    Disc {
        /// Its centre.
        centre: Point,
        /// Its radius, px.
        radius_px: f64,
        /// In which colour.
        role: Role,
    },
}

impl Shape {
    /// A level line 1 px thick whose top edge is at `y`, crisp on every screen.
    pub(crate) fn level(left: f64, right: f64, y: f64, role: Role) -> Self {
        Self::Fill {
            rect: Rect::between(left, y.round(), right, y.round() + 1.0),
            role,
        }
    }

    /// An upright line `width` px thick around `x`, crisp on every screen.
    pub(crate) fn upright(x: f64, top: f64, bottom: f64, width: f64, role: Role) -> Self {
        let left = (x - width / 2.0).round();
        Self::Fill {
            rect: Rect::between(left, top, left + width, bottom),
            role,
        }
    }

    /// A twin's mark, `half` px each way: A's is round, B's is square.
    pub(crate) fn mark(twin: Twin, centre: Point, half: f64, role: Role) -> Self {
        match twin {
            Twin::A => Self::Disc {
                centre,
                radius_px: half,
                role,
            },
            // A square as large as the circle. Not a `Fill`: brought to whole pixels, it would
            // leave its point.
            Twin::B => Self::Area {
                points: Rect::around(centre, half * 0.9).corners().to_vec(),
                role,
            },
        }
    }

    /// A circle that is not filled.
    pub(crate) fn ring(centre: Point, radius_px: f64, width_px: f64, role: Role) -> Self {
        const STEPS: u32 = 24;
        let points = (0..STEPS).map(|step| {
            let angle = (360.0 * f64::from(step) / f64::from(STEPS)).to_radians();
            Point::new(
                centre.x + radius_px * angle.cos(),
                centre.y + radius_px * angle.sin(),
            )
        });
        Self::outline(points.collect(), width_px, role)
    }

    /// A closed outline.
    pub(crate) fn outline(mut points: Vec<Point>, width_px: f64, role: Role) -> Self {
        points.extend(points.first().copied());
        Self::Line {
            points,
            width_px,
            dash: Dash::SOLID,
            role,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_through_a_box_is_seen_without_a_point_in_it() {
        let rect = Rect::between(10.0, 10.0, 20.0, 20.0);
        let path = [Point::new(0.0, 0.0), Point::new(30.0, 30.0)];
        assert!(rect.meets(&path));
        assert!(!rect.meets(&[Point::new(0.0, 0.0), Point::new(30.0, 5.0)]));
        assert!(!rect.meets(&[Point::new(21.0, 0.0), Point::new(30.0, 40.0)]));
    }

    #[test]
    fn rounded_corners_stay_inside() {
        let rect = Rect::between(0.0, 0.0, 18.0, 18.0);
        let outline = rect.rounded(4.0);
        assert_eq!(outline.len(), 16);
        assert!(outline.iter().all(|point| {
            (-1e-9..=18.0 + 1e-9).contains(&point.x) && (-1e-9..=18.0 + 1e-9).contains(&point.y)
        }));
    }
}
