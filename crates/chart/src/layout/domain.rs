//! The value axis, and what lies behind the lines: grid, baseline band, limit.

use physiology::alarm::Priority;
use physiology::metric::Format;
use physiology::{Metric, Twin, Written};

use super::frame::{Nights, Plan};
use super::labels::clear_of;
use super::series::Series;
use crate::input::{Limit, TwinChart, drawable};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::plot::{extent, widened};
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::{finest, nice_ticks, step_for, tick_text};

/// From which value to which, and in which steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ValueAxis {
    low: f64,
    high: f64,
    step: f64,
}

impl ValueAxis {
    /// An axis that holds every shown value, the band and the limit, in `most` steps or a little
    /// more; none without any of them.
    pub(super) fn of(chart: &TwinChart<'_>, nights: &Nights<'_>, most: u32) -> Option<Self> {
        let values = nights.all().flat_map(|night| {
            Twin::BOTH
                .into_iter()
                .filter(|twin| chart.shows(*twin))
                .filter_map(|twin| TwinChart::value(night.day, twin))
        });
        let band = chart
            .band
            .into_iter()
            .flat_map(|band| [band.low, band.high]);
        let limit = chart.limit.map(|limit| limit.value);
        let (least, greatest) = natural(chart.written.metric());
        let (mut low, mut high) = values
            // A band of a few nights can reach over what there is: 101 % of saturation.
            .chain(band.map(|edge| edge.clamp(least, greatest)))
            .chain(limit)
            .filter(|value| drawable(*value))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low > high {
            return None;
        }
        let (data_low, data_high) = (low, high);
        let smallest = 4.0 * finest(chart.written);
        if high - low < smallest {
            (low, high) = ((low + high - smallest) / 2.0, (low + high + smallest) / 2.0);
        }
        let span = high - low;
        low -= 0.06 * span;
        high += 0.06 * span;
        if let Some(limit) = limit.filter(|limit| drawable(*limit)) {
            // Room for the zone under the limit and its tag.
            low = low.min(limit - 0.2 * span);
        }
        // What cannot be is not on the axis, unless a value says that it can.
        low = low.max(least.min(data_low));
        high = high.min(greatest.max(data_high));
        let step = step_for(chart.written, high - low, most);
        // An edge near a round number goes there, if no impossible value comes onto the axis.
        let near = 0.12 * (high - low);
        let (under, over) = ((low / step).floor() * step, (high / step).ceil() * step);
        if low - under <= near && under >= least.min(data_low) {
            low = under;
        }
        if over - high <= near && over <= greatest.max(data_high) {
            high = over;
        }
        Some(Self { low, high, step })
    }

    /// An axis that holds these differences, in `most` steps or a little more: zero with room on
    /// both sides, so that the sign is seen. None without any.
    pub(super) fn of_differences(
        written: Written,
        differences: impl Iterator<Item = f64>,
        most: u32,
    ) -> Option<Self> {
        let (low, high) = extent(differences)?;
        let (low, high) = (low.min(-0.35 * high), high.max(-0.35 * low));
        let (low, high) = widened((low.min(0.0), high.max(0.0)), 0.06, 4.0 * finest(written));
        let step = step_for(written, high - low, most);
        Some(Self { low, high, step })
    }

    pub(super) fn scale(&self, plan: &Plan) -> Linear {
        let plot = plan.frame.plot;
        Linear::new((self.low, self.high), (plot.bottom(), plot.y))
    }

    pub(super) fn ticks(&self) -> Vec<f64> {
        nice_ticks(self.low, self.high, self.step)
    }

    pub(super) fn widest_tick_px(&self, written: Written) -> f64 {
        self.widest_px(|tick, step| tick_text(written, tick, step))
    }

    /// How wide the widest tick is as `text` writes it, of its value and the step, px.
    pub(super) fn widest_px(&self, text: impl Fn(f64, f64) -> String) -> f64 {
        self.ticks()
            .into_iter()
            .map(|tick| TextStyle::Faint.width_px(&text(tick, self.step)))
            .fold(0.0, f64::max)
    }
}

/// The least and the most a metric can be.
fn natural(metric: Metric) -> (f64, f64) {
    let info = metric.info();
    match (info.format, info.unit) {
        (Format::Signed(_), _) => (f64::NEG_INFINITY, f64::INFINITY),
        (_, "%" | "/100") => (0.0, 100.0),
        _ => (0.0, f64::INFINITY),
    }
}

/// The limit, if it can be drawn.
fn limit_of(chart: &TwinChart<'_>) -> Option<Limit> {
    chart.limit.filter(|limit| drawable(limit.value))
}

/// Zone, band, grid and limit, from the back to the front.
pub(super) fn ground(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    plan: &Plan,
    axis: &ValueAxis,
    scale: Linear,
) {
    let plot = plan.frame.plot;
    let limit_y = limit_of(chart).map(|limit| scale.at(limit.value).round());
    if let Some(y) = limit_y {
        across(sheet, plan, y, plot.bottom(), Role::AlarmZone);
    }
    if let Some((top, bottom)) = band_edges(chart, scale) {
        across(sheet, plan, top, bottom, Role::Band);
    }
    for tick in axis.ticks() {
        let y = scale.at(tick);
        for panel in &plan.panels {
            sheet
                .shapes
                .push(Shape::level(panel.left, panel.right, y, Role::Grid));
        }
    }
    if let Some(y) = limit_y {
        for panel in &plan.panels {
            sheet.shapes.push(Shape::Line {
                points: vec![
                    Point::new(panel.left, y + 0.5),
                    Point::new(panel.right, y + 0.5),
                ],
                width_px: 1.5,
                dash: Dash::LIMIT,
                role: Role::AlarmEdge,
            });
        }
    }
}

