//! What a server function finds in the request it answers.

use axum::http::StatusCode;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use physiology::{SubjectId, Vendor};
use services::{Error, Services, Viewer};

use super::PageError;

/// The services, and who asks.
pub(super) fn asked() -> Result<(Services, Viewer), PageError> {
    let services = use_context::<Services>().ok_or(PageError::Unavailable)?;
    let viewer = use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Viewer>().cloned())
        .ok_or(PageError::SignedOut)?;
    Ok((services, viewer))
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotSignedIn => Self::SignedOut,
            Error::Forbidden => Self::Forbidden,
            Error::Invalid(sentence) => Self::Invalid(sentence),
            Error::NotFound(_) => Self::Invalid(error.to_string()),
            Error::Unavailable(_) | Error::Internal => Self::Unavailable,
        }
    }
}

/// What a form is refused with, under a status of its own: what a person got wrong is no failure of
/// the server's, and is not logged as one.
pub(super) fn refused(error: Error) -> PageError {
    let error = PageError::from(error);
    let status = match error {
        PageError::SignedOut => StatusCode::UNAUTHORIZED,
        PageError::Forbidden => StatusCode::FORBIDDEN,
        PageError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        PageError::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    error
}

/// Leads to the connections page with what came of it, by form and by script alike.
pub(super) fn tell(
    result: Result<(), PageError>,
    done: &'static str,
    subject: SubjectId,
    vendor: Vendor,
) {
    let code = match result {
        Ok(()) => done,
        Err(PageError::Forbidden | PageError::SignedOut) => "forbidden",
        Err(PageError::Invalid(_)) => "not_configured",
        Err(PageError::Unavailable) => "unavailable",
    };
    let vendor = vendor.id();
    leptos_axum::redirect(&format!(
        "/connections?notice={code}&vendor={vendor}&subject={subject}"
    ));
}
