//! How far apart the twins are: A − B against their mean, and night by night.

use physiology::baseline::Band;
use physiology::{Day, Written};

use crate::input::{Size, drawable};
use crate::palette::Role;
use crate::picture::Picture;
use crate::plot::{Margins, Plot, extent, parted, widened};
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::{difference_tick_text, finest, nice_ticks, step_for, tick_text};

/// A day both twins have a value of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairPoint {
    /// The day.
    pub day: Day,
    /// Twin A's value.
    pub a: f64,
    /// Twin B's value.
    pub b: f64,
    /// The day's number on the expedition.
    pub day_number: Option<u32>,
    /// Whether the day is of the baseline.
    pub is_baseline: bool,
}

impl PairPoint {
    fn difference(&self) -> f64 {
        self.a - self.b
    }

    fn mean(&self) -> f64 {
        f64::midpoint(self.a, self.b)
    }

    fn is_drawable(&self) -> bool {
        drawable(self.a) && drawable(self.b)
    }
}

/// What the two pictures of a pair are made of.
#[derive(Debug, Clone, Copy)]
pub struct Pairs<'a> {
    /// Which metric, as whoever looks likes it written.
    pub written: Written,
    /// The days, oldest first.
    pub points: &'a [PairPoint],
    /// The mean difference of the baseline.
    pub bias: Option<f64>,
    /// The spread limits of the baseline.
    pub spread: Option<Band>,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
    /// The day the crosshair stands on.
    pub marked: Option<Day>,
}

/// More nights than this are dots: their numbers would lie over each other.
const MOST_NUMBERED: usize = 30;
const NUMBER_PX: f64 = 9.0;
const DOT_PX: f64 = 3.25;
const MARGINS: Margins = Margins {
    left: 44.0,
    right: 48.0,
    top: 12.0,
    bottom: 38.0,
};

/// A − B against the mean of both: whether the gap grows with the level.
pub fn by_level(pairs: &Pairs<'_>, size: Size) -> Picture {
    let means = pairs.drawn().map(PairPoint::mean);
    let Some(mut plot) = pairs.plot(size, extent(means), 0.08) else {
        return nothing(size);
    };
    let (low, high) = plot.x.domain();
    let step = step_for(pairs.written, high - low, 5);
    for tick in nice_ticks(low, high, step) {
        plot.x_tick(tick, tick_text(pairs.written, tick, step));
    }
    let (name, unit) = (pairs.written.metric().info().name, pairs.written.unit());
    plot.x_title(format!("Mean of A and B, {name} {unit}"));
    pairs.limits(&mut plot);
    pairs.marks(&mut plot, PairPoint::mean, |_, _| true);
    plot.done()
}

/// A − B night by night: when it changed.
pub fn by_night(pairs: &Pairs<'_>, size: Size) -> Picture {
    let at = |point: &PairPoint| point.day.days_since_epoch() as f64;
    let Some(mut plot) = pairs.plot(size, extent(pairs.drawn().map(at)), 0.04) else {
        return nothing(size);
    };
    let (low, high) = plot.x.domain();
    if let Some(day_one) = pairs.day_one {
        let x = plot.x.at(day_one.days_since_epoch() as f64 - 0.5);
        if x > plot.frame.x && x < plot.frame.right() {
            let (top, bottom) = (plot.frame.y, plot.frame.bottom());
            plot.shape(Shape::Line {
                points: vec![Point::new(x, top), Point::new(x, bottom)],
                width_px: 1.0,
                dash: Dash::DAY_ONE,
                role: Role::AltitudeLine,
            });
        }
    }
    dates(&mut plot, pairs, low, high);
    plot.x_title(format!(
        "{}, A−B by night",
        pairs.written.metric().info().name
    ));
    pairs.limits(&mut plot);
    // Joined only where the nights follow each other.
    pairs.marks(&mut plot, at, |one, two| two.day.days_since(one.day) == 1);
    plot.done()
}

/// Three dates: the first, day 1 where there is room for it, the last.
fn dates(plot: &mut Plot, pairs: &Pairs<'_>, low: f64, high: f64) {
    let mut days: Vec<&PairPoint> = Vec::new();
    let drawn: Vec<&PairPoint> = pairs.drawn().collect();
    days.extend(drawn.first());
    days.extend(drawn.last().filter(|_| drawn.len() > 1));
    days.extend(
        drawn
            .iter()
            .find(|point| Some(point.day) >= pairs.day_one && pairs.day_one.is_some()),
    );
    let mut taken: Vec<f64> = Vec::new();
    for point in days {
        let at = point.day.days_since_epoch() as f64;
        let x = plot.x.at(at);
        if (low..=high).contains(&at) && taken.iter().all(|other| (x - other).abs() >= 54.0) {
            taken.push(x);
            plot.x_tick(at, point.day.short());
        }
    }
}

fn nothing(size: Size) -> Picture {
    let margins = Margins {
        left: 0.0,
        right: 0.0,
        top: 0.0,
        bottom: 0.0,
    };
    let mut plot = Plot::new(size, margins, (0.0, 1.0), (0.0, 1.0));
    plot.label(
        (size.width_px / 2.0, size.height_px / 2.0),
        "No night has a value of both",
        Anchor::Middle,
        TextStyle::Muted,
    );
    plot.done()
}

