//! Oura and Polar as they answer, quirks and faults included, with a pair of twins on an
//! expedition.
//!
//! One listener serves Oura below `/oura`, Polar below `/polar` and a control interface for tests
//! below `/control`. The same seed and `now` give the same documents, byte for byte. Where the
//! record holds what a careful client must get right is told in [`Trap`] and by
//! `GET /control/traps`.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let simulator = simulator::start(simulator::Config::default(), listener).await?;
//! println!("{}oura/v2/usercollection/sleep", simulator.base_url());
//! simulator.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod clock;
mod codes;
mod config;
mod control;
mod expedition;
mod faults;
mod http;
mod limits;
mod oura;
mod polar;
mod record;
mod rng;
mod running;
mod serve;
mod state;
mod stats;
mod time;
mod traps;
mod truth;
mod twins;
mod versions;
mod visitor;
mod workouts;

pub use config::Config;
pub use expedition::{expedition, profiles};
pub use running::{Running, start};
pub use traps::Trap;
pub use truth::truth;
pub use visitor::{allow, deny};
pub use workouts::{TrueWorkout, true_workouts};
