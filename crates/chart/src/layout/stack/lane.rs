//! One lane: its name, its ground, what is expected, what is missing, the twins' lines.

use physiology::baseline::Band;
use physiology::{Missing, Reading, Twin};

use super::StackLane;
use crate::hatch::hatch_lines;
use crate::input::{TwinChart, drawable};
use crate::layout::Sheet;
use crate::layout::domain::{self, ValueAxis};
use crate::layout::frame::{DAY_MS, Nights, Panel, Plan};
use crate::layout::labels::clear_of;
use crate::layout::series::{self, Series};
use crate::palette::Role;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// Nights closer together than this, px, have their gaps left blank: no hatch would be seen.
const LEAST_DAY_PX: f64 = 10.0;

/// Why a twin's night is missing, told once for all lanes.
pub(super) type Told = (Twin, usize, Missing);

/// Draws a lane, and gives its scale; none without values.
pub(super) fn draw(
    sheet: &mut Sheet,
    lane: &StackLane<'_>,
    nights: &Nights<'_>,
    plan: &Plan,
    axis: Option<&ValueAxis>,
    name_y: f64,
    told: &mut Vec<Told>,
) -> Option<Linear> {
    let chart = &lane.chart;
    name(sheet, chart, plan.left, name_y);
    let has_values = Twin::BOTH.map(|twin| {
        nights
            .all()
            .any(|night| TwinChart::value(night.day, twin).is_some())
    });
    silent(sheet, nights, plan, has_values);
    let (axis, panel) = (axis?, plan.main_panel()?);
    let scale = axis.scale(plan);
    domain::ground(sheet, chart, plan, axis, scale);
    expected(sheet, lane, panel, scale);
    let gaps = gaps(nights, panel, plan, has_values);
    for gap in &gaps {
        hatch_lines(&mut sheet.shapes, gap.place, 1.0, Role::Axis);
    }
    let series = Series::of(chart, nights, plan, scale);
    unusual(sheet, lane, panel, scale);
    domain::limit_tag(sheet, chart, plan, scale, &series);
    let limit_y = chart.limit.map(|limit| scale.at(limit.value));
    for gap in &gaps {
        gap.tell(sheet, plan, limit_y, &series, told);
    }
    series::paint(sheet, chart, &series);
    Some(scale)
}

