//! The lines under the nightly lanes: samples of any density.

use physiology::Source;
use physiology::Twin;
use physiology::metric::decimal;

use super::StackLine;
use crate::clip;
use crate::input::{drawable, index};
use crate::layout::frame::Panel;
use crate::layout::labels::clear_of_paths;
use crate::layout::series::{keep_within, part};
use crate::line;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};
use crate::ticks::{decimals_of, nice_step, nice_ticks};

const LINE_PX: f64 = 1.25;
/// A lone sample's radius, px.
const LONE_PX: f64 = 1.75;
/// Under this median step, px, dashes would hide the line.
const DENSE_PX: f64 = 2.0;
const MOST_INTERVALS: u32 = 3;
/// Zones from the second border and from the fourth on are a step darker each.
const STEPS: [(usize, Role); 2] = [(1, Role::Band), (3, Role::AltitudeFill)];

/// Where a line is drawn.
pub(super) struct Place<'a> {
    pub(super) plot: Rect,
    pub(super) panel: &'a Panel,
    pub(super) shown: [bool; 2],
    /// How wide a column of device pixels is, px.
    pub(super) column_px: f64,
    /// Whether the scale is written on the left.
    pub(super) names_scales: bool,
}

/// What a line tells of one instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineValue {
    /// The nearest sample's instant, ms since the epoch.
    pub at_ms: i64,
    /// Its value.
    pub value: f64,
    /// From when, ms since the epoch, of all samples told together.
    pub from_ms: i64,
    /// Until when, ms since the epoch.
    pub to_ms: i64,
    /// The lowest of them.
    pub min: f64,
    /// The highest of them.
    pub max: f64,
    /// How many there are; of one alone, everything above is about it.
    pub count: u32,
    /// Where they come from.
    pub source: Source,
    /// Where the sample is drawn, px, in the column of its twin.
    pub x: f64,
    /// Where the sample is drawn, px.
    pub y: f64,
}

/// A line's scale of values within a plot; none of what is no scale.
pub(super) fn scale(line: &StackLine<'_>, plot: Rect) -> Option<Linear> {
    let (low, high) = line.scale;
    (drawable(low) && drawable(high) && low < high)
        .then(|| Linear::new((low, high), (plot.bottom(), plot.y)))
}

/// How wide the scale's values are, px.
pub(super) fn ticks_px(line: &StackLine<'_>) -> f64 {
    ticks(line)
        .into_iter()
        .map(|(_, text)| TextStyle::Faint.width_px(&text))
        .fold(0.0, f64::max)
}

fn ticks(line: &StackLine<'_>) -> Vec<(f64, String)> {
    let (low, high) = line.scale;
    if !(drawable(low) && drawable(high)) {
        return Vec::new();
    }
    let step = nice_step(high - low, MOST_INTERVALS);
    nice_ticks(low, high, step)
        .into_iter()
        .map(|tick| (tick, decimal(tick, decimals_of(step), false)))
        .collect()
}

/// A value of a line as written: to a hundredth of its scale.
pub(super) fn written(line: &StackLine<'_>, value: f64, signed: bool) -> String {
    let (low, high) = line.scale;
    decimal(value, decimals_of(nice_step(high - low, 100)), signed)
}

/// Draws a line of both twins, and gives its scale; none without one.
pub(super) fn draw(sheet: &mut Sheet, line: &StackLine<'_>, place: &Place<'_>) -> Option<Linear> {
    silent(sheet, line, place);
    let scale = scale(line, place.plot)?;
    let twins: Vec<Drawn> = [Twin::B, Twin::A]
        .into_iter()
        .filter(|twin| place.shown[index(*twin)])
        .map(|twin| Drawn::of(line, twin, place, scale))
        .collect();
    zones(sheet, line, place, scale, &twins);
    for (tick, text) in ticks(line) {
        let y = scale.at(tick);
        let grid = Shape::level(place.plot.x, place.plot.right(), y, Role::Grid);
        sheet.shapes.push(grid);
        if place.names_scales {
            let at = (place.plot.x - 8.0, y + 4.0);
            sheet.label(at, text, Anchor::End, TextStyle::Faint);
        }
    }
    ends(sheet, place, &twins);
    for twin in twins {
        twin.paint(sheet);
    }
    Some(scale)
}

