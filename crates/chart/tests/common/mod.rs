//! An expedition to draw: 14 baseline nights, then 9 days upwards, with the usual holes.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::cast_possible_wrap,
    reason = "each test file uses a part of it, and all of it is test code"
)]

use chart::{Limit, TwinChart};
use physiology::alarm::Priority;
use physiology::baseline::Band;
use physiology::pair::PairDay;
use physiology::units::{Clock, Distance, Temperature, WeekStart};
use physiology::{
    Day, Measurement, Metric, Missing, Quality, Reading, Source, Timestamp, Units, Waypoint,
};

pub const OFFSET_S: i32 = 20_700;

pub fn day_one() -> Day {
    Day::new(2026, 10, 5).unwrap()
}

/// 02:15 local time on a day.
pub fn mid_sleep(day: Day) -> Timestamp {
    day.start_utc().plus_seconds(8_100 - i64::from(OFFSET_S))
}

pub fn reading(value: Option<f64>, day: Day) -> Reading {
    value.map_or(Reading::Missing(Missing::NotWorn), |value| {
        Reading::Measured(Measurement {
            value,
            measured_at: mid_sleep(day),
            source: Source::Oura,
            quality: Quality::Complete,
        })
    })
}

/// Nights in a row from `first`.
pub fn nights(first: Day, values: &[(Option<f64>, Option<f64>)]) -> Vec<PairDay> {
    values
        .iter()
        .enumerate()
        .map(|(index, (a, b))| {
            let day = first.plus(index as i64);
            PairDay {
                day,
                at: mid_sleep(day),
                a: reading(*a, day),
                b: reading(*b, day),
                day_number: None,
                sleeping_altitude_m: None,
                place: None,
            }
        })
        .collect()
}

/// As Americans like it.
pub const AMERICAN: Units = Units {
    temperature: Temperature::Fahrenheit,
    distance: Distance::Miles,
    clock: Clock::Hours12,
    week_start: WeekStart::Sunday,
};

pub struct Expedition {
    pub days: Vec<PairDay>,
    pub baseline: Vec<PairDay>,
    pub altitude: Vec<Waypoint>,
    pub now: Timestamp,
}

impl Expedition {
    pub fn new() -> Self {
        let a = [
            Some(95.6),
            Some(92.3),
            Some(89.6),
            None,
            Some(87.8),
            Some(84.1),
            Some(85.4),
            Some(81.0),
            Some(78.2),
        ];
        let b = [
            Some(95.1),
            Some(91.0),
            Some(87.4),
            Some(88.2),
            Some(84.6),
            Some(80.3),
            Some(81.8),
            Some(77.5),
            Some(73.4),
        ];
        let slept: [(&str, f64); 9] = [
            ("Kathmandu", 1_400.0),
            ("Lukla", 2_860.0),
            ("Namche", 3_440.0),
            ("Namche", 3_440.0),
            ("Tengboche", 3_860.0),
            ("Dingboche", 4_410.0),
            ("Dingboche", 4_410.0),
            ("Lobuche", 4_940.0),
            ("Gorak Shep", 5_164.0),
        ];
        let mut days = nights(day_one(), &a.into_iter().zip(b).collect::<Vec<_>>());
        for ((index, day), (place, altitude_m)) in days.iter_mut().enumerate().zip(slept) {
            day.day_number = Some(index as u32 + 1);
            day.place = Some(place.to_owned());
            day.sleeping_altitude_m = Some(altitude_m);
        }
        let before: Vec<_> = (0..14)
            .map(|night| {
                let wobble = f64::from(night * 7 % 5) * 0.2 - 0.4;
                let b = (night != 5 && night != 6).then_some(97.0 - wobble);
                (Some(97.4 + wobble), b)
            })
            .collect();
        let at = |day: i64, hour: i64, altitude_m: f64, place: &str| Waypoint {
            at: day_one()
                .plus(day)
                .start_utc()
                .plus_seconds(hour * 3_600 - i64::from(OFFSET_S)),
            altitude_m,
            place: place.to_owned(),
            utc_offset_s: OFFSET_S,
        };
        Self {
            days,
            baseline: nights(day_one().plus(-14), &before),
            altitude: vec![
                at(-15, 0, 12.0, "Home"),
                at(-1, 6, 12.0, ""),
                at(-1, 16, 1_400.0, "Kathmandu"),
                at(0, 7, 1_400.0, ""),
                at(0, 9, 2_860.0, "Lukla"),
                at(1, 8, 2_860.0, ""),
                at(1, 15, 3_440.0, "Namche"),
                at(3, 8, 3_440.0, ""),
                at(3, 14, 3_860.0, "Tengboche"),
                at(4, 8, 3_860.0, ""),
                at(4, 14, 4_410.0, "Dingboche"),
                at(6, 8, 4_410.0, ""),
                at(6, 14, 4_940.0, "Lobuche"),
                at(7, 8, 4_940.0, ""),
                at(7, 12, 5_164.0, "Gorak Shep"),
                at(8, 8, 5_164.0, ""),
                at(8, 11, 5_364.0, "Base Camp"),
                at(9, 8, 5_364.0, ""),
            ],
            now: day_one()
                .plus(8)
                .start_utc()
                .plus_seconds(7 * 3_600 + 42 * 60 - i64::from(OFFSET_S)),
        }
    }

    pub fn chart(&self) -> TwinChart<'_> {
        TwinChart {
            written: Metric::Spo2Night.written(Units::default()),
            names: ["Maya", "Leela"],
            days: &self.days,
            baseline_days: &self.baseline,
            split: true,
            band: Some(Band {
                low: 96.4,
                high: 98.1,
            }),
            baseline_means: [Some(97.4), Some(97.0)],
            limit: Some(Limit {
                value: 75.0,
                priority: Priority::Medium,
            }),
            altitude: &self.altitude,
            now: self.now,
            utc_offset_s: OFFSET_S,
            day_one: Some(day_one()),
            shown: [true, true],
        }
    }
}

/// A chart of nights alone: no split, no altitude, no band, no limit.
pub fn plain(days: &[PairDay]) -> TwinChart<'_> {
    TwinChart {
        written: Metric::Spo2Night.written(Units::default()),
        names: ["Maya", "Leela"],
        days,
        baseline_days: &[],
        split: false,
        band: None,
        baseline_means: [None, None],
        limit: None,
        altitude: &[],
        now: Timestamp(0),
        utc_offset_s: 0,
        day_one: None,
        shown: [true, true],
    }
}
