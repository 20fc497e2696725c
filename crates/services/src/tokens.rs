//! An access token when one is needed: from the vault, refreshed once however many ask.

use futures::FutureExt as _;
use futures::future::BoxFuture;
use physiology::{SubjectId, Timestamp, Vendor};
use secrecy::SecretString;
use store::ConnectionState;
use upstream::{Client, Grant, OAuthError};
use vault::{RefreshError, Token, VaultError};

use crate::{Error, Services};

/// Why there is no access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoToken {
    /// The twin has to sign in to the vendor again, in the vendor's short code.
    Reconnect(String),
    /// The vendor or the token store does not answer.
    Unavailable(&'static str),
}

impl Services {
    /// A valid access token. A refusal marks the connection, so that the page says "reconnect".
    pub(crate) async fn access_token(
        &self,
        client: &Client,
        subject: SubjectId,
    ) -> Result<SecretString, NoToken> {
        let vendor = client.vendor();
        let token = self
            .inner
            .vault
            .fresh(subject, vendor, self.clock(), self.refresher(client))
            .await;
        self.settle(subject, vendor, token).await
    }

    /// Another access token than `used`, which the vendor called dead before its time.
    pub(crate) async fn renewed_token(
        &self,
        client: &Client,
        subject: SubjectId,
        used: &SecretString,
    ) -> Result<SecretString, NoToken> {
        let vendor = client.vendor();
        let refresher = self.refresher(client);
        let token = self
            .inner
            .vault
            .renew(subject, vendor, used, self.clock(), refresher)
            .await;
        self.settle(subject, vendor, token).await
    }

    fn clock(&self) -> impl Fn() -> Timestamp + Send + Sync + 'static {
        let clock = self.inner.clock.clone();
        move || clock.now()
    }

    /// How the vault asks the vendor for a new token.
    fn refresher(
        &self,
        client: &Client,
    ) -> impl Fn(Token) -> BoxFuture<'static, Result<Token, RefreshError>> + Send + Sync + 'static
    {
        let (client, clock) = (client.clone(), self.inner.clock.clone());
        move |token| {
            let (client, now) = (client.clone(), clock.now());
            async move { refresh(&client, token, now).await }.boxed()
        }
    }

    async fn settle(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        token: Result<Token, VaultError>,
    ) -> Result<SecretString, NoToken> {
        let reason = match token {
            Ok(token) => return Ok(token.access_token),
            Err(VaultError::Reconnect { reason }) => reason,
            Err(VaultError::NotConnected) => "token_missing".to_owned(),
            Err(error) => {
                tracing::warn!(%subject, vendor = vendor.id(), %error, "no access token");
                return Err(NoToken::Unavailable(
                    "The sign-in could not be renewed just now.",
                ));
            }
        };
        if let Err(error) = self.mark_reconnect(subject, vendor, &reason).await {
            tracing::warn!(%subject, vendor = vendor.id(), %error, "the connection was not marked");
        }
        Err(NoToken::Reconnect(reason))
    }

    async fn mark_reconnect(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        reason: &str,
    ) -> Result<(), Error> {
        let visible = store::Viewer::System.may_see(&[subject]);
        let connections = self.store().connections(&visible).await?;
        let Some(mut connection) = connections
            .into_iter()
            .find(|connection| connection.vendor == vendor)
        else {
            return Ok(());
        };
        let state = ConnectionState::Reconnect {
            reason: reason.to_owned(),
        };
        if connection.state != state {
            tracing::info!(%subject, vendor = vendor.id(), reason, "the sign-in must be renewed");
            connection.state = state;
            self.store().put_connection(&connection).await?;
        }
        Ok(())
    }
}

/// What the vault keeps of a vendor's grant.
pub(crate) fn token_of(grant: Grant, now: Timestamp) -> Token {
    Token {
        access_token: grant.access_token,
        refresh_token: grant.refresh_token,
        expires_at: grant
            .expires_in_s
            .map(|seconds| now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 2_000))),
        scopes: grant.scopes,
        vendor_user_id: grant.vendor_user_id,
        obtained_at: now,
    }
}

/// Refusals that say nothing of the grant: our registration is wrong, or the vendor is busy. A twin
/// who signs in again would mend neither.
const OURS_OR_PASSING: [&str; 5] = [
    "invalid_client",
    "unauthorized_client",
    "temporarily_unavailable",
    "server_error",
    "slow_down",
];

async fn refresh(client: &Client, token: Token, now: Timestamp) -> Result<Token, RefreshError> {
    let Some(refresh_token) = &token.refresh_token else {
        return Err(RefreshError::Refused {
            reason: "expired".into(),
        });
    };
    match client.refresh(refresh_token).await {
        Ok(grant) => {
            let mut renewed = token_of(grant, now);
            // Vendors repeat neither the scopes nor the user when nothing changed.
            if renewed.scopes.is_empty() {
                renewed.scopes.clone_from(&token.scopes);
            }
            renewed.vendor_user_id = renewed.vendor_user_id.or(token.vendor_user_id);
            Ok(renewed)
        }
        Err(OAuthError::Refused { reason }) if !OURS_OR_PASSING.contains(&reason.as_str()) => {
            Err(RefreshError::Refused { reason })
        }
        Err(error) => Err(RefreshError::Unavailable {
            message: error.to_string(),
        }),
    }
}
