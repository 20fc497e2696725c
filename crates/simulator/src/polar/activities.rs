//! Polar's daily activity.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::Day;
use serde::Serialize;

use super::access::Access;
use super::{WINDOW_DAYS, errors};
use crate::http::params::Params;
use crate::http::reply;
use crate::state::Shared;
use crate::time::iso_duration;
use crate::twins::polar::PolarActivity;
use crate::twins::publish;

#[derive(Serialize)]
struct Activity {
    start_time: String,
    end_time: String,
    active_duration: String,
    inactive_duration: String,
    daily_activity: f64,
    calories: i64,
    active_calories: i64,
    steps: i64,
    inactivity_alert_count: i64,
    distance_from_steps: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    samples: Option<Samples>,
}

#[derive(Serialize)]
struct Samples {
    date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Steps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity_zones: Option<Zones>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inactivity_stamps: Option<Vec<Stamp>>,
}

#[derive(Serialize)]
struct Steps {
    interval_ms: i64,
    total_steps: i64,
    /// A value that repeats the one before is left out.
    samples: Vec<StepSample>,
}

#[derive(Serialize)]
struct StepSample {
    steps: i64,
    timestamp: String,
}

#[derive(Serialize)]
struct Zones {
    samples: Vec<ZoneSample>,
}

#[derive(Serialize)]
struct ZoneSample {
    zone: &'static str,
    timestamp: String,
}

#[derive(Serialize)]
struct Stamp {
    stamp: String,
}

/// What of the samples a request wants.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    steps: bool,
    zones: bool,
    stamps: bool,
}

const EVERYTHING: Wanted = Wanted {
    steps: true,
    zones: true,
    stamps: true,
};

impl Wanted {
    fn of(params: &Params) -> Self {
        Self {
            steps: params.flag("steps"),
            zones: params.flag("activity_zones"),
            stamps: params.flag("inactivity_stamps"),
        }
    }

    const fn any(self) -> bool {
        self.steps || self.zones || self.stamps
    }
}

