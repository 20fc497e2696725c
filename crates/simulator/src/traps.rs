//! Where the record holds what a careful client must get right.
//!
//! An *index* counts days from the first day of the trek (0); today is index 8; days at home are
//! negative. Every index below lies within the default record (−14 … 8), whatever the seed.
//!
//! | trap | where |
//! |---|---|
//! | a nap listed before the main sleep | A −1 (`sleep`), B 5 (`late_nap`) |
//! | two long sleeps on one day | B −2 (aeroplane, then hotel), A 6 (a broken night) |
//! | `rest` and `deleted` sleeps | A −4 `rest`, B −6 `deleted` |
//! | `average_breath` in breaths/s | both twins up to index −12 |
//! | null items in samples | heart rate and HRV of every night; a whole half hour on A −7 |
//! | a night without SpO₂ | A −11 (`spo2_percentage: null`), B 2 (no document) |
//! | three nights not worn | B −9, B −8, A 3; B −9 has a Polar sleep instead |
//! | a day that only Polar has | B −8: no `daily_activity`, steps from Polar |
//! | a newest day only partly there | index 8: `daily_activity` grows at every sync, `daily_stress` is null until the evening |
//! | a late document for an earlier day | A 6 `daily_readiness`, served from 14:00 (Nepal) of index 8 |
//! | documents that change after first being served | B 7 `sleep` and `daily_sleep`, second version from 12:00 (Nepal) of index 8 |
//! | flights across UTC+00:00, +04:00, +05:45 | A −2/−1, B −3/−2 |
//! | one twin a day ahead of the other | B is in Nepal a day before A |
//! | a daylight-saving night | −5, both: 25 hours, `+01:00` to `+00:00` |
//! | pages of 10 | every Oura list of documents |
//! | a scope that was not granted | B: `heartrate` |
//! | Polar −1 and 0 for none | sleep A −7, recharge A −7, cardio load −10 of both |
//! | a −1 of Polar's that is a value | recharge A −6: `ans_charge` −1.0 with a status |
//! | Polar 204 and 404 for empty days | activity A −10 (204); sleep and continuous heart rate B −8 (404) |
//! | Polar kebab and snake keys, local time and offset apart | every exercise |
//! | a 409 on registration | B is already registered with this client |
//! | exercises uploaded before registration | −13 and −11 of both, never served |
//! | a malformed document | A −3 `session`: `day` is a number. No truth hangs on a session |

use physiology::Day;
use serde::Serialize;

use crate::expedition::{CLOCK_CHANGE_INDEX, Calendar};

/// The nights a twin did not wear the ring: person, index.
pub(crate) const NOT_WORN: [(usize, i64); 3] = [(1, -9), (1, -8), (0, 3)];
/// Naps that are listed before the main sleep of their day, `true` for a late one.
pub(crate) const NAPS_FIRST: [(usize, i64, bool); 2] = [(0, -1, false), (1, 5, true)];
/// The ring was off the whole day: no `daily_activity`, steps from Polar only.
pub(crate) const RING_IN_DRAWER: (usize, i64) = (1, -8);
/// The night A was awake for two hours, so that it counts as two long sleeps.
pub(crate) const BROKEN_NIGHT: (usize, i64) = (0, 6);
/// A `rest`.
pub(crate) const REST: (usize, i64) = (0, -4);
/// A `deleted` sleep.
pub(crate) const DELETED: (usize, i64) = (1, -6);
/// Up to this index `average_breath` is in breaths/s.
pub(crate) const LAST_BREATHS_PER_S: i64 = -12;
/// Half an hour of this night has no samples.
pub(crate) const SAMPLE_HOLE: (usize, i64) = (0, -7);
/// `spo2_percentage` is null.
pub(crate) const SPO2_NULL: (usize, i64) = (0, -11);
/// There is no `daily_spo2`.
pub(crate) const SPO2_ABSENT: (usize, i64) = (1, 2);
/// `daily_readiness` of this day appears at [`LATE_FROM`] only.
pub(crate) const LATE_READINESS: (usize, i64) = (0, 6);
/// Index and local hour in Nepal at which the late document appears.
pub(crate) const LATE_FROM: (i64, f64) = (8, 14.0);
/// `sleep` and `daily_sleep` of this day change at [`CHANGED_FROM`].
pub(crate) const CHANGED_SLEEP: (usize, i64) = (1, 7);
/// Index and local hour in Nepal at which they change.
pub(crate) const CHANGED_FROM: (i64, f64) = (8, 12.0);
/// Polar writes −1 and 0 for everything it could not measure in this night.
pub(crate) const POLAR_NONE_NIGHT: (usize, i64) = (0, -7);
/// The charge of this night is −1.0, and measured.
pub(crate) const POLAR_CHARGE_OF_MINUS_ONE: (usize, i64) = (0, -6);
/// Polar could not work out a cardio load on this day: −1.0 everywhere.
pub(crate) const POLAR_NONE_LOAD_INDEX: i64 = -10;
/// No Polar activity at all: 204.
pub(crate) const POLAR_NO_ACTIVITY: (usize, i64) = (0, -10);
/// Neither Polar sleep nor continuous heart rate: 404.
pub(crate) const POLAR_NO_NIGHT: [(usize, i64); 2] = [(1, -8), (0, 3)];
/// Exercises of these days were uploaded before the twins registered.
pub(crate) const BEFORE_REGISTRATION: [i64; 2] = [-13, -11];
/// A `session` whose `day` is a number.
pub(crate) const MALFORMED_SESSION: (usize, i64) = (0, -3);

