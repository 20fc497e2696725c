//! Where the twins are: home, two flights, Kathmandu, and up to Everest Base Camp.

use chrono::{DateTime, Utc};
use physiology::{Day, Itinerary, Profile, Timestamp, Waypoint};

use crate::config::{Config, TREK_DAYS_SO_FAR};
use crate::twins::person::Person;

/// Nepal is 5 h 45 ahead of UTC.
pub(crate) const NEPAL_OFFSET_S: i32 = 20_700;
/// Dubai, where the flights change, is 4 h ahead of UTC.
pub(crate) const DUBAI_OFFSET_S: i32 = 14_400;
/// Home keeps summer time until the night that ends on [`CLOCK_CHANGE_INDEX`].
pub(crate) const HOME_SUMMER_OFFSET_S: i32 = 3_600;
/// Home's winter time is UTC.
pub(crate) const HOME_WINTER_OFFSET_S: i32 = 0;
/// Height of home above the sea, m.
pub(crate) const HOME_ALTITUDE_M: f64 = 12.0;
/// The day whose night has 25 hours at home: at 01:00 UTC clocks go back an hour.
pub(crate) const CLOCK_CHANGE_INDEX: i64 = -5;
/// Before six in the morning the twins still live the day before: the night is not over.
const DAY_BEGINS_LOCAL_S: i32 = 6 * 3_600;
/// Length of the trek, days.
const TREK_DAYS: i64 = 14;

/// The calendar of a record. An *index* counts days from the first day of the trek, which is 0;
/// every day at home before it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// The first day of the trek.
    pub(crate) trek_first: Day,
    /// The index of the first day of the record.
    pub(crate) first_index: i64,
}

impl Calendar {
    /// The calendar in which it is day 9 of the trek at `config.now`, or else at `now`.
    pub(crate) fn new(config: &Config, now: DateTime<Utc>) -> Self {
        let anchor = Timestamp::from(config.now.unwrap_or(now));
        let today = Day::of_local(anchor, NEPAL_OFFSET_S - DAY_BEGINS_LOCAL_S);
        let so_far = i64::from(TREK_DAYS_SO_FAR);
        Self {
            trek_first: today.plus(1 - so_far),
            first_index: so_far - i64::from(config.record_days()),
        }
    }

    /// The index of a day.
    pub(crate) fn index(self, day: Day) -> i64 {
        day.days_since(self.trek_first)
    }

    /// The day of an index.
    pub(crate) fn day(self, index: i64) -> Day {
        self.trek_first.plus(index)
    }

    /// The instant at which clocks at `offset_s` show `hour` on the day of `index`.
    pub(crate) fn at(self, index: i64, hour: f64, offset_s: i32) -> Timestamp {
        let local_s = (hour * 3_600.0).round() as i64;
        self.day(index)
            .start_utc()
            .plus_seconds(local_s - i64::from(offset_s))
    }
}

/// The itinerary of the twins, walked and planned, with home before and after it.
pub fn expedition(config: &Config, now: DateTime<Utc>) -> Itinerary {
    let calendar = Calendar::new(config, now);
    itinerary(calendar, 0)
}

/// What the twins know of themselves, A first.
pub fn profiles(config: &Config, now: DateTime<Utc>) -> [Profile; 2] {
    let calendar = Calendar::new(config, now);
    [0, 1].map(|index| Person::new(index, calendar).profile())
}

/// The way of one person. `days_early` is how many days before the other twin this one flew out.
pub(crate) fn itinerary(calendar: Calendar, days_early: i64) -> Itinerary {
    let mut way = Way {
        calendar,
        points: Vec::new(),
    };
    way.home(days_early);
    way.up();
    way.down();
    Itinerary {
        name: "Everest Base Camp".into(),
        first_day: calendar.trek_first,
        last_day: calendar.day(TREK_DAYS - 1),
        waypoints: way.points,
    }
}

/// The way of somebody who stays at home.
pub(crate) fn stay_at_home(calendar: Calendar) -> Itinerary {
    let mut way = Way {
        calendar,
        points: Vec::new(),
    };
    way.at_home();
    Itinerary {
        name: String::new(),
        first_day: calendar.trek_first,
        last_day: calendar.day(TREK_DAYS - 1),
        waypoints: way.points,
    }
}

struct Way {
    calendar: Calendar,
    points: Vec<Waypoint>,
}

impl Way {
    fn point(&mut self, index: i64, hour: f64, offset_s: i32, altitude_m: f64, place: &str) {
        self.points.push(Waypoint {
            at: self.calendar.at(index, hour, offset_s),
            altitude_m,
            place: place.into(),
            utc_offset_s: offset_s,
        });
    }

