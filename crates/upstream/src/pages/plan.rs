//! What to ask for.

use std::collections::VecDeque;

use chrono::SecondsFormat;
use physiology::{Day, DayRange, Timestamp};
use url::Url;

use crate::client::Client;
use crate::collection::{Collection, Route};

/// One request, and the days it is about.
pub(super) struct Step {
    pub url: Url,
    pub days: DayRange,
}

/// Oura allows 30 days for rows; one is left for the second that is asked for before the first day.
const ROWS_DAYS: usize = 29;
/// Polar allows 28 days.
const POLAR_DAYS: usize = 28;

pub(super) fn steps(
    client: &Client,
    collection: Collection,
    range: DayRange,
    now: Timestamp,
) -> VecDeque<Step> {
    if range.is_empty() || collection.vendor() != client.vendor() {
        return VecDeque::new();
    }
    match collection.info().route {
        Route::OuraDates(path) => VecDeque::from([oura_dates(client, path, range)]),
        Route::OuraAll(path) => VecDeque::from([Step {
            url: client.url("v2/usercollection", &[path]),
            days: range,
        }]),
        Route::OuraInstants(path) => {
            // Rows are of the past; windows are whole UTC days, so that each day comes whole.
            let last = range.last.min(Day::of_utc(now));
            let windows = DayRange::new(range.first, last).windows(ROWS_DAYS);
            windows
                .map(|days| oura_instants(client, path, days, now))
                .collect()
        }
        Route::PolarAll(route) => {
            let mut url = client.url(route.list, &[]);
            if !route.query.is_empty() {
                url.query_pairs_mut().extend_pairs(route.query);
            }
            VecDeque::from([Step { url, days: range }])
        }
        Route::PolarDates(route) => {
            let today = Day::of_utc(now);
            let horizon = i64::from(collection.horizon_days().unwrap_or_default());
            // Where it is already tomorrow there may be something of tomorrow.
            let days = DayRange::new(
                range.first.max(today.plus(-horizon)),
                range.last.min(today.plus(1)),
            );
            let windows = days.windows(POLAR_DAYS);
            windows
                .map(|days| polar_dates(client, route.list, days))
                .collect()
        }
    }
}

/// Each of the days by itself.
pub(super) fn single_days(
    client: &Client,
    collection: Collection,
    days: DayRange,
) -> impl DoubleEndedIterator<Item = Step> {
    days.days().filter_map(move |day| {
        let url = client.route_of(collection, &day.to_string())?;
        Some(Step {
            url,
            days: DayRange::new(day, day),
        })
    })
}

/// A day more on either side: the collections disagree on whether the last day is included, and
/// what is too much is left out by its `day`.
fn oura_dates(client: &Client, path: &str, range: DayRange) -> Step {
    let mut url = client.url("v2/usercollection", &[path]);
    url.query_pairs_mut()
        .append_pair("start_date", &range.first.plus(-1).to_string())
        .append_pair("end_date", &range.last.plus(1).to_string());
    Step { url, days: range }
}

/// A second more at the start, in case it is not included either.
fn oura_instants(client: &Client, path: &str, days: DayRange, now: Timestamp) -> Step {
    let text = |at: Timestamp| at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    let end = days.last.plus(1).start_utc().min(now.plus_seconds(1));
    let mut url = client.url("v2/usercollection", &[path]);
    url.query_pairs_mut()
        .append_pair(
            "start_datetime",
            &text(days.first.start_utc().plus_seconds(-1)),
        )
        .append_pair("end_datetime", &text(end));
    Step { url, days }
}

fn polar_dates(client: &Client, path: &str, days: DayRange) -> Step {
    let mut url = client.url(path, &[]);
    url.query_pairs_mut()
        .append_pair("from", &days.first.to_string())
        .append_pair("to", &days.last.to_string());
    Step { url, days }
}
