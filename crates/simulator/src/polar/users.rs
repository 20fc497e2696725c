//! Registering people with the client.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use physiology::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::{Access, caller};
use super::errors;
use super::oauth::Registration;
use crate::http::reply;
use crate::state::Shared;
use crate::time::utc_millis;
use crate::twins::Person;

#[derive(Deserialize)]
struct Wish {
    #[serde(rename = "member-id")]
    member_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct User<'a> {
    polar_user_id: i64,
    member_id: &'a str,
    registration_date: String,
    first_name: String,
    last_name: &'static str,
    birthdate: &'static str,
    gender: &'static str,
    weight: f64,
    height: f64,
}

/// Born on this day, both.
const BIRTHDAY: &str = "1992-03-17";

fn user<'a>(person: &Person, registration: &'a Registration) -> User<'a> {
    User {
        polar_user_id: person.polar_user,
        member_id: &registration.member_id,
        registration_date: utc_millis(registration.at),
        first_name: person.letter.to_uppercase(),
        last_name: "Twin",
        birthdate: BIRTHDAY,
        gender: "MALE",
        weight: person.weight_kg,
        height: (person.height_m * 100.0).round(),
    }
}

/// `POST /polar/v3/users`: 200, or 409 for somebody who is registered.
pub(crate) async fn register(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let person = match caller(&simulator, &headers) {
        Ok(person) => person,
        Err(response) => return *response,
    };
    let Ok(wish) = serde_json::from_slice::<Wish>(&body) else {
        return errors::bad_request(&simulator, "member-id is missing.");
    };
    let now = simulator.now();
    let who = person.index;
    let response = {
        let mut changing = simulator.changing();
        let polar = &mut changing.polar;
        let taken = polar
            .registered
            .values()
            .any(|other| other.member_id == wish.member_id);
        if taken || polar.registered.contains_key(&who) {
            None
        } else {
            let first = !polar.known.contains(&who);
            polar.known.push(who);
            let served_from = if first { Timestamp(i64::MIN) } else { now };
            let registration = Registration {
                at: now,
                member_id: wish.member_id,
                served_from,
            };
            let response = reply::json(StatusCode::OK, &user(person, &registration));
            polar.registered.insert(who, registration);
            Some(response)
        }
    };
    response.unwrap_or_else(|| {
        let message = "User already registered to partner or duplicated member-id.";
        errors::error(&simulator, StatusCode::CONFLICT, "conflict", message)
    })
}

/// `GET /polar/v3/users/{user-id}`: 204 for somebody else.
pub(crate) async fn show(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    if id != access.who.polar_user.to_string() {
        return reply::empty(StatusCode::NO_CONTENT);
    }
    let changing = simulator.changing();
    let registration = changing.polar.registered.get(&access.who.index);
    registration.map_or_else(
        || reply::empty(StatusCode::NO_CONTENT),
        |registration| reply::json(StatusCode::OK, &user(access.who, registration)),
    )
}

/// `DELETE /polar/v3/users/{user-id}`: also takes the tokens away.
pub(crate) async fn delete(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let person = match caller(&simulator, &headers) {
        Ok(person) => person,
        Err(response) => return *response,
    };
    if id != person.polar_user.to_string() {
        return errors::error(
            &simulator,
            StatusCode::FORBIDDEN,
            "forbidden",
            "The token does not belong to this user.",
        );
    }
    let mut changing = simulator.changing();
    changing.polar.registered.remove(&person.index);
    changing.polar.revoke(person.index);
    reply::empty(StatusCode::NO_CONTENT)
}

#[derive(Serialize)]
struct PhysicalInfo {
    weight: f64,
    height: f64,
    created: String,
    modified: String,
    birthday: &'static str,
    gender: &'static str,
    maximum_heart_rate: i64,
    resting_heart_rate: i64,
    aerobic_threshold: i64,
    anaerobic_threshold: i64,
    vo2_max: i64,
    weight_source: &'static str,
    training_background: &'static str,
    typical_day: &'static str,
    sleep_goal: &'static str,
}

/// `GET /polar/v3/users/physical-info`.
pub(crate) async fn physical_info(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let person = access.who;
    let created = access
        .world()
        .calendar
        .day(access.world().calendar.first_index)
        .start_utc();
    let info = PhysicalInfo {
        weight: person.weight_kg,
        height: (person.height_m * 100.0).round(),
        created: utc_millis(created),
        modified: utc_millis(created),
        birthday: BIRTHDAY,
        gender: "MALE",
        maximum_heart_rate: person.max_heart_rate as i64,
        resting_heart_rate: person.resting_heart_rate as i64,
        aerobic_threshold: person.aerobic_threshold_bpm() as i64,
        anaerobic_threshold: person.anaerobic_threshold_bpm() as i64,
        vo2_max: 49,
        weight_source: "SOURCE_USER",
        training_background: "FREQUENT",
        typical_day: "MOSTLY_SITTING",
        sleep_goal: "PT8H",
    };
    reply::json(StatusCode::OK, &info)
}
