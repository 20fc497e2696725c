//! Values out of the ordinary for a person.

use serde::{Deserialize, Serialize};

use crate::baseline::{Band, Position};
use crate::numeric::quantile;

/// Days the fences are drawn from.
pub const WINDOW_DAYS: i64 = 90;
/// Fewest values that make fences at all.
pub const PARTIAL: usize = 7;
/// Fewest values that make them dependable.
pub const READY: usize = 21;
/// How many interquartile ranges beyond the quartiles the fences stand.
pub const REACH: f64 = 1.5;

/// Median, quartiles and Tukey's fences (Exploratory Data Analysis, 1977): Q1 − 1.5·IQR and
/// Q3 + 1.5·IQR. Unlike mean and SD they hardly mind the very values they are to find.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fences {
    /// The median.
    pub median: f64,
    /// The lower quartile.
    pub q1: f64,
    /// The upper quartile.
    pub q3: f64,
    /// Below this a value is an anomaly.
    pub low: f64,
    /// Above this a value is an anomaly.
    pub high: f64,
    /// How many values they rest on.
    pub count: usize,
}

impl Fences {
    /// Whether they rest on at least [`READY`] values; else they are partial, and say so.
    pub const fn ready(&self) -> bool {
        self.count >= READY
    }

    /// From fence to fence.
    pub const fn band(&self) -> Band {
        Band {
            low: self.low,
            high: self.high,
        }
    }

    /// Where a value lies; on a fence it is still within.
    pub fn position(&self, value: f64) -> Position {
        self.band().position(value)
    }
}

/// The fences of a metric's values of 90 days: quartiles linear between neighbours (numpy's
/// default, R's type 7). `None` under [`PARTIAL`] values; what is not finite is none.
pub fn fences(values_of_90_days: impl IntoIterator<Item = f64>) -> Option<Fences> {
    let mut sorted: Vec<f64> = values_of_90_days
        .into_iter()
        .filter(|value| value.is_finite())
        .collect();
    if sorted.len() < PARTIAL {
        return None;
    }
    sorted.sort_by(f64::total_cmp);
    let (q1, median, q3) = (
        quantile(&sorted, 0.25)?,
        quantile(&sorted, 0.5)?,
        quantile(&sorted, 0.75)?,
    );
    let reach = REACH * (q3 - q1);
    let fences = Fences {
        median,
        q1,
        q3,
        low: q1 - reach,
        high: q3 + reach,
        count: sorted.len(),
    };
    // Values at both ends of all numbers are too far apart to subtract.
    [q1, median, q3, fences.low, fences.high]
        .iter()
        .all(|number| number.is_finite())
        .then_some(fences)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn eight_values() {
        // 1 to 8: quartiles at places 1.75 and 5.25, so 2.75 and 6.25; IQR 3.5.
        let found = fences((1..=8).map(f64::from)).unwrap();
        assert_eq!((found.q1, found.median, found.q3), (2.75, 4.5, 6.25));
        assert_eq!((found.low, found.high), (-2.5, 11.5));
        assert_eq!(found.position(11.5), Position::Within);
        assert_eq!(found.position(11.6), Position::Above);
        assert_eq!(found.position(-2.6), Position::Below);
        assert!(!found.ready());
    }

    #[test]
    fn seven_are_partial_and_twenty_one_ready() {
        assert_eq!(fences([1.0; 6]), None);
        assert_eq!(fences([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, f64::NAN]), None);
        assert!(!fences([1.0; 20]).unwrap().ready());
        assert!(fences([1.0; 21]).unwrap().ready());
    }

    proptest! {
        #[test]
        fn in_order_and_whatever_the_order(
            values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::ZERO, 7..60),
        ) {
            let Some(found) = fences(values.iter().copied()) else { return Ok(()) };
            prop_assert!(found.low <= found.q1 && found.q3 <= found.high);
            prop_assert!(found.q1 <= found.median && found.median <= found.q3);
            prop_assert_eq!(Some(found), fences(values.iter().rev().copied()));
        }
    }
}
