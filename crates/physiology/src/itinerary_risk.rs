//! How risky the plan of an ascent is, before anybody has walked it.

use serde::{Deserialize, Serialize};

use crate::day::{Day, DayRange};
use crate::itinerary::Itinerary;

/// The first night of a journey at or above this is its arrival at altitude, m: acute mountain
/// sickness is rare below (WMS 2024).
pub const ALTITUDE_M: f64 = 2_500.0;
/// A first night at or above this is a moderate risk, m.
pub const MODERATE_FIRST_NIGHT_M: f64 = 2_800.0;
/// A first night above this is a high risk, m.
pub const HIGH_FIRST_NIGHT_M: f64 = 3_500.0;
/// Nights above this are judged by how much higher they are than the night before, m.
pub const ASCENT_RULE_ABOVE_M: f64 = 3_000.0;
/// More than this from one night to the next is steep, m.
pub const STEEP_M: f64 = 500.0;
/// So much of ascent asks for a rest day, m.
pub const REST_EVERY_M: f64 = 1_000.0;
/// A day that sleeps at most this much higher than the day before rests, m.
pub const REST_GAIN_M: f64 = 100.0;

/// The risk of acute altitude illness that a plan carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Risk {
    /// `Low`, `Moderate`, `High`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Moderate => "Moderate",
            Self::High => "High",
        }
    }
}

/// What decided the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RiskReason {
    /// Neither the first night nor the ascent asks for more.
    Gradual,
    /// The first night lies from 2,800 to 3,500 m.
    FirstNight,
    /// The first night lies above 3,500 m.
    FirstNightHigh,
    /// More than 500 m in a day, with rest days.
    Steep,
    /// At most 500 m a day, and more than 1,000 m without a rest day.
    NoRest,
    /// More than 500 m in a day, and more than 1,000 m without a rest day.
    SteepWithoutRest,
}

impl RiskReason {
    /// The reason as a sentence for the page.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Gradual => {
                "First night below 2,800 m, then at most 500 m a day above 3,000 m with rest days"
            }
            Self::FirstNight => "First night at altitude between 2,800 and 3,500 m",
            Self::FirstNightHigh => "First night at altitude above 3,500 m",
            Self::Steep => "More than 500 m in a day above 3,000 m, with rest days",
            Self::NoRest => "More than 1,000 m of ascent above 3,000 m without a rest day",
            Self::SteepWithoutRest => {
                "More than 500 m in a day above 3,000 m, and more than 1,000 m without a rest day"
            }
        }
    }
}

/// A plan, judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskAssessment {
    /// The class.
    pub class: Risk,
    /// Where the first night at altitude is slept, m; of a journey that never gets there, the first
    /// night of all.
    pub first_sleeping_altitude_m: f64,
    /// The day after arrival that climbs most to a night above 3,000 m, and by how much, m.
    pub steepest_day: Option<(Day, f64)>,
    /// The rest days of the ascent.
    pub rest_days: Vec<Day>,
    /// What decided the class.
    pub reason: RiskReason,
}

/// From the night before a day to the night after it.
#[derive(Debug, Clone, Copy)]
struct Step {
    day: Day,
    from_m: f64,
    to_m: f64,
}

impl Step {
    fn gain_m(&self) -> f64 {
        self.to_m - self.from_m
    }

    fn rests(&self) -> bool {
        self.gain_m() <= REST_GAIN_M
    }
}

