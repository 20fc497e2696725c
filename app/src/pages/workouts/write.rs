//! How amounts of workouts are written.

use physiology::Units;
use physiology::metric::decimal;
use physiology::workout::Totals;

use crate::format::count;

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';

/// `5 h 22`, `45 min`.
pub(super) fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round().max(0.0) as u64;
    if minutes < 60 {
        format!("{minutes}{NO_BREAK}min")
    } else {
        format!("{}{NO_BREAK}h{NO_BREAK}{:02}", minutes / 60, minutes % 60)
    }
}

/// `+1 h 10`, `−45 min`, `0 min`: a difference of two durations.
pub(super) fn duration_difference(seconds: f64) -> String {
    let size = duration(seconds.abs());
    let is_zero = (seconds / 60.0).round() == 0.0;
    match (is_zero, seconds < 0.0) {
        (true, _) => size,
        (false, true) => format!("−{size}"),
        (false, false) => format!("+{size}"),
    }
}

/// `12.4 km`, `7.7 mi`.
pub(super) fn distance(metres: f64, units: Units) -> String {
    let (way, unit) = (units.distance.of(metres), units.distance.unit());
    format!("{}{NO_BREAK}{unit}", decimal(way, 1, false))
}

/// `+1.2 km`, `−0.7 mi`: a difference of two distances.
pub(super) fn distance_difference(metres: f64, units: Units) -> String {
    let (way, unit) = (units.distance.of(metres), units.distance.unit());
    format!("{}{NO_BREAK}{unit}", decimal(way, 1, true))
}

/// `1,204 kcal`.
pub(super) fn energy(kcal: f64) -> String {
    format!("{}{NO_BREAK}kcal", decimal(kcal, 0, false))
}

/// `125 bpm`.
pub(super) fn heart_rate(bpm: f64) -> String {
    format!("{}{NO_BREAK}bpm", decimal(bpm, 0, false))
}

/// `149`: a load, in AU.
pub(super) fn load(load: f64) -> String {
    decimal(load, 0, false)
}

/// `96.6 %`; never rounded to all of it where something is lacking.
pub(super) fn share(share: f64) -> String {
    let percent = share * 100.0;
    let percent = if share < 1.0 {
        percent.min(99.9)
    } else {
        percent
    };
    let decimals = u8::from(percent.fract() != 0.0);
    format!("{}{NO_BREAK}%", decimal(percent, decimals, false))
}

/// `2 workouts`.
pub(super) fn sessions(totals: &Totals) -> String {
    count(totals.sessions as u64, "workout", "workouts")
}

/// What is known, in one line: `5 h 22, 125 bpm`.
pub(super) fn listed(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use physiology::units::Distance;

    use super::*;

    fn plain(text: String) -> String {
        text.replace(NO_BREAK, " ")
    }

    #[test]
    fn amounts_carry_their_units() {
        assert_eq!(plain(duration(19_320.0)), "5 h 22");
        assert_eq!(plain(duration(2_699.0)), "45 min");
        assert_eq!(plain(duration_difference(-2_699.0)), "−45 min");
        assert_eq!(plain(duration_difference(4_200.0)), "+1 h 10");
        assert_eq!(plain(duration_difference(-20.0)), "0 min");
        assert_eq!(plain(energy(1_204.4)), "1,204 kcal");
    }

    #[test]
    fn distances_are_in_kilometres_or_miles() {
        let metric = Units::default();
        let american = Units {
            distance: Distance::Miles,
            ..metric
        };
        // A marathon.
        assert_eq!(plain(distance(42_195.0, metric)), "42.2 km");
        assert_eq!(plain(distance(42_195.0, american)), "26.2 mi");
        assert_eq!(plain(distance_difference(-1_609.344, american)), "−1.0 mi");
        assert_eq!(plain(distance_difference(1_234.0, metric)), "+1.2 km");
    }

    #[test]
    fn all_of_it_is_all_of_it() {
        assert_eq!(plain(share(1.0)), "100 %");
        assert_eq!(plain(share(0.999_9)), "99.9 %");
        assert_eq!(plain(share(0.966)), "96.6 %");
        assert_eq!(plain(share(0.0)), "0 %");
    }
}
