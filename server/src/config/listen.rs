//! Where the server listens, and how browsers reach it.

use std::net::{Ipv4Addr, SocketAddr};

use clap::Args;
use url::Url;

use super::ConfigProblems;

/// Where to listen.
#[derive(Debug, Clone, Args)]
pub struct ListenArgs {
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, env = "ADDR", value_name = "IP:PORT")]
    pub addr: Option<String>,
    /// Listen on this port of every address, as Cloud Run asks
    #[arg(long, env = "PORT")]
    pub port: Option<String>,
    /// How browsers reach this server [default: http:// and the address]
    #[arg(long, env = "PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// How many proxies stand in front and add to X-Forwarded-For
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "COUNT")]
    pub trusted_proxies: Option<String>,
}

/// Where the server listens, checked.
#[derive(Debug, Clone)]
pub struct Listen {
    /// The socket.
    pub addr: SocketAddr,
    /// The origin browsers use.
    pub public_url: Url,
    /// How many entries at the end of X-Forwarded-For are to be believed.
    pub trusted_proxies: usize,
}

impl Listen {
    pub(super) fn check(args: &ListenArgs, problems: &mut ConfigProblems) -> Option<Self> {
        let addr = match (&args.addr, &args.port) {
            (Some(addr), _) => addr
                .parse()
                .map_err(|_| problems.note("ADDR", "is not an address like 127.0.0.1:3000"))
                .ok(),
            (None, Some(port)) => port
                .parse()
                .map(|port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)))
                .map_err(|_| problems.note("PORT", "is not a port between 1 and 65535"))
                .ok(),
            (None, None) => Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 3_000))),
        };
        let public_url = match &args.public_url {
            Some(text) => problems.url("PUBLIC_URL", text),
            None => addr.and_then(|addr| {
                let host = if addr.ip().is_unspecified() {
                    format!("localhost:{}", addr.port())
                } else {
                    addr.to_string()
                };
                Url::parse(&format!("http://{host}/")).ok()
            }),
        };
        if public_url
            .as_ref()
            .is_some_and(|url| url.path() != "/" || url.query().is_some())
        {
            problems.note("PUBLIC_URL", "must be an origin, without a path");
        }
        let trusted_proxies = match &args.trusted_proxies {
            None => Some(0),
            Some(text) => text
                .parse()
                .map_err(|_| problems.note("TRUSTED_PROXIES", "is not a count like 0 or 1"))
                .ok(),
        };
        Some(Self {
            addr: addr?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
        })
    }

    /// Whether browsers come over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
