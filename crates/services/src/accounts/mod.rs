//! Who may come in: accounts, passwords, sessions, the first administrator.

mod password;
mod sessions;
mod setup;
mod sign_in;

use physiology::Timestamp;
pub(crate) use sessions::random_secret;
pub use sessions::{NewSession, SessionId};
pub use setup::SetupError;
pub use sign_in::SignInError;
use store::{Account, Role, Viewer};
use views::Session;

use crate::{Error, Services};

/// What the password checks share.
pub(crate) struct Guard {
    /// Argon2 takes 19 MiB a check: one at a time keeps a burst of sign-ins from taking them all.
    hashing: tokio::sync::Semaphore,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            hashing: tokio::sync::Semaphore::new(1),
        }
    }
}

/// Sessions end when unused for this long, s.
const IDLE_S: i64 = 12 * 3_600;
/// Sessions end after this long whatever happens, s.
const ABSOLUTE_S: i64 = 7 * 86_400;

impl Services {
    /// The account behind a viewer, as the page needs it.
    pub fn session_of(&self, viewer: &Viewer) -> Option<Session> {
        match viewer {
            Viewer::Account { name, .. } => Some(Session {
                account: name.clone(),
                may_operate: viewer.may_operate(),
                may_administer: viewer.may_administer(),
            }),
            Viewer::System => None,
        }
    }

    /// Makes an account.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name or password that will not do, or a name that is taken.
    pub async fn create_account(
        &self,
        viewer: &Viewer,
        name: &str,
        role: Role,
        password: &secrecy::SecretString,
    ) -> Result<Account, Error> {
        administers(viewer)?;
        let name = password::check_name(name).map_err(|message| Error::Invalid(message.into()))?;
        password::check_password(password).map_err(|message| Error::Invalid(message.into()))?;
        let hash = self.hash_password(password).await?;
        Ok(self.store().create_account(name, role, &hash).await?)
    }

    /// Every account, by name.
    pub async fn accounts(&self, viewer: &Viewer) -> Result<Vec<Account>, Error> {
        administers(viewer)?;
        Ok(self.store().accounts().await?)
    }

    /// Replaces an account's password and ends its sessions.
    pub async fn set_password(
        &self,
        viewer: &Viewer,
        name: &str,
        password: &secrecy::SecretString,
    ) -> Result<(), Error> {
        administers(viewer)?;
        password::check_password(password).map_err(|message| Error::Invalid(message.into()))?;
        let account = self.named(name).await?;
        let hash = self.hash_password(password).await?;
        Ok(self.store().set_password_hash(account.id, &hash).await?)
    }

    /// Disables an account, or enables it again.
    pub async fn set_disabled(
        &self,
        viewer: &Viewer,
        name: &str,
        disabled: bool,
    ) -> Result<(), Error> {
        administers(viewer)?;
        let account = self.named(name).await?;
        Ok(self.store().set_disabled(account.id, disabled).await?)
    }

    /// Forgets sessions that are over.
    pub async fn prune_sessions(&self) -> Result<u64, Error> {
        let now = self.now();
        Ok(self
            .store()
            .prune_sessions(now, now.plus_seconds(-IDLE_S))
            .await?)
    }

    async fn named(&self, name: &str) -> Result<Account, Error> {
        self.store()
            .account_by_name(name)
            .await?
            .ok_or(Error::NotFound("account"))
    }
}

fn administers(viewer: &Viewer) -> Result<(), Error> {
    viewer
        .may_administer()
        .then_some(())
        .ok_or(Error::Forbidden)
}

/// Whether a session last used at `seen_at` and ending at `expires_at` still holds.
fn holds(now: Timestamp, seen_at: Timestamp, expires_at: Timestamp) -> bool {
    now < expires_at && now.seconds_since(seen_at) < IDLE_S
}