fn clock(day: Day, hour: f64) -> String {
    let minutes = (hour * 60.0).round() as i64;
    format!("{day}T{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

fn samples(day: Day, activity: &PolarActivity, wanted: Wanted) -> Samples {
    // Steps fall between seven in the morning and nine at night, so many in each quarter of an
    // hour; what is left of the division goes to the first.
    let (first, last) = (7.0, activity.until_hour.min(21.0));
    let quarters = (((last - first) * 4.0) as i64).max(1);
    let each = activity.steps / quarters;
    let steps = vec![
        StepSample {
            steps: 0,
            timestamp: clock(day, 0.0),
        },
        StepSample {
            steps: each + activity.steps % quarters,
            timestamp: clock(day, first),
        },
        StepSample {
            steps: each,
            timestamp: clock(day, first + 0.25),
        },
        StepSample {
            steps: 0,
            timestamp: clock(day, last),
        },
    ];
    let zones = [
        ("SLEEP", 0.0),
        ("LIGHT", 7.0),
        ("SEDENTARY", 9.0),
        ("MODERATE", 17.5),
    ];
    let zones = zones
        .into_iter()
        .filter(|(_, hour)| *hour < activity.until_hour);
    Samples {
        date: day,
        steps: wanted.steps.then_some(Steps {
            interval_ms: 900_000,
            total_steps: activity.steps,
            samples: steps,
        }),
        activity_zones: wanted.zones.then(|| Zones {
            samples: zones
                .map(|(zone, hour)| ZoneSample {
                    zone,
                    timestamp: clock(day, hour),
                })
                .collect(),
        }),
        inactivity_stamps: wanted.stamps.then(|| {
            let count = activity.inactivity_alerts;
            (0..count)
                .map(|nth| Stamp {
                    stamp: clock(day, 14.0 + nth as f64),
                })
                .collect()
        }),
    }
}

fn summary(day: Day, activity: &PolarActivity, wanted: Wanted) -> Activity {
    let end = if activity.until_hour < 24.0 {
        format!("{}:00", clock(day, activity.until_hour))
    } else {
        format!("{day}T23:59:59")
    };
    Activity {
        start_time: format!("{day}T00:00:00"),
        end_time: end,
        active_duration: iso_duration(activity.active_s),
        inactive_duration: iso_duration(activity.inactive_s),
        daily_activity: publish(activity.daily_activity, 1),
        calories: activity.calories,
        active_calories: activity.active_calories,
        steps: activity.steps,
        inactivity_alert_count: activity.inactivity_alerts,
        distance_from_steps: activity.distance_m,
        samples: wanted.any().then(|| samples(day, activity, wanted)),
    }
}

fn of_day(access: &Access<'_>, index: i64) -> Option<PolarActivity> {
    let versions = access.world().polar_activity(access.who, index)?;
    access
        .serves(versions.first_served())
        .then(|| versions.at(access.now).cloned())?
}

/// The days of `from` and `to`; 28 at most, none older than a year.
pub(super) fn range(access: &Access<'_>, params: &Params) -> Result<(Day, Day), Box<Response>> {
    let bad = |message: &str| Box::new(errors::bad_request(access.simulator, message));
    let day = |name: &str, otherwise: Day| match params.get(name) {
        None => Ok(otherwise),
        Some(text) => text.parse::<Day>().map_err(|_| bad("Invalid date.")),
    };
    let (oldest, newest) = access.window();
    let from = day("from", oldest)?;
    let to = day(
        "to",
        if params.get("from").is_some() {
            newest.min(from.plus(WINDOW_DAYS))
        } else {
            newest
        },
    )?;
    match to.days_since(from) {
        ..0 => Err(bad("from is later than to.")),
        // The default range is a day longer than 28: tomorrow has begun in the east.
        length if length > WINDOW_DAYS + 1 => Err(bad("At most 28 days can be asked for.")),
        _ if newest.days_since(from) > 366 => Err(bad("Cannot be older than 365 days.")),
        _ => Ok((from, to)),
    }
}

fn gather<T>(
    access: &Access<'_>,
    days: (Day, Day),
    write: impl Fn(Day, &PolarActivity) -> T,
) -> Vec<T> {
    let calendar = access.world().calendar;
    let indexes = access.indexes(days.0, days.1);
    indexes
        .filter_map(|index| Some(write(calendar.day(index), &of_day(access, index)?)))
        .collect()
}

/// `GET /polar/v3/users/activities`.
pub(crate) async fn list(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        let params = Params::of_query(query.as_deref());
        let wanted = Wanted::of(&params);
        let days = range(&access, &params)?;
        let list = gather(&access, days, |day, activity| {
            summary(day, activity, wanted)
        });
        Ok(reply::json(StatusCode::OK, &list))
    };
    answer().unwrap_or_else(|response| *response)
}

/// `GET /polar/v3/users/activities/samples`.
pub(crate) async fn samples_between(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        let days = range(&access, &Params::of_query(query.as_deref()))?;
        let list = gather(&access, days, |day, activity| {
            samples(day, activity, EVERYTHING)
        });
        Ok(reply::json(StatusCode::OK, &list))
    };
    answer().unwrap_or_else(|response| *response)
}

fn one(access: &Access<'_>, date: &str) -> Result<Option<(Day, PolarActivity)>, Box<Response>> {
    let Ok(day) = date.parse::<Day>() else {
        return Err(Box::new(errors::bad_request(
            access.simulator,
            "Invalid date.",
        )));
    };
    let index = access.world().calendar.index(day);
    let kept = access.every_index().contains(&index);
    Ok(kept
        .then(|| of_day(access, index))
        .flatten()
        .map(|activity| (day, activity)))
}

/// `GET /polar/v3/users/activities/{date}`: 204 if there is none.
pub(crate) async fn by_date(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        let wanted = Wanted::of(&Params::of_query(query.as_deref()));
        Ok(one(&access, &date)?.map_or_else(
            || reply::empty(StatusCode::NO_CONTENT),
            |(day, activity)| reply::json(StatusCode::OK, &summary(day, &activity, wanted)),
        ))
    };
    answer().unwrap_or_else(|response| *response)
}

/// `GET /polar/v3/users/activities/samples/{date}`: 204 if there are none.
pub(crate) async fn samples_by_date(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(date): Path<String>,
) -> Response {
    let answer = || -> Result<Response, Box<Response>> {
        let access = Access::new(&simulator, &headers)?;
        Ok(one(&access, &date)?.map_or_else(
            || reply::empty(StatusCode::NO_CONTENT),
            |(day, activity)| reply::json(StatusCode::OK, &samples(day, &activity, EVERYTHING)),
        ))
    };
    answer().unwrap_or_else(|response| *response)
}
