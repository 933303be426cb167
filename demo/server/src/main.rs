//! `booking-site`: parses the settings, listens, and shuts down on Ctrl-C or SIGTERM.

use std::process::ExitCode;

use booking_site::serve::serve;
use booking_site::settings::Settings;
use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).init();
    match run(&Settings::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            tracing::error!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: &Settings) -> Result<(), String> {
    let address = (settings.host, settings.port);
    let listener = TcpListener::bind(address).await.map_err(|e| {
        format!(
            "--port: {}:{} cannot be listened on ({e}); choose another port",
            settings.host, settings.port
        )
    })?;
    let mut terminate = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;
    let stop = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("shutting down");
    };
    serve(settings, listener, stop).await
}
