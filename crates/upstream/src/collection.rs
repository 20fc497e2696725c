//! What the vendors serve, and how each collection is asked for.

use physiology::Vendor;

/// How a collection is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// Oura, by `start_date` and `end_date`; each document has an id and its own route.
    OuraDates(&'static str),
    /// Oura, everything at once; each document has an id and its own route.
    OuraAll(&'static str),
    /// Oura, by `start_datetime` and `end_datetime`; rows without ids.
    OuraInstants(&'static str),
    /// Polar, everything it still has.
    PolarAll(PolarRoute),
    /// Polar, by `from` and `to`, at most 28 days.
    PolarDates(PolarRoute),
}

/// A collection of Polar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PolarRoute {
    /// The path of the list.
    pub list: &'static str,
    /// The member the list is in; empty where the answer itself is the list.
    pub member: &'static str,
    /// The path before the key of one document; empty where there is none.
    pub one: &'static str,
    /// The query that asks for the details.
    pub query: &'static [(&'static str, &'static str)],
}

/// Where a document says which one it is, and of which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// `id` and `day`.
    IdAndDay,
    /// `id` and `start_day`.
    IdAndStartDay,
    /// `id`; of no day.
    IdOnly,
    /// `id`; the day is that of `start_time`, local.
    IdAndStartTime,
    /// `date` is both.
    Date,
    /// The day of `start_time`, local, is both.
    StartTime,
    /// `period_start_time`; the day is the local one the sleep ended on.
    Period,
    /// Rows, kept together by UTC day.
    UtcDay,
}

pub(crate) struct Info {
    vendor: Vendor,
    id: &'static str,
    name: &'static str,
    scope: Option<&'static str>,
    horizon_days: Option<u32>,
    pub(crate) route: Route,
    pub(crate) identity: Identity,
}

macro_rules! collections {
    ($($(#[$doc:meta])* $variant:ident => $vendor:ident, $id:literal, $name:literal, $scope:expr,
        $horizon:expr, $route:expr, $identity:ident;)+) => {
        /// A kind of document of a vendor's.
        ///
        /// What describes the person rather than a day (Oura's `personal_info`, Polar's
        /// `physical-info`) is no collection: names, addresses and birthdays are not kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Collection { $($(#[$doc])* $variant),+ }

        impl Collection {
            /// Every collection, Oura's first.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub(crate) const fn info(self) -> &'static Info {
                match self {
                    $(Self::$variant => &Info {
                        vendor: Vendor::$vendor,
                        id: $id,
                        name: $name,
                        scope: $scope,
                        horizon_days: $horizon,
                        route: $route,
                        identity: Identity::$identity,
                    }),+
                }
            }
        }
    };
}

use Route::{OuraAll, OuraDates, OuraInstants, PolarAll, PolarDates};

const DAILY: Option<&str> = Some("daily");

