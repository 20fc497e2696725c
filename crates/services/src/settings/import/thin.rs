//! Thinning: an altitude profile needs the bends of the way, not each of its steps.
//!
//! The rule: a point is left out where the straight line between its kept neighbours passes within
//! 20 m of its altitude. The first and the last point stay, as does every point with a name and
//! every one at which local time changes. Where more than 300 points remain, 20 m is doubled until
//! no more do, or until nothing but those that always stay is left.
//!
//! From a kept point a door is held open: the slopes of all lines that pass every point since within
//! the tolerance (the swinging door of process historians, Bristol 1990). A point whose line does not
//! pass it begins anew at the point before. One pass a tolerance, whatever the points are.

use physiology::Waypoint;

/// A kept profile is this close to every point left out, m.
const TOLERANCE_M: f64 = 20.0;
/// As many points as a table is comfortable with.
const COMFORTABLE: usize = 300;
/// Heights of the earth end before this.
const WIDEST_M: f64 = 10_000.0;

/// The points that stay, and how close the profile is to those that do not, m. The points come in
/// order, no two at one instant.
pub(super) fn thin(points: Vec<Waypoint>) -> (Vec<Waypoint>, f64) {
    let mut tolerance_m = TOLERANCE_M;
    let mut kept = within(&points, tolerance_m);
    while kept.len() > COMFORTABLE && tolerance_m < WIDEST_M {
        tolerance_m *= 2.0;
        kept = within(&points, tolerance_m);
    }
    let mut stays = vec![false; points.len()];
    for index in kept {
        stays[index] = true;
    }
    let kept = points
        .into_iter()
        .zip(stays)
        .filter_map(|(point, stays)| stays.then_some(point))
        .collect();
    (kept, tolerance_m)
}

/// The slopes that are still allowed, m/s.
struct Door {
    low: f64,
    high: f64,
}

impl Door {
    const OPEN: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
}

/// The indices of the points that stay.
fn within(points: &[Waypoint], tolerance_m: f64) -> Vec<usize> {
    let Some(last) = points.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![0];
    let (mut anchor, mut door) = (0, Door::OPEN);
    let steps = |from: usize, to: usize| {
        let seconds = (points[to].at.0 - points[from].at.0) as f64 / 1_000.0;
        (points[to].altitude_m - points[from].altitude_m, seconds)
    };
    for index in 1..=last {
        let (rise_m, seconds) = steps(anchor, index);
        let slope = rise_m / seconds;
        if slope < door.low || slope > door.high {
            // The point before was passed well by every line until here.
            anchor = index - 1;
            kept.push(anchor);
            door = Door::OPEN;
        }
        if index == last || always_stays(points, index) {
            anchor = index;
            kept.push(anchor);
            door = Door::OPEN;
        } else {
            let (rise_m, seconds) = steps(anchor, index);
            door.low = door.low.max((rise_m - tolerance_m) / seconds);
            door.high = door.high.min((rise_m + tolerance_m) / seconds);
        }
    }
    kept
}

fn always_stays(points: &[Waypoint], index: usize) -> bool {
    !points[index].place.is_empty() || points[index].utc_offset_s != points[index - 1].utc_offset_s
}

#[cfg(test)]
mod tests {
    use physiology::{Itinerary, Timestamp};
    use proptest::prelude::*;

    use super::*;

    fn profile(steps: &[(i64, f64, bool)]) -> Vec<Waypoint> {
        let mut minute = 0;
        let place = |index: usize, named: bool| {
            if named {
                format!("Place {index}")
            } else {
                String::new()
            }
        };
        steps
            .iter()
            .enumerate()
            .map(|(index, &(minutes, altitude_m, named))| {
                minute += minutes;
                Waypoint {
                    at: Timestamp::from_unix_s(1_800_000_000 + minute * 60),
                    altitude_m,
                    place: place(index, named),
                    utc_offset_s: 20_700,
                }
            })
            .collect()
    }

    #[test]
    fn a_straight_climb_is_its_ends() {
        let steps: Vec<_> = (0..400)
            .map(|i| (1, 2_800.0 + f64::from(i), false))
            .collect();
        let (kept, tolerance_m) = thin(profile(&steps));
        assert_eq!((kept.len(), tolerance_m), (2, TOLERANCE_M));
    }

    #[test]
    fn a_saw_finer_than_the_tolerance_goes_and_a_coarser_one_stays() {
        let saw = |teeth_m: f64| -> Vec<_> {
            (0..100)
                .map(|i| {
                    (
                        1,
                        if i % 2 == 0 {
                            3_000.0
                        } else {
                            3_000.0 + teeth_m
                        },
                        false,
                    )
                })
                .collect()
        };
        assert!(thin(profile(&saw(15.0))).0.len() <= 3);
        assert_eq!(thin(profile(&saw(60.0))).0.len(), 100);
    }

    #[test]
    fn what_no_table_can_hold_is_thinned_further() {
        let wild: Vec<_> = (0..5_000_i64)
            .map(|i| (1, ((i * i * 7_919 + i * 104_729) % 4_000) as f64, false))
            .collect();
        let (kept, tolerance_m) = thin(profile(&wild));
        assert!(kept.len() <= COMFORTABLE, "{}", kept.len());
        assert!(tolerance_m > TOLERANCE_M);
    }

    proptest! {
        /// Against the profile as the domain draws it: linear in time between points.
        #[test]
        fn nothing_left_out_is_further_off_than_told(
            steps in proptest::collection::vec((1..90_i64, -400.0..9_000.0_f64, any::<bool>()), 1..300),
            flat in any::<bool>(),
        ) {
            let steps: Vec<_> = steps
                .into_iter()
                .map(|(minutes, altitude_m, named)| {
                    let altitude_m = if flat { altitude_m / 100.0 } else { altitude_m };
                    (minutes, altitude_m, named && minutes > 80)
                })
                .collect();
            let all = profile(&steps);
            let (kept, tolerance_m) = thin(all.clone());
            prop_assert_eq!(kept.first(), all.first());
            prop_assert_eq!(kept.last(), all.last());
            let trip = Itinerary {
                name: String::new(),
                first_day: "2027-01-15".parse().unwrap(),
                last_day: "2027-01-15".parse().unwrap(),
                waypoints: kept.clone(),
            };
            for point in &all {
                let drawn_m = trip.altitude_m(point.at).unwrap();
                prop_assert!((drawn_m - point.altitude_m).abs() <= tolerance_m + 1e-6);
                prop_assert!(point.place.is_empty() || kept.contains(point));
            }
        }
    }
}
