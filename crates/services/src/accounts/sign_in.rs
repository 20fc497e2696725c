//! Signing in, and being locked out.

use std::net::IpAddr;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::NewSession;
use crate::{Error, Services};

/// So many failures lock a name from an address.
const FAILURES: u32 = 5;
/// So many failures, whatever the names, lock an address: guessing one password for many names.
const FAILURES_OF_ADDRESS: u32 = 25;
/// For this long, s.
const LOCKED_S: i64 = 15 * 60;

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Name or password is wrong. Which of them is not told.
    #[error("The name or the password is wrong.")]
    Wrong,
    /// Too many failures.
    #[error("Too many attempts. Try again in 15 minutes.")]
    Locked,
    /// Something else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl Services {
    /// Signs in. The attempt is counted before the password is looked at, so that many at once
    /// cannot slip past the lock.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &SecretString,
        address: IpAddr,
    ) -> Result<NewSession, SignInError> {
        let now = self.now();
        let since = now.plus_seconds(-LOCKED_S);
        let of_name = key(&["name", &name.trim().to_lowercase(), &address.to_string()]);
        let of_address = key(&["address", &address.to_string()]);
        for (key, most) in [(&of_name, FAILURES), (&of_address, FAILURES_OF_ADDRESS)] {
            if self
                .store()
                .sign_in_failures(key, since)
                .await
                .map_err(Error::from)?
                >= most
            {
                tracing::warn!("a sign-in was refused: too many attempts");
                return Err(SignInError::Locked);
            }
            self.store()
                .note_sign_in_failure(key, now)
                .await
                .map_err(Error::from)?;
        }

        let account = self
            .store()
            .account_by_name(name.trim())
            .await
            .map_err(Error::from)?;
        let account = account.filter(|account| !account.disabled);
        let hash = account
            .as_ref()
            .map(|account| account.password_hash.clone());
        if !self.verify_password(password, hash).await? {
            return Err(SignInError::Wrong);
        }
        let Some(account) = account else {
            return Err(SignInError::Wrong);
        };

        for key in [&of_name, &of_address] {
            self.store()
                .clear_sign_in_failures(key, now)
                .await
                .map_err(Error::from)?;
        }
        Ok(self.begin_session(account.id).await?)
    }

    /// Signs in without a password: the demo's one button. The edge offers it in the demo alone.
    pub async fn sign_in_as(&self, name: &str) -> Result<NewSession, Error> {
        let account = self.named(name).await?;
        self.begin_session(account.id).await
    }
}

/// Names and addresses are kept as a hash: they are nobody's business.
fn key(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}
