//! Metrics as people read them, in the units somebody likes. Stores, addresses and files keep to
//! the metric's own.

use crate::metric::{Format, Metric, decimal, hours_and_minutes};
use crate::units::{Temperature, Units};

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// How a metric is written for somebody. Values come in the metric's own unit.
///
/// Minus is U+2212, thousands are parted by a comma, and no line breaks before a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    metric: Metric,
    units: Units,
}

impl Metric {
    /// How it is written for whoever likes these units.
    pub const fn written(self, units: Units) -> Written {
        Written {
            metric: self,
            units,
        }
    }
}

impl Written {
    /// Which metric.
    pub const fn metric(self) -> Metric {
        self.metric
    }

    /// The degrees it is written in, where it is a temperature.
    const fn degrees(self) -> Option<Temperature> {
        match self.metric {
            Metric::TemperatureDeviation => Some(self.units.temperature),
            _ => None,
        }
    }

    /// The unit of a value; empty where there is none.
    pub const fn unit(self) -> &'static str {
        match self.degrees() {
            Some(degrees) => degrees.unit(),
            None => self.metric.info().unit,
        }
    }

    /// The unit of a difference of two values.
    pub const fn difference_unit(self) -> &'static str {
        match self.degrees() {
            Some(degrees) => degrees.unit(),
            None => self.metric.info().difference_unit,
        }
    }

    /// How many of the unit written make one of the metric's own. The only temperature is a
    /// deviation: it has no zero to move.
    pub const fn scale(self) -> f64 {
        match self.degrees() {
            Some(degrees) => degrees.in_a_degree_celsius(),
            None => 1.0,
        }
    }

    /// A value without its unit: `78.2`, `−0.31`, `5 h 22`.
    pub fn value(self, value: f64) -> String {
        let value = value * self.scale();
        match self.metric.info().format {
            Format::Decimal(decimals) => decimal(value, decimals, false),
            Format::Signed(decimals) => decimal(value, decimals, true),
            Format::Duration => hours_and_minutes(value, false),
        }
    }

    /// A value with its unit: `78.2 %`.
    pub fn with_unit(self, value: f64) -> String {
        self.joined(self.value(value), self.unit())
    }

    /// A limit with its unit, as many decimals as it has itself and no more: `75 %`, `92.5 %`.
    pub fn limit(self, limit: f64) -> String {
        match self.metric.info().format {
            Format::Decimal(_) if limit.fract() == 0.0 => {
                self.joined(decimal(limit, 0, false), self.unit())
            }
            _ => self.with_unit(limit),
        }
    }

    /// A difference of two values, always signed, without its unit: `−4.8`.
    pub fn difference(self, difference: f64) -> String {
        let difference = difference * self.scale();
        match self.metric.info().format {
            Format::Decimal(decimals) | Format::Signed(decimals) => {
                decimal(difference, decimals, true)
            }
            Format::Duration => hours_and_minutes(difference, true),
        }
    }

    /// A difference with its unit: `−4.8 pp`.
    pub fn difference_with_unit(self, difference: f64) -> String {
        self.joined(self.difference(difference), self.difference_unit())
    }

    /// How large a difference is, with its unit, without its sign: `4.8 pp`.
    pub fn size_with_unit(self, difference: f64) -> String {
        let written = self.difference_with_unit(difference.abs());
        written.trim_start_matches('+').to_owned()
    }

    /// A mean of differences, signed: it is known finer than the differences themselves are
    /// written, so that whole numbers get a decimal, as long as they are no thousands.
    pub fn mean_difference(self, difference: f64) -> String {
        match self.metric.info().format {
            Format::Decimal(0) if difference.abs() < 100.0 => decimal(difference, 1, true),
            _ => self.difference(difference),
        }
    }

    /// A mean of differences with its unit: `+0.3 pp`.
    pub fn mean_difference_with_unit(self, difference: f64) -> String {
        self.joined(self.mean_difference(difference), self.difference_unit())
    }

    fn joined(self, number: String, unit: &str) -> String {
        // A duration names its hours itself.
        if unit.is_empty() || self.metric.info().format == Format::Duration {
            number
        } else {
            format!("{number}{NO_BREAK}{unit}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(metric: Metric) -> Written {
        metric.written(Units::default())
    }

    fn plain(text: String) -> String {
        text.replace(NO_BREAK, " ")
    }

    #[test]
    fn values_are_written_as_the_design_has_them() {
        let temperature = metric(Metric::TemperatureDeviation);
        assert_eq!(metric(Metric::Spo2Night).value(78.16), "78.2");
        assert_eq!(temperature.value(0.3), "+0.30");
        assert_eq!(temperature.value(-0.001), "0.00");
        let sleep = metric(Metric::TotalSleep);
        assert_eq!(sleep.value(5.0 * 3_600.0 + 22.0 * 60.0), "5 h 22");
        assert_eq!(sleep.difference(-59.6 * 60.0), "−1 h 00");
        assert_eq!(metric(Metric::Steps).value(1_234_567.0), "1,234,567");
        assert_eq!(metric(Metric::RestingHeartRate).difference(-8.0), "−8");
        assert_eq!(metric(Metric::RestingHeartRate).difference(0.4), "0");
    }

    #[test]
    fn amounts_carry_their_units() {
        let spo2 = metric(Metric::Spo2Night);
        assert_eq!(plain(spo2.with_unit(78.16)), "78.2 %");
        assert_eq!(metric(Metric::TotalSleep).with_unit(19_320.0), "5 h 22");
        assert_eq!(metric(Metric::Steps).with_unit(9_000.0), "9,000");
        assert_eq!(plain(spo2.difference_with_unit(-4.8)), "−4.8 pp");
        assert_eq!(metric(Metric::SleepScore).difference_with_unit(3.0), "+3");
        let pulse = metric(Metric::RestingHeartRate);
        assert_eq!(plain(pulse.size_with_unit(-8.2)), "8 bpm");
        assert_eq!(plain(spo2.limit(75.0)), "75 %");
        assert_eq!(plain(spo2.limit(78.4)), "78.4 %");
        assert_eq!(pulse.mean_difference(-2.04), "−2.0");
        assert_eq!(metric(Metric::Steps).mean_difference(1_204.4), "+1,204");
        assert_eq!(plain(spo2.mean_difference_with_unit(0.31)), "+0.3 pp");
    }

    #[test]
    fn fahrenheit_is_a_difference_without_a_zero_to_move() {
        let american = Units {
            temperature: Temperature::Fahrenheit,
            ..Units::default()
        };
        let temperature = Metric::TemperatureDeviation.written(american);
        // From 36.6 to 36.9 °C is from 97.88 to 98.42 °F.
        assert_eq!(plain(temperature.with_unit(36.9 - 36.6)), "+0.54 °F");
        assert_eq!(plain(temperature.with_unit(0.0)), "0.00 °F");
        assert_eq!(plain(temperature.difference_with_unit(-0.25)), "−0.45 °F");
        assert_eq!(plain(temperature.size_with_unit(-1.0)), "1.80 °F");
        assert_eq!(plain(temperature.limit(1.0)), "+1.80 °F");
        // Nothing else is a temperature.
        for metric in Metric::ALL {
            let written = metric.written(american);
            assert_ne!(written.unit(), "°C", "{metric}");
            assert_ne!(written.difference_unit(), "°C", "{metric}");
            assert!(written.unit() == "°F" || written.scale() == 1.0, "{metric}");
        }
    }
}
