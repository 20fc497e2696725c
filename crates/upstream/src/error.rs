//! What can go wrong between us and a vendor.
//!
//! [`ConfigError`] before anything is asked, [`OAuthError`] where tokens are at stake,
//! [`FetchError`] for everything else. None of them holds a token, an address with one in it, or a
//! vendor's free text.

/// A configuration no client can be made of: every problem at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", problems.join("; "))]
pub struct ConfigError {
    /// Each problem, by the name of the field.
    pub problems: Vec<String>,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// The vendor said no, and will say it again.
    #[error("the vendor refused: {reason}")]
    Refused {
        /// The vendor's short code, `[a-z_]{1,40}`: `invalid_grant`, `consents_missing`.
        reason: String,
    },
    /// The vendor does not answer, or not in time. A refresh token that was on its way may be
    /// used up.
    #[error("the vendor does not answer: {message}")]
    Unavailable {
        /// What happened.
        message: String,
    },
    /// The vendor answered what is no token.
    #[error("the vendor's answer is no token")]
    Malformed,
}

impl OAuthError {
    /// A refusal, its code reduced to `[a-z_]{1,40}`.
    pub(crate) fn refused(code: &str) -> Self {
        let mut reason: String = code
            .chars()
            .map(|letter| letter.to_ascii_lowercase())
            .map(|letter| {
                if letter == '-' || letter == ' ' {
                    '_'
                } else {
                    letter
                }
            })
            .filter(|letter| letter.is_ascii_lowercase() || *letter == '_')
            .take(40)
            .collect();
        if reason.is_empty() {
            reason.push_str("refused");
        }
        Self::Refused { reason }
    }

    pub(crate) fn unavailable(message: &str) -> Self {
        Self::Unavailable {
            message: message.to_owned(),
        }
    }
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// 401: the token is dead, or, where others still get an answer with it, the collection was
    /// not granted.
    #[error("the access token was not accepted")]
    Unauthorized,
    /// 403: the scope is missing, a consent is, or a membership has lapsed.
    #[error("access was not granted")]
    NotGranted,
    /// 404 where a list or a route was expected.
    #[error("not found")]
    NotFound,
    /// The vendor's limit is reached, and opens later than is worth waiting for.
    #[error("the limit is reached; it opens in {retry_after_s} s")]
    LimitReached {
        /// Seconds until it opens.
        retry_after_s: u64,
    },
    /// 400, 422 and whatever else asking again cannot mend.
    #[error("the request was rejected with status {status}")]
    Rejected {
        /// The HTTP status.
        status: u16,
    },
    /// The network, a time-out or 5xx, after as many attempts as are allowed.
    #[error("the vendor does not answer: {message}")]
    Unavailable {
        /// What happened the last time.
        message: String,
    },
    /// What surrounds the documents could not be read, after as many attempts as are allowed.
    #[error("the vendor's answer could not be read: {message}")]
    Malformed {
        /// What is wrong with it.
        message: String,
    },
}

impl FetchError {
    pub(crate) fn unavailable(message: &str) -> Self {
        Self::Unavailable {
            message: message.to_owned(),
        }
    }

    pub(crate) fn malformed(message: &str) -> Self {
        Self::Malformed {
            message: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_short_code_whatever_the_vendor_says() {
        let reason = |code: &str| match OAuthError::refused(code) {
            OAuthError::Refused { reason } => reason,
            other => other.to_string(),
        };
        assert_eq!(reason("invalid_grant"), "invalid_grant");
        assert_eq!(reason("Invalid Grant"), "invalid_grant");
        assert_eq!(reason("<script>1</script>"), "scriptscript");
        assert_eq!(reason("日本"), "refused");
        assert_eq!(reason(&"x".repeat(100)).len(), 40);
    }
}
