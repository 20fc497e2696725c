//! The frame: margins, panels, and which nights are in them.

use physiology::pair::PairDay;
use physiology::{Timestamp, Twin};

use super::altitude::Profile;
use super::domain::ValueAxis;
use crate::hit::Night;
use crate::input::{Options, Size, TwinChart};
use crate::scale::Linear;
use crate::shape::Rect;
use crate::text::TextStyle;
use crate::view::View;

/// A day, ms.
pub(super) const DAY_MS: f64 = 86_400_000.0;
/// So much time is shown before the first night, ms.
pub(super) const ROOM_BEFORE_MS: f64 = 0.43 * DAY_MS;
/// So much is shown after the last night, ms, where that is not last night.
pub(super) const ROOM_AFTER_MS: f64 = 0.5 * DAY_MS;

/// A stretch of the time axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Left edge, px.
    pub left: f64,
    /// Right edge, px.
    pub right: f64,
    /// From ms since the epoch to px.
    pub time: Linear,
    /// Whether this is the small panel of baseline nights.
    pub is_baseline: bool,
}

impl Panel {
    /// Whether a position is in the panel.
    pub(super) fn holds(&self, x: f64) -> bool {
        self.left <= x && x <= self.right
    }

    /// How far apart two nights in a row are, px.
    pub(super) fn day_px(&self) -> f64 {
        let (from, to) = self.time.domain();
        (self.right - self.left) * DAY_MS / (to - from).max(1.0)
    }
}

/// Where the parts of the chart are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// From the first panel's left edge to the last one's right; the height of the value scale.
    pub plot: Rect,
    /// The bottom of the altitude strip, where the axis begins, px.
    pub floor: f64,
}

/// A night that can be placed in time.
#[derive(Clone, Copy)]
pub(super) struct NightAt<'a> {
    pub(super) night: Night,
    pub(super) at_ms: f64,
    pub(super) day: &'a PairDay,
}

/// The nights of both panels, each in order of time.
pub(super) struct Nights<'a> {
    pub(super) baseline: Vec<NightAt<'a>>,
    pub(super) shown: Vec<NightAt<'a>>,
    /// How many nights there are before those shown, and in all.
    pub(super) before: usize,
    pub(super) of: usize,
    /// Whether each twin's newest value is among those shown, A first.
    pub(super) reaches_newest: [bool; 2],
}

impl<'a> Nights<'a> {
    pub(super) fn of(chart: &TwinChart<'a>) -> Self {
        let baseline = if chart.split {
            chart.baseline_days
        } else {
            &[]
        };
        let shown = in_order(chart.days, Night::Shown);
        Self {
            baseline: in_order(baseline, Night::Baseline),
            before: 0,
            of: shown.len(),
            shown,
            reaches_newest: [true, true],
        }
    }

    /// No nights.
    pub(super) const fn none() -> Self {
        Self {
            baseline: Vec::new(),
            shown: Vec::new(),
            before: 0,
            of: 0,
            reaches_newest: [true, true],
        }
    }

    /// The nights in sight, and one beyond each edge, found without looking at all of them.
    pub(super) fn in_sight(days: &'a [PairDay], order: &Order, view: View) -> Self {
        let of = order.len(days);
        let after = |limit: f64, or_at: bool| {
            order.partition_point(days, |at_ms| at_ms < limit || (or_at && at_ms == limit))
        };
        let first = after(view.from, false).saturating_sub(1);
        let end = (after(view.to, true) + 1).min(of);
        let reaches_newest = Twin::BOTH.map(|twin| {
            let mut later = (end..of).filter_map(|position| order.night(days, position));
            !later.any(|night| TwinChart::value(night.day, twin).is_some())
        });
        Self {
            baseline: Vec::new(),
            shown: (first..end)
                .filter_map(|position| order.night(days, position))
                .collect(),
            before: first,
            of,
            reaches_newest,
        }
    }

    /// The nights panel by panel, as [`Plan::panels`] has them.
    pub(super) fn panels(&self) -> impl Iterator<Item = &[NightAt<'a>]> {
        [&self.baseline, &self.shown]
            .into_iter()
            .filter(|nights| !nights.is_empty())
            .map(Vec::as_slice)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &NightAt<'a>> {
        self.baseline.iter().chain(&self.shown)
    }
}

