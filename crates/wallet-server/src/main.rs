//! The program `wallet-server`: reads the settings, starts the server, and stops it on Ctrl-C or SIGTERM.
//!
//! It must never print a secret.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use wallet_server::config::{ServerConfig, Settings};
use wallet_server::server::Server;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let settings = Settings::parse();
    let check_only = settings.check;
    let config = match ServerConfig::load(settings) {
        Ok(config) => config,
        Err(error) => return fail(&error),
    };
    if check_only {
        tracing::info!(
            accounts = config.accounts.iter().count(),
            "the configuration is valid"
        );
        return ExitCode::SUCCESS;
    }
    let monitor = config.monitor.clone();
    let stop = async move {
        stop_signal().await;
        monitor.mark_stopping();
    };
    let served = match Server::start(config).await {
        Ok(server) => server.run_until(stop).await,
        Err(error) => return fail(&error),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    tracing::error!("{error}");
    ExitCode::FAILURE
}

/// Waits for Ctrl-C, and on Unix also for SIGTERM.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
