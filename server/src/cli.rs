//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

use crate::config::{ServeArgs, StoreArgs};
pub use crate::logging::LogFormat;

/// Two people side by side: identical twins on a high-altitude expedition.
#[derive(Debug, Parser)]
#[command(name = "acclimate", version, about)]
pub struct Cli {
    /// How log lines are written
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t, global = true)]
    pub log_format: LogFormat,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the application
    Serve(Box<ServeArgs>),
    /// Serve the application with simulated twins, connected and synced
    Demo(Box<DemoArgs>),
    /// Serve simulated Oura and Polar clouds alone
    Simulate(SimulateArgs),
    /// Manage accounts
    Account(AccountArgs),
    /// Derive every reading again from the stored documents
    Rebuild(StoreArgs),
    /// Sync every connection once, and exit
    Sync(Box<ServeArgs>),
    /// Exit 0 when the server on this machine is healthy
    Healthcheck(HealthcheckArgs),
}

/// `acclimate demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Everything `serve` takes
    #[command(flatten)]
    pub serve: ServeArgs,
    /// Keep the demo's data here; without it, in a temporary folder
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Which twins
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Days of record before today, the expedition included
    #[arg(long, default_value_t = 35)]
    pub days: u32,
}

/// `acclimate simulate`
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:4400")]
    pub addr: SocketAddr,
    /// Which twins
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The simulated clouds' time at start; without it, the machine's
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<DateTime<Utc>>,
    /// Days of record before today, the expedition included
    #[arg(long, default_value_t = 35)]
    pub days: u32,
    /// People
    #[arg(long, default_value_t = 2)]
    pub subjects: u32,
    /// How long access tokens live
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
    pub token_ttl: u64,
    /// Where webhook events go, whatever is subscribed
    #[arg(long, value_name = "URL")]
    pub webhook_target: Option<Url>,
}

/// `acclimate account`
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// Which database
    #[command(flatten)]
    pub store: StoreArgs,
    /// What to do
    #[command(subcommand)]
    pub command: AccountCommand,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account; the password comes from a prompt or standard input
    Add {
        /// The name to sign in with
        name: String,
        /// What it may do
        #[arg(long, value_enum)]
        role: RoleArg,
    },
    /// List the accounts
    List,
    /// Disable an account and end its sessions
    Disable {
        /// Whose
        name: String,
    },
    /// Enable an account again
    Enable {
        /// Whose
        name: String,
    },
    /// Replace a password, from a prompt or standard input, and end the account's sessions
    Password {
        /// Whose
        name: String,
    },
}

/// An account's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleArg {
    /// Sees and changes everything
    Admin,
    /// Sees everything; connects and syncs
    Clinician,
    /// Sees
    Viewer,
}

impl From<RoleArg> for services::Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Admin => Self::Admin,
            RoleArg::Clinician => Self::Clinician,
            RoleArg::Viewer => Self::Viewer,
        }
    }
}

/// `acclimate healthcheck`
#[derive(Debug, Args)]
pub struct HealthcheckArgs {
    /// Where the server listens; PORT is honoured too
    #[arg(long, env = "ADDR")]
    pub addr: Option<SocketAddr>,
    /// The port, where only that is given
    #[arg(long, env = "PORT")]
    pub port: Option<u16>,
}
