//! A trace's samples: those in sight, and the one nearest to a time.

use physiology::Twin;

use super::input::{TraceChart, TwinTrace};
use crate::view::View;

/// A sample: when, s after local midnight, and what, bpm.
pub(super) type At = (i32, u16);

/// Beyond either end of a stretch a value is told up to this far away, s.
const NEAR_S: f64 = 15.0;
/// As far as the steps of a thinned trace are apart: so many of them are a picture's width.
const STEPS: f64 = 400.0;

/// The points of a stretch in sight, and its next one on either side, in order of time; without
/// those that cannot be drawn.
pub(super) fn in_sight<V: Copy>(
    run: &[(i32, V)],
    shown: View,
    is_sound: impl Fn(V) -> bool,
) -> Vec<(i32, V)> {
    let begin = run.partition_point(|(second, _)| f64::from(*second) < shown.from);
    let (earlier, near) = run.split_at(begin);
    let before = earlier.iter().rev().find(|(_, value)| is_sound(*value));
    let mut kept: Vec<(i32, V)> = before.copied().into_iter().collect();
    for point in near.iter().copied() {
        let is_late = kept.last().is_some_and(|last| point.0 < last.0);
        if is_late || !is_sound(point.1) {
            continue;
        }
        kept.push(point);
        if f64::from(point.0) > shown.to {
            break;
        }
    }
    kept
}

/// The stretches of a trace that reach into sight, in the order they begin.
pub(super) fn runs_in_sight<'a>(trace: &TwinTrace<'a>, shown: View) -> Vec<&'a [At]> {
    let reaches = |run: &&[At]| match (run.first(), run.last()) {
        (Some(first), Some(last)) => {
            f64::from(first.0) <= shown.to && f64::from(last.0) >= shown.from
        }
        _ => false,
    };
    let mut runs: Vec<&[At]> = trace
        .runs
        .iter()
        .map(Vec::as_slice)
        .filter(reaches)
        .collect();
    runs.sort_by_key(|run| run[0].0);
    runs
}

/// The sample nearest to a time, where a line runs over that time or where it ends close by; none in
/// a gap.
pub(super) fn sample_at(chart: &TraceChart<'_>, trace: &TwinTrace<'_>, at_s: f64) -> Option<At> {
    let away = |sample: &At| (f64::from(sample.0) - at_s).abs();
    let near_s = (chart.span_s() / STEPS).max(NEAR_S);
    let nearest = trace
        .runs
        .iter()
        .filter_map(|run| {
            let after = run.partition_point(|(second, _)| f64::from(*second) < at_s);
            let before = after.checked_sub(1).and_then(|before| run.get(before));
            let after = run.get(after);
            let is_under_line = before.is_some() && after.is_some();
            [before, after]
                .into_iter()
                .flatten()
                .filter(|sample| is_under_line || away(sample) <= near_s)
                .min_by(|one, two| away(one).total_cmp(&away(two)))
        })
        .min_by(|one, two| away(one).total_cmp(&away(two)))
        .copied()?;
    (away(&nearest) == 0.0 || !trace.is_gap(at_s)).then_some(nearest)
}

/// The time of the sample nearest to a time, of whichever twin is shown, s after local midnight; the
/// time itself where none is near it, so that a gap can be pointed at.
pub fn trace_snap(chart: &TraceChart<'_>, at_s: f64) -> f64 {
    let shown = chart.shown();
    let away = |second: &f64| (second - at_s).abs();
    let twins = Twin::BOTH.into_iter();
    twins
        .filter(|twin| chart.panels.show(*twin))
        .filter_map(|twin| sample_at(chart, chart.twin(twin), at_s))
        .map(|(second, _)| f64::from(second))
        .filter(|second| shown.holds(*second))
        .min_by(|one, two| away(one).total_cmp(&away(two)))
        .unwrap_or(at_s)
}
