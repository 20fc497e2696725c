//! What is kept: the token, and the record around it that says what it follows from.

use core::fmt;

use physiology::Timestamp;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::error::VaultError;

/// A token is renewed this long before it expires, unless its life is short.
const LEEWAY_MS: i64 = 5 * 60 * 1_000;

/// What is kept for one subject and vendor. `Debug` reveals nothing.
#[derive(Clone)]
pub struct Token {
    /// Goes into the `Authorization` header.
    pub access_token: SecretString,
    /// Good for one renewal; `None` where the vendor has none (Polar).
    pub refresh_token: Option<SecretString>,
    /// When the access token stops working; `None` where the vendor does not say.
    pub expires_at: Option<Timestamp>,
    /// What the person granted, in the vendor's words.
    pub scopes: Vec<String>,
    /// The vendor's id for the person, where it tells one.
    pub vendor_user_id: Option<String>,
    /// When the vendor handed the token out.
    pub obtained_at: Timestamp,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").finish_non_exhaustive()
    }
}

impl Token {
    /// Whether the access token has stopped working at `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }

    /// Whether the access token should be renewed at `now`: it has expired, or is within the
    /// leeway of five minutes or a tenth of its life, whichever is shorter.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| {
            let life_ms = expires_at
                .unix_ms()
                .saturating_sub(self.obtained_at.unix_ms())
                .max(0);
            let leeway_ms = LEEWAY_MS.min(life_ms / 10);
            expires_at.unix_ms().saturating_sub(leeway_ms) <= now.unix_ms()
        })
    }

    /// This token after a renewal answered `new`. What a vendor leaves out has not changed: the
    /// old refresh token stays good (RFC 6749, section 6), and so do the scopes and the user.
    pub(crate) fn renewed_by(&self, new: Self) -> Self {
        Self {
            refresh_token: new.refresh_token.or_else(|| self.refresh_token.clone()),
            scopes: if new.scopes.is_empty() {
                self.scopes.clone()
            } else {
                new.scopes
            },
            vendor_user_id: new.vendor_user_id.or_else(|| self.vendor_user_id.clone()),
            ..new
        }
    }

    pub(crate) fn has_access_token(&self, other: &SecretString) -> bool {
        self.access_token.expose_secret() == other.expose_secret()
    }
}

/// One version of a connection.
#[derive(Clone)]
pub(crate) struct Record {
    /// Drawn anew by every `put`, so that a late renewal of an older connection is recognised.
    pub connection: u64,
    /// How many renewals this connection has had.
    pub serial: u64,
    pub state: State,
}

#[derive(Clone)]
pub(crate) enum State {
    Token(Token),
    /// The vendor refused to renew; the last token is kept for taking leave of the vendor.
    Reconnect {
        reason: String,
        token: Token,
    },
    /// Holds the version number, so that no late writer can bring the connection back.
    Deleted,
}

impl Record {
    /// A new connection.
    pub fn connected(token: Token) -> Self {
        Self {
            connection: rand::random(),
            serial: 0,
            state: State::Token(token),
        }
    }

    /// The end of a connection.
    pub fn deleted() -> Self {
        Self {
            connection: rand::random(),
            serial: 0,
            state: State::Deleted,
        }
    }

    pub fn token(&self) -> Option<&Token> {
        match &self.state {
            State::Token(token) | State::Reconnect { token, .. } => Some(token),
            State::Deleted => None,
        }
    }

    /// Whether this record still belongs on top of `newest`, which was written by somebody else
    /// since: only within one connection, and only if it knows more. A refusal knows more than the
    /// token it was about, and a renewed token more than the refusal somebody got who used the old
    /// refresh token after it.
    pub fn may_follow(&self, newest: &Self) -> bool {
        let rank = |record: &Self| {
            (
                record.serial,
                matches!(record.state, State::Reconnect { .. }),
            )
        };
        self.connection == newest.connection && rank(self) > rank(newest)
    }

    /// As bytes to be sealed.
    pub fn to_plain(&self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let state = match &self.state {
            State::Token(token) => PlainState::Token {
                token: PlainToken::of(token),
            },
            State::Reconnect { reason, token } => PlainState::Reconnect {
                reason: reason.clone(),
                token: PlainToken::of(token),
            },
            State::Deleted => PlainState::Deleted,
        };
        let plain = Plain {
            connection: self.connection,
            serial: self.serial,
            state,
        };
        // Room enough that no half-grown copy of the secrets is left behind on the heap.
        let mut bytes = Zeroizing::new(Vec::with_capacity(16 * 1_024));
        serde_json::to_writer(&mut *bytes, &plain).map_err(|error| VaultError::Corrupt {
            message: error.to_string(),
        })?;
        Ok(bytes)
    }