/// How days come in order of time, found once for all views.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Order {
    /// As they are given.
    Given,
    /// By their places.
    Places(Vec<usize>),
}

impl Order {
    pub(super) fn of(nights: &[NightAt<'_>], days: &[PairDay]) -> Self {
        let places = || nights.iter().map(|night| night.night.place());
        if places().eq(0..days.len()) {
            Self::Given
        } else {
            Self::Places(places().collect())
        }
    }

    fn len(&self, days: &[PairDay]) -> usize {
        match self {
            Self::Given => days.len(),
            Self::Places(places) => places.len(),
        }
    }

    fn partition_point(&self, days: &[PairDay], is_before: impl Fn(f64) -> bool) -> usize {
        let at_ms = |day: &PairDay| day.at.unix_ms() as f64;
        match self {
            Self::Given => days.partition_point(|day| is_before(at_ms(day))),
            Self::Places(places) => places
                .partition_point(|place| days.get(*place).is_some_and(|day| is_before(at_ms(day)))),
        }
    }

    /// The newest day.
    pub(super) fn newest<'a>(&self, days: &'a [PairDay]) -> Option<&'a PairDay> {
        let position = self.len(days).checked_sub(1)?;
        self.night(days, position).map(|night| night.day)
    }

    fn night<'a>(&self, days: &'a [PairDay], position: usize) -> Option<NightAt<'a>> {
        let place = match self {
            Self::Given => position,
            Self::Places(places) => *places.get(position)?,
        };
        days.get(place).map(|day| NightAt {
            night: Night::Shown(place),
            at_ms: day.at.unix_ms() as f64,
            day,
        })
    }
}

fn in_order<'a>(days: &'a [PairDay], night: fn(usize) -> Night) -> Vec<NightAt<'a>> {
    let mut nights: Vec<NightAt<'a>> = days
        .iter()
        .enumerate()
        .map(|(index, day)| NightAt {
            night: night(index),
            at_ms: day.at.unix_ms() as f64,
            day,
        })
        .collect();
    nights.sort_by(|one, two| one.at_ms.total_cmp(&two.at_ms));
    nights.dedup_by(|later, earlier| later.at_ms == earlier.at_ms);
    nights
}

/// Sizes and places, decided once, before anything is drawn.
pub(super) struct Plan {
    pub(super) options: Options,
    pub(super) size: Size,
    pub(super) frame: Frame,
    pub(super) panels: Vec<Panel>,
    /// The top of the lane of twin A, px; B's follows.
    pub(super) lanes_top: f64,
    /// The top of the altitude strip, px; equal to the floor without one.
    pub(super) altitude_top: f64,
    /// Where the baseline label belongs, px: kept even when there is no baseline panel.
    pub(super) left: f64,
    /// Whether scales are written on the left: not beside the second of two columns.
    pub(super) names_scales: bool,
}

impl Plan {
    pub(super) const LANE_PX: f64 = 20.0;
    /// From a line's last point to its label, px.
    pub(super) const END_LABEL_GAP_PX: f64 = 12.0;

    pub(super) fn new(
        chart: &TwinChart<'_>,
        nights: &Nights<'_>,
        profile: &Profile,
        axis: Option<&ValueAxis>,
        size: Size,
        options: Options,
    ) -> Self {
        let compact = options.compact;
        let (axis_px, strip_px) = if compact { (36.0, 56.0) } else { (40.0, 70.0) };
        let lanes_px = 2.0 * Self::LANE_PX + 12.0;
        let floor = (size.height_px - axis_px).max(options.top_px + 40.0);
        let least_plot_px = 60.0;
        let with_strip = floor - strip_px - 8.0 - lanes_px - options.top_px;
        let altitude_top = if profile.is_empty() || with_strip < least_plot_px {
            floor
        } else {
            floor - strip_px
        };
        let plot_bottom = (altitude_top - 8.0 - lanes_px).max(options.top_px + 20.0);

        let widest_tick = axis.map_or(0.0, |axis| axis.widest_tick_px(chart.written));
        let left = (widest_tick + 12.0).max(if compact { 28.0 } else { 34.0 });
        let panels = panels(chart, nights, !profile.is_empty(), left, size, compact);
        let right = panels
            .last()
            .map_or(size.width_px - 12.0, |panel| panel.right);
        Self {
            options,
            size,
            frame: Frame {
                plot: Rect::between(left, options.top_px, right, plot_bottom),
                floor,
            },
            panels,
            lanes_top: plot_bottom + 8.0,
            altitude_top,
            left,
            names_scales: true,
        }
    }

