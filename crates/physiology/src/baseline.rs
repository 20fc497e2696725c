//! What is usual for a twin.

use serde::{Deserialize, Serialize};

/// Mean and sample standard deviation of a reference period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Arithmetic mean, in the metric's unit.
    pub mean: f64,
    /// Sample standard deviation (n − 1), in the metric's unit; 0 for a single value.
    pub sd: f64,
    /// How many values it rests on.
    pub count: usize,
}

/// Where a value lies against a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    /// Under the band.
    Below,
    /// Within it, edges included.
    Within,
    /// Over the band.
    Above,
}

/// A closed interval of usual values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Lower edge.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
}

impl Band {
    /// Where `value` lies.
    pub fn position(self, value: f64) -> Position {
        if value < self.low {
            Position::Below
        } else if value > self.high {
            Position::Above
        } else {
            Position::Within
        }
    }
}

impl Baseline {
    /// Fewest values that make a baseline (Plews et al. 2014 ask as many of a rolling mean).
    pub const FEWEST: usize = 3;

    /// The baseline of `values`, where there are at least [`Baseline::FEWEST`].
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        // Welford's update: one pass, stable.
        let (mut count, mut mean, mut squares) = (0_usize, 0.0_f64, 0.0_f64);
        for value in values {
            count += 1;
            let delta = value - mean;
            mean += delta / count as f64;
            squares += delta * (value - mean);
        }
        (count >= Self::FEWEST).then(|| Self {
            mean,
            sd: (squares / (count - 1) as f64).sqrt(),
            count,
        })
    }

    /// The band drawn on tiles and charts: mean ± 2 SD.
    pub fn band(&self) -> Band {
        Band {
            low: self.mean - 2.0 * self.sd,
            high: self.mean + 2.0 * self.sd,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_sample() {
        // NIST's example of 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sample variance 32/7.
        let baseline = Baseline::of([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
        assert_eq!(baseline.count, 8);
        assert!((baseline.mean - 5.0).abs() < 1e-12);
        assert!((baseline.sd - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn too_few_values_make_no_baseline() {
        assert_eq!(Baseline::of([1.0, 2.0]), None);
    }

    #[test]
    fn edges_belong_to_the_band() {
        let band = Band {
            low: 1.0,
            high: 2.0,
        };
        assert_eq!(band.position(1.0), Position::Within);
        assert_eq!(band.position(2.0), Position::Within);
        assert_eq!(band.position(0.999), Position::Below);
        assert_eq!(band.position(2.001), Position::Above);
    }
}
