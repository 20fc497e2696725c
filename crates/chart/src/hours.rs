//! Steps of a clock under an axis of hours, for every picture that has one.

use crate::view::View;

/// Steps people read a clock in, s: from a minute to a day.
const STEPS_S: [i32; 13] = [
    60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, A_DAY_S,
];
const A_DAY_S: i32 = 86_400;
/// More ticks than any picture has room for.
const MOST: usize = 200;

/// The smallest step of at least `least_s` whose ticks are `apart_px` apart or more; a day where
/// there is none.
pub(crate) fn step_s(px_per_s: f64, apart_px: f64, least_s: i32) -> i32 {
    STEPS_S
        .into_iter()
        .filter(|step_s| *step_s >= least_s)
        .find(|step_s| f64::from(*step_s) * px_per_s >= apart_px)
        .unwrap_or(A_DAY_S)
}

/// The multiples of a step within a view, ends included, s.
pub(crate) fn ticks(view: View, step_s: i32) -> impl Iterator<Item = i64> {
    let step_s = i64::from(step_s.max(1));
    let first = (view.from / step_s as f64).ceil() as i64;
    let last = (view.to / step_s as f64).floor() as i64;
    (first..=last)
        .take(MOST)
        .map(move |step| step.saturating_mul(step_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_those_of_a_clock() {
        for (pair, step_s) in STEPS_S.windows(2).zip(STEPS_S) {
            assert!(pair[0] < pair[1]);
            assert_eq!(A_DAY_S % step_s, 0, "{step_s} does not part a day");
        }
        // A pixel a second: a minute has 60 px.
        assert_eq!(super::step_s(1.0, 44.0, 60), 60);
        assert_eq!(super::step_s(1.0, 61.0, 60), 120);
        assert_eq!(super::step_s(1.0, 44.0, 3_600), 3_600);
        assert_eq!(super::step_s(0.0, 44.0, 60), 86_400);
    }

    #[test]
    fn ticks_are_within_and_none_is_left_out() {
        let view = |from, to| View { from, to };
        let all = |view, step_s| ticks(view, step_s).collect::<Vec<_>>();
        assert_eq!(all(view(-3_600.0, 3_600.0), 3_600), [-3_600, 0, 3_600]);
        assert_eq!(all(view(-3_599.5, 3_599.5), 3_600), [0]);
        assert_eq!(all(view(10.0, -10.0), 60), [0_i64; 0]);
        assert_eq!(all(view(f64::MIN, f64::MAX), 60).len(), MOST);
    }
}
