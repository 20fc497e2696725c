use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use physiology::{Day, DayRange, Metric};
use serde::Serialize;

use super::wrong;
use crate::http::params::Params;
use crate::http::reply;
use crate::state::Shared;
use crate::truth::{Granted, Moment, values};

#[derive(Serialize)]
struct Value {
    day: Day,
    value: f64,
}

#[derive(Serialize)]
struct Values {
    values: Vec<Value>,
}

/// `GET /control/truth?subject=a&metric=spo2_night&start=…&end=…`: both days included.
pub(super) async fn show(State(simulator): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::of_query(query.as_deref());
    let person = params
        .get("subject")
        .and_then(|letter| simulator.world().person(letter));
    let Some(person) = person else {
        return wrong("no such subject");
    };
    let Some(metric) = params.get("metric").and_then(Metric::from_id) else {
        return wrong("no such metric");
    };
    let day = |name: &str| params.get(name).and_then(|text| text.parse::<Day>().ok());
    let (Some(start), Some(end)) = (day("start"), day("end")) else {
        return wrong("start and end are days, YYYY-MM-DD");
    };
    let moment = Moment {
        now: simulator.now(),
        started: simulator.started,
    };
    let granted = {
        let changing = simulator.changing();
        let by_default = Granted::by_default(person);
        changing
            .oura
            .latest(person.index)
            .map_or(by_default, |oura| Granted { oura })
    };
    let range = DayRange::new(start, end);
    let values = values(simulator.world(), person, metric, range, moment, granted);
    let values = values
        .into_iter()
        .map(|(day, value)| Value { day, value })
        .collect();
    reply::json(StatusCode::OK, &Values { values })
}

/// `GET /control/traps`: where each trap of the record sits.
pub(super) async fn traps(State(simulator): State<Shared>) -> Response {
    reply::json(
        StatusCode::OK,
        &crate::traps::list(simulator.world().calendar),
    )
}