collections! {
    /// Sleeps, naps and rests, several a day.
    OuraSleep => Oura, "sleep", "Sleep", DAILY, None, OuraDates("sleep"), IdAndDay;
    /// The sleep score of a day.
    OuraDailySleep => Oura, "daily_sleep", "Sleep score", DAILY, None, OuraDates("daily_sleep"), IdAndDay;
    /// Readiness and skin temperature of a day.
    OuraDailyReadiness => Oura, "daily_readiness", "Readiness", DAILY, None, OuraDates("daily_readiness"), IdAndDay;
    /// Activity of a day.
    OuraDailyActivity => Oura, "daily_activity", "Activity", DAILY, None, OuraDates("daily_activity"), IdAndDay;
    /// Oxygen saturation of a night.
    OuraDailySpo2 => Oura, "daily_spo2", "SpO₂", Some("spo2"), None, OuraDates("daily_spo2"), IdAndDay;
    /// Stress and recovery of a day.
    OuraDailyStress => Oura, "daily_stress", "Stress", DAILY, None, OuraDates("daily_stress"), IdAndDay;
    /// Resilience of a day.
    OuraDailyResilience => Oura, "daily_resilience", "Resilience", Some("stress"), None, OuraDates("daily_resilience"), IdAndDay;
    /// Cardiovascular age of a day.
    OuraDailyCardiovascularAge => Oura, "daily_cardiovascular_age", "Cardiovascular age", Some("heart_health"), None, OuraDates("daily_cardiovascular_age"), IdAndDay;
    /// VO₂ max of a day.
    OuraVo2Max => Oura, "vo2_max", "VO₂ max", Some("heart_health"), None, OuraDates("vO2_max"), IdAndDay;
    /// Heart rate around the clock; a document holds the rows of a UTC day.
    OuraHeartrate => Oura, "heartrate", "Heart rate", Some("heartrate"), None, OuraInstants("heartrate"), UtcDay;
    /// Workouts.
    OuraWorkout => Oura, "workout", "Workouts", Some("workout"), None, OuraDates("workout"), IdAndDay;
    /// Guided and unguided sessions.
    OuraSession => Oura, "session", "Sessions", Some("session"), None, OuraDates("session"), IdAndDay;
    /// Tags the wearer entered.
    OuraEnhancedTag => Oura, "enhanced_tag", "Tags", Some("tag"), None, OuraDates("enhanced_tag"), IdAndStartDay;
    /// Advice on when to go to bed.
    OuraSleepTime => Oura, "sleep_time", "Bedtime advice", DAILY, None, OuraDates("sleep_time"), IdAndDay;
    /// Periods of rest mode.
    OuraRestModePeriod => Oura, "rest_mode_period", "Rest mode", DAILY, None, OuraDates("rest_mode_period"), IdAndStartDay;
    /// The rings of the wearer; of no day.
    OuraRingConfiguration => Oura, "ring_configuration", "Ring", Some("ring_configuration"), None, OuraAll("ring_configuration"), IdOnly;
    /// Battery of the ring; a document holds the rows of a UTC day.
    OuraRingBatteryLevel => Oura, "ring_battery_level", "Ring battery", Some("ring_configuration"), None, OuraInstants("ring_battery_level"), UtcDay;
    /// Sleep of a night.
    PolarSleep => Polar, "sleep", "Sleep", None, Some(28), PolarAll(PolarRoute {
        list: "v3/users/sleep", member: "nights", one: "v3/users/sleep", query: &[],
    }), Date;
    /// Nightly recharge of a night.
    PolarNightlyRecharge => Polar, "nightly_recharge", "Nightly recharge", None, Some(28), PolarAll(PolarRoute {
        list: "v3/users/nightly-recharge", member: "recharges", one: "v3/users/nightly-recharge", query: &[],
    }), Date;
    /// Activity of a day.
    PolarActivities => Polar, "activities", "Activity", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/activities", member: "", one: "v3/users/activities", query: &[],
    }), StartTime;
    /// Steps through a day.
    PolarActivitySamples => Polar, "activity_samples", "Steps through the day", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/activities/samples", member: "", one: "v3/users/activities/samples", query: &[],
    }), Date;
    // Without `route`: positions are not needed, and a month of them would not fit an answer.
    /// Exercises, with their samples and zones.
    PolarExercises => Polar, "exercises", "Exercises", None, Some(30), PolarAll(PolarRoute {
        list: "v3/exercises", member: "", one: "v3/exercises", query: &[("samples", "true"), ("zones", "true")],
    }), IdAndStartTime;
    /// Cardio load of a day.
    PolarCardioLoad => Polar, "cardio_load", "Cardio load", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/cardio-load/date", member: "", one: "v3/users/cardio-load", query: &[],
    }), Date;
    /// Heart rate of a day.
    PolarContinuousHeartRate => Polar, "continuous_heart_rate", "Heart rate", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/continuous-heart-rate", member: "heart_rates", one: "v3/users/continuous-heart-rate", query: &[],
    }), Date;
    /// How alert the wearer is expected to be after a sleep.
    PolarAlertness => Polar, "alertness", "Alertness", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/sleepwise/alertness/date", member: "", one: "", query: &[],
    }), Period;
    /// When the wearer's body is ready for sleep.
    PolarCircadianBedtime => Polar, "circadian_bedtime", "Circadian bedtime", None, Some(28), PolarDates(PolarRoute {
        list: "v3/users/sleepwise/circadian-bedtime/date", member: "", one: "", query: &[],
    }), Period;
}

/// How many collections are Oura's: they come first in [`Collection::ALL`].
const OURA: usize = 17;

impl Collection {
    /// Whose it is.
    pub const fn vendor(self) -> Vendor {
        self.info().vendor
    }

    /// The name in the store and in webhook events of Oura's; unique per vendor.
    pub const fn id(self) -> &'static str {
        self.info().id
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The scope Oura asks for, without the prefix of its newer portal. Polar has one scope for
    /// everything.
    pub const fn scope(self) -> Option<&'static str> {
        self.info().scope
    }

    /// How many days back the vendor still serves it, counted from today; `None` is everything.
    pub const fn horizon_days(self) -> Option<u32> {
        self.info().horizon_days
    }

    /// Every collection of a vendor.
    pub fn of(vendor: Vendor) -> &'static [Self] {
        let (oura, polar) = Self::ALL.split_at(OURA);
        match vendor {
            Vendor::Oura => oura,
            Vendor::Polar => polar,
        }
    }

    /// The inverse of [`Collection::id`].
    pub fn from_id(vendor: Vendor, id: &str) -> Option<Self> {
        Self::of(vendor)
            .iter()
            .copied()
            .find(|collection| collection.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_per_vendor_and_round_trip() {
        for vendor in Vendor::ALL {
            for &collection in Collection::of(vendor) {
                assert_eq!(collection.vendor(), vendor);
                assert_eq!(
                    Collection::from_id(vendor, collection.id()),
                    Some(collection)
                );
            }
        }
        assert_eq!(Collection::from_id(Vendor::Oura, "nightly_recharge"), None);
    }

    #[test]
    fn a_vendor_has_its_own_routes() {
        for &collection in Collection::ALL {
            let polar = matches!(collection.info().route, PolarAll(_) | PolarDates(_));
            assert_eq!(
                polar,
                collection.vendor() == Vendor::Polar,
                "{collection:?}"
            );
        }
    }
}
