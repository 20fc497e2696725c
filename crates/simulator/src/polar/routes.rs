//! Polar's routes.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, patch, post};

use super::{
    activities, cardio_load, exercises, files, heart_rate, limits, nights, oauth, sleepwise, users,
    webhooks,
};
use crate::state::Shared;

/// Everything below `/polar`.
pub(crate) fn router(simulator: &Shared) -> Router<Shared> {
    let sign_in = Router::new()
        .route(
            "/polar/oauth2/authorization",
            get(oauth::show).post(oauth::decide),
        )
        .route("/polar/v2/oauth2/token", post(oauth::token));
    let data = Router::new()
        .route("/polar/v3/users", post(users::register))
        .route(
            "/polar/v3/users/{user-id}",
            get(users::show).delete(users::delete),
        )
        .route("/polar/v3/users/physical-info", get(users::physical_info))
        .route("/polar/v3/users/sleep", get(nights::sleeps))
        .route("/polar/v3/users/sleep/available", get(nights::available))
        .route("/polar/v3/users/sleep/{date}", get(nights::sleep))
        .route("/polar/v3/users/nightly-recharge", get(nights::recharges))
        .route(
            "/polar/v3/users/nightly-recharge/{date}",
            get(nights::recharge_by_date),
        )
        .route("/polar/v3/users/activities", get(activities::list))
        .route(
            "/polar/v3/users/activities/{date}",
            get(activities::by_date),
        )
        .route(
            "/polar/v3/users/activities/samples",
            get(activities::samples_between),
        )
        .route(
            "/polar/v3/users/activities/samples/{date}",
            get(activities::samples_by_date),
        )
        .route("/polar/v3/exercises", get(exercises::list))
        .route("/polar/v3/exercises/{exercise-id}", get(exercises::show))
        .route("/polar/v3/exercises/{exercise-id}/fit", get(files::fit))
        .route("/polar/v3/exercises/{exercise-id}/tcx", get(files::tcx))
        .route("/polar/v3/exercises/{exercise-id}/gpx", get(files::gpx))
        .route("/polar/v3/users/cardio-load", get(cardio_load::list))
        .route(
            "/polar/v3/users/cardio-load/{date}",
            get(cardio_load::by_date),
        )
        .route(
            "/polar/v3/users/cardio-load/date",
            get(cardio_load::between),
        )
        .route(
            "/polar/v3/users/cardio-load/period/days/{days}",
            get(cardio_load::days),
        )
        .route(
            "/polar/v3/users/cardio-load/period/months/{months}",
            get(cardio_load::months),
        )
        .route(
            "/polar/v3/users/sleepwise/alertness",
            get(sleepwise::alertness),
        )
        .route(
            "/polar/v3/users/sleepwise/alertness/date",
            get(sleepwise::alertness_between),
        )
        .route(
            "/polar/v3/users/sleepwise/circadian-bedtime",
            get(sleepwise::bedtime),
        )
        .route(
            "/polar/v3/users/sleepwise/circadian-bedtime/date",
            get(sleepwise::bedtime_between),
        )
        .route(
            "/polar/v3/users/continuous-heart-rate",
            get(heart_rate::between),
        )
        .route(
            "/polar/v3/users/continuous-heart-rate/{date}",
            get(heart_rate::by_date),
        )
        .route(
            "/polar/v3/webhooks",
            get(webhooks::list).post(webhooks::create),
        )
        .route(
            "/polar/v3/webhooks/{webhook-id}",
            patch(webhooks::update).delete(webhooks::delete),
        )
        .route("/polar/v3/webhooks/activate", post(webhooks::activate))
        .route("/polar/v3/webhooks/deactivate", post(webhooks::deactivate))
        .layer(from_fn_with_state(Arc::clone(simulator), limits::count));
    sign_in.merge(data)
}
