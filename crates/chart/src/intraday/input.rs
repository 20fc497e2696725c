//! What a picture of hours is made of.

use physiology::units::Clock;
use physiology::{StageSpan, Twin};

use crate::input::drawable;
use crate::notes::AxisNote;
use crate::view::{Bounds, View};

/// What is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Intraday<'a> {
    /// Where the axis begins, s after midnight, or after sleep onset.
    pub from_s: i32,
    /// Where it ends.
    pub to_s: i32,
    /// What of the axis is looked at, s; everything if none. Whatever it is, it is brought within
    /// [`bounds`].
    pub view: Option<View>,
    /// How whoever looks likes times of day.
    pub clock: Clock,
    /// What the axis counts.
    pub words: AxisWords,
    /// Device pixels a pixel: how finely lines are drawn. 1.0 where it is not known.
    pub columns_per_px: f64,
    /// The rows, from the top.
    pub rows: &'a [Row<'a>],
    /// What was noted, s on the axis: marks under the rows.
    pub notes: &'a [AxisNote],
}

/// What the axis counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AxisWords {
    /// Seconds after midnight: times of day.
    #[default]
    Clock,
    /// Seconds since each twin fell asleep, for nights laid over one another: `1 h`, `+30 min`.
    SinceOnset,
}

impl Intraday<'_> {
    /// Whether a time lies on the axis.
    pub(super) const fn holds(&self, at_s: i32) -> bool {
        self.from_s <= at_s && at_s <= self.to_s
    }

    /// Whether a time lies on what is looked at.
    pub(super) fn shows(&self, at_s: i32) -> bool {
        self.holds(at_s) && self.shown().holds(at_s.into())
    }

    /// Whether less than everything is looked at.
    pub(super) fn is_part(&self) -> bool {
        self.view.is_some() && !bounds(self).is_whole(self.shown())
    }

    /// What is looked at, s.
    pub(super) fn shown(&self) -> View {
        match self.view {
            Some(view) => bounds(self).fit(view),
            None => View {
                from: self.from_s.into(),
                to: self.to_s.into(),
            },
        }
    }

    /// What of a stretch is in sight, s.
    pub(super) fn cut(&self, from_s: i32, to_s: i32) -> Option<(f64, f64)> {
        let shown = self.shown();
        let (from, to) = (
            f64::from(from_s).max(shown.from),
            f64::from(to_s).min(shown.to),
        );
        (from < to).then_some((from, to))
    }
}

/// All there is to look at, s, and how closely one may look: a minute where samples are seconds
/// apart, else a quarter of an hour.
pub fn bounds(chart: &Intraday<'_>) -> Bounds {
    const SECONDS_APART: i32 = 10;
    let finest_s = chart
        .rows
        .iter()
        .filter_map(Row::trace)
        .flat_map(|trace| {
            trace
                .intervals
                .iter()
                .map(|step| step.1)
                .chain([trace.interval_s])
        })
        .filter(|interval_s| *interval_s > 0)
        .min();
    let least_s: f64 = match finest_s {
        Some(finest_s) if finest_s <= SECONDS_APART => 60.0,
        _ => 900.0,
    };
    let (from, to) = (f64::from(chart.from_s), f64::from(chart.to_s));
    // No closer than that, but never wider than the axis: beyond it there is nothing to point at.
    let least_s = if from < to {
        least_s.min(to - from)
    } else {
        least_s
    };
    Bounds::new(from, to, least_s)
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Whose.
    pub twin: Twin,
    /// The twin's name, over the first of the twin's rows.
    pub heading: Option<&'a str>,
    /// What it shows: `Heart rate`.
    pub name: &'a str,
    /// How high it is drawn, without heading and lane, px.
    pub height_px: f64,
    /// When the twin fell asleep by the twin's own clock, s after midnight: where 0 of the axis
    /// lies for an axis of [`AxisWords::SinceOnset`], so that times of day can still be told.
    pub onset_s: Option<i32>,
    /// What is in it.
    pub content: Content<'a>,
    /// Stretches marked under it; none where there is no lane.
    pub lane: Option<Lane<'a>>,
}

impl<'a> Row<'a> {
    /// The values of a row of values.
    pub(super) const fn trace(&self) -> Option<Trace<'a>> {
        match self.content {
            Content::Trace(trace) => Some(trace),
            Content::Stages(_) | Content::Missing(_) => None,
        }
    }
}

/// What a row shows.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The course of a night.
    Stages(&'a [StageSpan]),
    /// Values over time.
    Trace(Trace<'a>),
    /// Nothing, for this reason.
    Missing(&'a str),
}

/// Values over time.
#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    /// When, s on the axis, and what; oldest first. What is out of order is left out.
    pub samples: &'a [(i32, f64)],
    /// The series' own interval, s: a step over three times as long is a gap.
    pub interval_s: i32,
    /// Where the interval changes: from when, s on the axis, and the interval from then on, s;
    /// oldest first, empty where it is `interval_s` throughout. A watch measures every few minutes
    /// around the clock and every few seconds in a workout. Where the two meet the longer of both
    /// holds: otherwise every workout would begin and end with a gap that nobody made.
    pub intervals: &'a [(i32, i32)],
    /// Where something is missing, from and to, s on the axis, and why, as a short sentence: told
    /// when it is pointed at.
    pub gaps: &'a [(i32, i32, &'a str)],
    /// The values' unit.
    pub unit: &'a str,
    /// Borders of zones, lowest first; drawn as neutral steps.
    pub borders: &'a [f64],
    /// Whether the highest value is marked.
    pub marks_peak: bool,
}

impl Trace<'_> {
    /// The samples of an axis that can be drawn.
    pub(super) fn drawn(self, chart: &Intraday<'_>) -> impl Iterator<Item = (i32, f64)> {
        self.samples
            .iter()
            .copied()
            .filter(|(at_s, value)| chart.holds(*at_s) && drawable(*value))
    }
}

/// Stretches marked under a row.
#[derive(Debug, Clone, Copy)]
pub struct Lane<'a> {
    /// Times in bed, s after midnight.
    pub asleep: &'a [(i32, i32)],
    /// Workouts, with what was done.
    pub workouts: &'a [(i32, i32, &'a str)],
}
