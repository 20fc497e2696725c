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
}

impl Raster {
    /// CSS pixels to backend units.
    pub fn units(self, length_px: f64) -> i32 {
        (length_px * self.device_px_per_px * self.units_per_device_px).round() as i32
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
/// plotters' backends know no dashes, so `dash` is told the pattern in backend units (ink, gap)
/// before a broken line and an empty one after it; a canvas passes it to `setLineDash`.
///
/// # Errors
/// What the backend reports; painting stops there.
pub fn paint<DB: DrawingBackend>(
    backend: &mut DB,
    shapes: &[Shape],
    palette: &Palette,
    raster: Raster,
    dash: &mut dyn FnMut(&[f64]),
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
                if !pattern.is_solid() {
                    dash(&in_units(*pattern, raster));
                }
                backend.draw_path(
                    points.iter().map(|point| raster.point(*point)),
                    &style(palette, *role, raster.width(*width_px)),
                )?;
                if !pattern.is_solid() {
                    dash(&[]);
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

fn in_units(pattern: Dash, raster: Raster) -> [f64; 2] {
    let scale = raster.device_px_per_px * raster.units_per_device_px;
    [pattern.on_px * scale, pattern.off_px * scale]
}

fn style(palette: &Palette, role: Role, stroke_width: u32) -> ShapeStyle {
    let (red, green, blue) = palette.rgb(role);
    ShapeStyle {
        color: RGBColor(red, green, blue).to_rgba(),
        filled: stroke_width == 0,
        stroke_width,
    }
}
