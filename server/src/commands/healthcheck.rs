//! `acclimate healthcheck`, for containers without a shell.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::ensure;

use crate::cli::HealthcheckArgs;

pub(crate) async fn run(args: HealthcheckArgs) -> anyhow::Result<()> {
    let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let addr = args
        .addr
        .unwrap_or_else(|| here(args.port.unwrap_or(3_000)));
    let addr = if addr.ip().is_unspecified() {
        here(addr.port())
    } else {
        addr
    };
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(3))
        .no_proxy()
        .build()?;
    let response = client.get(format!("http://{addr}/ready")).send().await?;
    ensure!(
        response.status().is_success(),
        "not ready: HTTP {}",
        response.status().as_u16()
    );
    Ok(())
}
