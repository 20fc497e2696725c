//! Last night: its course, heart rate and HRV.

use physiology::sleep::hypnogram;
use physiology::{DayRange, Metric, SeriesKind, SeriesPoint, Twin};
use store::Series;
use views::day::{ClockSample, ClockSpan, Night, NightHour, SleptNight};

use super::clocks::{Clocks, DAY_S};
use super::sleeps::{MainSleep, Sleeps};
use super::{Page, mean};
use crate::Error;

/// What is drawn where neither twin has a night: 22:00 to 07:00.
const USUAL: ClockSpan = ClockSpan {
    from_s: -2 * HOUR_S,
    to_s: 7 * HOUR_S,
};
const HOUR_S: i32 = 3_600;
/// The axis begins and ends at whole half hours.
const AXIS_STEP_S: i32 = 1_800;

impl Page<'_> {
    /// A twin's night, or why there is none.
    pub(super) async fn night(
        &self,
        twin: Twin,
        sleeps: &Sleeps,
        clocks: &Clocks,
    ) -> Result<Night, Error> {
        let sleeps = &sleeps.last_night;
        let Some(source) = sleeps.first().map(|sleep| sleep.source) else {
            let reason = self.record.reason(twin, Metric::TotalSleep, self.day);
            return Ok(Night::Missing(reason));
        };
        let stages = self.of_sleeps(twin, SeriesKind::SleepStage, sleeps).await?;
        let heart_rate = self
            .of_sleeps(twin, SeriesKind::SleepHeartRate, sleeps)
            .await?;
        let hrv = self.of_sleeps(twin, SeriesKind::SleepHrv, sleeps).await?;
        let heart_rate = samples(&heart_rate, twin, clocks);
        let hrv = samples(&hrv, twin, clocks);
        let midnight = clocks.midnight(twin);
        let stages = stages.iter().flat_map(|(sleep, series)| {
            let points: Vec<SeriesPoint> = series
                .points
                .iter()
                .map(|point| SeriesPoint {
                    at: clocks.instant(twin, point.at, series.local_clock),
                    value: point.value,
                })
                .collect();
            hypnogram(&points, sleep.end.at, midnight)
        });
        Ok(Night::Slept(SleptNight {
            source,
            sleeps: sleeps
                .iter()
                .filter_map(|sleep| clocks.span(twin, sleep.start.at, sleep.end.at))
                .collect(),
            stages: stages.collect(),
            hours: hours(&heart_rate, &hrv),
            heart_rate,
            hrv,
        }))
    }

    /// The series of one kind that rest on these sleeps, or on the vendor's other document of the
    /// same night.
    async fn of_sleeps<'s>(
        &self,
        twin: Twin,
        kind: SeriesKind,
        sleeps: &'s [MainSleep],
    ) -> Result<Vec<(&'s MainSleep, Series)>, Error> {
        // A night begins the evening before, and at any hour where the wearer flies.
        let days = DayRange::new(self.day.plus(-2), self.day.plus(1));
        let subject = self.pair.of(twin).id;
        let found = self
            .services
            .store()
            .series(self.visible, subject, kind, days)
            .await?;
        let of_sleep = found.into_iter().filter_map(|series| {
            let sleep = sleeps
                .iter()
                .find(|sleep| sleep.source == series.source && sleep.document == series.document)?;
            Some((sleep, series))
        });
        Ok(of_sleep.collect())
    }
}

fn samples(series: &[(&MainSleep, Series)], twin: Twin, clocks: &Clocks) -> Vec<ClockSample> {
    let mut samples: Vec<ClockSample> = series
        .iter()
        .flat_map(|(_, series)| {
            series.points.iter().map(|point| {
                let at = clocks.instant(twin, point.at, series.local_clock);
                (clocks.place_s(twin, at), point.value)
            })
        })
        .collect();
    samples.sort_by_key(|(at_s, _)| *at_s);
    samples.dedup_by_key(|(at_s, _)| *at_s);
    samples
}

/// The hours that have a sample, with their means.
fn hours(heart_rate: &[ClockSample], hrv: &[ClockSample]) -> Vec<NightHour> {
    let ends = || heart_rate.iter().chain(hrv).map(|(at_s, _)| *at_s);
    let (Some(first_s), Some(last_s)) = (ends().min(), ends().max()) else {
        return Vec::new();
    };
    let (first, last) = (first_s.div_euclid(HOUR_S), last_s.div_euclid(HOUR_S));
    (first..=last)
        .filter_map(|hour| {
            let span = ClockSpan {
                from_s: hour * HOUR_S,
                to_s: (hour + 1) * HOUR_S,
            };
            let of = |samples| mean::over(samples, span).map(|mean| mean.value);
            let (heart_rate, hrv) = (of(heart_rate), of(hrv));
            (heart_rate.is_some() || hrv.is_some()).then_some(NightHour {
                from_s: span.from_s,
                heart_rate,
                hrv,
            })
        })
        .collect()
}

/// What both nights fit into.
pub(super) fn axis(nights: &[Night; 2]) -> ClockSpan {
    let sleeps = || {
        nights
            .iter()
            .filter_map(Night::slept)
            .flat_map(|night| &night.sleeps)
    };
    let from_s = sleeps().map(|sleep| sleep.from_s).min();
    let to_s = sleeps().map(|sleep| sleep.to_s).max();
    let (Some(from_s), Some(to_s)) = (from_s, to_s) else {
        return USUAL;
    };
    ClockSpan {
        from_s: from_s.max(-DAY_S).div_euclid(AXIS_STEP_S) * AXIS_STEP_S,
        to_s: (to_s.min(2 * DAY_S) + AXIS_STEP_S - 1).div_euclid(AXIS_STEP_S) * AXIS_STEP_S,
    }
}

#[cfg(test)]
mod tests {
    use physiology::{Missing, Source};

    use super::*;

    fn slept(sleeps: &[(i32, i32)]) -> Night {
        Night::Slept(SleptNight {
            source: Source::Oura,
            sleeps: sleeps
                .iter()
                .map(|(from_s, to_s)| ClockSpan {
                    from_s: *from_s,
                    to_s: *to_s,
                })
                .collect(),
            stages: Vec::new(),
            heart_rate: Vec::new(),
            hrv: Vec::new(),
            hours: Vec::new(),
        })
    }

    #[test]
    fn the_axis_holds_both_nights_in_half_hours() {
        let none = || Night::Missing(Missing::NotWorn);
        assert_eq!(axis(&[none(), none()]), USUAL);
        let both = [
            slept(&[(-4_900, 10_000), (12_000, 20_000)]),
            slept(&[(-3_600, 21_600)]),
        ];
        assert_eq!(
            axis(&both),
            ClockSpan {
                from_s: -5_400,
                to_s: 21_600
            }
        );
        let absurd = [slept(&[(-800_000, 800_000)]), none()];
        assert_eq!(
            axis(&absurd),
            ClockSpan {
                from_s: -DAY_S,
                to_s: 2 * DAY_S
            }
        );
    }

    #[test]
    fn hours_without_a_sample_are_left_out() {
        let heart_rate = [(-300, 60.0), (0, 50.0), (300, 52.0), (7_200, 70.0)];
        let hours = hours(&heart_rate, &[(0, 40.0)]);
        let told: Vec<_> = hours
            .iter()
            .map(|hour| (hour.from_s, hour.heart_rate, hour.hrv))
            .collect();
        assert_eq!(
            told,
            [
                (-3_600, Some(60.0), None),
                (0, Some(51.0), Some(40.0)),
                (7_200, Some(70.0), None)
            ]
        );
    }
}
