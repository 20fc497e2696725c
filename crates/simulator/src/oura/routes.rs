//! Oura's routes.

use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post, put};
use serde::Serialize;

use super::collection::Collection;
use super::scope::Scope;
use super::series::Series;
use super::{authorize, errors, lists, oauth, series, webhooks};
use crate::codes::Grant;
use crate::http::basic::bearer;
use crate::http::reply;
use crate::limits::OURA_WINDOW_S;
use crate::state::{Shared, Simulator};

/// Everything below `/oura`.
pub(crate) fn router() -> Router<Shared> {
    let mut router = Router::new()
        .route(
            "/oura/oauth/authorize",
            get(authorize::show).post(authorize::decide),
        )
        .route("/oura/oauth/token", post(oauth::token))
        .route("/oura/oauth/revoke", post(oauth::revoke).get(oauth::revoke))
        .route("/oura/v2/usercollection/personal_info", get(personal_info))
        .route(
            "/oura/v2/webhook/subscription",
            get(webhooks::list).post(webhooks::create),
        )
        .route(
            "/oura/v2/webhook/subscription/{id}",
            get(webhooks::show)
                .put(webhooks::update)
                .delete(webhooks::delete),
        )
        .route(
            "/oura/v2/webhook/subscription/renew/{id}",
            put(webhooks::renew),
        );
    for collection in Collection::ALL {
        let path = format!("/oura/v2/usercollection/{}", collection.path());
        router =
            router
                .route(
                    &path,
                    get(
                        move |State(simulator): State<Shared>,
                              headers: HeaderMap,
                              query: RawQuery| {
                            async move {
                                lists::list(&simulator, collection, &headers, query.0.as_deref())
                            }
                        },
                    ),
                )
                .route(
                    &format!("{path}/{{document_id}}"),
                    get(
                        move |State(simulator): State<Shared>,
                              headers: HeaderMap,
                              Path(id): Path<String>| async move {
                            lists::by_id(&simulator, collection, &headers, &id)
                        },
                    ),
                );
    }
    for kind in Series::ALL {
        router = router.route(
            &format!("/oura/v2/usercollection/{}", kind.path()),
            get(move |State(simulator): State<Shared>, headers: HeaderMap, query: RawQuery| {
                async move { series::list(&simulator, kind, &headers, query.0.as_deref()) }
            }),
        );
    }
    router.layer(from_fn(named_callers_only))
}

/// Oura turns away whoever does not say what program it is.
async fn named_callers_only(request: Request, next: Next) -> Response {
    if request
        .headers()
        .get(header::USER_AGENT)
        .is_none_or(axum::http::HeaderValue::is_empty)
    {
        return errors::detail(StatusCode::FORBIDDEN, "A User-Agent header is required.");
    }
    next.run(request).await
}

/// Counts the call, and finds out whose data it may read.
pub(crate) fn authorise(
    simulator: &Simulator,
    headers: &HeaderMap,
    scope: Scope,
) -> Result<Grant, Box<Response>> {
    let grant = caller(simulator, headers)?;
    if grant.scopes.has(scope) {
        return Ok(grant);
    }
    // The newer collections answer 401 where the scope is missing; the token is still good.
    let status = match scope {
        Scope::RingConfiguration => StatusCode::UNAUTHORIZED,
        _ => StatusCode::FORBIDDEN,
    };
    Err(Box::new(errors::detail(
        status,
        "The scope of this collection was not granted.",
    )))
}

fn caller(simulator: &Simulator, headers: &HeaderMap) -> Result<Grant, Box<Response>> {
    let now = simulator.now();
    let mut changing = simulator.changing();
    let limit = changing.limits.oura_limit();
    if let Err(retry_after_s) = changing.limits.oura.call(now, OURA_WINDOW_S, limit) {
        return Err(Box::new(errors::too_many(
            now,
            retry_after_s,
            limit,
            OURA_WINDOW_S,
        )));
    }
    let grant = bearer(headers).and_then(|token| changing.oura.bearer(token, now));
    grant.ok_or_else(|| {
        let detail = "The access token is missing, malformed, expired or revoked.";
        Box::new(errors::detail(StatusCode::UNAUTHORIZED, detail))
    })
}

#[derive(Serialize)]
struct PersonalInfo {
    id: String,
    age: Option<i64>,
    weight: Option<f64>,
    height: Option<f64>,
    biological_sex: Option<&'static str>,
    email: Option<String>,
}

/// `GET /oura/v2/usercollection/personal_info`: what the granted scopes allow of it.
async fn personal_info(State(simulator): State<Shared>, headers: HeaderMap) -> Response {
    let grant = match caller(&simulator, &headers) {
        Ok(grant) => grant,
        Err(response) => return *response,
    };
    let (personal, email) = (
        grant.scopes.has(Scope::Personal),
        grant.scopes.has(Scope::Email),
    );
    let world = simulator.world();
    let Some(person) = world.people.get(grant.who) else {
        return errors::not_found();
    };
    if !personal && !email {
        let detail = "The scope of this collection was not granted.";
        return errors::detail(StatusCode::FORBIDDEN, detail);
    }
    let info = PersonalInfo {
        id: world.id(person, u64::MAX, world.calendar.day(0), 0),
        age: personal.then_some(person.age),
        weight: personal.then_some(person.weight_kg),
        height: personal.then_some(person.height_m),
        biological_sex: personal.then_some("male"),
        email: email.then(|| format!("{}@example.org", person.letter)),
    };
    reply::json(StatusCode::OK, &info)
}