/// Judges a plan by the risk table of the Wilderness Medical Society (Luks and others, Wilderness
/// Environ Med 2024). It holds for people who are not acclimatised and come from low altitude;
/// what they suffered on earlier journeys raises the risk and is not known here.
///
/// The table leaves some things to its reader. Read here:
/// - A day's gain is the altitude of the night after it less that of the night before it; what is
///   climbed and come down from in between does not count. The night after the last day is judged
///   as well.
/// - "Day 1" is the day that arrives at altitude, whose night is the first of the journey at or
///   above 2,500 m, so that days in a town on the way do not hide a flight. Its night decides by
///   its altitude: below 2,800 m low, to 3,500 m moderate, above high.
/// - Every later day that ends above 3,000 m is judged by its whole gain, also by the part below
///   3,000 m: over 500 m is steep.
/// - A rest day gains at most 100 m. Rest is missing where a night is more than 1,000 m above the
///   last rest, or above the arrival, or 3,000 m, whichever is highest. A day that descends counts
///   as rest for this, and is not listed among the rest days.
/// - Steep and without rest is high; one of both is moderate. The table has no class for "at most
///   500 m a day, without rest days": its low asks for them, so it is not low.
/// - The higher of the two classes counts, as the table says.
///
/// `None` without days or waypoints.
pub fn itinerary_risk(itinerary: &Itinerary) -> Option<RiskAssessment> {
    let steps: Vec<Step> = DayRange::new(itinerary.first_day, itinerary.last_day)
        .days()
        .map(|day| {
            let night = |day: Day| itinerary.sleeping_altitude_m(day).filter(|m| m.is_finite());
            Some(Step {
                day,
                from_m: night(day)?,
                to_m: night(day.plus(1))?,
            })
        })
        .collect::<Option<_>>()?;
    let arrival = steps
        .iter()
        .position(|step| step.to_m >= ALTITUDE_M)
        .unwrap_or(0);
    let first_sleeping_altitude_m = steps.get(arrival)?.to_m;
    let later = steps.get(arrival + 1..).unwrap_or_default();

    let steepest_day = later
        .iter()
        .filter(|step| step.to_m > ASCENT_RULE_ABOVE_M && step.gain_m() > 0.0)
        .map(|step| (step.day, step.gain_m()))
        .reduce(|most, step| if step.1 > most.1 { step } else { most });
    let is_steep = steepest_day.is_some_and(|(_, gain_m)| gain_m > STEEP_M);
    let is_rested = is_rested(later, first_sleeping_altitude_m);

    let by_first_night = if first_sleeping_altitude_m > HIGH_FIRST_NIGHT_M {
        (Risk::High, RiskReason::FirstNightHigh)
    } else if first_sleeping_altitude_m >= MODERATE_FIRST_NIGHT_M {
        (Risk::Moderate, RiskReason::FirstNight)
    } else {
        (Risk::Low, RiskReason::Gradual)
    };
    let by_ascent = match (is_steep, is_rested) {
        (true, false) => (Risk::High, RiskReason::SteepWithoutRest),
        (true, true) => (Risk::Moderate, RiskReason::Steep),
        (false, false) => (Risk::Moderate, RiskReason::NoRest),
        (false, true) => (Risk::Low, RiskReason::Gradual),
    };
    // Of two equal classes the ascent is named: it can still be changed on the way.
    let (class, reason) = if by_first_night.0 > by_ascent.0 {
        by_first_night
    } else {
        by_ascent
    };
    Some(RiskAssessment {
        class,
        first_sleeping_altitude_m,
        steepest_day,
        rest_days: rest_days(later),
        reason,
    })
}

/// Whether no night is more than 1,000 m above the last rest.
fn is_rested(later: &[Step], arrival_m: f64) -> bool {
    let mut rested_m = arrival_m.max(ASCENT_RULE_ABOVE_M);
    later.iter().all(|step| {
        if step.rests() {
            rested_m = step.to_m.max(ASCENT_RULE_ABOVE_M);
        }
        step.to_m - rested_m <= REST_EVERY_M
    })
}

