//! Connecting a twin to a vendor, and letting go again.

use physiology::{SubjectId, Timestamp, Twin, Vendor};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Connection, ConnectionState, Viewer};
use upstream::{Client, Grant, OAuthError};
use url::Url;

use crate::accounts::random_secret;
use crate::tokens::token_of;
use crate::{Error, Services, SessionId};

/// A sign-in at a vendor may take this long, s.
const STATE_LIVES_S: i64 = 600;

/// What a vendor sent the browser back with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Callback {
    /// The authorization code.
    pub code: Option<String>,
    /// The state we sent along.
    pub state: Option<String>,
    /// The scopes granted, where the vendor tells here.
    pub scope: Option<String>,
    /// Why it was not granted.
    pub error: Option<String>,
}

/// How connecting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectOutcome {
    /// Connected, with everything asked for.
    Connected,
    /// Connected, and some scopes were refused.
    Partial,
    /// The twin said no.
    Denied,
    /// The sign-in took longer than 10 minutes, or was used before.
    Expired,
    /// The answer belongs to another browser session, or to no sign-in of ours.
    Mismatch,
    /// The account at the vendor already belongs to the other twin.
    Taken,
    /// The vendor refused, for example because a consent is missing.
    Refused,
    /// The vendor does not answer.
    Unavailable,
}

impl ConnectOutcome {
    /// The code in the address the browser lands on; the page has the sentence.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Partial => "partial",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Mismatch => "mismatch",
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
        }
    }
}

/// What is kept of a sign-in that is under way.
#[derive(Serialize, Deserialize)]
struct PendingSignIn {
    subject: SubjectId,
    vendor: Vendor,
    session: [u8; 32],
    pkce_verifier: Option<String>,
}

