//! The heart rate of a twin's workouts: the samples, their gaps, and what of them is sent.

use chart::Point;
use chart::decimate::{Sample, m4, runs};
use physiology::{Day, SeriesPoint, Timestamp, Workout};
use store::Series;
use views::workouts::HeartTrace;

use super::twin::is_of;

/// Columns of so many seconds keep four points each: what a strap records stays whole, so that one can
/// look closer at it.
const COLUMN_S: f64 = 5.0;
/// A step over so many times the usual one is a gap, as it is drawn.
const GAP_INTERVALS: i64 = 3;

/// A workout and its heart rate, oldest sample first; without one where nobody recorded it.
pub(super) struct Recorded<'a> {
    pub workout: &'a Workout,
    pub samples: Vec<SeriesPoint>,
    /// From one sample to the next as a rule, ms.
    pub interval_ms: Option<i64>,
}

impl<'a> Recorded<'a> {
    /// The heart rate among `series` that belongs to a workout. `offset_s` is what its wall clock
    /// was ahead of UTC, for series that tell times of that clock alone.
    pub fn of(workout: &'a Workout, series: &[Series], offset_s: i32) -> Self {
        let mut samples: Vec<SeriesPoint> = series
            .iter()
            .filter(|series| is_of(series, workout))
            .flat_map(|series| {
                let shift_s = if series.local_clock {
                    -i64::from(offset_s)
                } else {
                    0
                };
                series.points.iter().map(move |point| SeriesPoint {
                    at: point.at.plus_seconds(shift_s),
                    value: point.value,
                })
            })
            .collect();
        samples.sort_by_key(|sample| sample.at);
        samples.dedup_by_key(|sample| sample.at);
        let interval_ms = usual_step_ms(&samples);
        Self {
            workout,
            samples,
            interval_ms,
        }
    }

    /// How much of it was recorded, s: a sample stands for the time to the next one, and before a
    /// gap for the usual step.
    pub fn recorded_s(&self) -> f64 {
        let Some(interval_ms) = self.interval_ms else {
            return 0.0;
        };
        let steps = self.samples.windows(2).map(|pair| {
            let step_ms = pair[1].at.0 - pair[0].at.0;
            if step_ms <= GAP_INTERVALS * interval_ms {
                step_ms
            } else {
                interval_ms
            }
        });
        let total_ms = steps.sum::<i64>() + interval_ms;
        (total_ms as f64 / 1_000.0).min(self.workout.duration_s())
    }

    /// The stretches of samples without a gap: ms since the epoch, bpm.
    fn stretches(&self) -> Vec<Vec<(i64, f64)>> {
        let samples = self.samples.iter().map(|sample| Sample {
            at_ms: sample.at.0,
            value: Some(sample.value),
        });
        runs(samples, self.interval_ms.unwrap_or_default())
    }

    /// Where within the workout nothing was recorded, ms since the epoch.
    fn gaps(&self, stretches: &[Vec<(i64, f64)>]) -> Vec<(i64, i64)> {
        let Some(interval_ms) = self.interval_ms else {
            return Vec::new();
        };
        let mut gaps = Vec::new();
        // Up to the first sample, and up to each that follows a gap.
        let mut known_to = self.workout.starts_at.0;
        let ends = stretches
            .iter()
            .filter_map(|stretch| Some((stretch.first()?.0, stretch.last()?.0)))
            .chain([(self.workout.ends_at.0, self.workout.ends_at.0)]);
        for (from, to) in ends {
            if from.saturating_sub(known_to) > GAP_INTERVALS * interval_ms {
                gaps.push((known_to, from));
            }
            known_to = to;
        }
        gaps
    }
}

/// The median step between samples, ms; none of fewer than two.
fn usual_step_ms(samples: &[SeriesPoint]) -> Option<i64> {
    let mut steps: Vec<i64> = samples
        .windows(2)
        .map(|pair| pair[1].at.0 - pair[0].at.0)
        .collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied().filter(|step| *step > 0)
}

/// The hours of a day that are drawn: from and to, s after local midnight.
#[derive(Clone, Copy)]
pub(super) struct Hours {
    pub day: Day,
    pub from_s: i32,
    pub to_s: i32,
}

impl Hours {
    /// Seconds after local midnight of the day, where local time is `offset_s` ahead of UTC.
    pub fn second(day: Day, at: Timestamp, offset_s: i32) -> i32 {
        let seconds = day.second_of(at, offset_s);
        i32::try_from(seconds).unwrap_or(if seconds < 0 { i32::MIN } else { i32::MAX })
    }
}

