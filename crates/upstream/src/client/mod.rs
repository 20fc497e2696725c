//! A client of one vendor.

mod lookup;
mod oauth;

use std::sync::Arc;

use ::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use physiology::{DayRange, Timestamp, Vendor};
use secrecy::ExposeSecret;
use url::Url;

pub use oauth::{Authorize, Grant};

use crate::collection::Collection;
use crate::config::Config;
use crate::error::{ConfigError, FetchError};
use crate::http::{Answer, Call, Limit, Transport};
use crate::pages::Pages;

/// A client of one vendor. Cheap to clone; all clones share connections, limits and counts.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    vendor: Vendor,
    config: Config,
    oauth: oauth::OAuth,
    transport: Transport,
}

impl core::fmt::Debug for Client {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Client")
            .field("vendor", &self.inner.vendor)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of `vendor`.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration, at once.
    pub fn new(vendor: Vendor, config: Config) -> Result<Self, ConfigError> {
        config.check(vendor)?;
        let transport = Transport::new(vendor, &config).ok_or_else(|| ConfigError {
            problems: vec![format!("{}: no HTTP client can be made", vendor.id())],
        })?;
        let oauth = oauth::client(vendor, &config);
        Ok(Self {
            inner: Arc::new(Inner {
                vendor,
                config,
                oauth,
                transport,
            }),
        })
    }

    /// Whose client it is.
    pub fn vendor(&self) -> Vendor {
        self.inner.vendor
    }

    /// What people are asked to allow.
    pub fn scopes(&self) -> &[String] {
        &self.inner.config.scopes
    }

    /// Where the vendor sends browsers back to, to the letter as it is sent.
    pub fn redirect_uri(&self) -> &Url {
        &self.inner.config.redirect_uri
    }

    /// How far the vendor's clock was ahead of ours when it last answered, s; negative where it was
    /// behind. `None` before an answer that tells, and until [`Client::pages`] told our time.
    pub fn clock_ahead_s(&self) -> Option<i64> {
        self.inner.transport.clock_ahead_s()
    }

    /// What the vendor's last answer said is left of its limit. `None` before it said so, once the
    /// limit has started anew, and until [`Client::pages`] told the time.
    pub fn limit(&self) -> Option<Limit> {
        self.inner.transport.limit()
    }

    /// HTTP requests sent so far, repeats included.
    pub fn calls(&self) -> u64 {
        self.inner.transport.calls()
    }

    /// The documents of a collection over days of the vendor's reckoning, page by page. `now` bounds
    /// what can be asked for.
    ///
    /// A collection of another vendor has no pages here.
    pub fn pages(&self, collection: Collection, range: DayRange, now: Timestamp) -> Pages {
        self.inner.transport.tell_time(now);
        Pages::new(self.clone(), collection, range, now)
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) async fn fetch<T>(
        &self,
        call: &Call,
        read: impl Fn(&Answer) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        self.inner.transport.fetch(call, read).await
    }

    /// An address below the API's base: the segments of `path`, and further ones, escaped.
    pub(crate) fn url(&self, path: &str, rest: &[&str]) -> Url {
        let mut url = self.inner.config.api_base_url.clone();
        url.set_query(None);
        // Any http address has segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/')).extend(rest);
        }
        url
    }

    /// The credentials of this application, for the header.
    pub(crate) fn basic(&self) -> String {
        let Config {
            client_id,
            client_secret,
            ..
        } = self.config();
        let pair = format!("{client_id}:{}", client_secret.expose_secret());
        format!("Basic {}", STANDARD.encode(pair))
    }
}

/// 404 and 204 are how a vendor says that there is nothing.
pub(crate) fn is_nothing(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::NO_CONTENT)
}
