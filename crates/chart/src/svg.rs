//! A plotters backend that writes compact SVG.
//!
//! plotters' own SVG backend writes six attributes a shape and colours as numbers. This one runs
//! shapes of one style together into one path, writes relative coordinates, and names colours by
//! the stylesheet's variables, so that one picture serves every theme and needs no inline style.

use core::cell::RefCell;
use core::convert::Infallible;
use core::fmt::Write;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use crate::paint::{Lines, Raster, paint};
use crate::palette::{Palette, Role};
use crate::shape::Shape;

/// Backend units a CSS pixel: all widths in use (2.25, 1.5, 1.1 px) are whole in twentieths.
const UNITS_PER_PX: i32 = 20;

/// The geometry of `shapes` as the inner content of an `<svg>` whose user unit is a CSS pixel.
///
/// Deterministic. No text, no inline style, no ids; colours are `var(--…)`.
pub fn svg(shapes: &[Shape]) -> String {
    let writer = RefCell::new(Writer::default());
    let raster = Raster {
        device_px_per_px: 1.0,
        units_per_device_px: f64::from(UNITS_PER_PX),
        lines: Lines::Written,
    };
    let mut dash = |pattern: &[f64], _| {
        writer.borrow_mut().dash = match pattern {
            [on, off] => Some((on.round() as i32, off.round() as i32)),
            _ => None,
        };
    };
    let mut surface = Surface { writer: &writer };
    match paint(
        &mut surface,
        shapes,
        &Palette::sentinel(),
        raster,
        &mut dash,
    ) {
        // Writing to memory cannot fail, and only text, which is never drawn, has a font to miss.
        Ok(()) | Err(DrawingErrorKind::FontError(_)) => {}
        Err(DrawingErrorKind::DrawingError(never)) => match never {},
    }
    writer.into_inner().out
}

/// How a run of shapes is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ink {
    Fill(Role),
    Stroke {
        role: Role,
        width: i32,
        dash: Option<(i32, i32)>,
    },
}

#[derive(Default)]
struct Writer {
    out: String,
    path: String,
    ink: Option<Ink>,
    dash: Option<(i32, i32)>,
}

impl Writer {
    /// Makes `ink` the current one; what was drawn with another is written out.
    fn use_ink(&mut self, ink: Ink) {
        if self.ink != Some(ink) {
            self.flush();
            self.ink = Some(ink);
        }
    }

    fn flush(&mut self) {
        let path = core::mem::take(&mut self.path);
        let Some(ink) = self.ink.take().filter(|_| !path.is_empty()) else {
            return;
        };
        let out = &mut self.out;
        match ink {
            Ink::Fill(role) => {
                let _ = write!(out, "<path fill=\"var({})\"", role.variable());
            }
            Ink::Stroke { role, width, dash } => {
                let _ = write!(
                    out,
                    "<path fill=\"none\" stroke=\"var({})\" stroke-linejoin=\"round\" stroke-width=\"",
                    role.variable()
                );
                number(out, width);
                out.push('"');
                if let Some((on, off)) = dash {
                    out.push_str(" stroke-dasharray=\"");
                    number(out, on);
                    out.push(' ');
                    number(out, off);
                    out.push('"');
                }
            }
        }
        let _ = write!(out, " d=\"{path}\"/>");
    }

    fn polyline(&mut self, points: impl IntoIterator<Item = BackendCoord>) -> bool {
        let mut before: Option<BackendCoord> = None;
        for (x, y) in points {
            match before {
                None => {
                    self.path.push('M');
                    pair(&mut self.path, x, y);
                }
                Some((from_x, from_y)) => {
                    let (dx, dy) = (x.saturating_sub(from_x), y.saturating_sub(from_y));
                    if dy == 0 {
                        self.path.push('h');
                        number(&mut self.path, dx);
                    } else if dx == 0 {
                        self.path.push('v');
                        number(&mut self.path, dy);
                    } else {
                        self.path.push('l');
                        pair(&mut self.path, dx, dy);
                    }
                }
            }
            before = Some((x, y));
        }
        before.is_some()
    }
}

fn pair(out: &mut String, x: i32, y: i32) {
    number(out, x);
    if y >= 0 {
        out.push(' ');
    }
    number(out, y);
}

