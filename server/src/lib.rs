//! The HTTP edge of Acclimate: command line, configuration, the route table, middleware, handlers.
//!
//! No rules live here: what a handler and a server function would both need is a service.

// A page is one type, as deep as its markup.
#![recursion_limit = "512"]

pub mod cli;
mod commands;
pub mod config;
mod handlers;
mod logging;
mod middleware;
mod render;
pub mod router;
mod site;
pub mod state;

use std::process::ExitCode;

use cli::{Cli, Command};
use config::ConfigProblems;

/// A streaming page can wait on its own task; with a single worker that is for ever.
const FEWEST_WORKERS: usize = 4;
/// A page renders as deep as its markup: unoptimised, that is more than the usual 2 MiB.
const STACK_BYTES: usize = 8 << 20;

/// Runs a command to its end.
pub fn run(cli: Cli) -> ExitCode {
    logging::start(cli.log_format);
    let workers = std::thread::available_parallelism()
        .map_or(FEWEST_WORKERS, |cores| cores.get().max(FEWEST_WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => commands::serve::run(*args).await,
            Command::Demo(args) => commands::demo::run(*args).await,
            Command::Simulate(args) => commands::simulate::run(args).await,
            Command::Account(args) => commands::account::run(args).await,
            Command::Rebuild(args) => commands::rebuild::run(args).await,
            Command::Sync(args) => commands::sync::run(*args).await,
            Command::Healthcheck(args) => commands::healthcheck::run(args).await,
        }
    });
    // Password checks and the like must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Exit 2 for a wrong configuration, 1 for everything else.
#[expect(
    clippy::print_stderr,
    reason = "the command line's last word to a person"
)]
fn fail(error: &anyhow::Error) -> ExitCode {
    if let Some(problems) = error.downcast_ref::<ConfigProblems>() {
        eprint!("{problems}");
        return ExitCode::from(2);
    }
    eprintln!("acclimate: {error:#}");
    ExitCode::FAILURE
}
