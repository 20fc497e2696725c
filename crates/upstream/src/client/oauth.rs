//! Signing in, and staying so.

use std::time::Duration;

use ::http::{HeaderMap, Method, StatusCode};
use futures::future::BoxFuture;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use physiology::Vendor;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Client;
use crate::config::Config;
use crate::error::{FetchError, OAuthError};
use crate::http::{Call, Repeat, Verdict, retry_after};

/// Where to send somebody to sign in.
#[derive(Debug, Clone)]
pub struct Authorize {
    /// The vendor's page, with the state in it.
    pub url: Url,
    /// What [`Client::exchange`] needs again, where the vendor takes part (PKCE).
    pub pkce_verifier: Option<SecretString>,
}

/// What a vendor lets us do.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Goes with every request.
    pub access_token: SecretString,
    /// Becomes the next grant, once. Polar gives none.
    pub refresh_token: Option<SecretString>,
    /// Life of the access token, s.
    pub expires_in_s: Option<u64>,
    /// What was granted; empty where the vendor does not say.
    pub scopes: Vec<String>,
    /// The vendor's id of the person, where it says.
    pub vendor_user_id: Option<String>,
}

/// What Polar adds to a token.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Extra {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x_user_id: Option<UserId>,
}

impl ExtraTokenFields for Extra {}

/// Written as a number, and by older answers as a string.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum UserId {
    Number(u64),
    Text(String),
}

type Tokens = StandardTokenResponse<Extra, BasicTokenType>;

pub(super) type OAuth = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(super) fn client(vendor: Vendor, config: &Config) -> OAuth {
    oauth2::Client::new(ClientId::new(config.client_id.clone()))
        .set_client_secret(ClientSecret::new(
            config.client_secret.expose_secret().to_owned(),
        ))
        .set_auth_uri(AuthUrl::from_url(config.authorize_url.clone()))
        .set_token_uri(TokenUrl::from_url(config.token_url.clone()))
        .set_redirect_uri(RedirectUrl::from_url(config.redirect_uri.clone()))
        .set_auth_type(match vendor {
            Vendor::Oura => AuthType::RequestBody,
            Vendor::Polar => AuthType::BasicAuth,
        })
}

/// Why a token request came to nothing. Holds nothing of the request or the answer.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct NoTokens(#[from] OAuthError);

impl Client {
    /// Where to send somebody to sign in. `state` comes back with them; `login_hint` names the
    /// account to offer, for vendors that heed it.
    pub fn authorize(&self, state: &str, login_hint: Option<&str>) -> Authorize {
        let scopes = self.scopes().iter().cloned().map(Scope::new);
        let state = CsrfToken::new(state.to_owned());
        let mut request = self.inner.oauth.authorize_url(|| state).add_scopes(scopes);
        if let Some(hint) = login_hint {
            request = request.add_extra_param("login_hint", hint.to_owned());
        }
        let mut pkce_verifier = None;
        if self.vendor() == Vendor::Oura {
            let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
            request = request.set_pkce_challenge(challenge);
            pkce_verifier = Some(verifier.into_secret().into());
        }
        let (url, _) = request.url();
        Authorize { url, pkce_verifier }
    }

    /// Makes a grant of the code a vendor sent somebody back with, and registers the person with
    /// Polar. `callback_scope` is the `scope` that came with the code: some vendors say only there
    /// what was granted.
    ///
    /// A code works once: when the answer is lost, so is the code.
    ///
    /// # Errors
    /// `Refused` for a code that is used, old or somebody else's, and with the reason
    /// `consents_missing` when Polar lacks a consent of the person.
    pub async fn exchange(
        &self,
        code: &str,
        pkce_verifier: Option<&SecretString>,
        callback_scope: Option<&str>,
    ) -> Result<Grant, OAuthError> {
        let code = AuthorizationCode::new(code.to_owned());
        let mut request = self.inner.oauth.exchange_code(code);
        if let Some(verifier) = pkce_verifier {
            let verifier = PkceCodeVerifier::new(verifier.expose_secret().to_owned());
            request = request.set_pkce_verifier(verifier);
        }
        let send = self.token_sender();
        let tokens: Tokens = request.request_async(&send).await.map_err(no_tokens)?;
        let mut grant = grant(&tokens);
        if grant.scopes.is_empty() {
            grant.scopes = words(callback_scope.unwrap_or_default());
        }
        if self.vendor() == Vendor::Polar {
            self.register(&grant).await?;
        }
        Ok(grant)
    }

    /// The next grant. The refresh token works once: it is void from here on, whatever comes of it,
    /// unless the vendor could not be reached.
    ///
    /// `scopes` is empty when the vendor does not repeat them: they are as before.
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<Grant, OAuthError> {
        let token = RefreshToken::new(refresh_token.expose_secret().to_owned());
        let request = self.inner.oauth.exchange_refresh_token(&token);
        let send = self.token_sender();
        let tokens: Tokens = request.request_async(&send).await.map_err(no_tokens)?;
        Ok(grant(&tokens))
    }

    /// Gives the grant back: Oura's token is revoked, Polar's user unregistered, which takes
    /// `vendor_user_id`.
    ///
    /// # Errors
    /// `Refused` for a token that is dead already.
    pub async fn revoke(
        &self,
        access_token: &SecretString,
        vendor_user_id: Option<&str>,
    ) -> Result<(), OAuthError> {
        let call = match self.vendor() {
            Vendor::Oura => {
                let Some(url) = self.config().revoke_url.clone() else {
                    return Ok(());
                };
                self.revocation(url, access_token)
            }
            Vendor::Polar => {
                let user =
                    vendor_user_id.filter(|user| user.bytes().all(|b| b.is_ascii_alphanumeric()));
                let user = user.ok_or_else(|| OAuthError::refused("user_unknown"))?;
                Call::new(Method::DELETE, self.url("v3/users", &[user])).bearer(access_token)
            }
        };
        self.fetch(&call, |_| Ok(())).await.map_err(refusal)
    }

