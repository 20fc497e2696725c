//! Where the expedition goes: altitude over time, walked and planned.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::time::Timestamp;

/// The middle of the night, local time, s after midnight: whose altitude counts as the night's sleeping
/// altitude, and where nights are drawn.
pub const MID_SLEEP_LOCAL_S: i64 = 2 * 3_600;

/// A point of the altitude profile. Between two points the altitude is linear in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waypoint {
    /// When the party is, or will be, there.
    pub at: Timestamp,
    /// Height above sea level, m.
    pub altitude_m: f64,
    /// What the place is called; empty on the way between places.
    pub place: String,
    /// How far local time there is ahead of UTC, s.
    pub utc_offset_s: i32,
}

/// The pair's itinerary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Itinerary {
    /// What the expedition is called.
    pub name: String,
    /// Day 1: the first day of the journey. Every day before it is baseline.
    pub first_day: Day,
    /// The last day of the journey.
    pub last_day: Day,
    /// The altitude profile, oldest point first.
    pub waypoints: Vec<Waypoint>,
}

impl Itinerary {
    /// The number of a day of the journey, from 1; `None` before and after it.
    pub fn day_number(&self, day: Day) -> Option<u32> {
        (self.first_day <= day && day <= self.last_day)
            .then(|| u32::try_from(day.days_since(self.first_day) + 1).ok())?
    }

    /// How many days the journey takes.
    pub fn length_days(&self) -> u32 {
        u32::try_from(self.last_day.days_since(self.first_day) + 1).unwrap_or(0)
    }

    /// The altitude at an instant, m, linear between points and level beyond the ends.
    pub fn altitude_m(&self, at: Timestamp) -> Option<f64> {
        let after = self.waypoints.partition_point(|point| point.at <= at);
        let Some(before) = after
            .checked_sub(1)
            .and_then(|index| self.waypoints.get(index))
        else {
            return self.waypoints.first().map(|point| point.altitude_m);
        };
        let Some(next) = self.waypoints.get(after) else {
            return Some(before.altitude_m);
        };
        let share = (at.0 - before.at.0) as f64 / (next.at.0 - before.at.0) as f64;
        Some(before.altitude_m + (next.altitude_m - before.altitude_m) * share)
    }

    /// How far local time is ahead of UTC at an instant, s: that of the last point reached.
    pub fn utc_offset_s(&self, at: Timestamp) -> Option<i32> {
        let after = self.waypoints.partition_point(|point| point.at <= at);
        self.waypoints
            .get(after.saturating_sub(1))
            .map(|point| point.utc_offset_s)
    }

    /// The named place last reached at an instant.
    pub fn place(&self, at: Timestamp) -> Option<&str> {
        let after = self.waypoints.partition_point(|point| point.at <= at);
        self.waypoints
            .get(..after)?
            .iter()
            .rev()
            .find(|point| !point.place.is_empty())
            .map(|point| point.place.as_str())
    }

    /// The next named place after an instant.
    pub fn next_place(&self, at: Timestamp) -> Option<&Waypoint> {
        let here = self.place(at);
        let after = self.waypoints.partition_point(|point| point.at <= at);
        self.waypoints
            .get(after..)?
            .iter()
            .find(|point| !point.place.is_empty() && Some(point.place.as_str()) != here)
    }

    /// The altitude slept at in the night that ended on `day`, m.
    pub fn sleeping_altitude_m(&self, day: Day) -> Option<f64> {
        self.altitude_m(self.mid_sleep(day)?)
    }

    /// Nights in a row, the one that ended on `day` included, slept within `tolerance_m` of its
    /// altitude; at least 1 where there is an itinerary.
    pub fn nights_at_altitude(&self, day: Day, tolerance_m: f64) -> Option<u32> {
        let altitude_m = self.sleeping_altitude_m(day)?;
        let nights = (0..60).take_while(|&back| {
            self.sleeping_altitude_m(day.plus(-back))
                .is_some_and(|earlier_m| (earlier_m - altitude_m).abs() <= tolerance_m)
        });
        u32::try_from(nights.count().max(1)).ok()
    }

    /// 02:00 local on `day`: the middle of the night that ended on it.
    pub fn mid_sleep(&self, day: Day) -> Option<Timestamp> {
        let guess = day.start_utc().plus_seconds(MID_SLEEP_LOCAL_S);
        let offset_s = self.utc_offset_s(guess)?;
        Some(guess.plus_seconds(-i64::from(offset_s)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn khumbu() -> Itinerary {
        let point = |text: &str, hour: i64, altitude_m: f64, place: &str| Waypoint {
            at: day(text).start_utc().plus_seconds(hour * 3_600 - 20_700),
            altitude_m,
            place: place.into(),
            utc_offset_s: 20_700,
        };
        Itinerary {
            name: "Khumbu".into(),
            first_day: day("2026-10-05"),
            last_day: day("2026-10-18"),
            waypoints: vec![
                point("2026-10-05", 8, 1_400.0, "Kathmandu"),
                point("2026-10-06", 8, 1_400.0, ""),
                point("2026-10-06", 16, 2_860.0, "Lukla"),
                point("2026-10-08", 8, 2_860.0, ""),
                point("2026-10-08", 16, 3_440.0, "Namche"),
            ],
        }
    }

    #[test]
    fn days_are_numbered_from_one() {
        let trip = khumbu();
        assert_eq!(trip.day_number(day("2026-10-05")), Some(1));
        assert_eq!(trip.day_number(day("2026-10-18")), Some(14));
        assert_eq!(trip.day_number(day("2026-10-04")), None);
        assert_eq!(trip.day_number(day("2026-10-19")), None);
        assert_eq!(trip.length_days(), 14);
    }

    #[test]
    fn altitude_is_linear_on_the_way_and_level_beyond() {
        let trip = khumbu();
        let noon = day("2026-10-06")
            .start_utc()
            .plus_seconds(12 * 3_600 - 20_700);
        assert_eq!(trip.altitude_m(noon), Some(2_130.0));
        assert_eq!(trip.altitude_m(Timestamp(0)), Some(1_400.0));
        assert_eq!(
            trip.altitude_m(day("2030-01-01").start_utc()),
            Some(3_440.0)
        );
        assert_eq!(trip.place(noon), Some("Kathmandu"));
        assert_eq!(
            trip.next_place(noon).map(|point| point.place.as_str()),
            Some("Lukla")
        );
    }

    #[test]
    fn nights_count_at_their_altitude() {
        let trip = khumbu();
        assert_eq!(trip.sleeping_altitude_m(day("2026-10-07")), Some(2_860.0));
        assert_eq!(trip.nights_at_altitude(day("2026-10-07"), 150.0), Some(1));
        assert_eq!(trip.nights_at_altitude(day("2026-10-08"), 150.0), Some(2));
        assert_eq!(trip.nights_at_altitude(day("2026-10-09"), 150.0), Some(1));
    }
}
