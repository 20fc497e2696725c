//! One lane: its name, its ground, what is expected, what is missing, the twins' lines.

use physiology::baseline::Band;
use physiology::{Reading, Twin};

use super::gaps::{self, Told};
use super::ground::LaneGround;
use super::{StackLane, StackMode};
use crate::decimate::{thin, uncrowded};
use crate::input::{TwinChart, drawable};
use crate::layout::domain;
use crate::layout::frame::{DAY_MS, Nights, Panel, Plan};
use crate::layout::series::{self, Series};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::tick_text;

/// Draws a lane, and gives its scale; none without values.
pub(super) fn draw(
    sheet: &mut Sheet,
    lane: &StackLane<'_>,
    ground: &LaneGround,
    nights: &Nights<'_>,
    plan: &Plan,
    told: &mut Vec<Told>,
) -> Option<Linear> {
    let chart = &lane.chart;
    silent(sheet, chart, ground, plan);
    let (axis, panel) = (ground.axis.as_ref()?, plan.main_panel()?);
    let scale = axis.scale(plan);
    expected_band(sheet, lane, nights, panel, scale);
    domain::ground(sheet, chart, plan, axis, scale);
    domain::tick_labels(sheet, plan, axis, scale, |tick, step| {
        tick_text(chart.written, tick, step)
    });
    expected(sheet, lane, nights, panel, scale);
    let gaps = gaps::of(nights, panel, plan, ground.drawn(chart));
    gaps::hatch(sheet, &gaps);
    let series = Series::of(chart, nights, plan, scale);
    unusual(sheet, lane, panel, scale);
    if plan.names_scales {
        domain::limit_tag(sheet, chart, plan, scale, &series);
    }
    let limit_y = chart.limit.map(|limit| scale.at(limit.value));
    for gap in &gaps {
        gap.tell(sheet, plan, limit_y, &series, told);
    }
    series::paint(sheet, chart, &series);
    Some(scale)
}

/// A metric and its unit, which for differences may be another.
pub(super) fn names(chart: &TwinChart<'_>, mode: StackMode) -> (&'static str, &'static str) {
    let unit = if mode == StackMode::Difference {
        chart.written.difference_unit()
    } else {
        chart.written.unit()
    };
    (chart.written.metric().info().name, unit)
}

/// What a lane shows and its unit, over the plot: nothing lies over data.
pub(super) fn name(sheet: &mut Sheet, (name, unit): (&str, &str), left: f64, baseline: f64) {
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
pub(super) fn silent(sheet: &mut Sheet, chart: &TwinChart<'_>, ground: &LaneGround, plan: &Plan) {
    let mut words = Vec::new();
    for (twin, has_values) in Twin::BOTH.into_iter().zip(ground.has_values) {
        let newest = ground.order.newest(chart.days).map(|day| day.of(twin));
        let is_told = !has_values && chart.shows(twin);
        if let (true, Some(Reading::Missing(reason))) = (is_told, newest) {
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

/// The stretch of the plot that a night stands for, from left to right, px; none out of sight.
fn night_across(panel: &Panel, at_ms: f64) -> Option<(f64, f64)> {
    let at = |half: f64| panel.time.at(at_ms + half * DAY_MS);
    let (left, right) = (at(-0.5).max(panel.left), at(0.5).min(panel.right));
    (left < right).then_some((left, right))
}

/// What is expected, night by night, filled as far as it is on the scale.
fn expected_band(
    sheet: &mut Sheet,
    lane: &StackLane<'_>,
    nights: &Nights<'_>,
    panel: &Panel,
    scale: Linear,
) {
    let (low, high) = scale.domain();
    let mut pending: Option<Rect> = None;
    for night in &nights.shown {
        let band = lane.expected.get(night.night.place()).copied().flatten();
        let band = band.filter(|band| drawable(band.low) && drawable(band.high));
        let seen = band.filter(|band| band.low < high && band.high > low);
        let across = night_across(panel, night.at_ms);
        let (Some(band), Some((left, right))) = (seen, across) else {
            continue;
        };
        let (top, bottom) = (band.high.min(high), band.low.max(low));
        let own = Rect::between(left, scale.at(top), right, scale.at(bottom));
        // Nights narrower than a pixel are filled by the pixel.
        let rect = match pending.take() {
            Some(before) if own.x - before.right() < 1.0 && own.right() - before.x < 1.0 => {
                Rect::between(
                    before.x,
                    before.y.min(own.y),
                    own.right(),
                    before.bottom().max(own.bottom()),
                )
            }
            Some(before) => {
                fill(sheet, before);
                own
            }
            None => own,
        };
        pending = Some(rect);
    }
    if let Some(rect) = pending {
        fill(sheet, rect);
    }
}

fn fill(sheet: &mut Sheet, rect: Rect) {
    sheet.shapes.push(Shape::Fill {
        rect,
        role: Role::Band,
    });
}

/// The edges of what is expected, night by night: steps that leave out what is off the scale.
fn expected(
    sheet: &mut Sheet,
    lane: &StackLane<'_>,
    nights: &Nights<'_>,
    panel: &Panel,
    scale: Linear,
) {
    let edges: [fn(&Band) -> f64; 2] = [|band| band.low, |band| band.high];
    let (low, high) = scale.domain();
    for edge in edges {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        let mut joins = false;
        for night in &nights.shown {
            let Some((left, right)) = night_across(panel, night.at_ms) else {
                continue;
            };
            let band = lane.expected.get(night.night.place()).copied().flatten();
            let level = band
                .as_ref()
                .map(edge)
                .filter(|level| drawable(*level) && (low..=high).contains(level));
            let Some(y) = level.map(|level| scale.at(level)) else {
                joins = false;
                continue;
            };
            if !joins {
                runs.push(Vec::new());
            }
            if let Some(run) = runs.last_mut() {
                run.extend([left, right].map(|x| Point::new(x, y)));
            }
            joins = true;
        }
        for points in uncrowded(runs.into_iter().map(thin), 1.0) {
            sheet.shapes.push(Shape::Line {
                points,
                width_px: 1.0,
                dash: Dash::PLANNED,
                role: Role::AltitudeLine,
            });
        }
    }
}

/// A ring around every night that is unusual, where there is room for rings; an alarmed one has its
/// halo already.
fn unusual(sheet: &mut Sheet, lane: &StackLane<'_>, panel: &Panel, scale: Linear) {
    const RADIUS_PX: f64 = 7.0;
    if panel.day_px() < RADIUS_PX {
        return;
    }
    let shown = lane
        .unusual
        .iter()
        .filter(|(_, twin)| lane.chart.shows(*twin));
    for (place, twin) in shown {
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