    /// RFC 7009 in the body; `access_token` is what Oura called it before.
    fn revocation(&self, url: Url, access_token: &SecretString) -> Call {
        let token = access_token.expose_secret();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token)
            .append_pair("access_token", token)
            .append_pair("token_type_hint", "access_token")
            .append_pair("client_id", &self.config().client_id)
            .append_pair("client_secret", self.config().client_secret.expose_secret())
            .finish();
        let mut call = Call::new(Method::POST, url);
        let form = ::http::HeaderValue::from_static("application/x-www-form-urlencoded");
        call.headers.insert(::http::header::CONTENT_TYPE, form);
        call.body = body.into_bytes();
        call
    }

    /// Polar serves nothing of people who are not registered; to be registered already is as good.
    async fn register(&self, grant: &Grant) -> Result<(), OAuthError> {
        #[derive(Serialize)]
        struct Member {
            #[serde(rename = "member-id")]
            id: String,
        }
        let user = grant
            .vendor_user_id
            .as_deref()
            .ok_or(OAuthError::Malformed)?;
        let call = Call::new(Method::POST, self.url("v3/users", &[]))
            .bearer(&grant.access_token)
            .json(&Member {
                id: format!("acclimate-{user}"),
            });
        match self.fetch(&call, |_| Ok(())).await {
            Ok(()) | Err(FetchError::Rejected { status: 409 }) => Ok(()),
            Err(FetchError::NotGranted) => Err(OAuthError::refused("consents_missing")),
            Err(error) => Err(refusal(error)),
        }
    }

    /// What the `oauth2` crate sends its requests with: owned, so that its future can move between
    /// threads.
    fn token_sender(
        &self,
    ) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, NoTokens>> + 'static {
        let client = self.clone();
        move |request| {
            let client = client.clone();
            Box::pin(async move { client.send_token_request(request).await })
        }
    }

    /// Sends what the `oauth2` crate made. Answers that are no answer of a token endpoint become
    /// errors here, so that what reaches the crate is JSON.
    async fn send_token_request(&self, request: HttpRequest) -> Result<HttpResponse, NoTokens> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).map_err(|_| OAuthError::Malformed)?;
        let mut call = Call::new(parts.method, url).repeated(Repeat::OnlyUnsent);
        call.headers = parts.headers;
        call.body = body;
        let answer = self
            .inner
            .transport
            .send(&call, |answer| match answer.status {
                // Not processed, the status says: what is spent once is not spent.
                StatusCode::SERVICE_UNAVAILABLE => {
                    let pause = retry_after(&answer.headers).map(Duration::from_secs);
                    Verdict::Again(FetchError::unavailable("HTTP 503"), pause)
                }
                status if status.is_server_error() => Verdict::Done(Err(FetchError::unavailable(
                    &format!("HTTP {}", status.as_u16()),
                ))),
                _ => Verdict::Done(Ok(answer)),
            });
        let answer = answer.await.map_err(refusal)?;
        if !answer.status.is_success() {
            return Err(refused(&answer.body).into());
        }
        let mut response = HttpResponse::new(answer.body);
        *response.status_mut() = StatusCode::OK;
        // Some gateways call JSON something else; what it is shows in reading it.
        *response.headers_mut() = HeaderMap::new();
        Ok(response)
    }
}

/// The error code in an answer of a token endpoint.
fn refused(body: &[u8]) -> OAuthError {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    match serde_json::from_slice::<Refusal>(body) {
        Ok(refusal) => OAuthError::refused(&refusal.error),
        Err(_) => OAuthError::refused("rejected"),
    }
}

fn no_tokens(error: RequestTokenError<NoTokens, BasicErrorResponse>) -> OAuthError {
    match error {
        RequestTokenError::Request(NoTokens(error)) => error,
        RequestTokenError::ServerResponse(response) => {
            OAuthError::refused(response.error().as_ref())
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => OAuthError::Malformed,
    }
}

fn refusal(error: FetchError) -> OAuthError {
    match error {
        FetchError::Unauthorized => OAuthError::refused("invalid_token"),
        FetchError::NotGranted => OAuthError::refused("forbidden"),
        FetchError::NotFound | FetchError::Rejected { .. } => OAuthError::refused("rejected"),
        FetchError::LimitReached { .. } => OAuthError::unavailable("the limit is reached"),
        FetchError::Unavailable { message } => OAuthError::Unavailable { message },
        FetchError::Malformed { .. } => OAuthError::Malformed,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ','])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn grant(tokens: &Tokens) -> Grant {
    let scopes = tokens.scopes().into_iter().flatten();
    let secret = |text: &String| SecretString::from(text.clone());
    Grant {
        access_token: secret(tokens.access_token().secret()),
        refresh_token: tokens.refresh_token().map(|token| secret(token.secret())),
        expires_in_s: tokens.expires_in().map(|life| life.as_secs()),
        scopes: scopes.flat_map(|scope| words(scope)).collect(),
        vendor_user_id: tokens
            .extra_fields()
            .x_user_id
            .as_ref()
            .map(|user| match user {
                UserId::Number(number) => number.to_string(),
                UserId::Text(text) => text.clone(),
            }),
    }
}