impl Services {
    /// Begins connecting a subject: the vendor's page to send this browser to.
    pub async fn begin_connect(
        &self,
        viewer: &Viewer,
        session: SessionId,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<Url, Error> {
        let client = self.operable(viewer, subject, vendor).await?;
        let pair = self.pair().await?;
        let state = random_secret();
        let login_hint = pair.side(subject).map(Twin::id);
        let authorize = client.authorize(state.expose_secret(), login_hint);
        let pending = PendingSignIn {
            subject,
            vendor,
            session: session.0,
            pkce_verifier: authorize
                .pkce_verifier
                .map(|verifier| verifier.expose_secret().into()),
        };
        let payload = serde_json::to_string(&pending).map_err(|_| Error::Internal)?;
        let expires_at = self.now().plus_seconds(STATE_LIVES_S);
        self.store()
            .put_oauth_state(&digest(state.expose_secret()), &payload, expires_at)
            .await?;
        Ok(authorize.url)
    }

    /// Ends connecting: takes the state, exchanges the code, keeps the token, starts the first
    /// sync. Says whose connection it was, where the state was ours.
    pub async fn finish_connect(
        &self,
        viewer: &Viewer,
        session: SessionId,
        vendor: Vendor,
        callback: Callback,
    ) -> Result<(ConnectOutcome, Option<SubjectId>), Error> {
        let Some(state) = &callback.state else {
            return Ok((ConnectOutcome::Mismatch, None));
        };
        let Some(payload) = self
            .store()
            .take_oauth_state(&digest(state), self.now())
            .await?
        else {
            return Ok((ConnectOutcome::Expired, None));
        };
        let pending: PendingSignIn = serde_json::from_str(&payload).map_err(|_| Error::Internal)?;
        if pending.session != session.0 || pending.vendor != vendor {
            return Ok((ConnectOutcome::Mismatch, None));
        }
        let subject = pending.subject;
        let client = self.operable(viewer, subject, vendor).await?;
        if let Some(error) = &callback.error {
            if error == "access_denied" {
                return Ok((ConnectOutcome::Denied, Some(subject)));
            }
            self.note_refusal(subject, vendor, Some(short_code(error)))
                .await?;
            return Ok((ConnectOutcome::Refused, Some(subject)));
        }
        let Some(code) = &callback.code else {
            return Ok((ConnectOutcome::Refused, Some(subject)));
        };
        let verifier = pending.pkce_verifier.map(SecretString::from);
        let grant = client
            .exchange(code, verifier.as_ref(), callback.scope.as_deref())
            .await;
        let outcome = match grant {
            Ok(grant) => self.keep_grant(client, subject, grant).await?,
            Err(OAuthError::Refused { reason }) => {
                tracing::warn!(%subject, vendor = vendor.id(), reason, "connecting was refused");
                self.note_refusal(subject, vendor, Some(&reason)).await?;
                ConnectOutcome::Refused
            }
            Err(error) => {
                tracing::warn!(%subject, vendor = vendor.id(), %error, "connecting failed");
                ConnectOutcome::Unavailable
            }
        };
        if matches!(outcome, ConnectOutcome::Connected | ConnectOutcome::Partial) {
            self.request_sync(&Viewer::System, subject, vendor).await?;
        }
        Ok((outcome, Some(subject)))
    }

    /// Connects with a refresh token got otherwise, where the twin is not connected yet.
    pub async fn connect_initial(
        &self,
        twin: Twin,
        vendor: Vendor,
        refresh_token: &SecretString,
    ) -> Result<(), Error> {
        let subject = self.pair().await?.of(twin).id;
        let client = self.operable(&Viewer::System, subject, vendor).await?;
        let visible = Viewer::System.may_see(&[subject]);
        let connections = self.store().connections(&visible).await?;
        if connections
            .iter()
            .any(|connection| connection.vendor == vendor)
        {
            return Ok(());
        }
        let grant = client.refresh(refresh_token).await.map_err(|error| {
            tracing::warn!(%subject, vendor = vendor.id(), %error, "the refresh token was refused");
            Error::Unavailable(format!("{} refused the refresh token.", vendor.name()))
        })?;
        self.keep_grant(client, subject, grant).await.map(|_| ())
    }

    /// Disconnects: revokes at the vendor, deletes the token, keeps the data.
    pub async fn disconnect(
        &self,
        viewer: &Viewer,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<(), Error> {
        let client = self.operable(viewer, subject, vendor).await?;
        if let Some(token) = self.inner.vault.delete(subject, vendor).await? {
            let user = token.vendor_user_id.as_deref();
            // A vendor that is down cannot keep a twin connected here: the token is gone already.
            if let Err(error) = client.revoke(&token.access_token, user).await {
                tracing::warn!(%subject, vendor = vendor.id(), %error, "revoking failed");
            }
        }
        self.store().delete_connection(subject, vendor).await?;
        self.store().clear_collection_syncs(subject, vendor).await?;
        Ok(())
    }

    /// The client of a vendor, for a viewer who may operate, and a subject that exists.
    async fn operable(
        &self,
        viewer: &Viewer,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<&Client, Error> {
        if !viewer.may_operate() || !viewer.may_see(&[subject]).includes(subject) {
            return Err(Error::Forbidden);
        }
        if self.pair().await?.side(subject).is_none() {
            return Err(Error::NotFound("twin"));
        }
        self.client(vendor).ok_or_else(|| {
            Error::Invalid(format!(
                "{} is not configured on this server.",
                vendor.name()
            ))
        })
    }

    async fn keep_grant(
        &self,
        client: &Client,
        subject: SubjectId,
        grant: Grant,
    ) -> Result<ConnectOutcome, Error> {
        let vendor = client.vendor();
        let user = match grant.vendor_user_id.clone() {
            Some(user) => Some(user),
            None => client
                .user_id(&grant.access_token)
                .await
                .unwrap_or_default(),
        };
        if self
            .belongs_to_another(subject, vendor, user.as_deref())
            .await?
        {
            let _ = client.revoke(&grant.access_token, user.as_deref()).await;
            return Ok(ConnectOutcome::Taken);
        }
        let granted = grant.scopes.clone();
        let refused: Vec<String> = client
            .scopes()
            .iter()
            .filter(|asked| !granted.is_empty() && !granted.contains(asked))
            .cloned()
            .collect();
        let device = client.device(&grant.access_token).await.unwrap_or_default();
        let now: Timestamp = self.now();
        let mut token = token_of(grant, now);
        token.vendor_user_id.clone_from(&user);
        self.inner.vault.put(subject, vendor, &token).await?;
        let partial = !refused.is_empty();
        self.store()
            .put_connection(&Connection {
                subject,
                vendor,
                state: ConnectionState::Connected,
                granted,
                refused,
                vendor_user_id: user,
                device,
                connected_at: now,
            })
            .await?;
        // Scopes may be others than before: every collection is asked for afresh.
        self.store().clear_collection_syncs(subject, vendor).await?;
        self.note_refusal(subject, vendor, None).await?;
        Ok(if partial {
            ConnectOutcome::Partial
        } else {
            ConnectOutcome::Connected
        })
    }

    /// Whether a vendor's user is already connected as somebody else: twins who share a phone sign
    /// in to the wrong account, and their data must not mix.
    async fn belongs_to_another(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        user: Option<&str>,
    ) -> Result<bool, Error> {
        let Some(user) = user else { return Ok(false) };
        let visible = Viewer::System.may_see(&self.pair().await?.ids());
        Ok(self
            .store()
            .connections(&visible)
            .await?
            .iter()
            .any(|connection| {
                connection.subject != subject
                    && connection.vendor == vendor
                    && connection.vendor_user_id.as_deref() == Some(user)
            }))
    }
}

/// A vendor's error code, where it is one: whatever else an address holds is not kept.
fn short_code(error: &str) -> &str {
    let is_code = (1..=40).contains(&error.len())
        && error
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_code { error } else { "refused" }
}

fn digest(state: &str) -> [u8; 32] {
    Sha256::digest(state.as_bytes()).into()
}
