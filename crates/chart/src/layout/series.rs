//! The twins' lines, their marks, and the labels at their ends.

use physiology::Twin;
use physiology::pair::PairDay;

use super::frame::{NightAt, Nights, Panel, Plan, end_style, end_text};
use crate::decimate::{Sample, runs, thin, uncrowded};
use crate::input::{TwinChart, index};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label};

/// One twin's line in one panel, or that of their difference.
pub(super) struct Series {
    /// Whose mark it has: round is A's, square is B's.
    twin: Twin,
    role: Role,
    /// The runs without a gap, px.
    pub(super) paths: Vec<Vec<Point>>,
    /// Every night that gets a mark: where, and whether it is under the limit.
    marks: Vec<(Point, bool)>,
    /// The newest value: where, and what.
    last: Option<(Point, f64)>,
    look: Look,
    is_baseline: bool,
}

/// How heavy a line and its marks are.
#[derive(Clone, Copy)]
struct Look {
    line_px: f64,
    /// Half the size of a mark; 0 where nights stand too close for marks.
    mark_px: f64,
    dash: Dash,
}

impl Look {
    /// By how far apart two nights are, px.
    fn of(twin: Twin, day_px: f64) -> Self {
        let roomy = day_px >= 10.0;
        Self {
            line_px: if roomy { 2.25 } else { 1.5 },
            mark_px: match day_px {
                wide if wide >= 18.0 => 4.0,
                middle if middle >= 10.0 => 3.2,
                // The ring of the sheet's colour around each, and a step of line between two rings.
                narrow if narrow >= 9.0 => 2.4,
                _ => 0.0,
            },
            dash: match (twin, roomy) {
                (Twin::A, _) => Dash::SOLID,
                (Twin::B, true) => Dash::TWIN_B,
                (Twin::B, false) => Dash::TWIN_B_SMALL,
            },
        }
    }

    /// Half the size of a mark that is drawn however close the nights stand.
    fn lone_mark_px(self) -> f64 {
        self.mark_px.max(2.0)
    }
}

impl Series {
    /// The shown twins' lines, panel by panel, B before A: A lies on top.
    pub(super) fn of(
        chart: &TwinChart<'_>,
        nights: &Nights<'_>,
        plan: &Plan,
        scale: Linear,
    ) -> Vec<Self> {
        let reaches_newest = nights.reaches_newest;
        nights
            .panels()
            .zip(&plan.panels)
            .flat_map(|(nights, panel)| {
                [Twin::B, Twin::A]
                    .into_iter()
                    .filter(|twin| chart.shows(*twin))
                    .map(move |twin| {
                        let line = Line {
                            panel,
                            scale,
                            twin,
                            role: Role::of_twin(twin),
                        };
                        let value = |day: &PairDay| TwinChart::value(day, twin);
                        let mut line = line.through(nights, value, |value| chart.breaches(value));
                        line.last = line.last.filter(|_| reaches_newest[index(twin)]);
                        line
                    })
            })
            .collect()
    }

    /// A − B in sight, in ink; round, solid, and only where both have a value.
    pub(super) fn of_differences(nights: &Nights<'_>, panel: &Panel, scale: Linear) -> Self {
        let line = Line {
            panel,
            scale,
            twin: Twin::A,
            role: Role::Ink,
        };
        let mut series = line.through(&nights.shown, TwinChart::difference, |_| false);
        let reaches_newest = nights.reaches_newest;
        series.last = series.last.filter(|_| reaches_newest == [true, true]);
        series
    }
}

/// What a line is drawn with.
struct Line<'a> {
    panel: &'a Panel,
    scale: Linear,
    twin: Twin,
    role: Role,
}

impl Line<'_> {
    fn through(
        &self,
        nights: &[NightAt<'_>],
        value: impl Fn(&PairDay) -> Option<f64>,
        breaches: impl Fn(f64) -> bool,
    ) -> Series {
        let Self {
            panel,
            scale,
            twin,
            role,
        } = *self;
        let look = Look::of(twin, panel.day_px());
        let samples = nights.iter().map(|night| Sample {
            at_ms: night.at_ms as i64,
            value: value(night.day),
        });
        let place =
            |(at_ms, value): (i64, f64)| Point::new(panel.time.at(at_ms as f64), scale.at(value));
        let runs = runs(samples, super::frame::DAY_MS as i64);
        let last = runs
            .last()
            .and_then(|run| run.last())
            .map(|newest| (place(*newest), newest.1))
            .filter(|(point, _)| panel.holds(point.x));
        let mut marks: Vec<(Point, bool)> = runs
            .iter()
            .filter(|run| look.mark_px > 0.0 || run.len() == 1)
            .flatten()
            .map(|(at_ms, value)| (place((*at_ms, *value)), breaches(*value)))
            .filter(|(point, _)| panel.holds(point.x))
            .collect();
        if marks.len() as f64 > 2.0 * (panel.right - panel.left) {
            // Nights by the thousand: as many as there is room for.
            marks = [false, true]
                .into_iter()
                .flat_map(|alarmed| {
                    let own = marks.iter().filter(|mark| mark.1 == alarmed);
                    let points = thin(own.map(|mark| mark.0).collect());
                    points.into_iter().map(move |point| (point, alarmed))
                })
                .collect();
        }
        let paths = runs
            .into_iter()
            .map(|run| thin(run.into_iter().map(place).collect()));
        let paths = uncrowded(paths, 1.0);
        Series {
            twin,
            role,
            paths,
            marks,
            last,
            look,
            is_baseline: panel.is_baseline,
        }
    }
}

