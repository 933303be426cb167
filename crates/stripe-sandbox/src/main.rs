//! The program: reads its options, starts the sandbox, stops it on Ctrl-C or SIGTERM.

use clap::Parser;
use std::net::IpAddr;
use std::process::ExitCode;
use stripe_sandbox::{Options, Sandbox};
use tokio::signal::unix::{SignalKind, signal};

/// Stands in for Stripe in development and tests. Never put it where real cards could reach it.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Port of the scripts origin; fields, hooks and the API listen on the three after it.
    #[arg(long, env = "STRIPE_SANDBOX_PORT_BASE", default_value_t = 4402)]
    port_base: u16,
    /// Address to listen on.
    #[arg(long, env = "STRIPE_SANDBOX_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The same seed gives the same ids in the same order; without it every start has its own.
    #[arg(long, env = "STRIPE_SANDBOX_SEED")]
    seed: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .init();
    let args = Args::parse();
    let options = Options {
        host: args.host,
        port_base: Some(args.port_base),
        seed: args.seed,
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, port_base = args.port_base, "the sandbox could not start");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let sandbox = Sandbox::start(options).await?;
    let origins = sandbox.origins();
    tracing::info!(
        script = origins.stripe_js(),
        fields = origins.fields,
        hooks = origins.hooks,
        api = origins.api,
        "sandbox ready"
    );
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    sandbox.stop().await;
    Ok(())
}
