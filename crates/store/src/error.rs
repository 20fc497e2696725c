//! What can go wrong with what is kept.

/// A store's failure. The text is for the log: it never reaches a browser.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No backend for this URL's scheme.
    #[error("no store for {scheme}: use sqlite://PATH or sqlite::memory:")]
    Unsupported {
        /// The scheme asked for.
        scheme: String,
    },
    /// The database cannot be reached, is locked for too long, or refuses.
    #[error("the store is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Something with this name is there already.
    #[error("{what} exists already")]
    Exists {
        /// What, for example `account`.
        what: &'static str,
    },
    /// What was asked for is not there.
    #[error("no such {what}")]
    NotFound {
        /// What, for example `subject`.
        what: &'static str,
    },
    /// A row does not hold what its schema promises.
    #[error("a stored {what} cannot be read")]
    Corrupt {
        /// What, for example `document`.
        what: &'static str,
    },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt { what: "column" }
            }
            other => Self::Unavailable(Box::new(other)),
        }
    }
}
