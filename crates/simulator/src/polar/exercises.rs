//! Polar's exercises. Keys are kebab-case here and snake_case there, as Polar prints them.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::access::Access;
use super::{EXERCISE_WINDOW_DAYS, errors};
use crate::http::params::Params;
use crate::http::reply;
use crate::rng::hash;
use crate::state::Shared;
use crate::time::{iso_duration, naive, utc_millis};
use crate::twins::workout::{Sport, WORKOUT_SAMPLE_S, Workout};
use crate::twins::{Person, Stream, World, publish};

#[derive(Serialize)]
struct Exercise {
    id: String,
    upload_time: String,
    polar_user: String,
    device: &'static str,
    device_id: &'static str,
    start_time: String,
    /// min; UTC is local time less this.
    start_time_utc_offset: i32,
    duration: String,
    calories: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<f64>,
    heart_rate: HeartRate,
    training_load: f64,
    sport: &'static str,
    has_route: bool,
    detailed_sport_info: &'static str,
    fat_percentage: i64,
    carbohydrate_percentage: i64,
    protein_percentage: i64,
    #[serde(rename = "running-index", skip_serializing_if = "Option::is_none")]
    running_index: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heart_rate_zones: Option<Vec<Zone>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    samples: Option<Vec<Sample>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Vec<Location>>,
    training_load_pro: TrainingLoadPro,
}

