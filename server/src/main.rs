//! `acclimate`: the one executable.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    server::run(cli)
}
