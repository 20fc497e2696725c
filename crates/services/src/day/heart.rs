//! Heart rate from midnight to midnight.

use physiology::{DayRange, SeriesKind, Source, Twin};
use upstream::Collection;
use views::day::{ClockSample, ClockSpan, HeartDay, HeartTrace, Trace};

use super::clocks::{Clocks, DAY_S};
use super::sleeps::Sleeps;
use super::{Page, mean};
use crate::Error;
use crate::workouts::figures::Heart;
use crate::workouts::index;

/// The whole day.
const DAY: ClockSpan = ClockSpan {
    from_s: 0,
    to_s: DAY_S,
};
const HOUR_S: i32 = 3_600;
/// As a strap records in exercises, s.
const FINEST_S: i32 = 5;
/// Where heart rate around the clock comes from, the preferred first.
const SOURCES: [(Source, Collection); 2] = [
    (Source::Oura, Collection::OuraHeartrate),
    (Source::Polar, Collection::PolarContinuousHeartRate),
];

impl Page<'_> {
    /// A twin's heart rate on the day, by the first source that has any.
    pub(super) async fn heart(
        &self,
        twin: Twin,
        sleeps: &Sleeps,
        clocks: &Clocks,
    ) -> Result<HeartDay, Error> {
        let mut samples = Vec::new();
        let mut intervals = Vec::new();
        let mut measured_by = None;
        for (source, _) in SOURCES {
            samples = self
                .samples(twin, SeriesKind::HeartRate, source, clocks)
                .await?;
            if source == Source::Polar {
                // Polar leaves exercises out of its day and keeps them by themselves.
                let kind = SeriesKind::WorkoutHeartRate;
                let exercises = self.samples(twin, kind, source, clocks).await?;
                intervals = steps(&samples, &exercises);
                samples.extend(exercises);
                samples.sort_by_key(|(at_s, _)| *at_s);
                samples.dedup_by_key(|(at_s, _)| *at_s);
            }
            if !samples.is_empty() {
                measured_by = Some(source);
                break;
            }
        }
        let trace = measured_by
            .and_then(|source| summed_up(source, &samples, intervals))
            .map_or_else(
                || {
                    let collections = SOURCES.map(|(_, collection)| collection);
                    let reason = self.record.series_reason(twin, &collections, self.day);
                    Trace::Missing(reason)
                },
                Trace::Measured,
            );
        let highest_bpm = self.workouts[index(twin)].highest_bpm();
        let heart = Heart::of(self.record, twin, highest_bpm, self.day.year());
        Ok(HeartDay {
            trace,
            zones: heart.zones,
            asleep: sleeps
                .all()
                .filter_map(|sleep| clocks.span(twin, sleep.start.at, sleep.end.at))
                .filter_map(Clocks::within_day)
                .collect(),
            workouts: self.workouts(twin, clocks),
        })
    }

    /// One source's samples of one kind within the day shown, oldest first.
    async fn samples(
        &self,
        twin: Twin,
        kind: SeriesKind,
        source: Source,
        clocks: &Clocks,
    ) -> Result<Vec<ClockSample>, Error> {
        // Wherever the wearer is, a day of theirs touches two or three days of UTC.
        let days = DayRange::new(self.day.plus(-1), self.day.plus(1));
        let subject = self.pair.of(twin).id;
        let found = self
            .services
            .store()
            .series(self.visible, subject, kind, days)
            .await?;
        let mut samples: Vec<ClockSample> = found
            .iter()
            .filter(|series| series.source == source)
            .flat_map(|series| {
                series.points.iter().map(|point| {
                    let at = clocks.instant(twin, point.at, series.local_clock);
                    (clocks.place_s(twin, at), point.value)
                })
            })
            .filter(|(at_s, _)| (0..DAY_S).contains(at_s))
            .collect();
        samples.sort_by_key(|(at_s, _)| *at_s);
        samples.dedup_by_key(|(at_s, _)| *at_s);
        Ok(samples)
    }
}

/// What the samples come to; none without any.
fn summed_up(
    source: Source,
    samples: &[ClockSample],
    intervals: Vec<(i32, i32)>,
) -> Option<HeartTrace> {
    let peak = samples.iter().copied().reduce(|highest, sample| {
        if sample.1 > highest.1 {
            sample
        } else {
            highest
        }
    })?;
    let whole = mean::over(samples, DAY)?;
    Some(HeartTrace {
        source,
        samples: thinned(samples),
        intervals,
        peak,
        mean_bpm: whole.value,
        measured_s: whole.measured_s,
        hours: (0..DAY_S / HOUR_S)
            .map(|hour| {
                let hour = ClockSpan {
                    from_s: hour * HOUR_S,
                    to_s: (hour + 1) * HOUR_S,
                };
                mean::over(samples, hour).map(|mean| mean.value)
            })
            .collect(),
    })
}

