//! Heart-rate variability as a trend: a single night says little.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::baseline::{Band, Baseline};
use crate::day::{Day, DayRange};

/// Days of the rolling mean, the day itself included.
pub const WINDOW_DAYS: i64 = 7;
/// Half the height of the normal band, in SDs of the reference period.
pub const BAND_SDS: f64 = 0.5;

/// The trend of ln rMSSD on a day; rMSSD in ms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HrvDay {
    /// The day.
    pub day: Day,
    /// Mean of ln rMSSD over the 7 days up to it; `None` under 3 nights.
    pub rolling_mean: Option<f64>,
    /// Their coefficient of variation, 100·SD/mean, %; `None` under 3 nights, and where the mean is
    /// not above 0, an rMSSD of 1 ms.
    pub cv_percent: Option<f64>,
}

/// The trend of every day of `days`, from nights' rMSSD in ms, one a day, which may begin before.
/// Seven-day mean of the logarithm with at least three nights, and its CV beside it (Plews and
/// others, Int J Sports Physiol Perform 2014). Values that are not above 0 have no logarithm and
/// are no nights.
pub fn ln_rmssd_rolling(values: &[(Day, f64)], days: DayRange) -> Vec<HrvDay> {
    let nights: BTreeMap<Day, f64> = values
        .iter()
        .filter_map(|(day, rmssd_ms)| Some((*day, ln(*rmssd_ms)?)))
        .collect();
    days.days()
        .map(|day| {
            let window = nights.range(day.plus(1 - WINDOW_DAYS)..=day);
            let of_week = Baseline::of(window.map(|(_, value)| *value));
            HrvDay {
                day,
                rolling_mean: of_week.map(|week| week.mean),
                cv_percent: of_week
                    .filter(|week| week.mean > 0.0)
                    .map(|week| 100.0 * week.sd / week.mean)
                    .filter(|cv| cv.is_finite()),
            }
        })
        .collect()
}

/// The band of ln rMSSD in which a rolling mean is normal: mean ± 0.5 SD of a reference period, of
/// nights' rMSSD in ms. `None` under three nights.
pub fn ln_rmssd_band(reference_ms: impl IntoIterator<Item = f64>) -> Option<Band> {
    let reference = Baseline::of(reference_ms.into_iter().filter_map(ln))?;
    Some(Band {
        low: reference.mean - BAND_SDS * reference.sd,
        high: reference.mean + BAND_SDS * reference.sd,
    })
}

fn ln(rmssd_ms: f64) -> Option<f64> {
    (rmssd_ms > 0.0 && rmssd_ms.is_finite()).then(|| rmssd_ms.ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Day {
        Day::new(2026, 9, 1).unwrap()
    }

    #[test]
    fn three_of_seven_days_make_a_mean() {
        let e = core::f64::consts::E;
        let nights: Vec<(Day, f64)> = [
            (0, e),
            (2, e.powi(3)),
            (3, 0.0),
            (4, e.powi(2)),
            (5, f64::NAN),
        ]
        .map(|(offset, rmssd_ms)| (first().plus(offset), rmssd_ms))
        .to_vec();
        let found = ln_rmssd_rolling(&nights, DayRange::new(first(), first().plus(7)));
        let means: Vec<Option<f64>> = found.iter().map(|day| day.rolling_mean).collect();
        // The logarithms are 1, 3, 2: three from the fifth day to the seventh, two on the eighth.
        let two = |mean: &Option<f64>| mean.is_some_and(|mean| (mean - 2.0).abs() < 1e-12);
        assert!(means[..4].iter().all(Option::is_none));
        assert!(means[4..7].iter().all(two));
        assert_eq!(means[7], None);
        assert!((found[4].cv_percent.unwrap() - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_band_of_half_a_deviation() {
        let e = core::f64::consts::E;
        let band = ln_rmssd_band([e, e.powi(3), e.powi(2), 0.0, -1.0]).unwrap();
        assert!((band.low - 1.5).abs() < 1e-12 && (band.high - 2.5).abs() < 1e-12);
        assert_eq!(ln_rmssd_band([40.0, 50.0]), None);
    }

    #[test]
    fn a_mean_of_nothing_has_no_share() {
        let ones: Vec<(Day, f64)> = (0..5).map(|offset| (first().plus(offset), 1.0)).collect();
        let found = ln_rmssd_rolling(&ones, DayRange::new(first().plus(4), first().plus(4)));
        assert_eq!(found[0].rolling_mean, Some(0.0));
        assert_eq!(found[0].cv_percent, None);
    }
}
