//! Passwords: argon2id, hashed and checked off the async threads.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

use crate::{Error, Services};

/// The shortest password. NIST SP 800-63B-4 asks for 15 where a password stands alone; a field
/// team types it on a phone with gloves, behind a lock-out after five tries, so 10.
const SHORTEST: usize = 10;
/// The longest password, bytes, so that hashing stays bounded.
const LONGEST: usize = 1_024;
const LONGEST_NAME: usize = 64;

/// What was wrong is a sentence for the page.
pub(super) fn check_name(name: &str) -> Result<&str, &'static str> {
    let name = name.trim();
    if name.is_empty() {
        return Err("Enter a name.");
    }
    if name.chars().count() > LONGEST_NAME {
        return Err("A name has at most 64 characters.");
    }
    if name.chars().any(char::is_control) {
        return Err("A name has no control characters.");
    }
    Ok(name)
}

/// What was wrong is a sentence for the page.
pub(super) fn check_password(password: &SecretString) -> Result<(), &'static str> {
    let password = password.expose_secret();
    if password.chars().count() < SHORTEST {
        return Err("A password has at least 10 characters.");
    }
    if password.len() > LONGEST {
        return Err("A password has at most 1,024 bytes.");
    }
    Ok(())
}

impl Services {
    pub(super) async fn hash_password(&self, password: &SecretString) -> Result<String, Error> {
        let password = password.clone();
        self.hashing(move || {
            Argon2::default()
                .hash_password(password.expose_secret().as_bytes())
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| {
            tracing::error!(%error, "a password could not be hashed");
            Error::Internal
        })
    }

    /// Whether the password is the one hashed. Without a hash a made-up one is checked, so that an
    /// unknown name takes as long as a wrong password.
    pub(super) async fn verify_password(
        &self,
        password: &SecretString,
        hash: Option<String>,
    ) -> Result<bool, Error> {
        if password.expose_secret().len() > LONGEST {
            return Ok(false);
        }
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let password = password.clone();
        let matches = self
            .hashing(move || {
                PasswordHash::new(&hash).is_ok_and(|hash| {
                    Argon2::default()
                        .verify_password(password.expose_secret().as_bytes(), &hash)
                        .is_ok()
                })
            })
            .await?;
        Ok(known && matches)
    }

    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let _permit = self
            .inner
            .accounts
            .hashing
            .acquire()
            .await
            .map_err(|_| Error::Internal)?;
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            tracing::error!(%error, "a password check died");
            Error::Internal
        })
    }
}

/// A hash of nothing anybody knows, with the parameters of the real ones.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2Fpcm4taXMtYS1waWxl$\
    T3ZlciB0aGUgcGFzcyBhbmQgZG93biBhZ2FpbiwgbHU";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_made_up_hash_parses_so_that_it_costs_a_check() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(hash.algorithm.as_str(), "argon2id");
        assert!(hash.hash.is_some());
    }

    #[test]
    fn names_and_passwords_are_checked() {
        assert_eq!(check_name("  ana "), Ok("ana"));
        assert!(check_name("   ").is_err());
        assert!(check_name("a\nb").is_err());
        assert!(check_password(&"short".into()).is_err());
        assert!(check_password(&"long enough".into()).is_ok());
        assert!(check_password(&"x".repeat(2_000).into()).is_err());
    }
}
