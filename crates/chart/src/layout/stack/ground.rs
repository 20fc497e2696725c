//! What stays as it is while a window moves: value axes, margins, the order of nights.

use super::{Stack, StackLane, StackMode, dense};
use crate::input::{TwinChart, index};
use crate::layout::altitude::Profile;
use crate::layout::domain::ValueAxis;
use crate::layout::frame::{DAY_MS, Nights, Order, ROOM_BEFORE_MS, room_after};
use crate::ticks::{difference_tick_text, tick_text};
use crate::view::{Bounds, View};
use physiology::Twin;

/// A lane is low: its value axis is cut into at most so many steps.
const MOST_INTERVALS: u32 = 3;
/// No closer than this, ms: two nights.
const LEAST_NIGHTS_MS: f64 = 2.0 * DAY_MS;
/// Where there are lines, ms: an hour.
const LEAST_LINES_MS: f64 = 3_600_000.0;

/// What follows from all nights of a stack, whatever is looked at.
///
/// Finding it looks at every night; laying out on it looks at those in sight alone. Whoever pans and
/// zooms keeps it, for as long as lanes, mode and scales of lines are the same.
#[derive(Debug, Clone, PartialEq)]
pub struct StackGround {
    pub(super) lanes: Vec<LaneGround>,
    pub(super) profile: Profile,
    /// The lowest and the highest of the altitude strip, m.
    pub(super) heights_m: (f64, f64),
    /// The midnight day 1 begins at, about, ms since the epoch.
    pub(super) day_one_ms: Option<f64>,
    /// How wide values need to be written, px.
    pub(super) ticks_px: f64,
    whole: Option<View>,
    least_ms: f64,
}

/// What follows from all nights of one lane.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LaneGround {
    pub(super) axis: Option<ValueAxis>,
    pub(super) order: Order,
    /// Whether each twin has any value, A first.
    pub(super) has_values: [bool; 2],
}

impl StackGround {
    /// Of a stack.
    pub fn of(stack: &Stack<'_>) -> Self {
        let first = stack.lanes.first().map(|lane| lane.chart);
        let profile = Profile::of(first.map_or(&[], |chart| chart.altitude));
        let whole = whole(stack);
        let is_difference = stack.mode == StackMode::Difference;
        let lanes: Vec<LaneGround> = stack
            .lanes
            .iter()
            .map(|lane| LaneGround::of(lane, is_difference))
            .collect();
        let ticks_px = stack
            .lanes
            .iter()
            .zip(&lanes)
            .filter_map(|(lane, ground)| {
                let axis = ground.axis.as_ref()?;
                let written = lane.chart.written;
                Some(axis.widest_px(|tick, step| {
                    if is_difference {
                        difference_tick_text(written, tick, step)
                    } else {
                        tick_text(written, tick, step)
                    }
                }))
            })
            .chain(stack.lines.iter().map(dense::ticks_px))
            .fold(0.0, f64::max);
        Self {
            heights_m: profile.range_m(whole.map(|whole| (whole.from, whole.to))),
            profile,
            day_one_ms: first.and_then(|chart| day_one_ms(&chart)),
            lanes,
            ticks_px,
            whole,
            least_ms: least_ms(stack),
        }
    }

    /// All there is to look at, and how closely one may look; ms since the epoch.
    pub fn bounds(&self) -> Bounds {
        bounds(self.whole, self.least_ms)
    }

    /// What is looked at, and whether that is only a part of what there is.
    pub(super) fn view(&self, stack: &Stack<'_>) -> Option<(View, bool)> {
        let whole = self.whole?;
        let bounds = self.bounds();
        let part = stack
            .view
            .map(|wanted| bounds.fit(wanted))
            .filter(|view| !bounds.is_whole(*view));
        Some(part.map_or((whole, false), |view| (view, true)))
    }
}

impl LaneGround {
    fn of(lane: &StackLane<'_>, is_difference: bool) -> Self {
        let chart = TwinChart {
            split: false,
            shown: [true, true],
            ..lane.chart
        };
        let nights = Nights::of(&chart);
        Self {
            axis: if is_difference {
                let differences = nights
                    .all()
                    .filter_map(|night| TwinChart::difference(night.day));
                let limits = lane.agreement.into_iter();
                let limits = limits.flat_map(|(bias, low, high)| [bias, low, high]);
                let all = differences.chain(limits);
                ValueAxis::of_differences(chart.written, all, MOST_INTERVALS)
            } else {
                ValueAxis::of(&chart, &nights, MOST_INTERVALS)
            },
            order: Order::of(&nights.shown, chart.days),
            has_values: Twin::BOTH.map(|twin| {
                nights
                    .all()
                    .any(|night| TwinChart::value(night.day, twin).is_some())
            }),
        }
    }

    /// The twins shown that have any value.
    pub(super) fn drawn(&self, chart: &TwinChart<'_>) -> impl Iterator<Item = Twin> {
        Twin::BOTH
            .into_iter()
            .filter(|twin| chart.shows(*twin) && self.has_values[index(*twin)])
    }
}

/// All there is to look at in a stack, and how closely one may look; ms since the epoch.
pub fn stack_bounds(stack: &Stack<'_>) -> Bounds {
    bounds(whole(stack), least_ms(stack))
}

fn bounds(whole: Option<View>, least_ms: f64) -> Bounds {
    let View { from, to } = whole.unwrap_or(View { from: 0.0, to: 0.0 });
    Bounds::new(from, to, least_ms)
}

const fn least_ms(stack: &Stack<'_>) -> f64 {
    if stack.lines.is_empty() {
        LEAST_NIGHTS_MS
    } else {
        LEAST_LINES_MS
    }
}

/// From before the first night to after the newest, with room for today's walk; without nights,
/// from the first sample to the last.
fn whole(stack: &Stack<'_>) -> Option<View> {
    of_nights(stack).or_else(|| of_lines(stack))
}

fn of_lines(stack: &Stack<'_>) -> Option<View> {
    let all = || stack.lines.iter().flat_map(|line| line.twins).flatten();
    Some(View {
        from: all().map(|bucket| bucket.from_ms as f64).reduce(f64::min)?,
        to: all().map(|bucket| bucket.to_ms as f64).reduce(f64::max)?,
    })
}

fn of_nights(stack: &Stack<'_>) -> Option<View> {
    let chart = stack.lanes.first()?.chart;
    let at_ms = || chart.days.iter().map(|day| day.at.unix_ms() as f64);
    let (first, last) = (at_ms().reduce(f64::min)?, at_ms().reduce(f64::max)?);
    Some(View {
        from: first - ROOM_BEFORE_MS,
        to: last + room_after(last, chart.now, !Profile::of(chart.altitude).is_empty()),
    })
}

/// Where day 1 begins: between the night before and its own.
fn day_one_ms(chart: &TwinChart<'_>) -> Option<f64> {
    let day = chart
        .days
        .iter()
        .find(|day| Some(day.day) == chart.day_one)?;
    Some(day.at.unix_ms() as f64 - 0.5 * DAY_MS)
}