/// One trap and where it sits, as `GET /control/traps` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trap {
    /// What it is.
    pub trap: &'static str,
    /// `a`, `b`, or both.
    pub subject: &'static str,
    /// The collection or route it is found in.
    pub at: &'static str,
    /// The day it is dated.
    pub day: Day,
}

/// Every trap that has a day.
pub(crate) fn list(calendar: Calendar) -> Vec<Trap> {
    let letter = |who: usize| if who == 0 { "a" } else { "b" };
    let mut traps = Vec::new();
    let mut add = |trap, subject, at, index: i64| {
        traps.push(Trap {
            trap,
            subject,
            at,
            day: calendar.day(index),
        });
    };
    for (who, index, _) in NAPS_FIRST {
        add(
            "nap listed before the main sleep",
            letter(who),
            "sleep",
            index,
        );
    }
    add(
        "two long sleeps",
        letter(BROKEN_NIGHT.0),
        "sleep",
        BROKEN_NIGHT.1,
    );
    add("two long sleeps", "b", "sleep", -2);
    add("rest", letter(REST.0), "sleep", REST.1);
    add("deleted", letter(DELETED.0), "sleep", DELETED.1);
    add(
        "average_breath in breaths/s",
        "ab",
        "sleep",
        LAST_BREATHS_PER_S,
    );
    add(
        "null items in samples",
        letter(SAMPLE_HOLE.0),
        "sleep",
        SAMPLE_HOLE.1,
    );
    add(
        "night without SpO2, null",
        letter(SPO2_NULL.0),
        "daily_spo2",
        SPO2_NULL.1,
    );
    add(
        "night without SpO2, no document",
        letter(SPO2_ABSENT.0),
        "daily_spo2",
        SPO2_ABSENT.1,
    );
    for (who, index) in NOT_WORN {
        add("night not worn", letter(who), "sleep", index);
    }
    add(
        "day only Polar has",
        letter(RING_IN_DRAWER.0),
        "activities",
        RING_IN_DRAWER.1,
    );
    add("day only partly there", "ab", "daily_activity", 8);
    add(
        "late document",
        letter(LATE_READINESS.0),
        "daily_readiness",
        LATE_READINESS.1,
    );
    add(
        "changed document",
        letter(CHANGED_SLEEP.0),
        "sleep",
        CHANGED_SLEEP.1,
    );
    add(
        "changed document",
        letter(CHANGED_SLEEP.0),
        "daily_sleep",
        CHANGED_SLEEP.1,
    );
    add("flights across three offsets", "a", "sleep", -1);
    add("flights across three offsets", "b", "sleep", -2);
    add("daylight-saving night", "ab", "sleep", CLOCK_CHANGE_INDEX);
    add(
        "polar: -1 and 0 for none",
        "a",
        "nightly-recharge",
        POLAR_NONE_NIGHT.1,
    );
    let measured = POLAR_CHARGE_OF_MINUS_ONE;
    add(
        "polar: -1.0 that is a value",
        letter(measured.0),
        "nightly-recharge",
        measured.1,
    );
    add(
        "polar: -1.0 for none",
        "ab",
        "cardio-load",
        POLAR_NONE_LOAD_INDEX,
    );
    add(
        "polar: 204",
        letter(POLAR_NO_ACTIVITY.0),
        "activities",
        POLAR_NO_ACTIVITY.1,
    );
    for (who, index) in POLAR_NO_NIGHT {
        add("polar: 404", letter(who), "sleep", index);
    }
    for index in BEFORE_REGISTRATION {
        add(
            "polar: uploaded before registration",
            "ab",
            "exercises",
            index,
        );
    }
    add(
        "malformed document",
        letter(MALFORMED_SESSION.0),
        "session",
        MALFORMED_SESSION.1,
    );
    traps
}