impl Pairs<'_> {
    fn drawn(&self) -> impl DoubleEndedIterator<Item = &PairPoint> {
        self.points.iter().filter(|point| point.is_drawable())
    }

    /// The plot with its grid of differences; none without a pair.
    fn plot(&self, size: Size, across: Option<(f64, f64)>, share: f64) -> Option<Plot> {
        let least = 4.0 * finest(self.written);
        let across = widened(across?, share, least);
        let limits = self.spread.map(|band| [band.low, band.high]);
        let differences = self
            .drawn()
            .map(PairPoint::difference)
            .chain(limits.into_iter().flatten())
            // No difference at all is the line everything is judged against.
            .chain([0.0]);
        let up = widened(extent(differences)?, 0.1, least);
        let mut plot = Plot::new(size, MARGINS, across, up);
        let step = step_for(self.written, up.1 - up.0, 6);
        if let Some(band) = self.band() {
            let (top, bottom) = (plot.y.at(band.high), plot.y.at(band.low));
            plot.shape(Shape::Fill {
                rect: Rect::between(plot.frame.x, top, plot.frame.right(), bottom),
                role: Role::Band,
            });
        }
        for tick in nice_ticks(up.0, up.1, step) {
            let role = if tick == 0.0 { Role::Axis } else { Role::Grid };
            plot.y_tick(tick, difference_tick_text(self.written, tick, step), role);
        }
        Some(plot)
    }

    fn band(&self) -> Option<Band> {
        self.spread
            .filter(|band| drawable(band.low) && drawable(band.high) && band.low <= band.high)
    }

    /// The baseline's mean and limits as lines, their values on the right.
    fn limits(&self, plot: &mut Plot) {
        let (Some(band), Some(bias)) = (self.band(), self.bias.filter(|bias| drawable(*bias)))
        else {
            return;
        };
        let dashed = Dash {
            on_px: 3.0,
            off_px: 3.0,
        };
        let (left, right) = (plot.frame.x, plot.frame.right());
        let lines = [
            (band.high, dashed, TextStyle::Plain),
            (bias, Dash::SOLID, TextStyle::Strong),
            (band.low, dashed, TextStyle::Plain),
        ];
        let heights = parted(
            lines.iter().map(|line| plot.y.at(line.0) + 4.0).collect(),
            14.0,
        );
        for ((value, dash, style), height) in lines.into_iter().zip(heights) {
            let y = plot.y.at(value);
            plot.shape(Shape::Line {
                points: vec![Point::new(left, y), Point::new(right, y)],
                width_px: 1.25,
                dash,
                role: Role::AltitudeLine,
            });
            let text = self.written.mean_difference(value);
            plot.label((right + 6.0, height), text, Anchor::Start, style);
        }
    }

    /// Baseline nights as open dots, the others numbered and joined in their order.
    fn marks(
        &self,
        plot: &mut Plot,
        x: impl Fn(&PairPoint) -> f64,
        joins: impl Fn(&PairPoint, &PairPoint) -> bool,
    ) {
        let place = |plot: &Plot, point: &PairPoint| {
            Point::new(plot.x.at(x(point)), plot.y.at(point.difference()))
        };
        for point in self.drawn().filter(|point| point.is_baseline) {
            let centre = place(plot, point);
            if self.marked == Some(point.day) {
                plot.shape(Shape::Disc {
                    centre,
                    radius_px: DOT_PX + 1.5,
                    role: Role::Ink,
                });
            } else {
                plot.shape(Shape::ring(centre, DOT_PX, 1.25, Role::AltitudeLine));
            }
        }
        let later: Vec<&PairPoint> = self.drawn().filter(|point| !point.is_baseline).collect();
        for ends in later.windows(2).filter(|ends| joins(ends[0], ends[1])) {
            let points = ends.iter().map(|point| place(plot, point)).collect();
            plot.shape(Shape::Line {
                points,
                width_px: 1.0,
                dash: Dash::DAY_ONE,
                role: Role::AltitudeLine,
            });
        }
        let is_numbered = later.len() <= MOST_NUMBERED;
        for point in &later {
            let centre = place(plot, point);
            let is_marked = self.marked == Some(point.day);
            match point.day_number.filter(|_| is_numbered) {
                Some(number) => numbered(plot, centre, number, is_marked),
                None => plot.shape(Shape::Disc {
                    centre,
                    radius_px: if is_marked { DOT_PX + 2.0 } else { DOT_PX },
                    role: Role::Ink,
                }),
            }
        }
    }
}

fn numbered(plot: &mut Plot, centre: Point, number: u32, is_marked: bool) {
    plot.shape(Shape::Disc {
        centre,
        radius_px: NUMBER_PX + 0.75,
        role: Role::Ink,
    });
    if !is_marked {
        plot.shape(Shape::Disc {
            centre,
            radius_px: NUMBER_PX - 0.75,
            role: Role::Sheet,
        });
    }
    let style = if is_marked {
        TextStyle::Inverse
    } else {
        TextStyle::Strong
    };
    plot.label(
        (centre.x, centre.y + 4.25),
        number.to_string(),
        Anchor::Middle,
        style,
    );
}