/// The metric and its unit, over the plot: nothing lies over data.
fn name(sheet: &mut Sheet, chart: &TwinChart<'_>, left: f64, baseline: f64) {
    let (name, unit) = (chart.written.metric().info().name, chart.written.unit());
    let bounds = sheet.label((left, baseline), name, Anchor::Start, TextStyle::Title);
    if !unit.is_empty() {
        sheet.label(
            (bounds.right() + 6.0, baseline),
            unit,
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

/// A twin without any value in the range is told so, with the newest night's reason.
fn silent(sheet: &mut Sheet, nights: &Nights<'_>, plan: &Plan, has_values: [bool; 2]) {
    let mut words = Vec::new();
    for (twin, has_values) in Twin::BOTH.into_iter().zip(has_values) {
        let newest = nights.shown.last().map(|night| night.day.of(twin));
        if let (false, Some(Reading::Missing(reason))) = (has_values, newest) {
            words.push(format!("{}: {}", twin.letter(), reason.sentence()));
        }
    }
    if words.is_empty() {
        return;
    }
    let plot = plan.frame.plot;
    sheet.label(
        (plot.x + 8.0, plot.bottom() - 8.0),
        words.join(" · "),
        Anchor::Start,
        TextStyle::Faint,
    );
}

/// The edges of what is expected, night by night: steps that leave out what is off the scale.
fn expected(sheet: &mut Sheet, lane: &StackLane<'_>, panel: &Panel, scale: Linear) {
    let edges: [fn(&Band) -> f64; 2] = [|band| band.low, |band| band.high];
    for edge in edges {
        let mut run: Vec<Point> = Vec::new();
        for (day, band) in lane.chart.days.iter().zip(lane.expected) {
            let (low, high) = scale.domain();
            let level = band
                .as_ref()
                .map(edge)
                .filter(|level| drawable(*level) && (low..=high).contains(level));
            match level {
                Some(level) => {
                    let at_ms = day.at.unix_ms() as f64;
                    let y = scale.at(level);
                    run.extend([-0.5, 0.5].map(|half| {
                        let x = panel.time.at(at_ms + half * DAY_MS);
                        Point::new(x.clamp(panel.left, panel.right), y)
                    }));
                }
                None => flush(sheet, &mut run),
            }
        }
        flush(sheet, &mut run);
    }
}

fn flush(sheet: &mut Sheet, run: &mut Vec<Point>) {
    if run.len() > 1 {
        sheet.shapes.push(Shape::Line {
            points: core::mem::take(run),
            width_px: 1.0,
            dash: Dash::PLANNED,
            role: Role::AltitudeLine,
        });
    }
    run.clear();
}

/// A ring around every night that is unusual, where there is room for rings; an alarmed one has its
/// halo already.
fn unusual(sheet: &mut Sheet, lane: &StackLane<'_>, panel: &Panel, scale: Linear) {
    const RADIUS_PX: f64 = 7.0;
    if panel.day_px() < RADIUS_PX {
        return;
    }
    for (place, twin) in lane.unusual {
        let value = lane
            .chart
            .days
            .get(*place)
            .and_then(|day| Some((day, TwinChart::value(day, *twin)?)))
            .filter(|(_, value)| !lane.chart.breaches(*value));
        if let Some((day, value)) = value {
            let centre = Point::new(panel.time.at(day.at.unix_ms() as f64), scale.at(value));
            sheet
                .shapes
                .push(Shape::ring(centre, RADIUS_PX, 1.0, Role::AltitudeLine));
        }
    }
}

/// Nights in a row that a twin is missing for one reason, while the lane has values of the twin.
struct Gap {
    twin: Twin,
    first: usize,
    reason: Missing,
    place: Rect,
}

fn gaps(nights: &Nights<'_>, panel: &Panel, plan: &Plan, has_values: [bool; 2]) -> Vec<Gap> {
    let day_px = panel.day_px();
    if day_px < LEAST_DAY_PX {
        return Vec::new();
    }
    let half = (day_px * 0.3).min(10.0);
    let plot = plan.frame.plot;
    let mut gaps: Vec<Gap> = Vec::new();
    for (twin, _) in Twin::BOTH.into_iter().zip(has_values).filter(|one| one.1) {
        let mut joined = None;
        for (place, night) in nights.shown.iter().enumerate() {
            let Reading::Missing(reason) = night.day.of(twin) else {
                continue;
            };
            let x = panel.time.at(night.at_ms);
            let right = (x + half).min(panel.right);
            match gaps.last_mut() {
                Some(gap) if joined == place.checked_sub(1) && gap.reason == *reason => {
                    gap.place.width = right - gap.place.x;
                }
                _ => gaps.push(Gap {
                    twin,
                    first: place,
                    reason: *reason,
                    place: Rect::between((x - half).max(panel.left), plot.y, right, plot.bottom()),
                }),
            }
            joined = Some(place);
        }
    }
    gaps
}

impl Gap {
    /// Says whose and why, beside the gap, where no line runs; once for all lanes.
    fn tell(
        &self,
        sheet: &mut Sheet,
        plan: &Plan,
        limit_y: Option<f64>,
        series: &[Series],
        told: &mut Vec<Told>,
    ) {
        let this = (self.twin, self.first, self.reason);
        if told.contains(&this) {
            return;
        }
        let text = format!("{}: {}", self.twin.letter(), self.reason.sentence());
        let width = TextStyle::Faint.width_px(&text);
        let plot = plan.frame.plot;
        let heights = (0..8).map(|step| plot.bottom() - 18.0 - f64::from(step) * 8.0);
        let clear = |y: &f64| *y >= plot.y && limit_y.is_none_or(|at| at < *y || at > *y + 13.0);
        let places = heights.filter(clear).flat_map(|y| {
            [self.place.right() + 5.0, self.place.x - width - 5.0]
                .into_iter()
                .filter(|x| *x >= plot.x && *x + width <= plot.right())
                .map(move |x| Rect::between(x, y, x + width, y + 13.0))
        });
        if let Some(place) = clear_of(places, series, &sheet.labels, 4.0) {
            sheet.label(
                (place.x, place.y + 10.0),
                text,
                Anchor::Start,
                TextStyle::Muted,
            );
            told.push(this);
        }
    }
}
