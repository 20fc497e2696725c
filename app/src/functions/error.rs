//! What a page can be told went wrong.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::{Deserialize, Serialize};

/// Why the server did not do what a page asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum PageError {
    /// Nobody is signed in.
    #[error("Sign in first.")]
    SignedOut,
    /// The account may not do this.
    #[error("This account may not do that.")]
    Forbidden,
    /// What was asked makes no sense, in a sentence for the page.
    #[error("{0}")]
    Invalid(String),
    /// The server, or something it rests on, does not answer.
    #[error("The server does not answer.")]
    Unavailable,
}

impl FromServerFnError for PageError {
    type Encoder = Sentence;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unavailable
    }
}

/// An error crosses the wire as its sentence.
///
/// The server's answer to a request without a session is plain text as well, and the same
/// sentence: a page learns that its session is over whoever says so.
pub(crate) struct Sentence;

impl ContentType for Sentence {
    const CONTENT_TYPE: &'static str = "text/plain";
}

impl FormatType for Sentence {
    const FORMAT_TYPE: Format = Format::Text;
}

/// Before a sentence that is an [`PageError::Invalid`]'s own.
const INVALID: &str = "Invalid: ";

impl Encodes<PageError> for Sentence {
    type Error = core::convert::Infallible;

    fn encode(error: &PageError) -> Result<Bytes, Self::Error> {
        let text = match error {
            PageError::Invalid(sentence) => format!("{INVALID}{sentence}"),
            other => other.to_string(),
        };
        Ok(Bytes::from(text))
    }
}

impl Decodes<PageError> for Sentence {
    type Error = core::convert::Infallible;

    fn decode(bytes: Bytes) -> Result<PageError, Self::Error> {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim();
        let known = [PageError::SignedOut, PageError::Forbidden];
        Ok(known
            .into_iter()
            .find(|error| error.to_string() == text)
            .unwrap_or_else(|| {
                text.strip_prefix(INVALID)
                    .map_or(PageError::Unavailable, |sentence| {
                        PageError::Invalid(sentence.to_owned())
                    })
            }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_cross_the_wire() {
        for error in [
            PageError::SignedOut,
            PageError::Forbidden,
            PageError::Invalid("The last day is before the first.".into()),
            PageError::Unavailable,
        ] {
            assert_eq!(PageError::de(error.ser()), error);
        }
    }

    #[test]
    fn whatever_else_answers_is_unavailable() {
        for text in ["", "<html>502 Bad Gateway</html>", "\u{0}"] {
            assert_eq!(PageError::de(Bytes::from(text)), PageError::Unavailable);
        }
        assert_eq!(
            PageError::de(Bytes::from("Sign in first.\n")),
            PageError::SignedOut
        );
    }
}