    /// The inverse of [`Record::to_plain`]; `None` for anything else.
    pub fn from_plain(bytes: &[u8]) -> Option<Self> {
        let plain: Plain<SecretString> = serde_json::from_slice(bytes).ok()?;
        let state = match plain.state {
            PlainState::Token { token } => State::Token(token.into_token()),
            PlainState::Reconnect { reason, token } => State::Reconnect {
                reason,
                token: token.into_token(),
            },
            PlainState::Deleted => State::Deleted,
        };
        Some(Self {
            connection: plain.connection,
            serial: plain.serial,
            state,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Plain<S> {
    connection: u64,
    serial: u64,
    state: PlainState<S>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PlainState<S> {
    Token {
        token: PlainToken<S>,
    },
    Reconnect {
        reason: String,
        token: PlainToken<S>,
    },
    Deleted,
}

#[derive(Serialize, Deserialize)]
struct PlainToken<S> {
    access_token: S,
    refresh_token: Option<S>,
    expires_at: Option<Timestamp>,
    scopes: Vec<String>,
    vendor_user_id: Option<String>,
    obtained_at: Timestamp,
}

impl<'a> PlainToken<&'a str> {
    fn of(token: &'a Token) -> Self {
        Self {
            access_token: token.access_token.expose_secret(),
            refresh_token: token
                .refresh_token
                .as_ref()
                .map(ExposeSecret::expose_secret),
            expires_at: token.expires_at,
            scopes: token.scopes.clone(),
            vendor_user_id: token.vendor_user_id.clone(),
            obtained_at: token.obtained_at,
        }
    }
}

impl PlainToken<SecretString> {
    fn into_token(self) -> Token {
        Token {
            access_token: self.access_token,
            refresh_token: self.refresh_token,
            expires_at: self.expires_at,
            scopes: self.scopes,
            vendor_user_id: self.vendor_user_id,
            obtained_at: self.obtained_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(obtained_s: i64, expires_s: Option<i64>) -> Token {
        Token {
            access_token: "access-secret".into(),
            refresh_token: Some("refresh-secret".into()),
            expires_at: expires_s.map(Timestamp::from_unix_s),
            scopes: vec!["daily".into()],
            vendor_user_id: Some("user-secret".into()),
            obtained_at: Timestamp::from_unix_s(obtained_s),
        }
    }

    #[test]
    fn due_five_minutes_before_the_end_of_a_day_and_a_tenth_before_the_end_of_a_minute() {
        let day = token(0, Some(86_400));
        assert!(!day.is_due(Timestamp::from_unix_s(86_400 - 301)));
        assert!(day.is_due(Timestamp::from_unix_s(86_400 - 300)));
        let minute = token(0, Some(60));
        assert!(!minute.is_due(Timestamp::from_unix_s(53)));
        assert!(minute.is_due(Timestamp::from_unix_s(54)));
        assert!(!minute.is_expired(Timestamp::from_unix_s(59)));
        assert!(minute.is_expired(Timestamp::from_unix_s(60)));
        assert!(!token(0, None).is_due(Timestamp(i64::MAX)));
    }

    #[test]
    fn extreme_instants_do_not_overflow() {
        for obtained in [i64::MIN, 0, i64::MAX] {
            for expires in [i64::MIN, 0, i64::MAX] {
                for now in [i64::MIN, 0, i64::MAX] {
                    let token = Token {
                        obtained_at: Timestamp(obtained),
                        expires_at: Some(Timestamp(expires)),
                        ..token(0, None)
                    };
                    assert!(!token.is_expired(Timestamp(now)) || token.is_due(Timestamp(now)));
                }
            }
        }
    }

    #[test]
    fn debug_reveals_nothing() {
        let shown = format!("{:?} {:#?}", token(0, Some(1)), token(0, Some(1)));
        assert!(
            !shown.contains("secret") && !shown.contains("daily"),
            "{shown}"
        );
    }

    #[test]
    fn records_survive_the_round_trip() {
        let token = token(5, Some(6));
        for state in [
            State::Token(token.clone()),
            State::Reconnect {
                reason: "invalid_grant".into(),
                token: token.clone(),
            },
            State::Deleted,
        ] {
            let record = Record {
                connection: u64::MAX,
                serial: 7,
                state,
            };
            let back = Record::from_plain(&record.to_plain().unwrap()).unwrap();
            assert_eq!((back.connection, back.serial), (u64::MAX, 7));
            assert_eq!(back.token().is_some(), record.token().is_some());
            if let Some(back) = back.token() {
                assert!(back.has_access_token(&token.access_token));
                assert_eq!(
                    back.refresh_token.as_ref().unwrap().expose_secret(),
                    token.refresh_token.as_ref().unwrap().expose_secret()
                );
                assert_eq!(back.expires_at, token.expires_at);
                assert_eq!(back.obtained_at, token.obtained_at);
                assert_eq!(back.scopes, token.scopes);
                assert_eq!(back.vendor_user_id, token.vendor_user_id);
            }
        }
    }

    #[test]
    fn only_the_same_connection_with_more_knowledge_may_follow() {
        let token = token(0, None);
        let at = |connection, serial, refused: bool| Record {
            connection,
            serial,
            state: if refused {
                State::Reconnect {
                    reason: "r".into(),
                    token: token.clone(),
                }
            } else {
                State::Token(token.clone())
            },
        };
        assert!(at(1, 2, false).may_follow(&at(1, 1, false)));
        assert!(
            at(1, 2, false).may_follow(&at(1, 1, true)),
            "renewed beats the late refusal"
        );
        assert!(at(1, 1, true).may_follow(&at(1, 1, false)));
        assert!(
            !at(1, 1, true).may_follow(&at(1, 2, false)),
            "a late refusal says nothing"
        );
        assert!(!at(1, 1, false).may_follow(&at(1, 1, false)));
        assert!(
            !at(1, 9, false).may_follow(&at(2, 0, false)),
            "another connection"
        );
        assert!(!at(1, 9, false).may_follow(&Record::deleted()));
    }
}
