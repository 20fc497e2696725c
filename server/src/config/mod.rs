//! Configuration, by flags or environment: read, then checked as a whole. Every problem is told at
//! once, by the name of its variable, before anything listens.

mod listen;
mod stores;
mod vendors;

use std::fmt;

use clap::Args;
use url::Url;

pub use listen::{Listen, ListenArgs};
pub use stores::{Keys, StoreArgs, Stores, TokenArgs};
pub use vendors::{OuraArgs, PolarArgs, Vendors};

/// Everything `serve` can be told.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Where to listen
    #[command(flatten)]
    pub listen: ListenArgs,
    /// The database
    #[command(flatten)]
    pub store: StoreArgs,
    /// The token store
    #[command(flatten)]
    pub tokens: TokenArgs,
    /// Oura's app registration
    #[command(flatten)]
    pub oura: OuraArgs,
    /// Polar's app registration
    #[command(flatten)]
    pub polar: PolarArgs,
    /// The first administrator
    #[command(flatten)]
    pub administrator: AdministratorArgs,
    /// When to sync
    #[command(flatten)]
    pub sync: SyncArgs,
}

/// The first administrator.
#[derive(Debug, Clone, Args)]
pub struct AdministratorArgs {
    /// The first administrator's name
    #[arg(
        long,
        env = "AUTHORIZED_USER_NAME",
        default_value = "clinic",
        value_name = "NAME"
    )]
    pub authorized_user_name: String,
    /// The first administrator's password; without it a one-time set-up link is printed
    #[arg(
        long,
        env = "AUTHORIZED_USER_PASSWORD",
        hide_env_values = true,
        value_name = "PASSWORD"
    )]
    pub authorized_user_password: Option<secrecy::SecretString>,
}

/// When to sync.
#[derive(Debug, Clone, Copy, Args)]
pub struct SyncArgs {
    /// How often every connection is synced
    #[arg(long, env = "SYNC_INTERVAL_MINUTES", default_value_t = 60, value_name = "MINUTES",
          value_parser = clap::value_parser!(u64).range(1..=10_080))]
    pub sync_interval_minutes: u64,
    /// How many days are asked for again, for late and changed documents
    #[arg(long, env = "SYNC_LOOKBACK_DAYS", default_value_t = 28, value_name = "DAYS",
          value_parser = clap::value_parser!(u32).range(0..=365))]
    pub sync_lookback_days: u32,
    /// How many days back the first sync of a connection reaches
    #[arg(long, env = "SYNC_HISTORY_DAYS", default_value_t = 400, value_name = "DAYS",
          value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub sync_history_days: u32,
    /// Sync at start, too
    #[arg(long, env = "SYNC_ON_STARTUP", default_value_t = true, action = clap::ArgAction::Set)]
    pub sync_on_startup: bool,
}

/// A checked configuration.
#[derive(Debug)]
pub struct Config {
    /// Where to listen, and how browsers reach it.
    pub listen: Listen,
    /// Database, token store, keys.
    pub stores: Stores,
    /// The vendors that are configured.
    pub vendors: Vendors,
    /// The first administrator.
    pub administrator: AdministratorArgs,
    /// When to sync.
    pub sync: SyncArgs,
}

impl Config {
    /// Checks everything, and tells every problem.
    pub fn check(args: ServeArgs) -> Result<Self, ConfigProblems> {
        let mut problems = ConfigProblems::default();
        let listen = Listen::check(&args.listen, &mut problems);
        let stores = Stores::check(&args.store, &args.tokens, &mut problems);
        let public_url = listen.as_ref().map(|listen| listen.public_url.clone());
        let vendors = Vendors::check(args.oura, args.polar, public_url.as_ref(), &mut problems);
        match (listen, stores, problems.0.is_empty()) {
            (Some(listen), Some(stores), true) => Ok(Self {
                listen,
                stores,
                vendors,
                administrator: args.administrator,
                sync: args.sync,
            }),
            _ => Err(problems),
        }
    }
}

/// Everything that is wrong with the configuration.
#[derive(Debug, Default)]
pub struct ConfigProblems(Vec<(String, String)>);

impl ConfigProblems {
    pub(crate) fn note(&mut self, name: impl Into<String>, what: impl Into<String>) {
        self.0.push((name.into(), what.into()));
    }

    /// Parses a URL; a failure is noted under `name`.
    pub(crate) fn url(&mut self, name: &str, text: &str) -> Option<Url> {
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Some(url),
            Ok(_) => {
                self.note(name, "must begin with http:// or https://");
                None
            }
            Err(error) => {
                self.note(name, format!("is not a URL: {error}"));
                None
            }
        }
    }
}

impl fmt::Display for ConfigProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "acclimate: the configuration is wrong:")?;
        for (name, what) in &self.0 {
            writeln!(f, "  {name} {what}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigProblems {}
