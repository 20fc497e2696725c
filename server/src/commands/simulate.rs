//! `acclimate simulate`

use simulator::Config;

use super::serve::{bind, stop_on_signal};
use crate::cli::SimulateArgs;

#[expect(
    clippy::print_stdout,
    reason = "tells the person at the terminal where it listens"
)]
pub(crate) async fn run(args: SimulateArgs) -> anyhow::Result<()> {
    let listener = bind(args.addr).await?;
    let config = Config {
        seed: args.seed,
        now: args.now,
        days: args.days,
        subjects: args.subjects,
        token_ttl_s: args.token_ttl,
        webhook_target: args.webhook_target,
    };
    let running = simulator::start(config, listener).await?;
    println!("Simulated Oura and Polar at {}", running.base_url());
    stop_on_signal().cancelled().await;
    running.shutdown().await;
    Ok(())
}
