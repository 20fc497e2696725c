//! Clients for a vendor that is played by the test.

use std::time::Duration;

use physiology::Vendor;
use upstream::{Client, Config, RetryPolicy};
use url::Url;

/// As often as by default, and quickly.
pub const QUICK: RetryPolicy = RetryPolicy {
    attempts: 8,
    base: Duration::from_millis(1),
    cap: Duration::from_millis(4),
    patience: Duration::from_secs(30),
};

/// A client whose vendor listens at `base`, its paths below `path`.
pub fn client(vendor: Vendor, base: &Url, retries: RetryPolicy) -> Client {
    let redirect = Url::parse("http://127.0.0.1:3000/oauth/callback").unwrap();
    let mut config = match vendor {
        Vendor::Oura => {
            Config::oura_defaults("sim-oura".into(), "sim-oura-secret".into(), redirect)
        }
        Vendor::Polar => {
            Config::polar_defaults("sim-polar".into(), "sim-polar-secret".into(), redirect)
        }
    };
    let below = |path: &str| base.join(path).unwrap();
    match vendor {
        Vendor::Oura => {
            config.authorize_url = below("oura/oauth/authorize");
            config.token_url = below("oura/oauth/token");
            config.revoke_url = Some(below("oura/oauth/revoke"));
            config.api_base_url = below("oura");
        }
        Vendor::Polar => {
            config.authorize_url = below("polar/oauth2/authorization");
            config.token_url = below("polar/v2/oauth2/token");
            config.api_base_url = below("polar");
        }
    }
    config.timeout = Duration::from_millis(1_500);
    config.retries = retries;
    Client::new(vendor, config).unwrap()
}
