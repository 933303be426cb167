//! The program: parses its options, starts the sandbox, and stops it on Ctrl-C or SIGTERM. It must never run in
//! production.

use clap::Parser;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use stripe_sandbox::{NamesOptions, Options, Sandbox};
use tokio::signal::unix::{SignalKind, signal};

/// A sandbox of Stripe for development and tests. Never run it where real cards can reach it.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Port of the scripts origin; fields, hooks and API listen on the next three ports.
    #[arg(long, env = "STRIPE_SANDBOX_PORT_BASE", default_value_t = 4402)]
    port_base: u16,
    /// IP address that every origin listens on.
    #[arg(long, env = "STRIPE_SANDBOX_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Seed of the generated ids; the same seed gives the same ids. Without it every start has other ids.
    #[arg(long, env = "STRIPE_SANDBOX_SEED")]
    seed: Option<u64>,
    /// Serve js.stripe.com, api.stripe.com, … too, over TLS with a temporary certificate.
    #[arg(long, env = "STRIPE_SANDBOX_REAL_NAMES")]
    real_names: bool,
    /// Port of the real host names; 0 for any free port. [default: the port after the API's]
    #[arg(long, env = "STRIPE_SANDBOX_NAMES_PORT", requires = "real_names")]
    names_port: Option<u16>,
    /// Write the certificate of the temporary authority to this file, as PEM.
    #[arg(
        long,
        env = "STRIPE_SANDBOX_CA_OUT",
        value_name = "FILE",
        requires = "real_names"
    )]
    ca_out: Option<PathBuf>,
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
        real_names: args.real_names.then_some(NamesOptions {
            port: args.names_port,
            ca_out: args.ca_out,
        }),
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, port_base = args.port_base, "sandbox start failed");
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
    if let Some(names) = sandbox.real_names() {
        tracing::info!(
            address = %names.address,
            chromium = names.arguments.iter().map(|argument| format!("'{argument}'")).collect::<Vec<_>>().join(" "),
            "real names ready"
        );
    }
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    sandbox.stop().await;
    Ok(())
}
