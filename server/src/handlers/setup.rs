//! `POST /setup`: the first administrator, through the one-time link.

use axum::Form;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use services::SetupError;
use views::session::SetupPage;

use super::sign_in::enter;
use crate::render;
use crate::state::AppState;

#[derive(Default, Deserialize)]
struct SetupForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: SecretString,
}

pub(crate) async fn create(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let page = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let form = Form::<SetupForm>::from_request(Request::from_parts(parts, body), &()).await;
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let error = match state
        .services
        .set_up(&form.token, &form.name, &form.password)
        .await
    {
        Ok(session) => return enter(&state, page.headers(), &session, "/").await,
        Err(error) => error,
    };
    let mut context = SetupPage {
        usable: error != SetupError::Link,
        token: form.token,
        name: form.name.chars().take(64).collect(),
        ..SetupPage::default()
    };
    match error {
        SetupError::Link => {}
        SetupError::Name(message) => context.name_message = message,
        SetupError::Password(message) => context.password_message = message,
        SetupError::Other(error) => context.name_message = error.to_string(),
    }
    let mut response = render::page_with(&state, page, context).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