/// Days that stay within 100 m at altitude, and after which the way goes on up.
fn rest_days(later: &[Step]) -> Vec<Day> {
    let climbs = |step: &Step| !step.rests() && step.to_m > ASCENT_RULE_ABOVE_M;
    let last_climb = later.iter().rposition(climbs).unwrap_or(0);
    later
        .iter()
        .take(last_climb)
        .filter(|step| step.gain_m().abs() <= REST_GAIN_M && step.to_m >= ALTITUDE_M)
        .map(|step| step.day)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::itinerary::Waypoint;

    fn first() -> Day {
        Day::new(2026, 10, 5).unwrap()
    }

    /// A plan that sleeps at these altitudes, the first being the night before day 1.
    fn plan(nights_m: &[f64]) -> Itinerary {
        Itinerary {
            name: String::new(),
            first_day: first(),
            last_day: first().plus(nights_m.len() as i64 - 2),
            waypoints: nights_m
                .iter()
                .zip(0..)
                .map(|(altitude_m, offset)| Waypoint {
                    at: first().plus(offset).start_utc().plus_seconds(2 * 3_600),
                    altitude_m: *altitude_m,
                    place: String::new(),
                    utc_offset_s: 0,
                })
                .collect(),
        }
    }

    fn judged(nights_m: &[f64]) -> (Risk, RiskReason) {
        let found = itinerary_risk(&plan(nights_m)).unwrap();
        (found.class, found.reason)
    }

    #[test]
    fn everest_base_camp() {
        let found = itinerary_risk(&plan(&[
            1_400.0, 2_860.0, 3_440.0, 3_440.0, 3_860.0, 4_410.0, 4_410.0, 4_940.0, 5_164.0,
            5_364.0, 4_371.0, 3_440.0, 2_860.0, 1_400.0, 12.0,
        ]))
        .unwrap();
        assert_eq!(found.class, Risk::Moderate);
        assert_eq!(found.reason, RiskReason::Steep);
        assert_eq!(found.first_sleeping_altitude_m, 2_860.0);
        // Lukla to Namche; Namche and Dingboche each have a second night.
        assert_eq!(found.steepest_day, Some((first().plus(1), 580.0)));
        assert_eq!(found.rest_days, [first().plus(2), first().plus(5)]);
    }

    #[test]
    fn the_classes_of_the_table() {
        use Risk::{High, Low, Moderate};
        use RiskReason::{FirstNight, FirstNightHigh, Gradual, NoRest, Steep, SteepWithoutRest};
        assert_eq!(
            judged(&[0.0, 2_700.0, 3_100.0, 3_500.0, 3_500.0, 4_000.0]),
            (Low, Gradual)
        );
        assert_eq!(judged(&[0.0, 800.0, 0.0]), (Low, Gradual));
        assert_eq!(judged(&[0.0, 2_799.0, 2_799.0]), (Low, Gradual));
        assert_eq!(judged(&[0.0, 2_800.0, 3_200.0]), (Moderate, FirstNight));
        assert_eq!(judged(&[0.0, 3_500.0, 3_500.0]), (Moderate, FirstNight));
        assert_eq!(judged(&[0.0, 3_501.0, 3_501.0]), (High, FirstNightHigh));
        // La Paz by air after nights in a town on the coast.
        assert_eq!(
            judged(&[0.0, 100.0, 100.0, 3_640.0]),
            (High, FirstNightHigh)
        );
        assert_eq!(judged(&[0.0, 2_600.0, 3_200.0, 3_200.0]), (Moderate, Steep));
        assert_eq!(
            judged(&[0.0, 2_600.0, 3_100.0, 3_600.0, 4_001.0]),
            (Moderate, NoRest)
        );
        assert_eq!(
            judged(&[0.0, 2_600.0, 3_100.0, 3_600.0, 4_000.0]),
            (Low, Gradual)
        );
        assert_eq!(
            judged(&[0.0, 2_600.0, 3_200.0, 3_800.0, 4_400.0]),
            (High, SteepWithoutRest)
        );
        // Climbing high and sleeping lower once counts as rest.
        assert_eq!(
            judged(&[0.0, 2_600.0, 3_100.0, 3_600.0, 3_400.0, 3_900.0, 4_400.0]),
            (Low, Gradual)
        );
    }

    #[test]
    fn a_plan_without_points_or_days_is_not_judged() {
        let mut empty = plan(&[0.0, 1.0]);
        empty.waypoints.clear();
        assert_eq!(itinerary_risk(&empty), None);
        let mut ended = plan(&[0.0, 3_000.0]);
        ended.last_day = ended.first_day.plus(-1);
        assert_eq!(itinerary_risk(&ended), None);
    }

    proptest! {
        #[test]
        fn the_same_gains_higher_up_are_never_safer(
            nights in prop::collection::vec(0_i32..5_000, 2..12),
            lift in 0_i32..2_000,
        ) {
            // Day 1 arrives at altitude, so that it is the arrival of both.
            let at = |lift: i32| -> Vec<f64> {
                nights.iter().map(|night| f64::from(night + lift)).collect()
            };
            let found = itinerary_risk(&plan(&at(0))).unwrap();
            prop_assert!(found.first_sleeping_altitude_m >= 0.0);
            prop_assert!(found.rest_days.is_sorted());
            if f64::from(nights[1]) >= ALTITUDE_M {
                let lifted = itinerary_risk(&plan(&at(lift))).unwrap();
                prop_assert!(lifted.class >= found.class);
            }
        }
    }
}
