//! The app registrations at the vendors.

use std::collections::BTreeMap;

use clap::Args;
use physiology::Vendor;
use secrecy::SecretString;
use upstream::Client;
use url::Url;

use super::ConfigProblems;

/// Oura's app registration.
#[derive(Debug, Clone, Default, Args)]
pub struct OuraArgs {
    /// The Oura app's client id
    #[arg(long, env = "OURA_CLIENT_ID", value_name = "ID")]
    pub oura_client_id: Option<String>,
    /// The Oura app's client secret
    #[arg(
        long,
        env = "OURA_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub oura_client_secret: Option<SecretString>,
    /// Where Oura sends browsers back to [default: PUBLIC_URL/oauth/oura/callback]
    #[arg(long, env = "OURA_REDIRECT_URI", value_name = "URL")]
    pub oura_redirect_uri: Option<String>,
    /// Oura's authorize page
    #[arg(long, env = "OURA_AUTHORIZE_URL", value_name = "URL")]
    pub oura_authorize_url: Option<String>,
    /// Oura's token endpoint
    #[arg(long, env = "OURA_TOKEN_URL", value_name = "URL")]
    pub oura_token_url: Option<String>,
    /// Oura's revoke endpoint
    #[arg(long, env = "OURA_REVOKE_URL", value_name = "URL")]
    pub oura_revoke_url: Option<String>,
    /// Oura's API
    #[arg(long, env = "OURA_API_BASE_URL", value_name = "URL")]
    pub oura_api_base_url: Option<String>,
    /// Scopes to ask for, parted by spaces
    #[arg(long, env = "OURA_SCOPES", value_name = "SCOPES")]
    pub oura_scopes: Option<String>,
    /// A refresh token to connect twin A with at start
    #[arg(
        long,
        env = "OURA_INITIAL_REFRESH_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub oura_initial_refresh_token: Option<SecretString>,
}

/// Polar's app registration.
#[derive(Debug, Clone, Default, Args)]
pub struct PolarArgs {
    /// The Polar app's client id
    #[arg(long, env = "POLAR_CLIENT_ID", value_name = "ID")]
    pub polar_client_id: Option<String>,
    /// The Polar app's client secret
    #[arg(
        long,
        env = "POLAR_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub polar_client_secret: Option<SecretString>,
    /// Where Polar sends browsers back to [default: PUBLIC_URL/oauth/polar/callback]
    #[arg(long, env = "POLAR_REDIRECT_URI", value_name = "URL")]
    pub polar_redirect_uri: Option<String>,
    /// Polar's authorize page
    #[arg(long, env = "POLAR_AUTHORIZE_URL", value_name = "URL")]
    pub polar_authorize_url: Option<String>,
    /// Polar's token endpoint
    #[arg(long, env = "POLAR_TOKEN_URL", value_name = "URL")]
    pub polar_token_url: Option<String>,
    /// Polar's API
    #[arg(long, env = "POLAR_API_BASE_URL", value_name = "URL")]
    pub polar_api_base_url: Option<String>,
    /// Scopes to ask for, parted by spaces
    #[arg(long, env = "POLAR_SCOPES", value_name = "SCOPES")]
    pub polar_scopes: Option<String>,
}

/// The vendors that are configured.
#[derive(Debug, Default)]
pub struct Vendors {
    /// A client each.
    pub clients: BTreeMap<Vendor, Client>,
    /// The variables to set for each, to name where it is not configured.
    pub hints: BTreeMap<Vendor, String>,
    /// Where the vendors' sign-in pages are.
    pub origins: Vec<String>,
    /// A refresh token to connect twin A with Oura at start.
    pub oura_initial_refresh_token: Option<SecretString>,
}

/// One vendor's registration, whichever it is.
struct Registration {
    vendor: Vendor,
    client_id: Option<String>,
    client_secret: Option<SecretString>,
    redirect_uri: Option<String>,
    authorize_url: Option<String>,
    token_url: Option<String>,
    revoke_url: Option<String>,
    api_base_url: Option<String>,
    scopes: Option<String>,
}

