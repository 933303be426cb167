//! The program `card-entry-bench`. Started by `cargo xtask bench`, which builds what it needs. It must never print on
//! stdout anything but the result.

#![allow(clippy::print_stdout)] // the result of this program is its output

use std::process::ExitCode;

use bench::error::BenchError;
use bench::queue::{self, QueueOptions};
use bench::server::{self, options::ServerOptions};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

/// Measures the wallet server, and simulates the queue in front of the gateway's limits.
#[derive(Debug, Parser)]
#[command(name = "card-entry-bench", version)]
struct Cli {
    #[command(subcommand)]
    command: BenchCommand,
}

#[derive(Debug, Subcommand)]
enum BenchCommand {
    /// Measure wallet servers beside the yardstick.
    Server(ServerOptions),
    /// Simulate how long saves wait for the gateway's rate limits.
    Queue(QueueOptions),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        BenchCommand::Server(options) => tokio::select! {
            done = measure(&options) => done,
            // Dropping the measurement kills its programs and deletes its folders.
            () = stop_signal() => Err(BenchError::Failed("stopped by a signal".to_owned())),
        },
        BenchCommand::Queue(options) => simulate(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Waits for Ctrl-C or SIGTERM, which xtask sends when it is stopped itself.
async fn stop_signal() {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

async fn measure(options: &ServerOptions) -> Result<(), BenchError> {
    let (text, failed) = server::command::run(options).await?;
    print!("{text}");
    match failed {
        0 => Ok(()),
        failed => Err(BenchError::Failed(format!(
            "{failed} requests failed, for the reasons above"
        ))),
    }
}

fn simulate(options: &QueueOptions) -> Result<(), BenchError> {
    let rows = queue::run(options)?;
    print!("{}", queue::table::text(&rows)?);
    Ok(())
}
