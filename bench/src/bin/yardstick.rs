//! The program `card-entry-yardstick`. Started by `card-entry-bench server`. It must never run in production.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use bench::error::BenchError;
use bench::server::yardstick::gateway_calls::GatewayCalls;
use bench::server::yardstick::rows::Rows;
use bench::server::yardstick::{Yardstick, router};
use clap::Parser;
use tokio::net::TcpListener;

/// The yardstick of the benchmark: the same gateway calls as the wallet server's, and one committed row.
#[derive(Debug, Parser)]
#[command(name = "card-entry-yardstick", version)]
struct YardstickOptions {
    /// The address to listen on.
    #[arg(long)]
    listen: SocketAddr,
    /// The SQLite file, or postgres://…
    #[arg(long)]
    database: String,
    /// The origin of the gateway's API.
    #[arg(long)]
    gateway: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(YardstickOptions::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("yardstick: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the process is ended.
async fn run(options: YardstickOptions) -> Result<(), BenchError> {
    let yardstick = Yardstick {
        gateway: GatewayCalls::new(options.gateway)?,
        rows: Rows::open(&options.database).await?,
    };
    let failed = |cause: std::io::Error| BenchError::failed("listening", cause);
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    axum::serve(listener, router(Arc::new(yardstick)))
        .await
        .map_err(failed)
}
