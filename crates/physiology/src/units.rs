//! How somebody likes amounts and times written. What is kept and computed is metric and UTC
//! whatever is chosen here.

use serde::{Deserialize, Serialize};

use crate::day::{Day, DayRange};
use crate::week::Week;

/// A choice of few: its ids as in forms and in the store, its default first.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $id)] $variant),+
        }

        impl $name {
            /// Every choice, the default first.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in forms and in the store.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }

            /// The inverse of `id`.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.id() == id)
            }
        }
    };
}

choice! {
    /// Degrees of temperature.
    Temperature {
        /// °C.
        #[default]
        Celsius => "c",
        /// °F.
        Fahrenheit => "f",
    }
}

choice! {
    /// Lengths of ways. Altitudes are metres for everybody: maps and limits are in metres.
    Distance {
        /// km.
        #[default]
        Kilometres => "km",
        /// mi.
        Miles => "mi",
    }
}

choice! {
    /// The time of day.
    Clock {
        /// `17:52`.
        #[default]
        Hours24 => "24",
        /// `5:52 pm`.
        Hours12 => "12",
    }
}

choice! {
    /// The day a week begins on.
    WeekStart {
        /// As ISO 8601 has it.
        #[default]
        Monday => "mon",
        /// As in the Americas and much of Asia.
        Sunday => "sun",
        /// As in much of the Middle East.
        Saturday => "sat",
    }
}

/// How one account likes amounts and times written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Units {
    /// Degrees.
    pub temperature: Temperature,
    /// Lengths of ways.
    pub distance: Distance,
    /// The time of day.
    pub clock: Clock,
    /// Where weeks begin.
    pub week_start: WeekStart,
}

/// Metres in an international mile (1959).
const METRES_IN_A_MILE: f64 = 1_609.344;

impl Temperature {
    /// `°C`, `°F`.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Celsius => "°C",
            Self::Fahrenheit => "°F",
        }
    }

    /// How many of these degrees a difference of 1 °C is.
    pub const fn in_a_degree_celsius(self) -> f64 {
        match self {
            Self::Celsius => 1.0,
            Self::Fahrenheit => 1.8,
        }
    }
}

impl Distance {
    /// `km`, `mi`.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Kilometres => "km",
            Self::Miles => "mi",
        }
    }

    /// A length, from metres.
    pub fn of(self, metres: f64) -> f64 {
        match self {
            Self::Kilometres => metres / 1_000.0,
            Self::Miles => metres / METRES_IN_A_MILE,
        }
    }
}

impl Clock {
    /// A time of day, from seconds after any midnight: `17:52`, `5:52 pm`.
    pub fn time(self, second: i64) -> String {
        self.written(second, false)
    }

    /// With its seconds: `17:52:10`, `5:52:10 pm`.
    pub fn time_with_seconds(self, second: i64) -> String {
        self.written(second, true)
    }

    fn written(self, second: i64, with_seconds: bool) -> String {
        let second = second.rem_euclid(86_400);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        let mut text = match self {
            Self::Hours24 => format!("{hour:02}:{minute:02}"),
            Self::Hours12 => format!("{}:{minute:02}", (hour + 11) % 12 + 1),
        };
        if with_seconds {
            text.push_str(&format!(":{:02}", second % 60));
        }
        if self == Self::Hours12 {
            text.push_str(if hour < 12 { "\u{a0}am" } else { "\u{a0}pm" });
        }
        text
    }
}

impl WeekStart {
    /// The week a day is in.
    pub fn week_of(self, day: Day) -> DayRange {
        // 1970-01-01 was a Thursday: counted from Monday, the fourth day.
        let since_monday = (day.days_since_epoch() + 3).rem_euclid(7);
        let begins = match self {
            Self::Monday => 0,
            Self::Saturday => 5,
            Self::Sunday => 6,
        };
        let first = day.plus(-(since_monday - begins).rem_euclid(7));
        DayRange::new(first, first.plus(6))
    }

    /// The name of the week a day is in, for addresses: the ISO week whose Monday is in it. Each
    /// week has one Monday, wherever it begins, so that names and weeks come in pairs.
    pub fn name_of(self, day: Day) -> Week {
        Week::of(self.week_of(day).last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_and_defaults_come_first() {
        fn holds<T: Copy + PartialEq + core::fmt::Debug + Default>(
            all: &[T],
            id: fn(T) -> &'static str,
            from_id: fn(&str) -> Option<T>,
        ) {
            assert_eq!(all[0], T::default());
            for choice in all {
                assert_eq!(from_id(id(*choice)), Some(*choice));
            }
            assert_eq!(from_id(""), None);
        }
        holds(Temperature::ALL, Temperature::id, Temperature::from_id);
        holds(Distance::ALL, Distance::id, Distance::from_id);
        holds(Clock::ALL, Clock::id, Clock::from_id);
        holds(WeekStart::ALL, WeekStart::id, WeekStart::from_id);
    }

    #[test]
    fn amounts_convert_by_their_definitions() {
        // 37.0 °C is 98.6 °F, 38.0 °C is 100.4 °F.
        let fever = Temperature::Fahrenheit.in_a_degree_celsius();
        assert!((fever - (100.4 - 98.6)).abs() < 1e-9);
        assert_eq!(Temperature::Celsius.in_a_degree_celsius(), 1.0);
        // A marathon is 42.195 km, 26.219 mi.
        assert!((Distance::Miles.of(42_195.0) - 26.219).abs() < 0.001);
        assert_eq!(Distance::Kilometres.of(42_195.0), 42.195);
    }

    #[test]
    fn both_clocks_tell_every_hour() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        for (hour, of_24, of_12) in [
            (0, "00:30", "12:30 am"),
            (1, "01:30", "1:30 am"),
            (11, "11:30", "11:30 am"),
            (12, "12:30", "12:30 pm"),
            (13, "13:30", "1:30 pm"),
            (23, "23:30", "11:30 pm"),
            (24, "00:30", "12:30 am"),
            (-1, "23:30", "11:30 pm"),
        ] {
            let second = hour * 3_600 + 1_805;
            assert_eq!(Clock::Hours24.time(second), of_24);
            assert_eq!(plain(Clock::Hours12.time(second)), of_12);
        }
        assert_eq!(Clock::Hours24.time_with_seconds(38_110), "10:35:10");
        assert_eq!(
            plain(Clock::Hours12.time_with_seconds(81_310)),
            "10:35:10 pm"
        );
    }

    #[test]
    fn weeks_begin_where_they_are_told_to() {
        let monday: Day = "2026-10-12".parse().unwrap();
        for offset in 0..7 {
            let day = monday.plus(offset);
            for (start, name) in [
                (WeekStart::Monday, "Mon"),
                (WeekStart::Sunday, "Sun"),
                (WeekStart::Saturday, "Sat"),
            ] {
                let week = start.week_of(day);
                let named = start.name_of(day);
                assert_eq!(start.week_of(named.monday()), week);
                assert_eq!(start.name_of(day.plus(7)), named.plus(1));
                assert!(week.contains(day), "{day} is not in {week:?}");
                assert_eq!((week.len(), week.first.weekday_short()), (7, name));
            }
        }
    }
}
