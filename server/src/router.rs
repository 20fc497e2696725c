//! The route table: every address the server answers, and what stands before it.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::handlers::{data, health, oauth, settings, setup, sign_in, tiles};
use crate::middleware::{access_log, headers, recent, same_origin, scripts, session};
use crate::state::AppState;
use crate::{render, site};

/// Forms and server functions are small.
const LARGEST_BODY: usize = 64 * 1024;
/// Nothing a browser waits for takes longer.
const SLOWEST_ANSWER: Duration = Duration::from_secs(30);

/// The whole edge.
pub fn router(state: AppState) -> Router {
    let pages = {
        let context_state = state.clone();
        let routes = generate_route_list(app::App);
        Router::new()
            .leptos_routes_with_context(
                &state,
                routes,
                move || render::provide_page_context(&context_state),
                render::shell(state.options.clone()),
            )
            .fallback(render_not_found)
    };

    // A body's limit is a layer's: where a file may come, it is another one.
    let files = Router::new()
        .route("/settings", post(settings::change))
        .layer(RequestBodyLimitLayer::new(settings::LARGEST_BODY));

    Router::new()
        .route("/health", get(health::alive))
        .route("/ready", get(health::ready))
        .route("/login", post(sign_in::with_password))
        .route("/login/demo", post(sign_in::as_demo))
        .route("/logout", post(sign_in::sign_out))
        .route("/setup", post(setup::create))
        .route("/oauth/{vendor}/start", get(oauth::start))
        .route("/oauth/{vendor}/callback", get(oauth::callback))
        .route("/data.csv", get(data::csv))
        .route("/data.json", get(data::json))
        .route("/tiles/{subject}/{line}/{level}/{index}", get(tiles::tile))
        .route("/assets/{version}/{*path}", get(site::versioned))
        .route("/fonts/{*path}", get(site::font))
        .route("/favicon.svg", get(site::root_file))
        .route("/robots.txt", get(site::root_file))
        .merge(pages)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .merge(files)
        .layer(from_fn(scripts::name))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), recent::serve))
        .layer(from_fn_with_state(state.clone(), session::require))
        .layer(from_fn_with_state(state.clone(), same_origin::require))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            SLOWEST_ANSWER,
        ))
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(from_fn(access_log::note))
        .with_state(state)
}

/// An address without a page gets the application's own 404 page.
async fn render_not_found(
    axum::extract::State(state): axum::extract::State<AppState>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let mut response = render::page_with(&state, request, ()).await;
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    response
}
