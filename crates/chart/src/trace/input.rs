//! What a trace is made of.

use physiology::Twin;
use physiology::units::Clock;

use super::samples::At;
use crate::input::{drawable, index};
use crate::notes::AxisNote;
use crate::view::{Bounds, View};

/// Heart rate of both twins over the same hours of the clock.
#[derive(Debug, Clone, Copy)]
pub struct TraceChart<'a> {
    /// The twins' names, A first.
    pub names: [&'a str; 2],
    /// Where the time axis begins, s after local midnight.
    pub from_s: i32,
    /// Where it ends.
    pub to_s: i32,
    /// What of the axis is looked at, s; everything if none. Whatever it is, it is brought within
    /// [`trace_bounds`].
    pub view: Option<View>,
    /// Device pixels a pixel: how finely lines are drawn. 1.0 where it is not known.
    pub columns_per_px: f64,
    /// How whoever looks likes times of day.
    pub clock: Clock,
    /// The twins' traces, A first.
    pub twins: [TwinTrace<'a>; 2],
    /// Altitude: s after local midnight, m, in order. Empty where it is not known.
    pub altitude: &'a [(i32, f64)],
    /// Where these hours begin and end.
    pub places: [Option<&'a str>; 2],
    /// Which traces are shown, and where.
    pub panels: TracePanels,
    /// Whose zones lie behind both when they are in one panel.
    pub zones_of: Twin,
    /// What was noted, s after local midnight: marks under the panels.
    pub notes: &'a [AxisNote],
}

/// Which traces are shown, and which of them share a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TracePanels {
    /// A panel for each twin.
    #[default]
    Each,
    /// Both in one panel, over the zones of [`TraceChart::zones_of`].
    Together,
    /// One twin's alone.
    Alone(Twin),
}

impl TracePanels {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::Each,
        Self::Together,
        Self::Alone(Twin::A),
        Self::Alone(Twin::B),
    ];

    /// The twins of each panel, from top to bottom.
    pub(super) fn groups(self) -> Vec<Vec<Twin>> {
        match self {
            Self::Each => Twin::BOTH.map(|twin| vec![twin]).to_vec(),
            Self::Together => vec![Twin::BOTH.to_vec()],
            Self::Alone(twin) => vec![vec![twin]],
        }
    }

    /// Whether a twin's trace is drawn.
    pub fn show(self, twin: Twin) -> bool {
        !matches!(self, Self::Alone(alone) if alone != twin)
    }
}

/// One twin's heart rate.
#[derive(Debug, Clone, Copy)]
pub struct TwinTrace<'a> {
    /// Stretches without a gap, in order of time: s after local midnight, bpm. Whoever parts them
    /// knows each recording's own interval, here there are only samples. What is out of order is
    /// left out.
    pub runs: &'a [Vec<(i32, u16)>],
    /// Where nothing was recorded within a workout: from, to.
    pub gaps: &'a [(i32, i32)],
    /// The bounds of the five zones, bpm.
    pub bounds_bpm: Option<[f64; 6]>,
    /// Why there is no heart rate; none where there is.
    pub missing: Option<&'a str>,
}

impl TraceChart<'_> {
    pub(super) fn twin(&self, twin: Twin) -> &TwinTrace<'_> {
        &self.twins[index(twin)]
    }

    /// What is looked at, s.
    pub(super) fn shown(&self) -> View {
        match self.view {
            Some(view) => trace_bounds(self).fit(view),
            None => View {
                from: self.from_s.into(),
                to: f64::from(self.from_s) + self.span_s(),
            },
        }
    }

    /// How long the time axis is, s; at least 1.
    pub(super) fn span_s(&self) -> f64 {
        (f64::from(self.to_s) - f64::from(self.from_s)).max(1.0)
    }

    /// The altitude at a time, m, linear between points; none outside them, and none beside a point
    /// that can be no altitude.
    pub(super) fn altitude_m(&self, at_s: f64) -> Option<f64> {
        let after = self
            .altitude
            .partition_point(|(second, _)| f64::from(*second) <= at_s);
        let sound = |altitude_m: &f64| drawable(*altitude_m);
        let (second, altitude_m) = *self.altitude.get(after.checked_sub(1)?)?;
        let Some((next_s, next_m)) = self.altitude.get(after) else {
            return (f64::from(second) >= at_s)
                .then_some(altitude_m)
                .filter(sound);
        };
        let step_s = f64::from(*next_s) - f64::from(second);
        let share = ((at_s - f64::from(second)) / step_s).clamp(0.0, 1.0);
        [altitude_m, *next_m]
            .iter()
            .all(sound)
            .then(|| altitude_m + (next_m - altitude_m) * share)
    }
}

/// All there is to look at, s, and how closely one may look: a minute where samples are seconds
/// apart, else a quarter of an hour.
pub fn trace_bounds(chart: &TraceChart<'_>) -> Bounds {
    const SECONDS_APART: i32 = 10;
    let is_fine = |run: &Vec<At>| {
        let mut steps = run
            .windows(2)
            .map(|pair| pair[1].0.saturating_sub(pair[0].0));
        steps.any(|step_s| (1..=SECONDS_APART).contains(&step_s))
    };
    let is_fine = chart.twins.iter().flat_map(|twin| twin.runs).any(is_fine);
    let from_s = f64::from(chart.from_s);
    let least_s = if is_fine { 60.0 } else { 900.0 };
    Bounds::new(from_s, from_s + chart.span_s(), least_s)
}

impl TwinTrace<'_> {
    /// Every value, bpm.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.runs.iter().flatten().map(|(_, bpm)| f64::from(*bpm))
    }

    /// Whether a time lies in a gap.
    pub(super) fn is_gap(&self, at_s: f64) -> bool {
        self.gaps
            .iter()
            .any(|(from, to)| f64::from(*from) < at_s && at_s < f64::from(*to))
    }

    /// The zone a heart rate is in, from 1; none below the first.
    pub(super) fn zone(&self, bpm: f64) -> Option<usize> {
        let bounds = self.bounds_bpm?;
        bounds
            .iter()
            .take(5)
            .rposition(|bound| bpm >= *bound)
            .map(|zone| zone + 1)
    }
}