    fn at_home(&mut self) {
        let start = self.calendar.first_index.min(CLOCK_CHANGE_INDEX - 1) - 2;
        self.point(start, 0.0, HOME_SUMMER_OFFSET_S, HOME_ALTITUDE_M, "Home");
        self.point(
            CLOCK_CHANGE_INDEX,
            1.0,
            HOME_WINTER_OFFSET_S,
            HOME_ALTITUDE_M,
            "Home",
        );
    }

    /// Home, and the flights by Dubai: 20:00 from home, Kathmandu the next afternoon.
    fn home(&mut self, days_early: i64) {
        self.at_home();
        let leave = -2 - days_early;
        self.point(leave, 20.0, HOME_WINTER_OFFSET_S, HOME_ALTITUDE_M, "");
        self.point(leave + 1, 7.0, DUBAI_OFFSET_S, 5.0, "Dubai");
        self.point(leave + 1, 9.0, DUBAI_OFFSET_S, 5.0, "");
        self.point(leave + 1, 15.0, NEPAL_OFFSET_S, 1_400.0, "Kathmandu");
    }

    fn walk(&mut self, index: i64, leave: f64, arrive: f64, altitude_m: f64, place: &str) {
        let from_m = self
            .points
            .last()
            .map_or(HOME_ALTITUDE_M, |point| point.altitude_m);
        self.point(index, leave, NEPAL_OFFSET_S, from_m, "");
        self.point(index, arrive, NEPAL_OFFSET_S, altitude_m, place);
    }

    fn up(&mut self) {
        self.walk(0, 7.0, 8.5, 2_860.0, "Lukla");
        self.walk(1, 8.0, 15.0, 3_440.0, "Namche");
        self.walk(2, 9.0, 12.0, 3_880.0, "");
        self.walk(2, 12.25, 15.0, 3_440.0, "Namche");
        self.walk(3, 8.0, 14.0, 3_860.0, "Tengboche");
        self.walk(4, 8.0, 14.0, 4_410.0, "Dingboche");
        self.walk(5, 8.0, 11.5, 4_750.0, "");
        self.walk(5, 11.75, 14.0, 4_410.0, "Dingboche");
        self.walk(6, 8.0, 14.0, 4_940.0, "Lobuche");
        self.walk(7, 8.0, 12.0, 5_164.0, "Gorak Shep");
        self.walk(8, 8.5, 11.0, 5_364.0, "Everest Base Camp");
    }

    fn down(&mut self) {
        self.walk(9, 8.0, 16.0, 4_371.0, "Pheriche");
        self.walk(10, 8.0, 16.0, 3_440.0, "Namche");
        self.walk(11, 8.0, 16.0, 2_860.0, "Lukla");
        self.walk(12, 9.0, 11.0, 1_400.0, "Kathmandu");
        self.point(13, 9.0, NEPAL_OFFSET_S, 1_400.0, "");
        self.point(13, 20.0, HOME_WINTER_OFFSET_S, HOME_ALTITUDE_M, "Home");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn morning() -> DateTime<Utc> {
        "2026-10-13T02:00:00Z".parse().unwrap()
    }

    #[test]
    fn today_is_day_nine_after_a_night_at_gorak_shep() {
        let trip = expedition(&Config::default(), morning());
        let today: Day = "2026-10-13".parse().unwrap();
        assert_eq!(trip.day_number(today), Some(9));
        assert_eq!(trip.length_days(), 14);
        assert_eq!(trip.sleeping_altitude_m(today), Some(5_164.0));
        assert_eq!(trip.place(morning().into()), Some("Gorak Shep"));
        assert_eq!(
            trip.next_place(morning().into()).map(|p| p.altitude_m),
            Some(5_364.0)
        );
        let slept: Vec<f64> = (0..9)
            .filter_map(|index| trip.sleeping_altitude_m(trip.first_day.plus(index)))
            .collect();
        assert_eq!(
            slept,
            [
                1_400.0, 2_860.0, 3_440.0, 3_440.0, 3_860.0, 4_410.0, 4_410.0, 4_940.0, 5_164.0
            ]
        );
    }

    #[test]
    fn points_are_in_order_whoever_flies_early() {
        let calendar = Calendar::new(
            &Config {
                days: 365,
                ..Config::default()
            },
            morning(),
        );
        for early in [0, 1] {
            let points = itinerary(calendar, early).waypoints;
            assert!(
                points.windows(2).all(|pair| pair[0].at < pair[1].at),
                "{points:?}"
            );
        }
    }

    #[test]
    fn before_six_in_the_morning_it_is_still_the_day_before() {
        let night: DateTime<Utc> = "2026-10-13T20:00:00Z".parse().unwrap();
        assert_eq!(
            Calendar::new(&Config::default(), night),
            Calendar::new(&Config::default(), morning())
        );
    }
}
