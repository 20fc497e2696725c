//! What a client is made with.

use std::time::Duration;

use physiology::Vendor;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::error::ConfigError;

/// How often and how patiently a call is repeated.
///
/// With a third of all answers failing, eight attempts fail together once in 15,000 calls, so a
/// sync of a few hundred calls gets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The most attempts of one call, the first included.
    pub attempts: u32,
    /// The longest pause after the first failure; it doubles with each. What is waited is drawn
    /// evenly from zero to it (full jitter).
    pub base: Duration,
    /// The longest pause after any failure.
    pub cap: Duration,
    /// The longest a call waits for a vendor's limit to open. Longer is [`LimitReached`].
    ///
    /// [`LimitReached`]: crate::FetchError::LimitReached
    pub patience: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 8,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(5),
            patience: Duration::from_secs(30),
        }
    }
}

/// What a client of one vendor is made with. `Debug` hides the secret.
#[derive(Debug, Clone)]
pub struct Config {
    /// The id the vendor gave this application.
    pub client_id: String,
    /// The secret that goes with it.
    pub client_secret: SecretString,
    /// Where the vendor sends browsers back to, exactly as registered.
    pub redirect_uri: Url,
    /// The page people sign in on.
    pub authorize_url: Url,
    /// Where codes and refresh tokens become tokens.
    pub token_url: Url,
    /// Where tokens are given back; Polar has none, a user is deleted there.
    pub revoke_url: Option<Url>,
    /// What the paths of the API come after.
    pub api_base_url: Url,
    /// What people are asked to allow.
    pub scopes: Vec<String>,
    /// The longest a single attempt may take, from connecting to the last byte.
    pub timeout: Duration,
    /// How often and how patiently a call is repeated.
    pub retries: RetryPolicy,
}

const OURA_SCOPES: [&str; 11] = [
    "email",
    "personal",
    "daily",
    "heartrate",
    "workout",
    "tag",
    "session",
    "spo2",
    "heart_health",
    "ring_configuration",
    "stress",
];

/// Polar has one.
const POLAR_SCOPES: [&str; 1] = ["accesslink.read_all"];

impl Config {
    /// What people are asked to allow where nothing else is configured: all a vendor has.
    pub const fn default_scopes(vendor: Vendor) -> &'static [&'static str] {
        match vendor {
            Vendor::Oura => &OURA_SCOPES,
            Vendor::Polar => &POLAR_SCOPES,
        }
    }

    /// Oura's public addresses and all its scopes.
    pub fn oura_defaults(
        client_id: String,
        client_secret: SecretString,
        redirect_uri: Url,
    ) -> Self {
        Self {
            client_id,
            client_secret,
            redirect_uri,
            authorize_url: address("https://cloud.ouraring.com/oauth/authorize"),
            token_url: address("https://api.ouraring.com/oauth/token"),
            revoke_url: Some(address("https://api.ouraring.com/oauth/revoke")),
            api_base_url: address("https://api.ouraring.com"),
            scopes: OURA_SCOPES.map(str::to_owned).to_vec(),
            timeout: Duration::from_secs(30),
            retries: RetryPolicy::default(),
        }
    }

    /// Polar's public addresses and its one scope.
    pub fn polar_defaults(
        client_id: String,
        client_secret: SecretString,
        redirect_uri: Url,
    ) -> Self {
        Self {
            client_id,
            client_secret,
            redirect_uri,
            authorize_url: address("https://flow.polar.com/oauth2/authorization"),
            token_url: address("https://polarremote.com/v2/oauth2/token"),
            revoke_url: None,
            api_base_url: address("https://www.polaraccesslink.com"),
            scopes: POLAR_SCOPES.map(str::to_owned).to_vec(),
            timeout: Duration::from_secs(30),
            retries: RetryPolicy::default(),
        }
    }

    /// Every problem at once.
    pub(crate) fn check(&self, vendor: Vendor) -> Result<(), ConfigError> {
        let mut problems = Vec::new();
        let mut must = |holds: bool, problem: &str| {
            if !holds {
                problems.push(format!("{}: {problem}", vendor.id()));
            }
        };
        must(!self.client_id.trim().is_empty(), "client_id is empty");
        must(
            !self.client_secret.expose_secret().trim().is_empty(),
            "client_secret is empty",
        );
        let urls = [
            ("redirect_uri", Some(&self.redirect_uri)),
            ("authorize_url", Some(&self.authorize_url)),
            ("token_url", Some(&self.token_url)),
            ("revoke_url", self.revoke_url.as_ref()),
            ("api_base_url", Some(&self.api_base_url)),
        ];
        for (name, url) in urls {
            let web = url.is_none_or(|url| {
                matches!(url.scheme(), "http" | "https") && url.host_str().is_some()
            });
            must(web, &format!("{name} is no http or https address"));
        }
        must(!self.scopes.is_empty(), "scopes is empty");
        must(self.timeout > Duration::ZERO, "timeout is zero");
        must(self.retries.attempts > 0, "retries.attempts is zero");
        if problems.is_empty() {
            Ok(())
        } else {
            Err(ConfigError { problems })
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "called with the constants above, which the tests parse"
)]
fn address(text: &'static str) -> Url {
    Url::parse(text).expect("a constant address parses")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let redirect = Url::parse("http://127.0.0.1:3000/oauth/oura/callback").unwrap();
        Config::oura_defaults("id".into(), "s3cret".into(), redirect)
    }

    #[test]
    fn the_defaults_hold() {
        assert_eq!(config().check(Vendor::Oura), Ok(()));
        let redirect = Url::parse("https://acclimate.example/oauth/polar/callback").unwrap();
        let polar = Config::polar_defaults("id".into(), "s3cret".into(), redirect);
        assert_eq!(polar.check(Vendor::Polar), Ok(()));
    }

    #[test]
    fn every_problem_is_told_at_once_and_no_secret_is() {
        let mut wrong = config();
        wrong.client_id = " ".into();
        wrong.scopes.clear();
        wrong.token_url = Url::parse("mailto:someone@example.org").unwrap();
        let error = wrong.check(Vendor::Oura).unwrap_err();
        assert_eq!(error.problems.len(), 3, "{error}");
        assert!(error.to_string().contains("token_url"));
        assert!(!format!("{wrong:?}").contains("s3cret"));
    }
}
