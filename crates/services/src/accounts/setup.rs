//! The first administrator: from the environment, or through a one-time link.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use store::Role;
use subtle::ConstantTimeEq as _;

use super::sessions::random_secret;
use super::{NewSession, password};
use crate::{Error, Services};

/// Where the link's hash is kept.
const SETTING: &str = "setup_link_sha256";

/// Why no administrator was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The link was used, replaced by a newer one, or never was.
    #[error("This link is no longer good. Start the server again for a new one.")]
    Link,
    /// The name will not do, and why.
    #[error("{0}")]
    Name(String),
    /// The password will not do, and why.
    #[error("{0}")]
    Password(String),
    /// Something else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl Services {
    /// Makes the first administrator where there is no account yet; says whether it did.
    pub async fn ensure_administrator(
        &self,
        name: &str,
        password: &SecretString,
    ) -> Result<bool, Error> {
        if !self.store().accounts().await?.is_empty() {
            return Ok(false);
        }
        self.create_account(&store::Viewer::System, name, Role::Admin, password)
            .await?;
        Ok(true)
    }

    /// A one-time token that lets whoever has it create the first administrator; `None` when there
    /// is an account already. An earlier link stops working.
    pub async fn new_setup_token(&self) -> Result<Option<SecretString>, Error> {
        if !self.store().accounts().await?.is_empty() {
            return Ok(None);
        }
        let token = random_secret();
        self.store()
            .set_setting(SETTING, Some(&digest(token.expose_secret())))
            .await?;
        Ok(Some(token))
    }

    /// Whether a set-up token is good.
    pub async fn setup_token_holds(&self, token: &str) -> Result<bool, Error> {
        let Some(kept) = self.store().setting(SETTING).await? else {
            return Ok(false);
        };
        Ok(kept.as_bytes().ct_eq(digest(token).as_bytes()).into())
    }

    /// Creates the first administrator, uses the link up, and signs in.
    pub async fn set_up(
        &self,
        token: &str,
        name: &str,
        password: &SecretString,
    ) -> Result<NewSession, SetupError> {
        if !self.setup_token_holds(token).await? {
            return Err(SetupError::Link);
        }
        let name =
            password::check_name(name).map_err(|message| SetupError::Name(message.into()))?;
        password::check_password(password)
            .map_err(|message| SetupError::Password(message.into()))?;
        let hash = self.hash_password(password).await?;
        // The link goes first: whatever happens next, it cannot be used again.
        self.store()
            .set_setting(SETTING, None)
            .await
            .map_err(Error::from)?;
        let account = self
            .store()
            .create_account(name, Role::Admin, &hash)
            .await
            .map_err(Error::from)?;
        Ok(self.begin_session(account.id).await?)
    }
}

fn digest(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
