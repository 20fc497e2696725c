//! `acclimate account`

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Read as _};
use std::sync::Arc;

use anyhow::Context as _;
use secrecy::SecretString;
use services::{Clock, Services, Viewer};

use crate::cli::{AccountArgs, AccountCommand};

#[expect(clippy::print_stdout, reason = "the command's answer")]
pub(crate) async fn run(args: AccountArgs) -> anyhow::Result<()> {
    let services = offline(&args.store.database_url).await?;
    let viewer = Viewer::System;
    match args.command {
        AccountCommand::Add { name, role } => {
            let password = read_password()?;
            let account = services
                .create_account(&viewer, &name, role.into(), &password)
                .await?;
            println!("{} ({}) may sign in.", account.name, account.role.id());
        }
        AccountCommand::List => {
            for account in services.accounts(&viewer).await? {
                let state = if account.disabled {
                    "disabled"
                } else {
                    "enabled"
                };
                println!("{}\t{}\t{state}", account.name, account.role.id());
            }
        }
        AccountCommand::Disable { name } => {
            services.set_disabled(&viewer, &name, true).await?;
            println!("{name} can no longer sign in.");
        }
        AccountCommand::Enable { name } => {
            services.set_disabled(&viewer, &name, false).await?;
            println!("{name} may sign in again.");
        }
        AccountCommand::Password { name } => {
            let password = read_password()?;
            services.set_password(&viewer, &name, &password).await?;
            println!("{name} has a new password.");
        }
    }
    Ok(())
}

/// The services over the database alone: no vendor, no token.
pub(super) async fn offline(database_url: &str) -> anyhow::Result<Services> {
    let store = store::open(database_url)
        .await
        .context("cannot open DATABASE_URL")?;
    let location = vault::open("memory:", &vault::OpenOptions::default())?;
    let keys = vault::KeyRing::generate();
    let vault = Arc::new(vault::Vault::new(location.store, location.prefix, keys));
    let config = services::Config::default();
    Ok(Services::new(
        store,
        vault,
        BTreeMap::new(),
        Clock::system(),
        config,
    ))
}

/// From a prompt at a terminal, typed twice; else from standard input.
fn read_password() -> anyhow::Result<SecretString> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ")?;
        anyhow::ensure!(
            password == rpassword::prompt_password("Once more: ")?,
            "the two passwords differ"
        );
        return Ok(password.into());
    }
    let mut password = String::new();
    std::io::stdin().take(4_096).read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned().into())
}