#[derive(Serialize)]
struct HeartRate {
    average: i64,
    maximum: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Zone {
    index: usize,
    lower_limit: i64,
    upper_limit: i64,
    in_zone: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Sample {
    recording_rate: i64,
    sample_type: &'static str,
    data: String,
}

#[derive(Serialize)]
struct Location {
    latitude: f64,
    longitude: f64,
    time: String,
    satellites: i64,
    fix: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct TrainingLoadPro {
    date: physiology::Day,
    cardio_load: f64,
    /// −1: the sport has none.
    muscle_load: f64,
    perceived_load: f64,
    cardio_load_interpretation: &'static str,
    muscle_load_interpretation: &'static str,
    perceived_load_interpretation: &'static str,
    user_rpe: &'static str,
}

/// What a request wants beside the summary.
#[derive(Debug, Clone, Copy, Default)]
struct Extras {
    samples: bool,
    zones: bool,
    route: bool,
}

impl Extras {
    fn of(query: Option<&str>) -> Self {
        let params = Params::of_query(query);
        Self {
            samples: params.flag("samples"),
            zones: params.flag("zones"),
            route: params.flag("route"),
        }
    }
}

/// The hashed id of an exercise: eight letters and digits.
pub(crate) fn id_of(world: &World, who: &Person, workout: &Workout) -> String {
    let day = world.calendar.day(workout.index).days_since_epoch() as u64;
    let keys = [
        world.seed,
        Stream::Workout as u64,
        who.index as u64,
        day,
        workout.number as u64,
    ];
    let mut rest = hash(&keys);
    let mut id = String::with_capacity(8);
    for _ in 0..8 {
        id.push(
            char::from_digit((rest % 36) as u32, 36)
                .unwrap_or('0')
                .to_ascii_uppercase(),
        );
        rest /= 36;
    }
    id
}

/// The exercises a client gets, oldest first: uploaded in the last 30 days, after registration.
fn served(access: &Access<'_>) -> Vec<Workout> {
    let world = access.world();
    let oldest = access.now.plus_seconds(-EXERCISE_WINDOW_DAYS * 86_400);
    let (from, to) = access.window();
    let slack = EXERCISE_WINDOW_DAYS - super::WINDOW_DAYS + 1;
    let calendar = world.calendar;
    let first = calendar.index(from.plus(-slack)).max(calendar.first_index);
    (first..=calendar.index(to))
        .flat_map(|index| world.workouts(access.who, index))
        .filter(|workout| !workout.before_registration || !access.who.travels)
        .filter(|workout| oldest <= workout.uploaded() && access.serves(Some(workout.uploaded())))
        .collect()
}

/// The exercise of an id, if the client gets it.
pub(super) fn find(access: &Access<'_>, id: &str) -> Option<Workout> {
    let world = access.world();
    served(access)
        .into_iter()
        .find(|workout| id_of(world, access.who, workout) == id)
}

const INTERPRETATIONS: [(f64, &str); 4] = [
    (25.0, "VERY_LOW"),
    (60.0, "LOW"),
    (110.0, "MEDIUM"),
    (190.0, "HIGH"),
];

fn exercise(access: &Access<'_>, workout: &Workout, extras: Extras) -> Exercise {
    let (world, who) = (access.world(), access.who);
    let rates = world.workout_heart_rate(who, workout);
    let known: Vec<i64> = rates.iter().copied().flatten().collect();
    let average = known.iter().sum::<i64>() as f64 / known.len().max(1) as f64;
    let load = workout.cardio_load;
    let level = INTERPRETATIONS.iter().find(|(below, _)| load < *below);
    let hard = workout.sport == Sport::Running;
    Exercise {
        id: id_of(world, who, workout),
        upload_time: utc_millis(workout.uploaded()),
        polar_user: access.user_link(),
        device: "Polar Vantage V3",
        device_id: "1111AAAA",
        start_time: naive(workout.start, workout.offset_s),
        start_time_utc_offset: workout.offset_s / 60,
        duration: iso_duration(workout.length_s),
        calories: workout.calories,
        distance: workout.distance_m,
        heart_rate: HeartRate {
            average: average.round() as i64,
            maximum: known.iter().copied().max().unwrap_or(0),
        },
        training_load: load,
        sport: match workout.sport {
            Sport::Hiking => "OTHER",
            other => other.polar(),
        },
        has_route: workout.distance_m.is_some(),
        detailed_sport_info: workout.sport.polar(),
        fat_percentage: if hard { 28 } else { 52 },
        carbohydrate_percentage: if hard { 68 } else { 43 },
        protein_percentage: if hard { 4 } else { 5 },
        running_index: hard.then_some(54),
        heart_rate_zones: extras.zones.then(|| zones(who, &known)),
        samples: extras.samples.then(|| samples(who, workout, &rates)),
        route: extras.route.then(|| route(workout)),
        training_load_pro: TrainingLoadPro {
            date: world.calendar.day(workout.index),
            cardio_load: load,
            muscle_load: -1.0,
            perceived_load: publish(load * 1.1, 2),
            cardio_load_interpretation: level.map_or("VERY_HIGH", |(_, name)| name),
            muscle_load_interpretation: "NOT_AVAILABLE",
            perceived_load_interpretation: level.map_or("VERY_HIGH", |(_, name)| name),
            user_rpe: if hard { "RPE_HARD" } else { "RPE_MODERATE" },
        },
    }
}

fn zones(who: &Person, known: &[i64]) -> Vec<Zone> {
    let limit = |tenth: usize| (who.max_heart_rate * tenth as f64 / 10.0).round() as i64;
    (1..=5)
        .map(|index| {
            let (lower_limit, upper_limit) = (limit(index + 4), limit(index + 5));
            let within = |bpm: &&i64| {
                (lower_limit..upper_limit).contains(*bpm) || (index == 5 && **bpm == upper_limit)
            };
            let seconds = known.iter().filter(within).count() as i64 * WORKOUT_SAMPLE_S;
            Zone {
                index,
                lower_limit,
                upper_limit,
                in_zone: iso_duration(seconds),
            }
        })
        .collect()
}

fn samples(who: &Person, workout: &Workout, rates: &[Option<i64>]) -> Vec<Sample> {
    let text = |value: Option<String>| value.unwrap_or_else(|| "null".into());
    let rates_text: Vec<String> = rates
        .iter()
        .map(|bpm| text(bpm.map(|bpm| bpm.to_string())))
        .collect();
    let sample = |sample_type, values: &[String]| Sample {
        recording_rate: WORKOUT_SAMPLE_S,
        sample_type,
        data: values.join(","),
    };
    let mut all = vec![sample("0", &rates_text)];
    if workout.distance_m.is_some() {
        let altitudes: Vec<String> = (0..rates.len())
            .map(|nth| {
                let at = workout.start.plus_seconds(nth as i64 * WORKOUT_SAMPLE_S);
                text(
                    who.way
                        .altitude_m(at)
                        .map(|altitude_m| format!("{altitude_m:.1}")),
                )
            })
            .collect();
        all.push(sample("3", &altitudes));
    }
    all
}

/// One point a minute, from somewhere near the place on.
fn route(workout: &Workout) -> Vec<Location> {
    let Some(distance_m) = workout.distance_m else {
        return Vec::new();
    };
    let (latitude, longitude) = if workout.offset_s == 20_700 {
        (27.805, 86.71)
    } else {
        (51.47, -0.12)
    };
    let minutes = workout.length_s / 60;
    (0..=minutes)
        .map(|minute| {
            let gone = distance_m * minute as f64 / minutes.max(1) as f64 / 111_000.0;
            Location {
                latitude: publish(latitude + gone * 0.8, 6),
                longitude: publish(longitude + gone * 0.5, 6),
                time: format!("PT{}.000S", minute * 60),
                satellites: 11,
                fix: 3,
            }
        })
        .collect()
}

/// `GET /polar/v3/exercises`.
pub(crate) async fn list(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let extras = Extras::of(query.as_deref());
    let exercises = served(&access);
    let list: Vec<Exercise> = exercises
        .iter()
        .map(|workout| exercise(&access, workout, extras))
        .collect();
    reply::json(StatusCode::OK, &list)
}

/// `GET /polar/v3/exercises/{id}`.
pub(crate) async fn show(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let access = match Access::new(&simulator, &headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let Some(workout) = find(&access, &id) else {
        return errors::not_found(&simulator);
    };
    reply::json(
        StatusCode::OK,
        &exercise(&access, &workout, Extras::of(query.as_deref())),
    )
}
