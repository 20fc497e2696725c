//! The little numerical mathematics that the statistics need, and no crate for it: it has to run
//! in the browser too, and to answer there what the server answers.

pub(crate) mod distribution;
pub(crate) mod random;

/// The quantile at `share` (0–1) of values sorted ascending, linear between the two nearest: R's
/// type 7 and numpy's default (Hyndman and Fan, Am Stat 1996). `None` without values.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share.clamp(0.0, 1.0);
    let below = place.floor();
    let low = *sorted.get(below as usize)?;
    let high = *sorted.get(last.min(below as usize + 1))?;
    Some(low + (high - low) * (place - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        // Hyndman and Fan's definition 7 on 1..=4: Q1 at place 0.75, so 1.75.
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.25), Some(1.75));
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 1.0), Some(4.0));
        assert_eq!(quantile(&[7.0], 0.3), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
