//! Heart-rate zones.

use serde::{Deserialize, Serialize};

use crate::load::held;
use crate::profile::Profile;
use crate::series::SeriesPoint;

/// What the bounds rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneBasis {
    /// The person's own thresholds.
    Thresholds,
    /// Shares of the maximal heart rate.
    ShareOfMax,
}

/// Five zones, each from its lower bound to under the next one's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Zones {
    /// Lower bounds of the five zones, and the maximal heart rate, bpm, ascending.
    pub bounds_bpm: [f64; 6],
    /// What they rest on.
    pub basis: ZoneBasis,
}

impl Zones {
    /// A person's zones in `year`; `None` where no maximal heart rate is known.
    ///
    /// By thresholds where both are known and in order, 50 % of max < LT1 < LT2 < max: zones 1 and
    /// 2 lie below LT1, 3 between the thresholds, 4 and 5 above LT2, each two of equal height
    /// (the Norwegian federation's five zones over Seiler's three, Seiler, Int J Sports Physiol
    /// Perform 2010). Else by shares of the maximum: 50, 60, 70, 80 and 90 %.
    pub fn of(profile: &Profile, year: i32) -> Option<Self> {
        let by_share = Self::of_max(profile.max_heart_rate_bpm(year)?)?;
        let by_thresholds = profile
            .lt1_bpm
            .zip(profile.lt2_bpm)
            .and_then(|(lt1_bpm, lt2_bpm)| by_share.with_thresholds(lt1_bpm, lt2_bpm));
        Some(by_thresholds.unwrap_or(by_share))
    }

    /// Zones from 50, 60, 70, 80 and 90 % of the maximal heart rate; `None` unless that is a
    /// positive number.
    pub fn of_max(max_bpm: f64) -> Option<Self> {
        let percent = [50.0, 60.0, 70.0, 80.0, 90.0, 100.0];
        (max_bpm > 0.0 && max_bpm.is_finite()).then(|| Self {
            bounds_bpm: percent.map(|percent| max_bpm * percent / 100.0),
            basis: ZoneBasis::ShareOfMax,
        })
    }

    fn with_thresholds(self, lt1_bpm: f64, lt2_bpm: f64) -> Option<Self> {
        let [low, .., max] = self.bounds_bpm;
        (low < lt1_bpm && lt1_bpm < lt2_bpm && lt2_bpm < max).then(|| Self {
            bounds_bpm: [
                low,
                f64::midpoint(low, lt1_bpm),
                lt1_bpm,
                lt2_bpm,
                f64::midpoint(lt2_bpm, max),
                max,
            ],
            basis: ZoneBasis::Thresholds,
        })
    }

    /// The zone a heart rate is in, 0 to 4; `None` below zone 1. Above the maximum it is the last.
    pub fn zone(&self, bpm: f64) -> Option<usize> {
        let [lower @ .., _] = &self.bounds_bpm;
        lower.iter().rposition(|bound| bpm >= *bound)
    }

    /// Time spent in each zone, s. A sample stands for the time to the next, at most
    /// [`crate::load::MAX_STEP_S`].
    pub fn seconds(&self, samples: &[SeriesPoint]) -> [f64; 5] {
        let mut seconds = [0.0; 5];
        for (bpm, held_s) in held(samples) {
            if let Some(sum) = self.zone(bpm).and_then(|zone| seconds.get_mut(zone)) {
                *sum += held_s;
            }
        }
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn profile(max: Option<f64>, lt1: Option<f64>, lt2: Option<f64>) -> Profile {
        Profile {
            max_heart_rate_bpm: max,
            lt1_bpm: lt1,
            lt2_bpm: lt2,
            ..Profile::default()
        }
    }

    #[test]
    fn shares_of_the_maximum() {
        let zones = Zones::of(&profile(Some(190.0), None, Some(170.0)), 2026).unwrap();
        assert_eq!(zones.basis, ZoneBasis::ShareOfMax);
        assert_eq!(zones.bounds_bpm, [95.0, 114.0, 133.0, 152.0, 171.0, 190.0]);
        assert_eq!(zones.zone(94.9), None);
        assert_eq!(zones.zone(95.0), Some(0));
        assert_eq!(zones.zone(132.9), Some(1));
        assert_eq!(zones.zone(133.0), Some(2));
        assert_eq!(zones.zone(190.0), Some(4));
        assert_eq!(zones.zone(203.0), Some(4));
        assert_eq!(zones.zone(f64::NAN), None);
    }

    #[test]
    fn own_thresholds_where_they_are_in_order() {
        let of = |lt1, lt2| Zones::of(&profile(Some(188.0), Some(lt1), Some(lt2)), 2026).unwrap();
        let zones = of(141.0, 169.0);
        assert_eq!(zones.basis, ZoneBasis::Thresholds);
        assert_eq!(zones.bounds_bpm, [94.0, 117.5, 141.0, 169.0, 178.5, 188.0]);
        for (lt1, lt2) in [
            (169.0, 141.0),
            (90.0, 169.0),
            (141.0, 190.0),
            (141.0, f64::NAN),
        ] {
            assert_eq!(of(lt1, lt2).basis, ZoneBasis::ShareOfMax, "{lt1} {lt2}");
        }
    }

    #[test]
    fn without_a_maximum_there_are_none() {
        assert_eq!(
            Zones::of(&profile(None, Some(140.0), Some(170.0)), 2026),
            None
        );
        assert_eq!(Zones::of(&profile(Some(0.0), None, None), 2026), None);
        let born = Profile {
            birth_year: Some(1986),
            ..Profile::default()
        };
        // 208 − 0.7·40 = 180.
        assert_eq!(Zones::of(&born, 2026).unwrap().bounds_bpm[5], 180.0);
    }

    #[test]
    fn a_gap_is_in_no_zone() {
        let at = |second: i64, value: f64| SeriesPoint {
            at: Timestamp::from_unix_s(second),
            value,
        };
        let samples = [
            at(0, 100.0),
            at(5, 120.0),
            at(10, 60.0),
            at(15, 175.0),
            at(615, 175.0),
        ];
        let zones = Zones::of(&profile(Some(190.0), None, None), 2026).unwrap();
        assert_eq!(zones.seconds(&samples), [5.0, 5.0, 0.0, 0.0, 30.0]);
        assert_eq!(zones.seconds(&[]), [0.0; 5]);
    }
}