/// Lines, then marks on a ring of the sheet's colour, then the alarmed nights over everything.
pub(super) fn paint(sheet: &mut Sheet, chart: &TwinChart<'_>, series: &[Series]) {
    for line in series {
        let role = line.role;
        for path in line.paths.iter().filter(|path| path.len() > 1) {
            sheet.shapes.push(Shape::Line {
                points: path.clone(),
                width_px: line.look.line_px,
                dash: line.look.dash,
                role,
            });
        }
        let half = line.look.lone_mark_px();
        for (grow, role) in [(1.25, Role::Sheet), (0.0, role)] {
            for (centre, _) in &line.marks {
                sheet
                    .shapes
                    .push(Shape::mark(line.twin, *centre, half + grow, role));
            }
        }
        if let Some((centre, _)) = line.last.filter(|_| !line.is_baseline) {
            let half = line.look.mark_px.max(3.2);
            sheet
                .shapes
                .push(Shape::mark(line.twin, centre, half + 1.25, Role::Sheet));
            sheet
                .shapes
                .push(Shape::mark(line.twin, centre, half, role));
        }
    }
    let Some(limit) = chart.limit else {
        return;
    };
    for line in series {
        let newest = line
            .last
            .filter(|_| !line.is_baseline)
            .map(|(centre, value)| (centre, chart.breaches(value)));
        let half = line.look.lone_mark_px();
        for (centre, _) in line
            .marks
            .iter()
            .copied()
            .chain(newest.filter(|_| line.look.mark_px == 0.0))
            .filter(|(_, alarmed)| *alarmed)
        {
            halo(
                sheet,
                line.twin,
                centre,
                half,
                Role::of_priority(limit.priority),
            );
        }
    }
}

/// A mark on the alarm's colour, edged with ink.
fn halo(sheet: &mut Sheet, twin: Twin, centre: Point, half: f64, role: Role) {
    let outer = 2.0 * half + 1.0;
    let ring = |size: f64, role: Role| match twin {
        Twin::A => Shape::mark(twin, centre, size, role),
        Twin::B => Shape::Area {
            points: Rect::around(centre, size).rounded(size * 0.45),
            role,
        },
    };
    sheet.shapes.push(ring(outer + 0.5, Role::AlarmInk));
    sheet.shapes.push(ring(outer - 0.5, role));
    sheet
        .shapes
        .push(Shape::mark(twin, centre, half, Role::AlarmInk));
}

/// The newest values, at the ends of their lines; never one over the other.
pub(super) fn ends(sheet: &mut Sheet, chart: &TwinChart<'_>, plan: &Plan, series: &[Series]) {
    let mut labels: Vec<Label> = series
        .iter()
        .filter(|line| !line.is_baseline)
        .filter_map(|line| {
            let (point, value) = line.last?;
            Some(Label::new(
                (
                    point.x + Plan::END_LABEL_GAP_PX + halo_room(chart, value),
                    point.y + 5.0,
                ),
                end_text(chart, line.twin, value),
                Anchor::Start,
                end_style(line.twin),
            ))
        })
        .collect();
    if let [one, two] = labels.as_mut_slice()
        && one.bounds().x < two.bounds().right()
        && two.bounds().x < one.bounds().right()
    {
        part(one, two, 18.0);
    }
    let plot = plan.frame.plot;
    keep_within(&mut labels, plot.y + 6.0, plot.bottom());
    sheet.labels.extend(labels);
}

/// An alarmed mark is wider than a plain one.
fn halo_room(chart: &TwinChart<'_>, value: f64) -> f64 {
    if chart.breaches(value) { 2.0 } else { 0.0 }
}

/// Moves two labels apart, up and down by as much.
pub(super) fn part(one: &mut Label, two: &mut Label, apart: f64) {
    let (upper, lower) = if one.y <= two.y {
        (one, two)
    } else {
        (two, one)
    };
    let missing = apart - (lower.y - upper.y);
    if missing > 0.0 {
        upper.y -= missing / 2.0;
        lower.y += missing / 2.0;
    }
}

/// Moves all labels by as much as brings them between `top` and `bottom`, their distance kept.
pub(super) fn keep_within(labels: &mut [Label], top: f64, bottom: f64) {
    let least = labels
        .iter()
        .map(|label| label.y)
        .fold(f64::INFINITY, f64::min);
    let most = labels
        .iter()
        .map(|label| label.y)
        .fold(f64::NEG_INFINITY, f64::max);
    let shift = if most > bottom {
        bottom - most
    } else if least < top {
        top - least
    } else {
        0.0
    };
    for label in labels {
        label.y += shift;
    }
}