/// What the grid's lines stand for, on their left; `text` writes a tick of a step.
pub(super) fn tick_labels(
    sheet: &mut Sheet,
    plan: &Plan,
    axis: &ValueAxis,
    scale: Linear,
    text: impl Fn(f64, f64) -> String,
) {
    if !plan.names_scales {
        return;
    }
    for tick in axis.ticks() {
        sheet.label(
            (plan.left - 8.0, scale.at(tick) + 4.0),
            text(tick, axis.step),
            Anchor::End,
            TextStyle::Faint,
        );
    }
}

fn across(sheet: &mut Sheet, plan: &Plan, top: f64, bottom: f64, role: Role) {
    for panel in &plan.panels {
        sheet.shapes.push(Shape::Fill {
            rect: Rect::between(panel.left, top, panel.right, bottom),
            role,
        });
    }
}

/// Top and bottom of the baseline band, px, within the plot.
fn band_edges(chart: &TwinChart<'_>, scale: Linear) -> Option<(f64, f64)> {
    let band = chart.band?;
    let (low, high) = scale.domain();
    (drawable(band.low) && drawable(band.high) && band.low <= band.high).then(|| {
        (
            scale.at(band.high.clamp(low, high)),
            scale.at(band.low.clamp(low, high)),
        )
    })
}

/// The tag of the limit and the name of the band, where no line runs.
pub(super) fn notes(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    plan: &Plan,
    scale: Linear,
    series: &[Series],
) {
    limit_tag(sheet, chart, plan, scale, series);
    band_name(sheet, chart, plan, scale, series);
}

/// The tag of the limit, where no line runs.
pub(super) fn limit_tag(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    plan: &Plan,
    scale: Linear,
    series: &[Series],
) {
    let (Some(panel), Some(limit)) = (plan.main_panel(), limit_of(chart)) else {
        return;
    };
    let text = tag_text(chart.written, limit, plan.options.compact);
    let width = TextStyle::Tag.width_px(&text) + 16.0;
    let line = scale.at(limit.value).round();
    // Under the line; over it where there is little room, or something under it.
    let (below, above) = (line + 8.0, line - 21.0);
    let fits = below + 18.0 <= plan.frame.plot.bottom() + 6.0;
    let rows = if fits { [below, above] } else { [above, above] };
    if width <= panel.right - panel.left - 8.0 {
        let at = |x: f64, y: f64| Rect::between(x, y, x + width, y + 18.0);
        let places = rows.into_iter().flat_map(|y| {
            steps(panel.left + 8.0, panel.right - width - 4.0).map(move |x| at(x, y))
        });
        // With data all along the zone the tag stays at the left, under the lines.
        let place = clear_of(places, series, &sheet.labels, 4.0)
            .unwrap_or_else(|| at(panel.left + 8.0, rows[0]));
        sheet.shapes.push(Shape::Area {
            points: place.rounded(4.0),
            role: Role::of_priority(limit.priority),
        });
        sheet.label(
            (place.x + place.width / 2.0, place.y + 13.0),
            text,
            Anchor::Middle,
            TextStyle::Tag,
        );
    }
}

/// The name of the baseline band, under it or over it, where no line runs.
fn band_name(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    plan: &Plan,
    scale: Linear,
    series: &[Series],
) {
    let (Some(panel), Some((top, bottom))) = (plan.main_panel(), band_edges(chart, scale)) else {
        return;
    };
    let plot = plan.frame.plot;
    let text = if plan.options.compact {
        "Baseline"
    } else {
        "Baseline band, mean ± 2 SD"
    };
    let width = TextStyle::Faint.width_px(text);
    let (left, right) = (panel.left + 8.0, panel.right - width - 4.0);
    let under = steps(left, right)
        .map(|x| Rect::between(x, bottom + 5.0, x + width, bottom + 18.0))
        .filter(|place| place.bottom() <= plot.bottom());
    let over = steps(left, right)
        .map(|x| Rect::between(x, top - 17.0, x + width, top - 4.0))
        .filter(|place| place.y >= plot.y - 8.0);
    if let Some(place) = clear_of(under.chain(over), series, &sheet.labels, 5.0) {
        sheet.label(
            (place.x, place.y + 10.0),
            text,
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

fn tag_text(written: Written, limit: Limit, compact: bool) -> String {
    let symbol = limit.priority.symbol();
    let below = written.limit(limit.value);
    if compact {
        format!("{symbol} Below {below}")
    } else {
        let priority = match limit.priority {
            Priority::Low => "Low",
            Priority::Medium => "Medium",
            Priority::High => "High",
        };
        format!("{symbol} {priority} alarm below {below}")
    }
}

fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    const STEP_PX: f64 = 16.0;
    let count = ((to - from) / STEP_PX).floor().clamp(-1.0, 2_000.0) + 1.0;
    (0..count as usize).map(move |index| from + index as f64 * STEP_PX)
}