/// Backend units as pixels, without what a reader can do without: `12.5`, `-.25`, `3`.
fn number(out: &mut String, units: i32) {
    if units < 0 {
        out.push('-');
    }
    let units = units.unsigned_abs();
    let (whole, rest) = (
        units / UNITS_PER_PX.unsigned_abs(),
        units % UNITS_PER_PX.unsigned_abs() * 100 / UNITS_PER_PX.unsigned_abs(),
    );
    if whole > 0 || rest == 0 {
        let _ = write!(out, "{whole}");
    }
    if rest > 0 {
        let _ = if rest % 10 == 0 {
            write!(out, ".{}", rest / 10)
        } else {
            write!(out, ".{rest:02}")
        };
    }
}

struct Surface<'a> {
    writer: &'a RefCell<Writer>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn fill(color: BackendColor) -> Ink {
    Ink::Fill(Palette::role_of(color.rgb))
}

impl DrawingBackend for Surface<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (u32::MAX, u32::MAX)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.writer.borrow_mut().flush();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let corner = (
            point.0.saturating_add(UNITS_PER_PX),
            point.1.saturating_add(UNITS_PER_PX),
        );
        self.draw_rect(point, corner, &color, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (left, top) = upper_left;
        let (right, bottom) = bottom_right;
        let outline = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if fill {
            self.fill_polygon(outline, style)
        } else {
            self.draw_path(outline.into_iter().chain([(left, top)]), style)
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let mut writer = self.writer.borrow_mut();
        let ink = Ink::Stroke {
            role: Palette::role_of(style.color().rgb),
            width: i32::try_from(style.stroke_width()).unwrap_or(i32::MAX),
            dash: writer.dash,
        };
        writer.use_ink(ink);
        writer.polyline(path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let radius = i32::try_from(radius)
            .unwrap_or(i32::MAX / 4)
            .min(i32::MAX / 4);
        let mut writer = self.writer.borrow_mut();
        writer.use_ink(fill(style.color()));
        let path = &mut writer.path;
        path.push('M');
        pair(path, center.0.saturating_sub(radius), center.1);
        for across in [2 * radius, -2 * radius] {
            path.push('a');
            pair(path, radius, radius);
            // Clockwise like every other shape: two that overlap in one path leave no hole.
            path.push_str(" 0 1 1 ");
            pair(path, across, 0);
        }
        path.push('z');
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        let mut writer = self.writer.borrow_mut();
        writer.use_ink(fill(style.color()));
        if writer.polyline(vert) {
            writer.path.push('z');
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Dash, Point, Rect};

    fn text(units: i32) -> String {
        let mut out = String::new();
        number(&mut out, units);
        out
    }

    #[test]
    fn numbers_are_short_and_right() {
        for (units, written) in [
            (0, "0"),
            (45, "2.25"),
            (30, "1.5"),
            (-5, "-.25"),
            (1, ".05"),
            (2_000, "100"),
        ] {
            assert_eq!(text(units), written);
            assert_eq!(written.parse::<f64>().unwrap(), f64::from(units) / 20.0);
        }
    }

    #[test]
    fn one_style_is_one_path() {
        let fill = |x, role| Shape::Fill {
            rect: Rect::between(x, 0.0, x + 2.0, 1.0),
            role,
        };
        assert_eq!(
            svg(&[
                fill(0.0, Role::Grid),
                fill(5.0, Role::Grid),
                fill(9.0, Role::Band)
            ]),
            "<path fill=\"var(--line-1)\" d=\"M0 0h2v1h-2zM5 0h2v1h-2z\"/>\
             <path fill=\"var(--band)\" d=\"M9 0h2v1h-2z\"/>"
        );
    }

    #[test]
    fn lines_keep_width_and_dash() {
        let line = Shape::Line {
            points: vec![Point::new(1.0, 2.0), Point::new(4.5, 1.0)],
            width_px: 2.25,
            dash: Dash::TWIN_B,
            role: Role::TwinB,
        };
        assert_eq!(
            svg(&[line]),
            "<path fill=\"none\" stroke=\"var(--bm)\" stroke-linejoin=\"round\" \
             stroke-width=\"2.25\" stroke-dasharray=\"6 4\" d=\"M1 2l3.5-1\"/>"
        );
    }

    #[test]
    fn nothing_hostile_breaks_it() {
        let far = Point::new(f64::MAX, f64::NAN);
        let shapes = [
            Shape::Line {
                points: vec![far, Point::new(f64::MIN, 0.0)],
                width_px: f64::INFINITY,
                dash: Dash::SOLID,
                role: Role::Ink,
            },
            Shape::Disc {
                centre: far,
                radius_px: f64::MAX,
                role: Role::Ink,
            },
            Shape::Fill {
                rect: Rect::around(far, f64::MAX),
                role: Role::Ink,
            },
        ];
        assert!(!svg(&shapes).contains("NaN"));
    }
}
