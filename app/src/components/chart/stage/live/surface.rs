//! A plotters backend on a canvas' context.
//!
//! plotters' own canvas backend names its colour as text with every shape: a dense line is a thousand
//! bars of one colour, and naming it took longer than drawing them. This one names what changes.

use core::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};
use web_sys::CanvasRenderingContext2d;

/// A context, and what it was last told.
pub(super) struct Surface<'a> {
    context: &'a CanvasRenderingContext2d,
    fill: Option<(u8, u8, u8)>,
    stroke: Option<(u8, u8, u8)>,
    width: Option<u32>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Surface<'a> {
    /// On a context whose colours and width are not known.
    pub(super) const fn new(context: &'a CanvasRenderingContext2d) -> Self {
        Self {
            context,
            fill: None,
            stroke: None,
            width: None,
        }
    }

    fn fill_with(&mut self, color: BackendColor) {
        if self.fill != Some(color.rgb) {
            self.context.set_fill_style_str(&css(color));
            self.fill = Some(color.rgb);
        }
    }

    fn stroke_with(&mut self, color: BackendColor, width: u32) {
        if self.stroke != Some(color.rgb) {
            self.context.set_stroke_style_str(&css(color));
            self.stroke = Some(color.rgb);
        }
        if self.width != Some(width) {
            self.context.set_line_width(f64::from(width));
            self.width = Some(width);
        }
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        let mut points = path.into_iter();
        if let Some((x, y)) = points.next() {
            self.context.move_to(f64::from(x), f64::from(y));
        }
        for (x, y) in points {
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }
}

/// The palette's colours are all opaque.
fn css(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
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
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.fill_with(color);
        self.context
            .fill_rect(f64::from(point.0), f64::from(point.1), 1.0, 1.0);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (left, top) = (f64::from(upper_left.0), f64::from(upper_left.1));
        let (width, height) = (
            f64::from(bottom_right.0) - left,
            f64::from(bottom_right.1) - top,
        );
        if fill {
            self.fill_with(style.color());
            self.context.fill_rect(left, top, width, height);
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            self.context.stroke_rect(left, top, width, height);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.stroke_with(style.color(), style.stroke_width());
        self.trace(path);
        self.context.stroke();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.context.begin_path();
        // An arc of a positive radius is always drawn.
        let _ = self.context.arc(
            f64::from(center.0),
            f64::from(center.1),
            f64::from(radius),
            0.0,
            core::f64::consts::TAU,
        );
        if fill {
            self.fill_with(style.color());
            self.context.fill();
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            self.context.stroke();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.fill_with(style.color());
        self.trace(vert);
        self.context.close_path();
        self.context.fill();
        Ok(())
    }
}
