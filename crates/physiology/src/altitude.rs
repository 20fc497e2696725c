//! What altitude does.

use crate::baseline::Band;

/// Sleeping SpO₂ to expect of sea-level residents, % (mean and SD).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExpectedSpo2 {
    /// Mean, %.
    pub mean_percent: f64,
    /// Standard deviation, percentage points.
    pub sd_percent: f64,
}

impl ExpectedSpo2 {
    /// Mean ± `sds` standard deviations.
    pub fn band(self, sds: f64) -> Band {
        Band {
            low: self.mean_percent - sds * self.sd_percent,
            high: self.mean_percent + sds * self.sd_percent,
        }
    }
}

/// Published means and SDs of the first nights: altitude m, mean %, SD %.
/// 4,000 and 4,500 m are of one night in a hypobaric chamber, worse than slow trekkers show.
const FIRST_NIGHTS: [(f64, f64, f64); 6] = [
    (520.0, 94.0, 1.0),
    (2_000.0, 92.0, 1.0),
    (3_000.0, 86.0, 3.0),
    (3_500.0, 83.0, 4.0),
    (4_000.0, 73.0, 4.0),
    (4_500.0, 71.0, 4.0),
];

/// After about a week at 2,900–3,100 m the published mean is 90 ± 1 %.
const ACCLIMATISED_GAIN_PERCENT: f64 = 4.0;
const ACCLIMATISED_SD_PERCENT: f64 = 1.0;
const ACCLIMATISED_AFTER_NIGHTS: f64 = 7.0;

/// The sleeping SpO₂ to expect at an altitude after so many nights there, the last included.
///
/// Linear between published altitudes, level beyond them. The gain of a week is published for
/// 3,000 m alone; here it fades to nothing 1,000 m under and over that.
pub fn expected_sleeping_spo2(altitude_m: f64, nights: u32) -> ExpectedSpo2 {
    let (mean_percent, sd_percent) = first_nights(altitude_m);
    let weeks = (f64::from(nights.max(1) - 1) / (ACCLIMATISED_AFTER_NIGHTS - 1.0)).min(1.0);
    let near = (1.0 - (altitude_m - 3_000.0).abs() / 1_000.0).max(0.0);
    let share = weeks * near;
    ExpectedSpo2 {
        mean_percent: mean_percent + ACCLIMATISED_GAIN_PERCENT * share,
        sd_percent: sd_percent + (ACCLIMATISED_SD_PERCENT - sd_percent).min(0.0) * share,
    }
}

fn first_nights(altitude_m: f64) -> (f64, f64) {
    let (mut low, mut high) = (FIRST_NIGHTS[0], FIRST_NIGHTS[FIRST_NIGHTS.len() - 1]);
    for point in FIRST_NIGHTS {
        if point.0 <= altitude_m && point.0 >= low.0 {
            low = point;
        }
        if point.0 >= altitude_m && point.0 <= high.0 {
            high = point;
        }
    }
    if high.0 <= low.0 {
        return (low.1, low.2);
    }
    let share = ((altitude_m - low.0) / (high.0 - low.0)).clamp(0.0, 1.0);
    (
        low.1 + (high.1 - low.1) * share,
        low.2 + (high.2 - low.2) * share,
    )
}

/// Barometric pressure of the standard atmosphere, kPa.
pub fn barometric_pressure_kpa(altitude_m: f64) -> f64 {
    101.325 * (1.0 - 2.255_77e-5 * altitude_m).max(0.0).powf(5.255_88)
}

/// Inspired oxygen pressure, kPa: 20.93 % of the pressure less water vapour's 6.27 kPa.
pub fn inspired_po2_kpa(altitude_m: f64) -> f64 {
    0.2093 * (barometric_pressure_kpa(altitude_m) - 6.27)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_points_are_met() {
        for (altitude_m, mean, sd) in [
            (520.0, 94.0, 1.0),
            (2_000.0, 92.0, 1.0),
            (3_000.0, 86.0, 3.0),
            (4_500.0, 71.0, 4.0),
        ] {
            let expected = expected_sleeping_spo2(altitude_m, 1);
            assert_eq!(
                (expected.mean_percent, expected.sd_percent),
                (mean, sd),
                "{altitude_m}"
            );
        }
        let week = expected_sleeping_spo2(3_000.0, 7);
        assert_eq!((week.mean_percent, week.sd_percent), (90.0, 1.0));
    }

    #[test]
    fn beyond_what_is_published_it_is_level() {
        assert_eq!(expected_sleeping_spo2(0.0, 1).mean_percent, 94.0);
        assert_eq!(expected_sleeping_spo2(8_000.0, 30).mean_percent, 71.0);
    }

    #[test]
    fn standard_atmosphere() {
        // ISO 2533: 54.05 kPa at 5,000 m.
        assert!((barometric_pressure_kpa(5_000.0) - 54.05).abs() < 0.05);
        assert!((inspired_po2_kpa(0.0) - 19.9).abs() < 0.05);
    }
}
