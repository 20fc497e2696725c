//! A row's samples: those in sight, where they part, and the one nearest to a time.

use super::{Intraday, Trace};
use crate::input::drawable;

/// A step over this many intervals is a gap.
const GAP_INTERVALS: i64 = 3;

/// A sample: when, s on the axis, and what.
pub(super) type At = (i32, f64);

/// The series' own interval at a time, s.
fn interval_s(trace: Trace<'_>, at_s: i32) -> i64 {
    let begun = trace
        .intervals
        .partition_point(|(from_s, _)| *from_s <= at_s);
    let interval_s = begun
        .checked_sub(1)
        .and_then(|step| trace.intervals.get(step))
        .map_or(trace.interval_s, |(_, interval_s)| *interval_s);
    i64::from(interval_s.max(1))
}

/// The longest step there can be without a gap, s.
fn widest_s(trace: Trace<'_>) -> i64 {
    let intervals = trace.intervals.iter().map(|(_, interval_s)| *interval_s);
    let widest_s = intervals.fold(trace.interval_s, i32::max).max(1);
    GAP_INTERVALS * i64::from(widest_s)
}

/// Whether a line runs from one sample to the next.
fn joins(trace: Trace<'_>, from: At, to: At) -> bool {
    let step_s = i64::from(to.0) - i64::from(from.0);
    let widest_s = GAP_INTERVALS * interval_s(trace, from.0).max(interval_s(trace, to.0));
    0 < step_s && step_s <= widest_s
}

/// The samples in sight, in parts without a gap. The line's next sample on either side is with
/// them, for the line to reach the edge. Parts are never empty and in order of time.
pub(super) fn parts(chart: &Intraday<'_>, trace: Trace<'_>) -> Vec<Vec<At>> {
    let shown = chart.shown();
    // Whatever lies further away than a gap cannot be joined to what is in sight.
    let reach_s = widest_s(trace) as f64;
    let (from, to) = (shown.from - reach_s, shown.to + reach_s);
    let begin = trace
        .samples
        .partition_point(|(at_s, _)| f64::from(*at_s) < from);
    let near = trace.samples.get(begin..).unwrap_or_default();
    let mut parts: Vec<Vec<At>> = Vec::new();
    let mut last: Option<At> = None;
    for sample in near.iter().copied() {
        let (at_s, value) = sample;
        if f64::from(at_s) > to {
            break;
        }
        let is_late = last.is_some_and(|last| at_s < last.0);
        if is_late || !chart.holds(at_s) || !drawable(value) {
            continue;
        }
        match parts.last_mut() {
            Some(part) if last.is_some_and(|last| joins(trace, last, sample)) => part.push(sample),
            _ => parts.push(vec![sample]),
        }
        last = Some(sample);
    }
    parts
}

/// What a row has at a time: the sample nearest to it, where a line runs over that time, or where
/// it lies no further away than the series' own interval. None in a gap that has a reason.
pub(super) fn sample_at(chart: &Intraday<'_>, trace: Trace<'_>, at_s: i32) -> Option<At> {
    let reach_s = widest_s(trace);
    let away_s = |sample: &At| (i64::from(sample.0) - i64::from(at_s)).abs();
    let after = trace
        .samples
        .partition_point(|(other_s, _)| *other_s <= at_s);
    let (earlier, later) = trace.samples.split_at(after);
    let can_be = |sample: &&At| chart.holds(sample.0) && drawable(sample.1);
    let before = earlier
        .iter()
        .rev()
        .take_while(|sample| away_s(sample) <= reach_s)
        .find(can_be)
        .copied();
    let after = later
        .iter()
        .take_while(|sample| away_s(sample) <= reach_s)
        .find(can_be)
        .copied();
    let nearest = match (before, after) {
        (Some(before), Some(after)) if away_s(&after) < away_s(&before) => after,
        (Some(before), _) => before,
        (None, after) => after?,
    };
    if away_s(&nearest) > 0 && gap_at(trace, at_s).is_some() {
        return None;
    }
    let is_joined = before
        .zip(after)
        .is_some_and(|(one, two)| joins(trace, one, two));
    let is_near = away_s(&nearest) <= interval_s(trace, nearest.0);
    (is_joined || is_near).then_some(nearest)
}

/// Why there is nothing at a time, where that is known.
pub(super) fn gap_at(trace: Trace<'_>, at_s: i32) -> Option<&str> {
    trace
        .gaps
        .iter()
        .find(|(from_s, to_s, _)| *from_s < at_s && at_s < *to_s)
        .map(|(_, _, reason)| *reason)
}

/// The time of the sample nearest to a time, of whichever row, s; the time itself where no row has
/// one near it, so that what is missing can be pointed at.
pub fn snap(chart: &Intraday<'_>, at_s: i32) -> i32 {
    chart
        .rows
        .iter()
        .filter_map(|row| sample_at(chart, row.trace()?, at_s))
        .map(|(sample_s, _)| sample_s)
        .filter(|sample_s| chart.shows(*sample_s))
        .min_by_key(|sample_s| sample_s.abs_diff(at_s))
        .unwrap_or(at_s)
}