/// A twin without any sample is told why.
fn silent(sheet: &mut Sheet, line: &StackLine<'_>, place: &Place<'_>) {
    let words: Vec<String> = Twin::BOTH
        .into_iter()
        .filter(|twin| place.shown[index(*twin)] && line.twins[index(*twin)].is_empty())
        .filter_map(|twin| {
            let reason = line.missing[index(twin)]?;
            Some(format!("{}: {reason}", twin.letter()))
        })
        .collect();
    if !words.is_empty() {
        sheet.label(
            (place.plot.x + 8.0, place.plot.bottom() - 8.0),
            words.join(" · "),
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

/// One twin's line, px.
struct Drawn {
    twin: Twin,
    paths: Vec<Vec<Point>>,
}

impl Drawn {
    fn of(line: &StackLine<'_>, twin: Twin, place: &Place<'_>, scale: Linear) -> Self {
        let (panel, plot) = (place.panel, place.plot);
        let (from_ms, to_ms) = panel.time.domain();
        let buckets = line::in_sight(line.twins[index(twin)], from_ms, to_ms);
        let at = |at_ms: i64, value: f64| {
            let y = scale.at(value).clamp(plot.y, plot.bottom());
            Point::new(panel.time.at(at_ms as f64), y)
        };
        let paths = line::paths(buckets, at, place.column_px)
            .into_iter()
            .flat_map(|path| match path.as_slice() {
                [alone] if panel.holds(alone.x) => vec![path],
                [_] => Vec::new(),
                _ => clip::line(path, panel.left, panel.right),
            })
            .collect();
        Self { twin, paths }
    }

    fn paint(self, sheet: &mut Sheet) {
        let role = Role::of_twin(self.twin);
        let dash = match self.twin {
            Twin::B if self.median_step_px() >= DENSE_PX => Dash::TWIN_B_SMALL,
            _ => Dash::SOLID,
        };
        for path in self.paths {
            sheet.shapes.push(match path.as_slice() {
                [alone] => Shape::Disc {
                    centre: *alone,
                    radius_px: LONE_PX,
                    role,
                },
                _ => Shape::Line {
                    points: path,
                    width_px: LINE_PX,
                    dash,
                    role,
                },
            });
        }
    }

    /// How far apart the points of the line are, px; 0 without two.
    fn median_step_px(&self) -> f64 {
        let mut steps: Vec<f64> = self
            .paths
            .iter()
            .flat_map(|path| path.windows(2))
            .map(|ends| ends[1].x - ends[0].x)
            .collect();
        let middle = steps.len() / 2;
        if steps.is_empty() {
            return 0.0;
        }
        *steps.select_nth_unstable_by(middle, f64::total_cmp).1
    }

    fn last(&self) -> Option<Point> {
        self.paths.last()?.last().copied()
    }
}

/// Each twin's letter where its line ends, never one over the other.
fn ends(sheet: &mut Sheet, place: &Place<'_>, twins: &[Drawn]) {
    let style = |twin: Twin| match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    };
    let mut labels: Vec<Label> = twins
        .iter()
        .filter_map(|drawn| {
            let last = drawn.last()?;
            let at = (last.x + 3.0, last.y + 5.0);
            let (letter, style) = (drawn.twin.letter(), style(drawn.twin));
            Some(Label::new(at, letter, Anchor::Start, style))
        })
        .collect();
    if let [one, two] = labels.as_mut_slice()
        && one.bounds().x < two.bounds().right()
        && two.bounds().x < one.bounds().right()
    {
        part(one, two, 15.0);
    }
    keep_within(&mut labels, place.plot.y + 6.0, place.plot.bottom());
    sheet.labels.extend(labels);
}

/// The borders of zones, lowest first: of two twins with their own, where both are in a zone.
fn borders(line: &StackLine<'_>, shown: [bool; 2]) -> Vec<f64> {
    let of = |twin: Twin| line.zones[index(twin)].filter(|_| shown[index(twin)]);
    match (of(Twin::A), of(Twin::B)) {
        (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| a.max(*b)).collect(),
        (Some(own), None) | (None, Some(own)) => own.to_vec(),
        (None, None) => Vec::new(),
    }
}

/// Zones within the scale as neutral steps, each from its border up, and their names where no line
/// runs.
fn zones(
    sheet: &mut Sheet,
    line: &StackLine<'_>,
    place: &Place<'_>,
    scale: Linear,
    twins: &[Drawn],
) {
    let plot = place.plot;
    let borders = borders(line, place.shown);
    let y = |border: f64| scale.at(border).clamp(plot.y, plot.bottom());
    for (border, role) in STEPS {
        let border = borders.get(border).filter(|border| drawable(**border));
        let Some(bottom) = border.map(|border| y(*border)) else {
            continue;
        };
        if bottom > plot.y + 0.5 {
            let rect = Rect::between(plot.x, plot.y, plot.right(), bottom);
            sheet.shapes.push(Shape::Fill { rect, role });
        }
    }
    let paths = || twins.iter().flat_map(|drawn| &drawn.paths);
    for (zone, pair) in borders.windows(2).enumerate() {
        if !pair.iter().copied().all(drawable) {
            continue;
        }
        let (bottom, top) = (y(pair[0]), y(pair[1]));
        if bottom - top < 14.0 {
            continue;
        }
        let text = format!("Z{}", zone + 1);
        let (wide, middle) = (TextStyle::Faint.width_px(&text), f64::midpoint(top, bottom));
        let places = [plot.right() - wide - 3.0, plot.x + 4.0]
            .into_iter()
            .map(|x| Rect::between(x, middle - 6.0, x + wide, middle + 6.0));
        if let Some(place) = clear_of_paths(places, paths(), &sheet.labels, 2.0) {
            let at = (place.x, middle + 4.0);
            sheet.label(at, text, Anchor::Start, TextStyle::Faint);
        }
    }
}
