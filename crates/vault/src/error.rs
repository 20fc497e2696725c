//! What can go wrong, in the words a caller acts on.

/// Why there is no token. None of these carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Nobody connected this subject to this vendor, or the connection was deleted.
    #[error("there is no connection")]
    NotConnected,
    /// The person has to sign in to the vendor again; asking again does not help.
    #[error("the connection has to be made again: {reason}")]
    Reconnect {
        /// The vendor's error code (`invalid_grant`), or `expired` for a token without a refresh
        /// token that ran out, or `rejected` for one the vendor refused before its time.
        reason: String,
    },
    /// The object store or the vendor does not answer; asking again later may help.
    #[error("not available: {message}")]
    Unavailable {
        /// What does not answer, for the log.
        message: String,
    },
    /// An object does not open: another key, another owner, or damaged. It is left as it is.
    #[error("the stored token does not open: {message}")]
    Corrupt {
        /// Which object, and why, for the log.
        message: String,
    },
    /// The token is larger than anything a vendor hands out, and was not stored.
    #[error("the token is larger than {limit} bytes")]
    TooLarge {
        /// The largest object that is written or read, in bytes.
        limit: usize,
    },
}

impl VaultError {
    pub(crate) fn unavailable(message: impl Into<String>) -> Self {
        Self::Unavailable {
            message: message.into(),
        }
    }
}

impl From<object_store::Error> for VaultError {
    fn from(error: object_store::Error) -> Self {
        Self::unavailable(format!("token store: {error}"))
    }
}

/// What a refresh that did not work means for the connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The vendor will not renew this grant, ever.
    #[error("the vendor refused: {reason}")]
    Refused {
        /// The vendor's error code, such as `invalid_grant`.
        reason: String,
    },
    /// The vendor did not answer, or not sensibly; the grant may still be good.
    #[error("the vendor is not available: {message}")]
    Unavailable {
        /// What happened, for the log, without secrets.
        message: String,
    },
}