    /// The panel of the days asked for.
    pub(super) fn main_panel(&self) -> Option<&Panel> {
        self.panels.iter().find(|panel| !panel.is_baseline)
    }
}

fn panels(
    chart: &TwinChart<'_>,
    nights: &Nights<'_>,
    has_altitude: bool,
    left: f64,
    size: Size,
    compact: bool,
) -> Vec<Panel> {
    let (baseline_px, break_px, least_right_px) = if compact {
        (52.0, 10.0, 12.0)
    } else {
        (104.0, 16.0, 62.0)
    };
    let mut panels = Vec::new();
    let mut main_left = left;
    if let (Some(first), Some(last)) = (nights.baseline.first(), nights.baseline.last()) {
        let half = DAY_MS / 2.0;
        panels.push(Panel {
            left,
            right: left + baseline_px,
            time: Linear::new(
                (first.at_ms - half, last.at_ms + half),
                (left, left + baseline_px),
            ),
            is_baseline: true,
        });
        main_left = left + baseline_px + break_px;
    }
    let (Some(first), Some(last)) = (nights.shown.first(), nights.shown.last()) else {
        return panels;
    };
    let from = first.at_ms - ROOM_BEFORE_MS;
    let to = last.at_ms + room_after(last.at_ms, chart.now, has_altitude);
    // A label at a line's end stands right of its last point: leave it room.
    let width = size.width_px;
    let right_margin = ends(chart, nights)
        .map(|(at_ms, label_px)| {
            let share = ((at_ms - from) / (to - from)).max(0.05);
            let most_x = width - Plan::END_LABEL_GAP_PX - label_px - 2.0;
            width - main_left - (most_x - main_left) / share
        })
        .fold(least_right_px, f64::max)
        .min((width - main_left) / 2.0);
    let main_right = (width - right_margin).max(main_left + 10.0);
    panels.push(Panel {
        left: main_left,
        right: main_right,
        time: Linear::new((from, to), (main_left, main_right)),
        is_baseline: false,
    });
    panels
}

/// How much time is shown after the newest night, ms: room for today's walk and what is planned,
/// when the chart reaches to today; else half a day.
pub(super) fn room_after(last_ms: f64, now: Timestamp, has_altitude: bool) -> f64 {
    let now_ms = now.unix_ms() as f64;
    let reaches_now = (-0.5 * DAY_MS..1.3 * DAY_MS).contains(&(now_ms - last_ms));
    if has_altitude && reaches_now {
        (now_ms - last_ms + 0.6 * DAY_MS).clamp(1.15 * DAY_MS, 1.6 * DAY_MS)
    } else {
        ROOM_AFTER_MS
    }
}

/// From where to where there is something to see of nights from the first to the last, ms since the
/// epoch.
pub(super) fn around(first_ms: f64, last_ms: f64) -> (f64, f64) {
    (first_ms - ROOM_BEFORE_MS, last_ms + ROOM_AFTER_MS)
}

/// When each shown twin's line ends, ms, and how wide its label is, px.
fn ends(chart: &TwinChart<'_>, nights: &Nights<'_>) -> impl Iterator<Item = (f64, f64)> {
    Twin::BOTH
        .into_iter()
        .filter(|twin| chart.shows(*twin))
        .filter_map(|twin| {
            nights.shown.iter().rev().find_map(|night| {
                let value = TwinChart::value(night.day, twin)?;
                let text = end_text(chart, twin, value);
                Some((night.at_ms, end_style(twin).width_px(&text)))
            })
        })
        .collect::<Vec<_>>()
        .into_iter()
}

/// What stands at the end of a twin's line.
pub(super) fn end_text(chart: &TwinChart<'_>, twin: Twin, value: f64) -> String {
    format!("{}\u{a0}{}", twin.letter(), chart.written.value(value))
}

/// How it is set.
pub(super) const fn end_style(twin: Twin) -> TextStyle {
    match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    }
}
