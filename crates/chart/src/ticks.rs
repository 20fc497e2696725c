//! Round numbers for axes.

use physiology::Written;
use physiology::metric::{Format, decimal};

/// A minute to a day in steps that people count in, s.
const TIME_STEPS_S: [f64; 9] = [
    60.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 21_600.0,
];

/// The smallest step of 1, 2 or 5 × a power of ten that makes at most `most` intervals of `span`.
///
/// `1.0` where there is no span.
pub fn nice_step(span: f64, most: u32) -> f64 {
    if !(span.is_finite() && span > 0.0) {
        return 1.0;
    }
    let rough = span / f64::from(most.max(1));
    let magnitude = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * magnitude)
}

/// The step for a metric, in its own unit: round in the unit it is written in. Times count in
/// minutes and hours, everything else in tens.
pub(crate) fn step_for(written: Written, span: f64, most: u32) -> f64 {
    if written.metric().info().format == Format::Duration {
        let rough = span / f64::from(most.max(1));
        if let Some(step) = TIME_STEPS_S.into_iter().find(|step| *step >= rough) {
            return step;
        }
        return 3_600.0 * nice_step(span / 3_600.0, most);
    }
    // Never finer than what the metric is written with: two ticks must not read the same.
    let scale = written.scale();
    (nice_step(span * scale, most) / scale).max(finest(written))
}

/// The smallest difference a metric's written form tells apart, in its own unit.
pub(crate) fn finest(written: Written) -> f64 {
    match written.metric().info().format {
        Format::Decimal(decimals) | Format::Signed(decimals) => {
            10_f64.powi(-i32::from(decimals)) / written.scale()
        }
        Format::Duration => 60.0,
    }
}

/// The multiples of `step` from `low` to `high`, both included; at most 100 of them.
pub fn nice_ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite() && step.is_finite() && step > 0.0 && low <= high) {
        return Vec::new();
    }
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let count = (last - first + 1.0).clamp(0.0, 100.0) as usize;
    (0..count)
        // Multiplied, not summed, so that errors do not add up; + 0.0 makes −0 a plain 0.
        .map(|index| (first + index as f64) * step + 0.0)
        .collect()
}

/// A tick as written: as many decimals as the step needs, durations as hours.
pub fn tick_text(written: Written, value: f64, step: f64) -> String {
    let scale = written.scale();
    let decimals = decimals_of(step * scale);
    match written.metric().info().format {
        Format::Duration if step >= 3_600.0 => {
            format!("{} h", decimal(value / 3_600.0, 0, false))
        }
        Format::Duration => written.value(value),
        Format::Decimal(_) => decimal(value * scale, decimals, false),
        Format::Signed(_) => decimal(value * scale, decimals, true),
    }
}

/// A tick of differences as written: always signed.
pub(crate) fn difference_tick_text(written: Written, value: f64, step: f64) -> String {
    let scale = written.scale();
    match written.metric().info().format {
        Format::Duration => written.difference(value),
        Format::Decimal(_) | Format::Signed(_) => {
            decimal(value * scale, decimals_of(step * scale), true)
        }
    }
}

/// How many decimals tell multiples of a step apart.
pub(crate) fn decimals_of(step: f64) -> u8 {
    (0..6)
        .find(|decimals| {
            let scaled = step * 10_f64.powi(i32::from(*decimals));
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use physiology::Metric;
    use physiology::units::{Temperature, Units};
    use proptest::prelude::*;

    use super::*;

    fn metric(metric: Metric) -> Written {
        metric.written(Units::default())
    }

    #[test]
    fn known_steps() {
        assert_eq!(nice_step(32.0, 4), 10.0);
        assert_eq!(nice_step(40.0, 4), 10.0);
        assert_eq!(nice_step(41.0, 4), 20.0);
        assert_eq!(nice_step(0.7, 5), 0.2);
        assert_eq!(nice_step(0.0, 5), 1.0);
        assert_eq!(nice_step(f64::NAN, 5), 1.0);
    }

    #[test]
    fn known_ticks() {
        assert_eq!(nice_ticks(68.0, 100.0, 10.0), [70.0, 80.0, 90.0, 100.0]);
        assert_eq!(nice_ticks(-0.5, 0.5, 0.5), [-0.5, 0.0, 0.5]);
        assert!(nice_ticks(1.0, 0.0, 1.0).is_empty());
        assert!(nice_ticks(0.0, f64::INFINITY, 1.0).is_empty());
    }

    #[test]
    fn texts() {
        assert_eq!(tick_text(metric(Metric::Spo2Night), 70.0, 10.0), "70");
        assert_eq!(tick_text(metric(Metric::Spo2Night), 97.5, 0.5), "97.5");
        assert_eq!(
            tick_text(metric(Metric::Steps), 12_000.0, 2_000.0),
            "12,000"
        );
        assert_eq!(
            tick_text(metric(Metric::TemperatureDeviation), -0.2, 0.2),
            "−0.2"
        );
        assert_eq!(
            tick_text(metric(Metric::TemperatureDeviation), 0.0, 0.2),
            "0.0"
        );
        assert_eq!(
            tick_text(metric(Metric::TotalSleep), 21_600.0, 7_200.0),
            "6 h"
        );
        assert_eq!(
            tick_text(metric(Metric::TotalSleep), 5_400.0, 1_800.0),
            "1 h 30"
        );
    }

    #[test]
    fn time_steps_are_clock_steps() {
        assert_eq!(
            step_for(metric(Metric::TotalSleep), 4.0 * 3_600.0, 4),
            3_600.0
        );
        assert_eq!(
            step_for(metric(Metric::TotalSleep), 90.0 * 60.0, 4),
            1_800.0
        );
    }

    #[test]
    fn ticks_are_round_in_the_unit_they_are_written_in() {
        let american = Units {
            temperature: Temperature::Fahrenheit,
            ..Units::default()
        };
        let written = Metric::TemperatureDeviation.written(american);
        // From −0.5 to 0.5 °C is from −0.9 to 0.9 °F.
        let step = step_for(written, 1.0, 4);
        let ticks = nice_ticks(-0.5, 0.5, step);
        let texts: Vec<String> = ticks
            .iter()
            .map(|tick| tick_text(written, *tick, step))
            .collect();
        assert_eq!(texts, ["−0.5", "0.0", "+0.5"]);
        // +0.5 °F lies where +0.278 °C does.
        assert!((ticks[2] - 0.5 / 1.8).abs() < 1e-12);
        assert_eq!(difference_tick_text(written, ticks[0], step), "−0.5");
        // No finer than it is written: 0.01 °F.
        assert!((step_for(written, 0.001, 4) - 0.01 / 1.8).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn ticks_lie_within_and_are_evenly_spread(
            low in -1e5_f64..1e5, span in 1e-3_f64..1e5, most in 1_u32..12,
        ) {
            let high = low + span;
            let step = nice_step(span, most);
            let ticks = nice_ticks(low, high, step);
            prop_assert!(ticks.len() <= most as usize + 1);
            let slack = 1e-6 * step + 1e-9 * low.abs();
            prop_assert!(ticks.iter().all(|tick| *tick >= low - slack && *tick <= high + slack));
            prop_assert!(ticks.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() <= slack));
            // None is left out: the next on either side lies outside.
            if let (Some(first), Some(last)) = (ticks.first(), ticks.last()) {
                prop_assert!(first - step < low + slack && last + step > high - slack);
            }
        }
    }
}