impl Vendors {
    pub(super) fn check(
        oura: OuraArgs,
        polar: PolarArgs,
        public_url: Option<&Url>,
        problems: &mut ConfigProblems,
    ) -> Self {
        let mut vendors = Self {
            oura_initial_refresh_token: oura.oura_initial_refresh_token,
            ..Self::default()
        };
        let registrations = [
            Registration {
                vendor: Vendor::Oura,
                client_id: oura.oura_client_id,
                client_secret: oura.oura_client_secret,
                redirect_uri: oura.oura_redirect_uri,
                authorize_url: oura.oura_authorize_url,
                token_url: oura.oura_token_url,
                revoke_url: oura.oura_revoke_url,
                api_base_url: oura.oura_api_base_url,
                scopes: oura.oura_scopes,
            },
            Registration {
                vendor: Vendor::Polar,
                client_id: polar.polar_client_id,
                client_secret: polar.polar_client_secret,
                redirect_uri: polar.polar_redirect_uri,
                authorize_url: polar.polar_authorize_url,
                token_url: polar.polar_token_url,
                revoke_url: None,
                api_base_url: polar.polar_api_base_url,
                scopes: polar.polar_scopes,
            },
        ];
        for registration in registrations {
            let vendor = registration.vendor;
            let prefix = vendor.id().to_uppercase();
            vendors.hints.insert(
                vendor,
                format!("{prefix}_CLIENT_ID and {prefix}_CLIENT_SECRET"),
            );
            if let Some((client, origin)) = registration.client(&prefix, public_url, problems) {
                vendors.clients.insert(vendor, client);
                vendors.origins.push(origin);
            }
        }
        vendors
    }
}

impl Registration {
    /// The client and the origin of its sign-in page; `None` where the vendor is not configured, or
    /// wrongly, which is noted.
    fn client(
        self,
        prefix: &str,
        public_url: Option<&Url>,
        problems: &mut ConfigProblems,
    ) -> Option<(Client, String)> {
        let name = |field: &str| format!("{prefix}_{field}");
        let (client_id, client_secret) = match (self.client_id, self.client_secret) {
            (None, None) => return None,
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => {
                problems.note(name("CLIENT_SECRET"), "is missing beside the client id");
                return None;
            }
            (None, Some(_)) => {
                problems.note(name("CLIENT_ID"), "is missing beside the client secret");
                return None;
            }
        };
        let mut url = |field: &str, text: Option<String>| {
            text.and_then(|text| problems.url(&name(field), &text))
        };
        let redirect_uri = url("REDIRECT_URI", self.redirect_uri).or_else(|| {
            public_url?
                .join(&format!("oauth/{}/callback", self.vendor.id()))
                .ok()
        })?;
        let mut config = match self.vendor {
            Vendor::Oura => upstream::Config::oura_defaults(client_id, client_secret, redirect_uri),
            Vendor::Polar => {
                upstream::Config::polar_defaults(client_id, client_secret, redirect_uri)
            }
        };
        let replace = |kept: &mut Url, given: Option<Url>| {
            if let Some(given) = given {
                *kept = given;
            }
        };
        replace(
            &mut config.authorize_url,
            url("AUTHORIZE_URL", self.authorize_url),
        );
        replace(&mut config.token_url, url("TOKEN_URL", self.token_url));
        replace(
            &mut config.api_base_url,
            url("API_BASE_URL", self.api_base_url),
        );
        if let Some(given) = url("REVOKE_URL", self.revoke_url) {
            config.revoke_url = Some(given);
        }
        if let Some(scopes) = self.scopes {
            config.scopes = scopes.split_whitespace().map(str::to_owned).collect();
        }
        let origin = config.authorize_url.origin().ascii_serialization();
        Client::new(self.vendor, config)
            .map(|client| (client, origin))
            .map_err(|error| problems.note(name("CLIENT_ID"), error.to_string()))
            .ok()
    }
}