/// What a picture of these hours needs of a twin's heart rate.
pub(super) fn trace(recorded: &[Recorded<'_>], hours: Hours, offset_s: i32) -> HeartTrace {
    let second = |at_ms: i64| Hours::second(hours.day, Timestamp(at_ms), offset_s);
    let mut trace = HeartTrace {
        interval_s: recorded
            .iter()
            .find_map(|one| one.interval_ms)
            .map(|interval_ms| interval_ms as f64 / 1_000.0),
        ..HeartTrace::default()
    };
    for one in recorded {
        let stretches = one.stretches();
        let gaps = one.gaps(&stretches);
        let gaps = gaps
            .into_iter()
            .map(|(from, to)| (second(from), second(to)));
        trace.gaps.extend(gaps);
        for stretch in stretches {
            let points: Vec<Point> = stretch
                .into_iter()
                .map(|(at_ms, bpm)| {
                    let along_s = f64::from(second(at_ms).saturating_sub(hours.from_s));
                    Point::new(along_s / COLUMN_S, bpm)
                })
                .collect();
            let kept = m4(&points, 1.0).into_iter().map(|point| {
                let along_s = (point.x * COLUMN_S).round() as i32;
                let bpm = point.y.round().clamp(0.0, f64::from(u16::MAX)) as u16;
                (hours.from_s.saturating_add(along_s), bpm)
            });
            trace.runs.push(kept.collect());
        }
    }
    trace
}

#[cfg(test)]
mod tests {
    use physiology::workout::{Activity, Origin};
    use physiology::{SeriesKind, Source, SubjectId};

    use super::*;

    const DAY: &str = "2026-10-09";
    const NEPAL_S: i32 = 20_700;

    /// An hour from 08:00 in Nepal.
    fn hour() -> Workout {
        let day: Day = DAY.parse().unwrap();
        let starts_at = day.start_utc().plus_seconds(8 * 3_600 - i64::from(NEPAL_S));
        Workout {
            origins: vec![Origin {
                source: Source::Polar,
                document: "k".into(),
            }],
            activity: Activity::of("hiking"),
            label: None,
            day,
            starts_at,
            ends_at: starts_at.plus_seconds(3_600),
            utc_offset_s: Some(NEPAL_S),
            distance_m: None,
            calories_kcal: None,
            average_heart_rate_bpm: None,
            max_heart_rate_bpm: None,
            cardio_load: None,
        }
    }

    /// Every 5 s but for the seconds in `lost`.
    fn series(workout: &Workout, lost: core::ops::Range<i64>, local_clock: bool) -> Series {
        let ahead_s = if local_clock { i64::from(NEPAL_S) } else { 0 };
        Series {
            subject: SubjectId(1),
            kind: SeriesKind::WorkoutHeartRate,
            source: Source::Polar,
            document: "k".into(),
            local_clock,
            points: (0..720)
                .map(|step| step * 5)
                .filter(|second| !lost.contains(second))
                .map(|second| SeriesPoint {
                    at: workout.starts_at.plus_seconds(second + ahead_s),
                    value: 120.0 + (second % 60) as f64,
                })
                .collect(),
        }
    }

    fn drawn(recorded: Recorded<'_>) -> HeartTrace {
        let hours = Hours {
            day: DAY.parse().unwrap(),
            from_s: 8 * 3_600,
            to_s: 9 * 3_600,
        };
        trace(&[recorded], hours, NEPAL_S)
    }

    #[test]
    fn a_gap_stays_a_gap_on_either_clock() {
        let workout = hour();
        for local_clock in [false, true] {
            let series = [series(&workout, 600..1_260, local_clock)];
            let recorded = Recorded::of(&workout, &series, NEPAL_S);
            assert_eq!(recorded.interval_ms, Some(5_000));
            assert_eq!(recorded.recorded_s(), 3_600.0 - 660.0);
            let trace = drawn(recorded);
            assert_eq!(trace.interval_s, Some(5.0));
            assert_eq!(trace.gaps, [(8 * 3_600 + 595, 8 * 3_600 + 1_260)]);
            assert_eq!(trace.runs.len(), 2);
            assert_eq!(trace.runs[0][0], (8 * 3_600, 120));
        }
    }

    #[test]
    fn a_late_start_and_an_early_end_are_gaps_too() {
        let workout = hour();
        let mut series = series(&workout, 3_000..3_600, false);
        series.points.drain(..100);
        let trace = drawn(Recorded::of(&workout, &[series], NEPAL_S));
        let from_s = 8 * 3_600;
        assert_eq!(
            trace.gaps,
            [(from_s, from_s + 500), (from_s + 2_995, from_s + 3_600)]
        );
    }

    #[test]
    fn no_more_is_sent_than_a_picture_shows() {
        let workout = hour();
        let mut dense = series(&workout, 0..0, false);
        let start = workout.starts_at.0;
        dense.points = (0..36_000)
            .map(|step| SeriesPoint {
                at: Timestamp(start + step * 100),
                value: 100.0 + (step % 97) as f64,
            })
            .collect();
        let trace = drawn(Recorded::of(&workout, &[dense], NEPAL_S));
        let sent: usize = trace.runs.iter().map(Vec::len).sum();
        assert!(sent <= 4 * 801, "{sent}");
        let highest = trace.runs.iter().flatten().map(|(_, bpm)| *bpm).max();
        assert_eq!(highest, Some(196), "extremes are kept");
    }

    #[test]
    fn anothers_heart_rate_and_none_are_no_trace() {
        let workout = hour();
        let mut other = series(&workout, 0..0, false);
        other.document = "other".into();
        let recorded = Recorded::of(&workout, &[other], NEPAL_S);
        assert_eq!(recorded.recorded_s(), 0.0);
        assert_eq!(drawn(recorded), HeartTrace::default());
    }
}
