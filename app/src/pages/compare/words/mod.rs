//! The page's numbers as sentences that need no statistics to read.

mod altitude;
mod pair;

use physiology::Written;
use physiology::metric::Format;

pub(super) use altitude::{climbing, expected, risk, settling};
pub(super) use pair::{cautions, counts, divergence, pair, picture};

/// `2.9 points`, `4.6 bpm`, `0 h 21`: the size of a mean difference in words, without its sign.
fn amount(written: Written, difference: f64) -> String {
    let number = written.mean_difference(difference.abs());
    let number = number.trim_start_matches('+');
    let info = written.metric().info();
    match written.difference_unit() {
        _ if info.format == Format::Duration => number.to_owned(),
        "pp" => format!("{number}\u{a0}points"),
        // Scores count in points; steps and ratios are what their name says.
        "" if info.unit.starts_with('/') => format!("{number}\u{a0}points"),
        "" => number.to_owned(),
        unit => format!("{number}\u{a0}{unit}"),
    }
}

/// Whether a difference is written as nothing at all.
fn is_nothing(written: Written, difference: f64) -> bool {
    written.mean_difference(difference) == written.mean_difference(0.0)
}

#[cfg(test)]
mod tests {
    use physiology::units::Temperature;
    use physiology::{Metric, Units};

    use super::*;

    #[test]
    fn amounts_are_told_in_the_words_of_their_metric() {
        let written = |metric: Metric| metric.written(Units::default());
        let plain = |metric, difference| amount(written(metric), difference).replace('\u{a0}', " ");
        assert_eq!(plain(Metric::Spo2Night, -2.94), "2.9 points");
        assert_eq!(plain(Metric::SleepScore, 3.0), "3.0 points");
        assert_eq!(plain(Metric::RestingHeartRate, -4.6), "4.6 bpm");
        assert_eq!(plain(Metric::TotalSleep, -1_260.0), "0 h 21");
        assert_eq!(plain(Metric::Steps, 1_200.0), "1,200");
        assert!(is_nothing(written(Metric::RestingHeartRate), -0.04));
        assert!(!is_nothing(written(Metric::RestingHeartRate), 0.6));
        let american = Metric::TemperatureDeviation.written(Units {
            temperature: Temperature::Fahrenheit,
            ..Units::default()
        });
        assert_eq!(amount(american, -0.5).replace('\u{a0}', " "), "0.90 °F");
    }
}
