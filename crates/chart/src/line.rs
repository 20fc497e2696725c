//! Lines of any density: samples or buckets of samples, made into paths that draw the same pixels.

use physiology::Source;

use crate::decimate::{M4, uncrowded};
use crate::hit;
use crate::input::drawable;
use crate::shape::Point;

/// A step over this many times the larger of two intervals is a gap.
const GAP_INTERVALS: i64 = 3;
/// Times of buckets are told in steps of this share of what they hold.
const QUANTA: i64 = 256;

/// One sample, or what is known of many in a row: first, last, lowest, highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucketed {
    /// The first sample's instant, ms since the epoch.
    pub from_ms: i64,
    /// The last sample's instant, ms since the epoch.
    pub to_ms: i64,
    /// The lowest sample's instant, ms since the epoch.
    pub min_at_ms: i64,
    /// The highest sample's instant, ms since the epoch.
    pub max_at_ms: i64,
    /// The first sample's value.
    pub first: f64,
    /// The last sample's value.
    pub last: f64,
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// How many samples.
    pub count: u32,
    /// The samples' own interval, ms: a step over three times as long is a gap.
    pub interval_ms: u32,
    /// Where they come from.
    pub source: Source,
}

impl Bucketed {
    /// One sample.
    pub const fn sample(at_ms: i64, value: f64, interval_ms: u32, source: Source) -> Self {
        Self {
            from_ms: at_ms,
            to_ms: at_ms,
            min_at_ms: at_ms,
            max_at_ms: at_ms,
            first: value,
            last: value,
            min: value,
            max: value,
            count: 1,
            interval_ms,
            source,
        }
    }

    /// Whether it holds values that can be drawn, at instants that can be.
    fn is_sound(&self) -> bool {
        let within = |at_ms: i64| self.from_ms <= at_ms && at_ms <= self.to_ms;
        [self.first, self.last, self.min, self.max]
            .into_iter()
            .all(drawable)
            && within(self.to_ms)
            && within(self.min_at_ms)
            && within(self.max_at_ms)
    }

    fn interval_ms(&self) -> i64 {
        i64::from(self.interval_ms.max(1))
    }

    /// How exact its instants are, ms.
    fn quantum_ms(&self) -> i64 {
        let held_ms = self.to_ms.saturating_sub(self.from_ms);
        if held_ms == 0 {
            0
        } else {
            held_ms.saturating_add(self.interval_ms()) / QUANTA + 1
        }
    }

    /// The samples known, in order of time; each once.
    pub(crate) fn known(&self) -> impl Iterator<Item = (i64, f64)> {
        let (lowest, highest) = ((self.min_at_ms, self.min), (self.max_at_ms, self.max));
        let inner = if lowest.0 <= highest.0 {
            [lowest, highest]
        } else {
            [highest, lowest]
        };
        let mut before = None;
        [
            (self.from_ms, self.first),
            inner[0],
            inner[1],
            (self.to_ms, self.last),
        ]
        .into_iter()
        .take(if self.count > 1 { 4 } else { 1 })
        .filter(move |sample| before.replace(*sample) != Some(*sample))
    }
}

/// The widest step between two that is no gap, ms.
fn widest_step_ms(one: &Bucketed, two: &Bucketed) -> i64 {
    let interval_ms = one.interval_ms().max(two.interval_ms());
    let quantum_ms = one.quantum_ms().max(two.quantum_ms());
    interval_ms * GAP_INTERVALS + quantum_ms
}

/// Those within a stretch of time and one beyond each edge, of buckets in order of time.
pub(crate) fn in_sight(buckets: &[Bucketed], from_ms: f64, to_ms: f64) -> &[Bucketed] {
    let first = buckets.partition_point(|bucket| (bucket.to_ms as f64) < from_ms);
    let end = buckets.partition_point(|bucket| bucket.from_ms as f64 <= to_ms);
    let end = end.saturating_add(1).min(buckets.len());
    buckets
        .get(first.saturating_sub(1)..end)
        .unwrap_or_default()
}

/// Parts buckets into runs without gaps, none of them empty.
///
/// A step over three times the larger interval ends a run, and so does what cannot be drawn. What
/// begins before the one before it has ended is left out, and ends a run as well.
pub(crate) fn runs(buckets: &[Bucketed]) -> Vec<&[Bucketed]> {
    let mut runs = Vec::new();
    let mut newest: Option<&Bucketed> = None;
    let mut from = 0;
    for (place, bucket) in buckets.iter().enumerate() {
        let is_backwards = newest.is_some_and(|newest| {
            let overlap_ms = newest.to_ms.saturating_sub(bucket.from_ms);
            overlap_ms > newest.quantum_ms().max(bucket.quantum_ms())
        });
        let is_left_out = is_backwards || !bucket.is_sound();
        let is_near = newest.is_some_and(|newest| {
            let step_ms = bucket.from_ms.saturating_sub(newest.to_ms);
            step_ms <= widest_step_ms(newest, bucket)
        });
        if is_left_out || !is_near {
            runs.push(&buckets[from..place]);
            from = if is_left_out { place + 1 } else { place };
        }
        if !is_left_out {
            newest = Some(bucket);
        }
    }
    runs.push(&buckets[from..]);
    runs.retain(|run| !run.is_empty());
    runs
}

/// The paths of a line, px, of which a lone point is one: thinned to what draws the same pixels where
/// columns of pixels are `column_px` wide.
pub(crate) fn paths(
    buckets: &[Bucketed],
    place: impl Fn(i64, f64) -> Point,
    column_px: f64,
) -> Vec<Vec<Point>> {
    let path = |run: &[Bucketed]| {
        let mut kept = M4::new(column_px);
        for (at_ms, value) in run.iter().flat_map(Bucketed::known) {
            kept.push(place(at_ms, value));
        }
        kept.end()
    };
    uncrowded(runs(buckets).into_iter().map(path), column_px)
}

/// The bucket that tells the value at an instant: the nearest, as far from it as half the widest
/// step that is no gap, or `reach_ms`. None in gaps and beyond the ends.
pub(crate) fn nearest(buckets: &[Bucketed], at_ms: i64, reach_ms: f64) -> Option<&Bucketed> {
    let after = buckets.partition_point(|bucket| bucket.to_ms < at_ms);
    [after.checked_sub(1), Some(after)]
        .into_iter()
        .flatten()
        .filter_map(|index| buckets.get(index))
        .filter(|bucket| bucket.is_sound())
        .map(|bucket| {
            let before = bucket.from_ms.saturating_sub(at_ms);
            let past = at_ms.saturating_sub(bucket.to_ms);
            (before.max(past).max(0), bucket)
        })
        .filter(|(distance_ms, bucket)| {
            let reach_ms = reach_ms.max(widest_step_ms(bucket, bucket) as f64 / 2.0);
            *distance_ms as f64 <= reach_ms
        })
        .min_by_key(|(distance_ms, _)| *distance_ms)
        .map(|(_, bucket)| bucket)
}

/// Of the samples known of a bucket, the one nearest to an instant.
pub(crate) fn nearest_known(bucket: &Bucketed, at_ms: i64) -> (i64, f64) {
    let known: Vec<(i64, f64)> = bucket.known().collect();
    let index = hit::nearest(&known, at_ms as f64, |sample| sample.0 as f64);
    index
        .and_then(|index| known.get(index).copied())
        .unwrap_or((bucket.from_ms, bucket.first))
}

#[cfg(test)]
mod tests;
