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
}

/// How a pair is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PairView {
    /// A − B against the mean of both: whether the gap grows with the level.
    #[default]
    Level,
    /// A − B night by night: when it changed.
    Night,
}

impl PairView {
    /// As in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Night => "night",
        }
    }

    /// Where a day stands across.
    fn across(self, point: &PairPoint) -> f64 {
        match self {
            Self::Level => point.mean(),
            Self::Night => point.day.days_since_epoch() as f64,
        }
    }

    /// Room beside the outermost, as a share of what lies between them.
    const fn room(self) -> f64 {
        match self {
            Self::Level => 0.08,
            Self::Night => 0.04,
        }
    }
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

/// How far apart the twins are.
pub fn pair(pairs: &Pairs<'_>, view: PairView, size: Size) -> Picture {
    let Some(mut plot) = pairs.plot(view, size) else {
        return nothing(size);
    };
    pairs.grid(&mut plot);
    match view {
        PairView::Level => pairs.levels(&mut plot),
        PairView::Night => pairs.nights(&mut plot),
    }
    pairs.limits(&mut plot);
    pairs.marks(&mut plot, view);
    plot.done()
}

/// One day's mark, filled, to lay over [`pair`] of the same; empty where the day is not drawn.
pub fn pair_mark(pairs: &Pairs<'_>, view: PairView, size: Size, day: Day) -> Picture {
    let point = pairs.drawn().find(|point| point.day == day);
    let Some((mut plot, point)) = pairs.plot(view, size).zip(point) else {
        return Picture::empty(size);
    };
    let number = pairs.number(point);
    mark(&mut plot, view, point, number, true);
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

    /// The plot, still empty; none without a pair.
    fn plot(&self, view: PairView, size: Size) -> Option<Plot> {
        let least = 4.0 * finest(self.written);
        let across = extent(self.drawn().map(|point| view.across(point)))?;
        let across = widened(across, view.room(), least);
        let limits = self.spread.map(|band| [band.low, band.high]);
        let differences = self
            .drawn()
            .map(PairPoint::difference)
            .chain(limits.into_iter().flatten())
            // No difference at all is the line everything is judged against.
            .chain([0.0]);
        let up = widened(extent(differences)?, 0.1, least);
        Some(Plot::new(size, MARGINS, across, up))
    }

    /// The grid of differences, and the baseline's limits as a band.
    fn grid(&self, plot: &mut Plot) {
        if let Some(band) = self.band() {
            let (top, bottom) = (plot.y.at(band.high), plot.y.at(band.low));
            plot.shape(Shape::Fill {
                rect: Rect::between(plot.frame.x, top, plot.frame.right(), bottom),
                role: Role::Band,
            });
        }
        let (low, high) = plot.y.domain();
        let step = step_for(self.written, high - low, 6);
        for tick in nice_ticks(low, high, step) {
            let role = if tick == 0.0 { Role::Axis } else { Role::Grid };
            plot.y_tick(tick, difference_tick_text(self.written, tick, step), role);
        }
    }

    /// The axis of means.
    fn levels(&self, plot: &mut Plot) {
        let (low, high) = plot.x.domain();
        let step = step_for(self.written, high - low, 5);
        for tick in nice_ticks(low, high, step) {
            plot.x_tick(tick, tick_text(self.written, tick, step));
        }
        let (name, unit) = (self.written.metric().info().name, self.written.unit());
        plot.x_title(format!("Mean of A and B, {name} {unit}"));
    }

    /// The axis of nights.
    fn nights(&self, plot: &mut Plot) {
        let (low, high) = plot.x.domain();
        if let Some(day_one) = self.day_one {
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
        dates(plot, self, low, high);
        plot.x_title(format!(
            "{}, A−B by night",
            self.written.metric().info().name
        ));
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
    fn marks(&self, plot: &mut Plot, view: PairView) {
        for point in self.drawn().filter(|point| point.is_baseline) {
            mark(plot, view, point, None, false);
        }
        let later: Vec<&PairPoint> = self.later().collect();
        // By night, joined only where the nights follow each other.
        let joins = |one: &PairPoint, two: &PairPoint| {
            view == PairView::Level || two.day.days_since(one.day) == 1
        };
        for ends in later.windows(2).filter(|ends| joins(ends[0], ends[1])) {
            let points = ends.iter().map(|point| place(plot, view, point)).collect();
            plot.shape(Shape::Line {
                points,
                width_px: 1.0,
                dash: Dash::DAY_ONE,
                role: Role::AltitudeLine,
            });
        }
        let is_numbered = later.len() <= MOST_NUMBERED;
        for point in later {
            let number = point.day_number.filter(|_| is_numbered);
            mark(plot, view, point, number, false);
        }
    }

    /// The nights that are not the baseline's.
    fn later(&self) -> impl Iterator<Item = &PairPoint> {
        self.drawn().filter(|point| !point.is_baseline)
    }

    /// What is written on a night's mark, where there is room.
    fn number(&self, point: &PairPoint) -> Option<u32> {
        let has_room = !point.is_baseline && self.later().count() <= MOST_NUMBERED;
        point.day_number.filter(|_| has_room)
    }
}

/// One night's mark, filled where the crosshair stands on it.
fn mark(plot: &mut Plot, view: PairView, point: &PairPoint, number: Option<u32>, is_marked: bool) {
    let centre = place(plot, view, point);
    let disc = |radius_px| Shape::Disc {
        centre,
        radius_px,
        role: Role::Ink,
    };
    match (point.is_baseline, number) {
        (true, _) if is_marked => plot.shape(disc(DOT_PX + 1.5)),
        (true, _) => plot.shape(Shape::ring(centre, DOT_PX, 1.25, Role::AltitudeLine)),
        (false, Some(number)) => numbered(plot, centre, number, is_marked),
        (false, None) if is_marked => plot.shape(disc(DOT_PX + 2.0)),
        (false, None) => plot.shape(disc(DOT_PX)),
    }
}

fn place(plot: &Plot, view: PairView, point: &PairPoint) -> Point {
    let (x, y) = (view.across(point), point.difference());
    Point::new(plot.x.at(x), plot.y.at(y))
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
