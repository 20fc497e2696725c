//! Heart rate from midnight to midnight.

use physiology::zones::{ZoneBasis, Zones};
use physiology::{DayRange, SeriesKind, Source, Twin};
use upstream::Collection;
use views::day::{ClockSample, ClockSpan, HeartDay, HeartTrace, Trace};

use super::clocks::{Clocks, DAY_S};
use super::sleeps::Sleeps;
use super::{Page, mean};
use crate::Error;

/// The whole day.
const DAY: ClockSpan = ClockSpan {
    from_s: 0,
    to_s: DAY_S,
};
const HOUR_S: i32 = 3_600;
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
        let mut measured_by = None;
        for (source, _) in SOURCES {
            samples = self
                .samples(twin, SeriesKind::HeartRate, source, clocks)
                .await?;
            if source == Source::Polar {
                // Polar leaves exercises out of its day and keeps them by themselves.
                let kind = SeriesKind::WorkoutHeartRate;
                samples.extend(self.samples(twin, kind, source, clocks).await?);
                samples.sort_by_key(|(at_s, _)| *at_s);
                samples.dedup_by_key(|(at_s, _)| *at_s);
            }
            if !samples.is_empty() {
                measured_by = Some(source);
                break;
            }
        }
        let trace = measured_by
            .and_then(|source| summed_up(source, &samples))
            .map_or_else(
                || {
                    let collections = SOURCES.map(|(_, collection)| collection);
                    let reason = self.record.series_reason(twin, &collections, self.day);
                    Trace::Missing(reason)
                },
                Trace::Measured,
            );
        let zones = Zones::of(&self.pair.of(twin).profile, self.day.year());
        Ok(HeartDay {
            trace,
            zones_bpm: zones.as_ref().map(|zones| zones.bounds_bpm),
            zones_from: zones.map_or("", |zones| basis(zones.basis)).to_owned(),
            asleep: sleeps
                .all()
                .filter_map(|sleep| clocks.span(twin, sleep.start.at, sleep.end.at))
                .filter_map(Clocks::within_day)
                .collect(),
            workouts: self.workouts(twin, clocks).await?,
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

const fn basis(basis: ZoneBasis) -> &'static str {
    match basis {
        ZoneBasis::Thresholds => "from the two thresholds",
        ZoneBasis::ShareOfMax => "shares of the maximal heart rate",
    }
}

/// What the samples come to; none without any.
fn summed_up(source: Source, samples: &[ClockSample]) -> Option<HeartTrace> {
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
        samples: by_minutes(samples),
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

/// Of each minute the first, the lowest, the highest and the last sample: as long as a minute is
/// no wider than a pixel the line is the same, and a workout's samples are a third.
fn by_minutes(samples: &[ClockSample]) -> Vec<ClockSample> {
    let mut kept = Vec::with_capacity(samples.len().min(4 * 1_440));
    for minute in samples.chunk_by(|one, other| one.0.div_euclid(60) == other.0.div_euclid(60)) {
        let by_value = |one: &&ClockSample, other: &&ClockSample| one.1.total_cmp(&other.1);
        let ends = [minute.first(), minute.last()];
        let extremes = [
            minute.iter().min_by(by_value),
            minute.iter().max_by(by_value),
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
    fn minutes_keep_their_ends_and_extremes() {
        let samples = [
            (0, 60.0),
            (300, 61.0),
            (600, 100.0),
            (605, 140.0),
            (610, 120.0),
            (615, 90.0),
            (620, 110.0),
            (655, 111.0),
            (660, 112.0),
        ];
        assert_eq!(
            by_minutes(&samples),
            [
                (0, 60.0),
                (300, 61.0),
                (600, 100.0),
                (605, 140.0),
                (615, 90.0),
                (655, 111.0),
                (660, 112.0)
            ]
        );
    }

    #[test]
    fn a_day_is_summed_up_from_all_samples() {
        let samples: Vec<ClockSample> = (0..86_400)
            .step_by(5)
            .map(|at_s| (at_s, if at_s == 43_210 { 181.0 } else { 60.0 }))
            .collect();
        let trace = summed_up(Source::Oura, &samples).unwrap();
        assert_eq!(trace.peak, (43_210, 181.0));
        assert_eq!(trace.measured_s, 86_400);
        assert!((trace.mean_bpm - (60.0 + 121.0 / 17_280.0)).abs() < 1e-9);
        assert_eq!(trace.hours.len(), 24);
        assert!(trace.samples.len() <= 4 * 1_440);
        assert!(trace.samples.contains(&(43_210, 181.0)));
        assert_eq!(summed_up(Source::Oura, &[]), None);
    }
}
