//! What a trace is made of.

use physiology::Twin;
use physiology::units::Clock;

use crate::input::index;

/// Heart rate of both twins over the same hours of the clock.
#[derive(Debug, Clone, Copy)]
pub struct TraceChart<'a> {
    /// The twins' names, A first.
    pub names: [&'a str; 2],
    /// Where the time axis begins, s after local midnight.
    pub from_s: i32,
    /// Where it ends.
    pub to_s: i32,
    /// How whoever looks likes times of day.
    pub clock: Clock,
    /// The twins' traces, A first.
    pub twins: [TwinTrace<'a>; 2],
    /// Altitude: s after local midnight, m, in order. Empty where it is not known.
    pub altitude: &'a [(i32, f64)],
    /// Where these hours begin and end.
    pub places: [Option<&'a str>; 2],
    /// Whether both lie in one panel, over the zones of [`TraceChart::zones_of`].
    pub together: bool,
    /// Whose zones lie behind both when they are in one panel.
    pub zones_of: Twin,
}

/// One twin's heart rate.
#[derive(Debug, Clone, Copy)]
pub struct TwinTrace<'a> {
    /// Stretches without a gap, in order of time: s after local midnight, bpm.
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

    /// How long the time axis is, s; at least 1.
    pub(super) fn span_s(&self) -> f64 {
        (f64::from(self.to_s) - f64::from(self.from_s)).max(1.0)
    }

    /// The altitude at a time, m, linear between points; none outside them.
    pub(super) fn altitude_m(&self, at_s: f64) -> Option<f64> {
        let after = self
            .altitude
            .partition_point(|(second, _)| f64::from(*second) <= at_s);
        let (second, altitude_m) = *self.altitude.get(after.checked_sub(1)?)?;
        let Some((next_s, next_m)) = self.altitude.get(after) else {
            return (f64::from(second) >= at_s).then_some(altitude_m);
        };
        let step_s = f64::from(*next_s) - f64::from(second);
        Some(altitude_m + (next_m - altitude_m) * (at_s - f64::from(second)) / step_s)
    }
}

impl TwinTrace<'_> {
    /// Every value, bpm.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.runs.iter().flatten().map(|(_, bpm)| f64::from(*bpm))
    }

    /// The value nearest to a time, at most `within_s` away.
    pub(super) fn nearest(&self, at_s: f64, within_s: f64) -> Option<(i32, u16)> {
        let away = |point: &(i32, u16)| (f64::from(point.0) - at_s).abs();
        self.runs
            .iter()
            .flat_map(|run| {
                let after = run.partition_point(|(second, _)| f64::from(*second) < at_s);
                [after.checked_sub(1), Some(after)]
                    .into_iter()
                    .flatten()
                    .filter_map(|position| run.get(position))
            })
            .filter(|point| away(point) <= within_s)
            .min_by(|one, two| away(one).total_cmp(&away(two)))
            .copied()
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
