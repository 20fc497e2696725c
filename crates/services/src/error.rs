//! The few kinds of failure a person can act on.
//!
//! Rooms below have error enums of their own; they are logged here, once, where they become one of
//! these. What a browser gets to see is the sentence of the kind, never SQL, vendor text or tokens.

use store::StoreError;
use vault::VaultError;

/// Why a service did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in.
    #[error("Sign in first.")]
    NotSignedIn,
    /// The account may not do this.
    #[error("This account may not do that.")]
    Forbidden,
    /// What was asked for is not there.
    #[error("There is no such {0}.")]
    NotFound(&'static str),
    /// What was asked for makes no sense, in a sentence for the page.
    #[error("{0}")]
    Invalid(String),
    /// Something this rests on does not answer, in a sentence for the page; trying again may help.
    #[error("{0}")]
    Unavailable(String),
    /// A defect. The log says which.
    #[error("Something went wrong on our side. It has been logged.")]
    Internal,
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { what } => Self::NotFound(what),
            StoreError::Exists { what } => Self::Invalid(format!("This {what} exists already.")),
            StoreError::Unavailable(source) => {
                tracing::error!(error = %source, "the store is unavailable");
                Self::Unavailable("The database does not answer. Try again in a moment.".into())
            }
            StoreError::Unsupported { .. } | StoreError::Corrupt { .. } => {
                tracing::error!(%error, "the store failed");
                Self::Internal
            }
        }
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        tracing::error!(%error, "the token store failed");
        Self::Unavailable("The token store does not answer. Try again in a moment.".into())
    }
}
