//! Signed-in browsers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use store::{AccountId, SessionRow, Viewer};

use super::{ABSOLUTE_S, holds};
use crate::{Error, Services};

/// A use is noted at most this often, s: reading a page should not cost a write.
const TOUCH_EVERY_S: i64 = 60;

/// What a session is known by inside the product: the hash of its cookie. Binds an OAuth state to
/// the browser that began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionId(pub(crate) [u8; 32]);

impl SessionId {
    /// The id of the session whose cookie holds `secret`.
    pub fn of_cookie(secret: &SecretString) -> Self {
        Self(Sha256::digest(secret.expose_secret().as_bytes()).into())
    }
}

/// A session just made.
pub struct NewSession {
    /// For the cookie, and kept nowhere else.
    pub cookie: SecretString,
    /// How long the cookie lives, s.
    pub max_age_s: i64,
}

impl Services {
    pub(super) async fn begin_session(&self, account: AccountId) -> Result<NewSession, Error> {
        let cookie = random_secret();
        let now = self.now();
        let session = SessionRow {
            id_hash: SessionId::of_cookie(&cookie).0,
            account,
            created_at: now,
            seen_at: now,
            expires_at: now.plus_seconds(ABSOLUTE_S),
        };
        self.store().create_session(&session).await?;
        Ok(NewSession {
            cookie,
            max_age_s: ABSOLUTE_S,
        })
    }

    /// Who a cookie belongs to; `None` when its session is over or never was.
    pub async fn viewer(&self, id: SessionId) -> Result<Option<Viewer>, Error> {
        let now = self.now();
        let Some((session, account)) = self.store().session(&id.0).await? else {
            return Ok(None);
        };
        if !holds(now, session.seen_at, session.expires_at) {
            self.store().delete_session(&id.0).await?;
            return Ok(None);
        }
        if now.seconds_since(session.seen_at) >= TOUCH_EVERY_S {
            self.store().touch_session(&id.0, now).await?;
        }
        Ok(Some(Viewer::Account {
            id: account.id,
            name: account.name,
            role: account.role,
            units: account.units,
        }))
    }

    /// Ends a session.
    pub async fn sign_out(&self, id: SessionId) -> Result<(), Error> {
        Ok(self.store().delete_session(&id.0).await?)
    }
}

/// 256 random bits, as text for a cookie or a link.
pub(crate) fn random_secret() -> SecretString {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes).into()
}