/// From when, and how far apart samples are from then on, s: seconds in exercises, minutes elsewhere.
fn steps(around_the_clock: &[ClockSample], exercises: &[ClockSample]) -> Vec<(i32, i32)> {
    let mut kinds: Vec<(i32, bool)> = around_the_clock
        .iter()
        .map(|(at_s, _)| (*at_s, false))
        .chain(exercises.iter().map(|(at_s, _)| (*at_s, true)))
        .collect();
    kinds.sort_unstable();
    let mut steps: Vec<(i32, i32)> = Vec::new();
    let mut before = false;
    for (at_s, is_exercise) in kinds {
        if is_exercise != before {
            let interval_s = if is_exercise {
                FINEST_S
            } else {
                mean::INTERVAL_S
            };
            steps.push((at_s, interval_s));
        }
        before = is_exercise;
    }
    steps
}

/// Of every five seconds the first, the lowest, the highest and the last sample: what a strap records
/// is kept whole, and what measures faster draws the same line at any zoom that is offered.
fn thinned(samples: &[ClockSample]) -> Vec<ClockSample> {
    let step = |at_s: i32| at_s.div_euclid(FINEST_S);
    let mut kept = Vec::with_capacity(samples.len());
    for bucket in samples.chunk_by(|one, other| step(one.0) == step(other.0)) {
        let by_value = |one: &&ClockSample, other: &&ClockSample| one.1.total_cmp(&other.1);
        let ends = [bucket.first(), bucket.last()];
        let extremes = [
            bucket.iter().min_by(by_value),
            bucket.iter().max_by(by_value),
        ];
        let mut chosen: Vec<ClockSample> = ends
            .into_iter()
            .chain(extremes)
            .flatten()
            .copied()
            .collect();
        chosen.sort_by_key(|(at_s, _)| *at_s);
        chosen.dedup_by_key(|(at_s, _)| *at_s);
        kept.extend(chosen);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_strap_records_is_kept_and_faster_samples_are_thinned() {
        let strap = [
            (0, 60.0),
            (300, 61.0),
            (600, 100.0),
            (605, 140.0),
            (610, 120.0),
        ];
        assert_eq!(thinned(&strap), strap);
        // Second by second: each five seconds' ends and extremes.
        let fast = [60.0, 62.0, 90.0, 50.0, 61.0, 62.0, 63.0, 64.0, 65.0, 66.0];
        let fast: Vec<ClockSample> = (0..).zip(fast).collect();
        assert_eq!(
            thinned(&fast),
            [
                (0, 60.0),
                (2, 90.0),
                (3, 50.0),
                (4, 61.0),
                (5, 62.0),
                (9, 66.0)
            ]
        );
    }

    #[test]
    fn exercises_are_told_from_the_rest_of_the_day() {
        let day = [(0, 60.0), (300, 61.0), (4_200, 70.0), (4_500, 71.0)];
        let exercise = [(600, 100.0), (605, 140.0), (4_000, 120.0)];
        assert_eq!(steps(&day, &exercise), [(600, 5), (4_200, 300)]);
        assert_eq!(steps(&day, &[]), []);
    }

    #[test]
    fn a_day_is_summed_up_from_all_samples() {
        let samples: Vec<ClockSample> = (0..86_400)
            .step_by(5)
            .map(|at_s| (at_s, if at_s == 43_210 { 181.0 } else { 60.0 }))
            .collect();
        let trace = summed_up(Source::Oura, &samples, Vec::new()).unwrap();
        assert_eq!(trace.peak, (43_210, 181.0));
        assert_eq!(trace.measured_s, 86_400);
        assert!((trace.mean_bpm - (60.0 + 121.0 / 17_280.0)).abs() < 1e-9);
        assert_eq!(trace.hours.len(), 24);
        assert_eq!(trace.samples.len(), 17_280);
        assert!(trace.samples.contains(&(43_210, 181.0)));
        assert_eq!(summed_up(Source::Oura, &[], Vec::new()), None);
    }
}
