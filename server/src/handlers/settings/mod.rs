//! `POST /settings?form=…`: the settings page's forms. What is kept leads back to the page with a
//! notice; what is not renders the page again with the form as it was sent.

mod typed;

use axum::Extension;
use axum::extract::{FromRequest as _, Multipart, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use physiology::SubjectId;
use serde::Deserialize;
use services::{Error, LARGEST_FILE_BYTES, Submitted, Viewer};
use views::settings::{Attempt, Field, ImportForm, UnitsForm};

use self::typed::Typed;
use crate::render;
use crate::state::AppState;

/// More than a file may have: one that is too large is read to its end and refused with a sentence,
/// as a browser shows no answer that comes before it has sent everything.
pub(crate) const LARGEST_BODY: usize = 32 << 20;
/// Pasted lines are shown again up to this many bytes.
const LONGEST_SHOWN: usize = 64 * 1024;
/// No form but the one with a file is larger: 500 rows of five fields.
const LARGEST_FORM: usize = 512 * 1024;

#[derive(Deserialize)]
pub(crate) struct Which {
    form: String,
}

/// What came of a form.
enum Outcome {
    /// It was kept: the code of the notice, and where on the page it stands.
    Kept(&'static str, String),
    /// It was refused, or is not finished: shown as it was sent.
    Again(Box<Attempt>, StatusCode),
}

pub(crate) async fn change(
    State(state): State<AppState>,
    Query(which): Query<Which>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let page = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let request = Request::from_parts(parts, body);
    let outcome = if which.form == "import" {
        import(&state, &viewer, request).await
    } else {
        match axum::body::to_bytes(request.into_body(), LARGEST_FORM).await {
            Ok(bytes) => form(&state, &viewer, &which.form, &Typed::of(&bytes)).await,
            Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    };
    match outcome {
        Ok(Outcome::Kept(code, place)) => kept(code, &place),
        Ok(Outcome::Again(attempt, status)) => {
            let mut response = render::page_with(&state, page, *attempt).await;
            *response.status_mut() = status;
            response
        }
        Err(Error::Forbidden | Error::NotSignedIn) => kept("forbidden", ""),
        Err(Error::NotFound(_) | Error::Invalid(_)) => kept("unknown", ""),
        Err(Error::Unavailable(_) | Error::Internal) => kept("unavailable", ""),
    }
}

/// The page has the sentence; the address has a code, and the section it belongs to.
fn kept(code: &str, place: &str) -> Response {
    let hash = if place.is_empty() { "" } else { "#" };
    Redirect::to(&format!("/settings?notice={code}{hash}{place}")).into_response()
}

fn outcome<F>(
    submitted: Submitted<F>,
    (code, place): (&'static str, &str),
    again: impl FnOnce(F) -> Attempt,
) -> Outcome {
    match submitted {
        Submitted::Saved => Outcome::Kept(code, place.to_owned()),
        Submitted::Again(form) => {
            Outcome::Again(Box::new(again(form)), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn form(
    state: &AppState,
    viewer: &Viewer,
    which: &str,
    typed: &Typed,
) -> Result<Outcome, Error> {
    let services = &state.services;
    let wants = |action: &str| typed.get("do") == action;
    match which {
        "twin" => {
            let saved = services
                .save_twin(viewer, typed.twin(subject(typed)?))
                .await?;
            Ok(outcome(saved, ("twin", "twins"), Attempt::Twin))
        }
        "swap" => {
            services.swap_twins(viewer).await?;
            Ok(Outcome::Kept("swapped", "twins".into()))
        }
        "limits" if wants("reset") => {
            services.reset_limits(viewer, subject(typed)?).await?;
            Ok(Outcome::Kept("limits_reset", "alarms".into()))
        }
        "limits" => {
            let saved = services
                .save_limits(viewer, typed.limits(subject(typed)?))
                .await?;
            Ok(outcome(saved, ("limits", "alarms"), Attempt::Limits))
        }
        "itinerary" if wants("add") => {
            let draft = services.another_row(viewer, typed.itinerary())?;
            Ok(Outcome::Again(
                Box::new(Attempt::Itinerary(draft)),
                StatusCode::OK,
            ))
        }
        "itinerary" => {
            let saved = services.save_itinerary(viewer, typed.itinerary()).await?;
            let kept = ("itinerary", "itinerary");
            Ok(outcome(saved, kept, Attempt::Itinerary))
        }
        "units" => match typed.units() {
            Ok(units) => {
                let saved = services.save_units(viewer, units).await?;
                Ok(outcome(saved, ("units", "units"), Attempt::Units))
            }
            Err(problem) => {
                let form = UnitsForm {
                    units: viewer.units(),
                    problem,
                };
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(Outcome::Again(Box::new(Attempt::Units(form)), status))
            }
        },
        _ => Err(Error::NotFound("form")),
    }
}

fn subject(typed: &Typed) -> Result<SubjectId, Error> {
    typed
        .get("subject")
        .parse()
        .map_err(|_| Error::NotFound("twin"))
}

/// A file, or lines pasted: the itinerary's form with what was read.
async fn import(state: &AppState, viewer: &Viewer, request: Request) -> Result<Outcome, Error> {
    let (file, form) = match upload(request).await {
        Ok(upload) => upload,
        Err(problem) => {
            let form = ImportForm {
                problem,
                ..ImportForm::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(Outcome::Again(Box::new(Attempt::Import(form)), status));
        }
    };
    let read = state.services.read_itinerary(viewer, file, form).await?;
    Ok(match read {
        Ok(draft) => Outcome::Again(Box::new(Attempt::Itinerary(draft)), StatusCode::OK),
        Err(form) => Outcome::Again(
            Box::new(Attempt::Import(form)),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    })
}

/// The bytes to read, and the form around them.
async fn upload(request: Request) -> Result<(Vec<u8>, ImportForm), String> {
    let broken = |_| "The file did not arrive whole. Try again.".to_owned();
    if request.headers().get(header::CONTENT_TYPE).is_none() {
        return Err("Choose a file, or paste its lines.".into());
    }
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| "The file did not arrive as a form sends it. Try again.".to_owned())?;
    let (mut file, mut form) = (Vec::new(), ImportForm::default());
    let mut pasted = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            // One byte too many is enough to know that it is too large.
            let room = (LARGEST_FILE_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        }
        match name.as_str() {
            "file" => file = bytes,
            "text" => pasted = bytes,
            "utc_offset" => {
                let text = String::from_utf8_lossy(&bytes);
                form.utc_offset = Field::of(typed::short(&text));
            }
            _ => {}
        }
    }
    if pasted.len() <= LONGEST_SHOWN {
        form.text = String::from_utf8_lossy(&pasted).into_owned();
    }
    if file.is_empty() {
        file = pasted;
    }
    Ok((file, form))
}
