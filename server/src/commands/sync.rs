//! `acclimate sync`

use services::Clock;

use super::serve;
use crate::config::{Config, ServeArgs};

#[expect(clippy::print_stdout, reason = "the command's answer")]
pub(crate) async fn run(args: ServeArgs) -> anyhow::Result<()> {
    let config = Config::check(args)?;
    let services = serve::services(&config, Clock::system()).await?;
    services.sync_all().await?;
    let calls: u64 = config
        .vendors
        .clients
        .values()
        .map(upstream::Client::calls)
        .sum();
    println!("Synced with {calls} calls to the vendors.");
    Ok(())
}
