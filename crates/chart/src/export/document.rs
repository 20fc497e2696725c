//! A picture as an SVG file that needs no stylesheet and no page around it.

use core::fmt::Write as _;

use super::xml::escaped;
use crate::input::Size;
use crate::palette::{Palette, Role};
use crate::shape::Shape;
use crate::svg::svg;
use crate::text::{Label, TextStyle};

/// The family of every text; who has it not gets the system's.
const FAMILY: &str = "Geist Variable, system-ui, sans-serif";
/// How a caption is set.
const CAPTION: TextStyle = TextStyle::Muted;
/// Beside a caption, px.
const MARGIN_PX: f64 = 8.0;
/// From one line of a caption to the next, px.
const LINE_PX: f64 = 16.0;
/// Longer captions are cut: nobody reads more under a picture.
const MOST_LINES: usize = 12;

/// A picture to take along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Document<'a> {
    /// The picture's own size, without the caption.
    pub size: Size,
    /// What is painted, in order.
    pub shapes: &'a [Shape],
    /// What is set as text.
    pub labels: &'a [Label],
    /// What it is, in a few words.
    pub title: &'a str,
    /// What is to be seen, in sentences.
    pub description: &'a str,
    /// Under the picture: who, which metric, from when to when, in which zone, made when.
    pub caption: &'a str,
}

/// The picture as a whole file: SVG 1.1 in UTF-8, in the palette's colours, its caption under it.
///
/// Deterministic. Texts may be anything: they are escaped. Lengths that are not finite are 0.
pub fn svg_document(document: &Document<'_>, palette: &Palette) -> String {
    let Size {
        width_px,
        height_px,
    } = Size::new(document.size.width_px, document.size.height_px);
    let lines = wrapped(document.caption, width_px - 2.0 * MARGIN_PX);
    let foot_px = if lines.is_empty() {
        0.0
    } else {
        lines.len() as f64 * LINE_PX + MARGIN_PX
    };
    let (width, height) = (length(width_px), length(height_px + foot_px));
    let mut out = String::new();
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\
         <title>{}</title><desc>{}</desc>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        escaped(document.title),
        escaped(document.description),
        hex(palette, Role::Sheet),
    );
    out.push_str(&coloured(&svg(document.shapes), palette));
    let _ = write!(
        out,
        "<g font-family=\"{FAMILY}\" style=\"font-variant-numeric:tabular-nums lining-nums\">"
    );
    for label in document.labels {
        let anchor = label.anchor.id();
        let at = (label.x, label.y);
        text(&mut out, at, anchor, label.style, &label.text, palette);
    }
    for (index, line) in lines.iter().enumerate() {
        let y = height_px + (index as f64 + 1.0) * LINE_PX - MARGIN_PX / 2.0;
        text(&mut out, (MARGIN_PX, y), "start", CAPTION, line, palette);
    }
    out.push_str("</g></svg>\n");
    out
}

fn text(
    out: &mut String,
    (x, y): (f64, f64),
    anchor: &str,
    style: TextStyle,
    words: &str,
    palette: &Palette,
) {
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{}\" font-weight=\"{}\" \
         fill=\"{}\"",
        length(x),
        length(y),
        length(style.size_px()),
        style.weight(),
        hex(palette, style.role()),
    );
    if matches!(style, TextStyle::TwinA | TextStyle::TwinB) {
        // A twin's name may stand on a line.
        let _ = write!(
            out,
            " stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            hex(palette, Role::Sheet)
        );
    }
    let _ = write!(out, ">{}</text>", escaped(words));
}

/// Geometry with its colours by name, with the colours themselves.
fn coloured(geometry: &str, palette: &Palette) -> String {
    let mut out = String::with_capacity(geometry.len());
    let mut rest = geometry;
    while let Some((before, after)) = rest.split_once("var(") {
        out.push_str(before);
        let (variable, after) = after.split_once(')').unwrap_or((after, ""));
        let role = Role::ALL.iter().find(|role| role.variable() == variable);
        out.push_str(&hex(palette, role.copied().unwrap_or(Role::Ink)));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `#1d65c8`.
fn hex(palette: &Palette, role: Role) -> String {
    let (red, green, blue) = palette.rgb(role);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A length to a hundredth of a pixel. Nothing on a picture is a million pixels away.
fn length(length_px: f64) -> String {
    if length_px.is_finite() {
        let length_px = length_px.clamp(-1e6, 1e6);
        ((length_px * 100.0).round() / 100.0 + 0.0).to_string()
    } else {
        "0".to_owned()
    }
}

/// A text in lines of a width at most, px, parted between words.
fn wrapped(words: &str, width_px: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
    {
        let is_full = lines.len() == MOST_LINES;
        match lines.last_mut() {
            Some(line) if CAPTION.width_px(&format!("{line} {word}")) <= width_px => {
                line.push(' ');
                line.push_str(word);
            }
            _ if is_full => break,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
