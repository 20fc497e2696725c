//! Means over time.

use views::day::{ClockSample, ClockSpan};

/// From one sample to the next, s; what is further apart is not joined.
pub(super) const INTERVAL_S: i32 = 300;

/// A mean, and how much time it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mean {
    /// The mean, in the samples' unit.
    pub value: f64,
    /// The time measured, s.
    pub measured_s: i32,
}

/// The mean over a stretch of time: a sample stands until the next, [`INTERVAL_S`] at most, so that
/// the dense samples of a workout weigh no more than the minutes they speak for.
pub(super) fn over(samples: &[ClockSample], span: ClockSpan) -> Option<Mean> {
    let nexts = samples.iter().skip(1).map(|(at_s, _)| *at_s);
    let ends = nexts.chain([i32::MAX]);
    let (sum, measured_s) = samples
        .iter()
        .zip(ends)
        .map(|(&(at_s, value), next_s)| {
            let from_s = at_s.max(span.from_s);
            let to_s = at_s.saturating_add(INTERVAL_S).min(next_s).min(span.to_s);
            (value, (to_s - from_s).max(0))
        })
        .fold((0.0, 0_i32), |(sum, measured_s), (value, length_s)| {
            (sum + value * f64::from(length_s), measured_s + length_s)
        });
    (measured_s > 0).then(|| Mean {
        value: sum / f64::from(measured_s),
        measured_s,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: ClockSpan = ClockSpan {
        from_s: 0,
        to_s: 3_600,
    };

    /// Second by second, without wit.
    fn by_seconds(samples: &[ClockSample], span: ClockSpan) -> Option<Mean> {
        let values: Vec<f64> = (span.from_s..span.to_s)
            .filter_map(|second| {
                let (at_s, value) = samples.iter().rev().find(|(at_s, _)| *at_s <= second)?;
                (second - at_s < INTERVAL_S).then_some(*value)
            })
            .collect();
        (!values.is_empty()).then(|| Mean {
            value: values.iter().sum::<f64>() / values.len() as f64,
            measured_s: values.len() as i32,
        })
    }

    #[test]
    fn it_is_what_counting_every_second_gives() {
        let dense = (600..1_200).step_by(5).map(|at_s| (at_s, 140.0));
        let mut samples = vec![(-200, 55.0), (0, 60.0), (300, 61.0)];
        samples.extend(dense);
        samples.extend([(1_500, 90.0), (3_000, 70.0), (3_500, 71.0)]);
        let (mean, naive) = (over(&samples, HOUR), by_seconds(&samples, HOUR));
        let (mean, naive) = (mean.unwrap(), naive.unwrap());
        assert_eq!(mean.measured_s, naive.measured_s);
        assert!(
            (mean.value - naive.value).abs() < 1e-9,
            "{mean:?} {naive:?}"
        );
    }

    #[test]
    fn nothing_measured_is_no_mean() {
        assert_eq!(over(&[], HOUR), None);
        assert_eq!(over(&[(-300, 60.0)], HOUR), None);
        assert_eq!(over(&[(3_600, 60.0)], HOUR), None);
    }
}
