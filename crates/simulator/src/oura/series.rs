//! Time series: heart rate and the battery of the ring.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::{Day, Timestamp};
use serde::Serialize;

use super::documents::json;
use super::errors;
use super::lists::envelope;
use super::query::{Bound, Cursor, read_bound};
use super::routes::authorise;
use super::scope::Scope;
use crate::http::params::Params;
use crate::http::reply;
use crate::state::Simulator;
use crate::time::local_millis;

/// Rows on a page.
pub(crate) const PAGE: usize = 1_000;
/// The longest window, s.
const LONGEST_S: i64 = 30 * 86_400;

/// A time series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    HeartRate,
    Battery,
}

impl Series {
    pub(crate) const ALL: [Self; 2] = [Self::HeartRate, Self::Battery];

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::HeartRate => "heartrate",
            Self::Battery => "ring_battery_level",
        }
    }

    const fn scope(self) -> Scope {
        match self {
            Self::HeartRate => Scope::Heartrate,
            Self::Battery => Scope::RingConfiguration,
        }
    }
}

#[derive(Serialize)]
struct HeartRow<'a> {
    timestamp: String,
    timestamp_unix: i64,
    bpm: i64,
    source: &'a str,
}

#[derive(Serialize)]
struct BatteryRow {
    timestamp: String,
    timestamp_unix: i64,
    charging: bool,
    in_charger: bool,
    level: i64,
}

/// `GET /oura/v2/usercollection/heartrate` and `/ring_battery_level`.
pub(crate) fn list(
    simulator: &Simulator,
    series: Series,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Response {
    let who = match authorise(simulator, headers, series.scope()) {
        Ok(grant) => grant.who,
        Err(response) => return *response,
    };
    let params = Params::of_query(query);
    answer(simulator, series, who, &params).unwrap_or_else(|response| *response)
}

fn answer(
    simulator: &Simulator,
    series: Series,
    who: usize,
    params: &Params,
) -> Result<Response, Box<Response>> {
    let Some(person) = simulator.world().people.get(who) else {
        return Err(Box::new(errors::not_found()));
    };
    let now = simulator.now();
    let synced = simulator.world().last_sync(person, now);
    if params.flag("latest") {
        let week = Span {
            start: synced.plus_seconds(-7 * 86_400),
            end: synced.plus_seconds(1),
        };
        let (texts, _) = gather(simulator, series, who, week, synced, usize::MAX);
        let last: Vec<String> = texts.into_iter().next_back().into_iter().collect();
        return Ok(reply::text(StatusCode::OK, envelope(&last, None)));
    }
    let list = format!("{}.{who}", series.path());
    let span = match params.get("next_token") {
        None => Span::read(params, now)?,
        Some(token) => {
            let cursor = Cursor::read(token, &list);
            cursor
                .and_then(|cursor| Span::resume(&cursor))
                .ok_or_else(|| {
                    Box::new(errors::detail(
                        StatusCode::BAD_REQUEST,
                        "Invalid next_token.",
                    ))
                })?
        }
    };
    let (texts, next) = gather(simulator, series, who, span, synced, PAGE);
    let next = next.map(|at| {
        let end = span.end.unix_ms().to_string();
        Cursor {
            list,
            position: at.unix_ms(),
            start: String::new(),
            end,
        }
        .token()
    });
    Ok(reply::text(
        StatusCode::OK,
        envelope(&texts, next.as_deref()),
    ))
}

/// From `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: Timestamp,
    end: Timestamp,
}

impl Span {
    /// Without an end it is now, without a start a day before the end.
    fn read(params: &Params, now: Timestamp) -> Result<Self, Box<Response>> {
        let end = read_bound(params, "end_datetime")?.map_or(now, Bound::at);
        let start =
            read_bound(params, "start_datetime")?.map_or(end.plus_seconds(-86_400), Bound::at);
        let length_s = end.seconds_since(start);
        let problem = match length_s {
            ..0 => "Start time is greater than end time.",
            0..=LONGEST_S => return Ok(Self { start, end }),
            _ => "Time range must not be longer than 30 days.",
        };
        Err(Box::new(errors::detail(StatusCode::BAD_REQUEST, problem)))
    }

    fn resume(cursor: &Cursor) -> Option<Self> {
        let end = Timestamp(cursor.end.parse().ok()?);
        let start = Timestamp(cursor.position);
        let length_s = end.seconds_since(start);
        (0..=LONGEST_S)
            .contains(&length_s)
            .then_some(Self { start, end })
    }

    fn holds(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

/// At most `most` rows of the span that the phone has handed over, and when the next one is.
fn gather(
    simulator: &Simulator,
    series: Series,
    who: usize,
    span: Span,
    synced: Timestamp,
    most: usize,
) -> (Vec<String>, Option<Timestamp>) {
    let shown = |at: Timestamp| span.holds(at) && at <= synced;
    match series {
        Series::HeartRate => {
            let read = simulator.record.read_heart(who, simulator.now(), |rows| {
                let first = rows.partition_point(|row| row.at < span.start);
                let rows = rows.get(first..).unwrap_or_default();
                let rows = rows.iter().take_while(|row| row.at < span.end);
                page(
                    rows.filter(|row| shown(row.at)),
                    most,
                    |row| row.at,
                    |row| {
                        json(&HeartRow {
                            timestamp: local_millis(row.at, 0),
                            timestamp_unix: row.at.unix_ms(),
                            bpm: row.bpm,
                            source: row.source.name(),
                        })
                    },
                )
            });
            read.unwrap_or_default()
        }
        Series::Battery => {
            let world = simulator.world();
            let Some(person) = world.people.get(who) else {
                return Default::default();
            };
            let index = |at| world.calendar.index(Day::of_utc(at));
            // Spans are at most 30 days long, so this is a month of hours.
            let first = (index(span.start) - 1).max(world.calendar.first_index);
            let last = (index(span.end) + 1).min(index(synced) + 1);
            let rows = (first..=last).flat_map(|index| world.battery_rows(person, index));
            page(
                rows.filter(|row| shown(row.0)),
                most,
                |row| row.0,
                |(at, level, charging)| {
                    json(&BatteryRow {
                        timestamp: local_millis(*at, 0),
                        timestamp_unix: at.unix_ms(),
                        charging: *charging,
                        in_charger: *charging,
                        level: *level,
                    })
                },
            )
        }
    }
}

fn page<R>(
    rows: impl Iterator<Item = R>,
    most: usize,
    at: impl Fn(&R) -> Timestamp,
    write: impl Fn(&R) -> String,
) -> (Vec<String>, Option<Timestamp>) {
    let mut texts = Vec::new();
    for row in rows {
        if texts.len() >= most {
            return (texts, Some(at(&row)));
        }
        texts.push(write(&row));
    }
    (texts, None)
}
