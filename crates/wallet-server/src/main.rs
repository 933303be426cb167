//! The program `wallet-server`: reads the settings, starts the server, and stops it on Ctrl-C or SIGTERM.
//!
//! It must never print a secret.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use wallet_server::commands::CommandLine;
use wallet_server::config::{ConfigReloader, LogFormat, ServerConfig, Settings};
use wallet_server::monitor::MetricsServer;
use wallet_server::reload;
use wallet_server::server::Server;

#[tokio::main]
async fn main() -> ExitCode {
    let CommandLine { settings, command } = CommandLine::parse();
    if let Some(command) = command {
        start_log(LogFormat::of(&settings), "error");
        return command.run(settings).await;
    }
    start_log(LogFormat::of(&settings), "info");
    serve(settings).await
}

async fn serve(settings: Settings) -> ExitCode {
    let check_only = settings.check;
    let config = match ServerConfig::load(settings.clone()) {
        Ok(config) => config,
        Err(error) => return fail(&error),
    };
    if check_only {
        for warning in &config.warnings {
            tracing::warn!("{warning}");
        }
        tracing::info!(
            accounts = config.accounts.iter().count(),
            "the configuration is valid"
        );
        return ExitCode::SUCCESS;
    }
    #[cfg(unix)]
    if let Err(error) = reload::on_hangup(ConfigReloader::new(settings, &config)) {
        return fail(&error);
    }
    let monitor = config.monitor.clone();
    // Serves the metrics and the probes until the process ends.
    let _metrics = match config.metrics_listen {
        Some(listen) => match MetricsServer::start(listen, monitor.clone()).await {
            Ok(server) => Some(server),
            Err(error) => return fail(&error),
        },
        None => None,
    };
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

/// Writes log lines to the standard error, and panics as log lines, without their message: it may quote a value.
fn start_log(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panicked: a defect of this server");
    }));
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
