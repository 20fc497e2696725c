//! Shapes onto a canvas, through plotters.

use chart::{Lines, Palette, Picture, Raster, Size};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::surface::Surface;
use crate::components::chart::stage::Screen;

/// Fractions of a device pixel that coordinates are rounded to.
const UNITS_PER_DEVICE_PX: f64 = 8.0;

/// Clears the canvas and paints a picture's shapes; whether that went well.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    screen: Screen,
    picture: &Picture,
    palette: &Palette,
) -> bool {
    let Some(context) = context(canvas) else {
        return false;
    };
    fit(canvas, picture.size, screen.device_px_per_px);
    // A canvas that kept its size still holds the last picture.
    wipe(canvas, &context);
    if picture.shapes.is_empty() {
        return true;
    }
    let scale = 1.0 / UNITS_PER_DEVICE_PX;
    if context
        .set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)
        .is_err()
    {
        return false;
    }
    context.set_line_join("round");
    let mut surface = Surface::new(&context);
    let raster = Raster {
        device_px_per_px: screen.device_px_per_px,
        units_per_device_px: UNITS_PER_DEVICE_PX,
        lines: Lines::Filled,
    };
    let mut dash = |pattern: &[f64], from: f64| {
        let pattern: Array = pattern
            .iter()
            .map(|length| JsValue::from_f64(*length))
            .collect();
        let _ = context.set_line_dash(&pattern);
        context.set_line_dash_offset(from);
    };
    chart::paint(&mut surface, &picture.shapes, palette, raster, &mut dash).is_ok()
}

/// Takes away whatever is on the canvas, and its size with it: one that nothing is painted on would
/// be as wide as browsers make canvases, wider than a small phone.
pub(super) fn clear(canvas: &HtmlCanvasElement) {
    canvas.set_width(0);
    canvas.set_height(0);
    let style = canvas.style();
    for property in ["width", "height"] {
        let _ = style.remove_property(property);
    }
}

fn wipe(canvas: &HtmlCanvasElement, context: &CanvasRenderingContext2d) {
    let _ = context.reset_transform();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.clear_rect(0.0, 0.0, width, height);
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Gives the canvas a pixel for every device pixel it covers, so that nothing is scaled.
fn fit(canvas: &HtmlCanvasElement, size: Size, device_px_per_px: f64) {
    let device_px = |length_px: f64| (length_px * device_px_per_px).round().max(1.0) as u32;
    let (width, height) = (device_px(size.width_px), device_px(size.height_px));
    if (canvas.width(), canvas.height()) != (width, height) {
        // Setting either clears the canvas, so only when it must be.
        canvas.set_width(width);
        canvas.set_height(height);
        let style = canvas.style();
        for (property, device_px) in [("width", width), ("height", height)] {
            let length = format!("{}px", f64::from(device_px) / device_px_per_px);
            let _ = style.set_property(property, &length);
        }
    }
}
